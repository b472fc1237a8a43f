"""A table in a workbook from outside: found by its headings, read row by row."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditdesk.exchange.confined import read_sheets
from auditdesk.exchange.grid import column_letters, merged_rows
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from auditdesk.exchange.confined import Sheet, SheetRow
    from auditdesk.util.progress import Progress

MOST_ABOVE = 20  # rows of title and remarks that may stand above the headings
_SHOWN_NAMES = 8
_IGNORED = re.compile(r"\s+|[*＊]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column that a table may have.

    Attributes:
        id: what the column's cells are handed on as.
        names: by which it may be called; the first is the one shown to people.
        taken: whether its cells are read; what is computed is recognised and passed over.
    """

    id: str
    names: tuple[str, ...]
    taken: bool = True


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row: its number in the sheet, its cells by column id, and what is wrong with it."""

    number: int
    cells: Mapping[str, str]
    problems: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table as text: the sheet that it stands in, the columns that it has, its rows."""

    sheet: str
    columns: tuple[str, ...]
    rows: tuple[TextRow, ...]


def read_table(path: Path, headings: Sequence[Heading], key: str, progress: Progress) -> TextTable:
    """Find the one table that has the key's heading, and read what stands under it.

    Raises:
        UnusableInputError: the file is no workbook, or there is no such table, more than one,
            a heading that is unknown or there twice, or no row.
        CancelledError: by `progress`.
    """
    known = {_plain(name): heading for heading in headings for name in heading.names}
    key_heading = next(heading for heading in headings if heading.id == key)
    sheets = read_sheets(path, progress)
    found = [
        (sheet, number)
        for sheet in sheets
        if (number := _heading_row(sheet, known, key)) is not None
    ]
    if not found:
        raise _no_table(key_heading.names[0], sheets)
    if len(found) > 1:
        names = [sheet.name for sheet, _ in found]
        raise UnusableInputError(
            f"有 {len(names)} 张工作表都像要导入的表：{'、'.join(names)}。请只留一张。",
            f"{len(names)} sheets look like the table: {', '.join(names)}. Keep one of them.",
        )
    sheet, number = found[0]
    columns = _columns(sheet, number, known)
    rows = tuple(_rows(sheet, number, columns))
    if not rows:
        raise UnusableInputError(
            f"工作表“{sheet.name}”的标题行下面没有数据。",
            f"There is nothing below the headings of the sheet “{sheet.name}”.",
        )
    return TextTable(sheet.name, tuple(h.id for h in columns.values() if h.taken), rows)


def _plain(text: str) -> str:
    """A heading as it is compared: half-width, without spaces, line ends, stars and case."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _heading_row(sheet: Sheet, known: Mapping[str, Heading], key: str) -> int | None:
    """The first row near the top that has the key's heading."""
    for number, row in sorted(sheet.rows.items())[:MOST_ABOVE]:
        headings = (known.get(_plain(text)) for text in row.cells.values())
        if any(heading is not None and heading.id == key for heading in headings):
            return number
    return None


def _no_table(key: str, sheets: Iterable[Sheet]) -> UnusableInputError:
    rows = [row for sheet in sheets for _, row in sorted(sheet.rows.items())[:1]]
    there = [text.strip() for row in rows for text in row.cells.values() if text.strip()]
    shown = "、".join(text[:20] for text in there[:_SHOWN_NAMES])
    return UnusableInputError(
        f"没有找到标题为“{key}”的列，认不出台账。表中首行是：{shown or '（空）'}。"
        "请先导出一份台账，照它的标题行填写。",
        f"There is no column headed “{key}”, so the table is not recognised. The first row reads: "
        f"{shown or '(empty)'}. Export the register first and keep to its headings.",
    )


def _columns(sheet: Sheet, number: int, known: Mapping[str, Heading]) -> dict[int, Heading]:
    """Which column of the sheet is which.

    Raises:
        UnusableInputError: a heading is unknown, there twice, merged, or no plain text.
    """
    row = sheet.rows[number]
    columns: dict[int, Heading] = {}
    unknown = []
    if row.problems or merged_rows(sheet.merged, number):
        raise UnusableInputError(
            f"第 {number} 行（标题行）有合并单元格或公式。请取消合并，每列一个标题。",
            f"Row {number}, the headings, has merged cells or formulas. Give every column one "
            "plain heading.",
        )
    for column, text in row.cells.items():
        heading = known.get(_plain(text))
        if heading is None:
            if text.strip() or _has_anything(sheet, number, column):
                unknown.append(f"{column_letters(column)} “{text.strip()[:20]}”")
        elif heading in columns.values():
            raise UnusableInputError(
                f"标题“{heading.names[0]}”有两列。请删去一列。",
                f"Two columns are headed “{heading.names[0]}”. Delete one of them.",
            )
        else:
            columns[column] = heading
    if unknown:
        raise UnusableInputError(
            f"这些列不是台账的栏目：{'、'.join(unknown[:_SHOWN_NAMES])}。"
            "请删去这些列，或照导出台账的标题改名。",
            f"These columns are none of the register's: {', '.join(unknown[:_SHOWN_NAMES])}. "
            "Delete them, or call them as an exported register does.",
        )
    return columns


def _has_anything(sheet: Sheet, above: int, column: int) -> bool:
    return any(column in row.cells for number, row in sheet.rows.items() if number > above)


def _rows(sheet: Sheet, above: int, columns: Mapping[int, Heading]) -> Iterable[TextRow]:
    for number, row in sheet.rows.items():
        if number <= above:
            continue
        strays = [c for c in row.cells | row.problems if c not in columns]
        cells = {
            heading.id: row.cells.get(column, "")
            for column, heading in columns.items()
            if heading.taken
        }
        if any(text.strip() for text in row.cells.values()) or row.problems:
            yield TextRow(number, cells, tuple(_problems(sheet, number, row, columns, strays)))


def _problems(
    sheet: Sheet,
    number: int,
    row: SheetRow,
    columns: Mapping[int, Heading],
    strays: Iterable[int],
) -> Iterable[Label]:
    if merged_rows(sheet.merged, number):
        yield Label("本行有合并单元格，请取消合并后填全", "has merged cells; take them apart")
    for column, reason in row.problems.items():
        heading = columns.get(column)
        if heading is not None and heading.taken:
            place = f"{column_letters(column)}{number}"
            name = heading.names[0]
            yield Label(f"{name}（{place}）{reason.zh}", f"{name} ({place}) {reason.en}")
    for column in strays:
        if row.cells.get(column, "").strip() or column in row.problems:
            place = f"{column_letters(column)}{number}"
            yield Label(f"{place} 在表外，没有标题", f"{place} stands outside the table")
