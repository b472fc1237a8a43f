"""One sheet of a workbook, row by row: head, values, sums."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from auditdesk.domain.money import yuan_text
from auditdesk.exchange import paper
from auditdesk.exchange.cells import cell_text, number_text, reads_as_formula, survives_as_number
from auditdesk.exchange.content import AsTyped, Column, SheetFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from auditdesk.exchange.content import Value, WorkbookSheet
    from auditdesk.exchange.rows import Cell, Rows

FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets disagree about the calendar
_DAY_ZERO = date(1899, 12, 30)
_LOOKS = {"text": paper.TEXT, "date": paper.DAY}


class ColumnWriter:
    """Turns one column's values into cells, adds them up, and notes which were shortened."""

    def __init__(self, sheet: Worksheet, column: Column) -> None:
        """Find a style for each way in which a value of this column may be written."""
        look = _LOOKS.get(column.kind, paper.NUMBER)
        self.column = column
        self.sum: int | Decimal = Decimal(0) if column.kind == "decimal" else 0
        self.shortened: list[int] = []
        self._value = paper.style(sheet, look, column.kind)
        self._text = paper.style(sheet, look)
        self._quoted = paper.style(sheet, look, quoted=True)

    def cell(self, value: Value, row: int) -> Cell:
        """The cell for one value.

        Raises:
            TypeError: the value is not of the column's kind.
        """
        if value is None:
            return self._text, False, ""
        if isinstance(value, AsTyped):
            return self._text_cell(value.text, row)
        if isinstance(value, str) and self.column.kind == "text":
            return self._text_cell(value, row)
        if isinstance(value, date) and self.column.kind == "date":
            return self._day_cell(value, row)
        text = digits(self.column, value)
        if self.column.total and not isinstance(value, str | date):
            self.sum += value
        if survives_as_number(text):
            return self._value, True, text
        return self._text, False, text

    def _text_cell(self, value: str, row: int) -> Cell:
        text, shortened = cell_text(value)
        if shortened:
            self.shortened.append(row)
        return self._quoted if reads_as_formula(text) else self._text, False, text

    def _day_cell(self, value: date, row: int) -> Cell:
        if value < FIRST_DAY:
            return self._text_cell(value.isoformat(), row)
        return self._value, True, str((value - _DAY_ZERO).days)


def digits(column: Column, value: Value) -> str:
    """A number's digits as the sheet shows them: 元 for money, a fraction for a percentage.

    Raises:
        TypeError: the value is not of the column's kind.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        if column.kind == "money":
            return yuan_text(value)
        if column.kind == "integer":
            return str(value)
    if isinstance(value, Decimal):
        if column.kind == "decimal":
            return number_text(value)
        if column.kind == "percent":
            return number_text(value.scaleb(-2))
    raise TypeError(f"no value of kind {column.kind} for {column.title}: {value!r}")


def write_table(
    sheet: Worksheet, rows: Rows, spec: WorkbookSheet, tell_row: Callable[[], None]
) -> SheetFacts:
    """Write head, rows and sums; `tell_row` is called after each row."""
    head = paper.style(sheet, paper.HEAD)
    rows.append(
        [(head, False, cell_text(column.title)[0]) for column in spec.columns],
        2 * paper.LINE_HEIGHT,
    )
    writers = [ColumnWriter(sheet, column) for column in spec.columns]
    for values in spec.rows:
        number = rows.number + 1
        cells = [w.cell(value, number) for w, value in zip(writers, values, strict=True)]
        rows.append(cells, _height(spec.columns, values))
        tell_row()
    count = rows.number - 1
    if any(column.total for column in spec.columns):
        rows.append(_totals(sheet, writers))
    paper.filter_rows(sheet, len(spec.columns), count)
    return SheetFacts(
        sheet.title,
        count,
        tuple((w.column, w.sum) for w in writers if w.column.total),
        tuple(
            f"{get_column_letter(number)}{row}"
            for number, writer in enumerate(writers, start=1)
            for row in writer.shortened
        ),
    )


def _height(columns: Sequence[Column], values: Sequence[Value]) -> float:
    """What a row's longest text needs; programs that open the file do not all see to it."""
    lines = max(
        (
            paper.lines(value, column.width)
            for column, value in zip(columns, values, strict=True)
            if isinstance(value, str)
        ),
        default=1,
    )
    return lines * paper.LINE_HEIGHT if lines > 1 else 0


def _totals(sheet: Worksheet, writers: list[ColumnWriter]) -> Iterator[Cell]:
    """The totals row: sums as values, and the word 合计 in the first column without one."""
    label = "合计"
    for writer in writers:
        if writer.column.total:
            text = digits(writer.column, writer.sum)
            kind = writer.column.kind
            yield paper.style(sheet, paper.TOTAL, kind), survives_as_number(text), text
        else:
            yield paper.style(sheet, paper.TOTAL_LABEL), False, label
            label = ""
