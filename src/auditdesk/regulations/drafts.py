"""A draft pack: texts laid over those in use, to see what they would change before they hold.

A folder with `regulations/NAME.toml` (tables in `regulations/tables/NAME.csv` or in
`tables/NAME.csv`) and `forms/<case_type>/NAME.toml`. A file takes the place of the one of the
same name; all others stay as they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from auditdesk.regulations.library import library_of
from auditdesk.regulations.packs import PackError
from auditdesk.regulations.sources import FORMS, REGULATIONS, TABLES, texts_of
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from auditdesk.regulations.library import Library

_MOST_TOLD = 5


def draft_library(library: Library, folder: Path) -> Library:
    """The library as it would be with a draft pack.

    Raises:
        UnusableInputError: the folder holds no pack, or one that does not fit; says why.
    """
    try:
        texts = _texts(folder)
    except PackError as problem:
        raise _unusable(folder, [problem]) from None
    if not texts:
        raise UnusableInputError(
            f"{folder} 里没有草案：应有 regulations/名称.toml 或 forms/事项/名称.toml。",
            f"There is no draft in {folder}: it holds neither regulations/NAME.toml nor "
            "forms/CASE_TYPE/NAME.toml.",
        )
    whole = library_of({**library.texts, **texts}, library.folder, library.districts)
    known = {str(problem) for problem in library.problems}
    fresh = [problem for problem in whole.problems if str(problem) not in known]
    if fresh:
        raise _unusable(folder, fresh)
    return replace(whole, own=library.own)


def _texts(folder: Path) -> dict[str, str]:
    texts = texts_of((folder / "regulations").glob("*.toml"), REGULATIONS)
    for tables in (folder / "tables", folder / "regulations" / "tables"):
        texts |= texts_of(tables.glob("*.csv"), TABLES)
    for form in sorted((folder / "forms").glob("*/")):
        texts |= texts_of(form.glob("*.toml"), f"{FORMS}{form.name}/")
    return texts


def _unusable(folder: Path, problems: Iterable[PackError]) -> UnusableInputError:
    labels = [problem.label for problem in problems][:_MOST_TOLD]
    return UnusableInputError(
        f"{folder} 里的草案有误，没有试算：{'；'.join(label.zh for label in labels)}",
        f"The draft in {folder} is broken, nothing was replayed: "
        f"{'; '.join(label.en for label in labels)}",
    )
