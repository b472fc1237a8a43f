"""The guide that the program ships with: short topics in both languages, read by F1 and a command.

A topic is a Markdown file under `resources/guide/<language>/`; its first line is its title.
`resources/guide/contents.txt` names the topics in the order of the list, one a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditdesk.util.faults import OfficeFaultError, UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from auditdesk.util.label import Language

START = "start"


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic.

    Attributes:
        id: the file's name without its ending; links between topics end in it.
        title: what the list shows.
        text: the whole topic as Markdown, its title included.
    """

    id: str
    title: str
    text: str


def topics(resources: Path, language: Language) -> tuple[Topic, ...]:
    """All topics in their order.

    Args:
        resources: the folder `resources` that the program ships with.
        language: the language to read them in.

    Raises:
        OfficeFaultError: the installation lacks a file.
    """
    folder = resources / "guide"
    try:
        names = (folder / "contents.txt").read_text(encoding="utf-8").split()
        texts = [(folder / language / f"{name}.md").read_text(encoding="utf-8") for name in names]
    except OSError as error:
        raise OfficeFaultError(
            "程序文件不完整，缺少使用指南，请重新安装。",
            "The installation is incomplete: the guide is missing. Please install it again.",
        ) from error
    return tuple(
        Topic(name, text.partition("\n")[0].removeprefix("# "), text)
        for name, text in zip(names, texts, strict=True)
    )


def topic(known: Sequence[Topic], name: str) -> Topic:
    """The topic of that name.

    Raises:
        UnusableInputError: there is none; the sentence names those that there are.
    """
    found = next((one for one in known if one.id == name), None)
    if found is None:
        names = ", ".join(one.id for one in known)
        raise UnusableInputError(
            f"没有主题“{name}”；可用：{names}", f"There is no topic “{name}”; there are: {names}"
        )
    return found
