"""Reading a workbook from outside in a process of its own, short of memory and time.

Whoever hands in a workbook may have made it to hurt. The process that opens it may take
`MEMORY` bytes and `SECONDS`, and write no file; it hands back plain text, line by line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditdesk.util import confined
from auditdesk.util.confined import Limits, OverLimitsError
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from auditdesk.exchange.grid import RawCell, RawWorkbook
    from auditdesk.util.progress import Progress

COMMAND = "read-workbook"  # the program's first argument when it is started as the reader
MEMORY = 768 * 2**20  # bytes of address space; the largest workbook taken in needs about half of it
SECONDS = 120
_STEP_BYTES = 2**18
_BATCH = 200  # rows a line


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its cells as text by the number of the column from 1, and what is wrong with some."""

    cells: dict[int, str]
    problems: dict[int, Label]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet: rows that hold anything, by number; merged ranges."""

    name: str
    merged: tuple[tuple[int, int, int, int], ...]
    rows: dict[int, SheetRow] = field(default_factory=dict)


def read_sheets(path: Path, progress: Progress, limits: Limits | None = None) -> tuple[Sheet, ...]:
    """The sheets of a workbook, read in a process of its own.

    Raises:
        UnusableInputError: it is no workbook, one that is not taken in, or one that takes more
            memory or time than any honest one.
        CancelledError: by `progress`.
    """
    limits = limits or Limits(MEMORY, SECONDS)
    try:
        return _collect(confined.said_by((COMMAND, str(path)), limits, progress))
    except OverLimitsError as error:
        raise _refused_by_limit() from error


def _collect(messages: Iterable[dict[str, Any]]) -> tuple[Sheet, ...]:
    sheets: list[Sheet] = []
    for message in messages:
        if "sheet" in message:
            merged = tuple((a, b, c, d) for a, b, c, d in message["merged"])
            sheets.append(Sheet(message["sheet"], merged))
        for number, cells, problems in message.get("rows", ()):
            sheets[-1].rows[number] = SheetRow(
                {int(column): text for column, text in cells.items()},
                {int(column): Label(*reason) for column, reason in problems.items()},
            )
    return tuple(sheets)


def _refused_by_limit() -> UnusableInputError:
    return UnusableInputError(
        "工作簿打开时占用的内存或时间超出常理，已停止。请只留下要导入的工作表，另存为 .xlsx。",
        "Opening the workbook took more memory or time than any honest one; it was stopped. Keep "
        "only the sheet to be imported and save it as .xlsx.",
    )


# ------------------------------------------------------------------ in the process of its own


def main(arguments: list[str]) -> int:
    """Read the workbook that the arguments name, and say on standard output what is in it."""
    memory, path = arguments
    return confined.answer(int(memory), SECONDS, lambda: _tell_all(Path(path)))


def _tell_all(path: Path) -> None:
    from auditdesk.exchange.grid import read_grid  # noqa: PLC0415 – in this process only
    from auditdesk.exchange.package import open_package  # noqa: PLC0415 – as above

    with open_package(path) as package:
        book = read_grid(package, _stepper())
    for sheet in book.sheets:
        confined.say({"sheet": sheet.name, "merged": sheet.merged})
        _tell_rows(book, sheet.rows)


def _stepper() -> Callable[[int, int], None]:
    said = 0

    def tell(done: int, total: int) -> None:
        nonlocal said
        if done - said >= _STEP_BYTES:
            said = done
            confined.say({"step": [done, total]})

    return tell


def _tell_rows(book: RawWorkbook, rows: dict[int, dict[int, RawCell]]) -> None:
    batch: list[Any] = []
    for number, cells in rows.items():
        batch.append([number, *_texts(cells, from_1904=book.from_1904)])
        if len(batch) == _BATCH:
            confined.say({"rows": batch})
            batch = []
    confined.say({"rows": batch})


def _texts(
    cells: dict[int, RawCell], *, from_1904: bool
) -> tuple[dict[int, str], dict[int, list[str]]]:
    from auditdesk.exchange.reading import CellProblemError, cell_as_text  # noqa: PLC0415 – as above

    texts: dict[int, str] = {}
    problems: dict[int, list[str]] = {}
    for column, cell in cells.items():
        try:
            texts[column] = cell_as_text(cell, from_1904=from_1904)
        except CellProblemError as problem:
            problems[column] = [problem.reason.zh, problem.reason.en]
    return texts, problems
