"""One sheet of a workbook, row by row: head, values, sums."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from auditdesk.domain.money import yuan_text
from auditdesk.exchange import paper
from auditdesk.exchange.cells import cell_text, number_text, reads_as_formula, survives_as_number
from auditdesk.exchange.content import Column, SheetFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from auditdesk.exchange.content import Value, WorkbookSheet

FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets disagree about the calendar
_LOOKS = {"text": paper.TEXT, "date": paper.DAY}


class ColumnCells:
    """The prepared cells of one column, and its sum.

    Args:
        letter: the column's letters in the sheet.
    """

    def __init__(self, sheet: WriteOnlyWorksheet, column: Column, letter: str) -> None:
        """Prepare one cell for each way in which a value of this column may be written."""
        look = _LOOKS.get(column.kind, paper.NUMBER)
        self.column = column
        self.letter = letter
        self.sum: int | Decimal = 0
        self.shortened: list[int] = []
        self._value = paper.prepared(sheet, look, column.kind)
        self._text = paper.prepared(sheet, look)
        self._quoted = paper.prepared(sheet, look, quoted=True)

    def filled(self, value: Value, row: int) -> Cell:
        """The cell for one value.

        Raises:
            TypeError: the value is not of the column's kind.
        """
        if value is None:
            self._text.value = None
            return self._text
        if isinstance(value, str) and self.column.kind == "text":
            return self._filled_text(value, row)
        if isinstance(value, date) and self.column.kind == "date":
            return self._filled_day(value, row)
        text = digits(self.column, value)
        if self.column.total and not isinstance(value, str | date):
            self.sum += value
        if survives_as_number(text):
            return paper.with_number(self._value, text)
        return self._filled_text(text, row)

    def _filled_text(self, value: str, row: int) -> Cell:
        text, shortened = cell_text(value)
        if shortened:
            self.shortened.append(row)
        return paper.with_text(self._quoted if reads_as_formula(text) else self._text, text)

    def _filled_day(self, value: date, row: int) -> Cell:
        if value < FIRST_DAY:
            return self._filled_text(value.isoformat(), row)
        return paper.with_day(self._value, value)


def digits(column: Column, value: Value) -> str:
    """A number's digits as the sheet shows them: 元 for money, a fraction for a percentage.

    Raises:
        TypeError: the value is not of the column's kind.
    """
    whole = isinstance(value, int) and not isinstance(value, bool)
    if whole and column.kind == "money":
        return yuan_text(int(value))  # type: ignore[arg-type] # `whole` says that it is an int
    if whole and column.kind == "integer":
        return str(value)
    if isinstance(value, Decimal) and column.kind == "decimal":
        return number_text(value)
    if isinstance(value, Decimal) and column.kind == "percent":
        return number_text(value.scaleb(-2))
    raise TypeError(f"no value of kind {column.kind} for {column.title}: {value!r}")


def write_table(
    sheet: WriteOnlyWorksheet, spec: WorkbookSheet, tell_row: Callable[[], None]
) -> SheetFacts:
    """Write head, rows and sums; `tell_row` is called after each row."""
    sheet.append([paper.text_cell(sheet, paper.HEAD, c.title) for c in spec.columns])
    cells = [
        ColumnCells(sheet, column, get_column_letter(number))
        for number, column in enumerate(spec.columns, start=1)
    ]
    rows = 0
    for rows, row in enumerate(spec.rows, start=1):
        _leave_room(sheet, spec.columns, row, rows + 1)
        sheet.append(list(_filled(cells, row, rows + 1)))
        tell_row()
    if any(column.total for column in spec.columns):
        sheet.append(list(_totals(sheet, cells)))
    paper.filter_rows(sheet, len(spec.columns), rows)
    return SheetFacts(
        sheet.title,
        rows,
        tuple((c.column, c.sum) for c in cells if c.column.total),
        tuple(f"{c.letter}{row}" for c in cells for row in c.shortened),
    )


def _leave_room(
    sheet: WriteOnlyWorksheet, columns: Sequence[Column], row: Sequence[Value], number: int
) -> None:
    """Make a row as high as its longest text; programs that open the file do not all do it."""
    lines = max(
        (
            paper.lines(value, column.width)
            for column, value in zip(columns, row, strict=True)
            if isinstance(value, str) and len(value) > column.width // 3
        ),
        default=1,
    )
    if lines > 1:
        paper.row_height(sheet, number, lines * paper.LINE_HEIGHT)


def _filled(cells: list[ColumnCells], row: Sequence[Value], number: int) -> Iterator[Cell]:
    for column, value in zip(cells, row, strict=True):
        yield column.filled(value, number)


def _totals(sheet: WriteOnlyWorksheet, cells: list[ColumnCells]) -> Iterator[Cell]:
    """The totals row: sums as values, and the word 合计 in the first column without one."""
    label = "合计"
    for cell in cells:
        if cell.column.total:
            text = digits(cell.column, _typed_sum(cell))
            total = paper.prepared(sheet, paper.TOTAL, cell.column.kind)
            exact = survives_as_number(text)
            yield paper.with_number(total, text) if exact else paper.with_text(total, text)
        else:
            yield paper.text_cell(sheet, paper.TOTAL_LABEL, label)
            label = ""


def _typed_sum(cell: ColumnCells) -> int | Decimal:
    return Decimal(cell.sum) if cell.column.kind == "decimal" else cell.sum
