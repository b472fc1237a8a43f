"""The packs' texts as they lie in folders: read whole, as UTF-8, none larger than a pack can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.regulations.packs import PackError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FORMS, REGULATIONS, TABLES = "forms/", "regulations/", "tables/"
# The largest shipped file has 20 KB.
_LARGEST = 4 * 1024 * 1024


def texts_of(paths: Iterable[Path], prefix: str) -> dict[str, str]:
    """The texts of files, each under its name with the prefix.

    Raises:
        PackError: one cannot be read, is no UTF-8, or is too large.
    """
    texts = {}
    for path in sorted(paths):
        name = f"{prefix}{path.name}"
        try:
            with path.open("rb") as file:
                raw = file.read(_LARGEST + 1)
            texts[name] = raw.decode("utf-8").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError) as error:
            raise PackError(name, "-", f"cannot be read: {error}", "读不了，或不是 UTF-8") from None
        if len(raw) > _LARGEST:
            raise PackError(name, "-", "is too large", "文件过大")
    return texts


def readable(paths: Iterable[Path], prefix: str, problems: list[PackError]) -> dict[str, str]:
    """The texts of those files that can be read; the others go to the problems."""
    texts: dict[str, str] = {}
    for path in sorted(paths):
        try:
            texts |= texts_of([path], prefix)
        except PackError as problem:
            problems.append(problem)
    return texts
