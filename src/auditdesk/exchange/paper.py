"""How a workbook looks: prepared cells and page set-up. The only module that styles cells.

A prepared cell is styled once and used for every row of its column; openpyxl writes a cell out
as soon as its row is appended, so one object can carry one value after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from auditdesk.exchange.cells import reads_as_formula

if TYPE_CHECKING:
    from datetime import date

    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "微软雅黑"  # on every Chinese Windows and in WPS; LibreOffice takes its nearest
INK, PALE, ACCENT, RED = "1F2933", "EAF1F4", "1F5F77", "C0392B"
A3, A4 = 8, 9  # the format's numbers for papers
A4_WIDTH, A3_WIDTH = 170, 240  # characters across a landscape page that can still be read
LINE_HEIGHT = 18.0  # points
GREATEST_HEIGHT = 409.0  # points, the format's own limit

_LINE = Side(style="thin", color="C9D3D9")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


@dataclass(frozen=True, slots=True)
class Look:
    """A kind of cell: its letters, ground, border and where its value stands."""

    font: Font
    horizontal: str = "left"
    fill: PatternFill | None = None
    border: Border | None = None
    wrap: bool = True


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)


_INK_FONT = Font(name=FONT, size=10, color=INK)
_BOLD_FONT = Font(name=FONT, size=10, color=INK, bold=True)

HEAD = Look(
    Font(name=FONT, size=10, color="FFFFFF", bold=True),
    horizontal="center",
    fill=_fill(ACCENT),
    border=_BOX,
)
TEXT = Look(_INK_FONT, border=_BOX)
NUMBER = Look(_INK_FONT, horizontal="right", border=_BOX, wrap=False)
DAY = Look(_INK_FONT, horizontal="center", border=_BOX, wrap=False)
TOTAL = Look(_BOLD_FONT, horizontal="right", fill=_fill(PALE), border=_BOX, wrap=False)
TOTAL_LABEL = Look(_BOLD_FONT, fill=_fill(PALE), border=_BOX)
TITLE = Look(Font(name=FONT, size=20, color=ACCENT, bold=True), wrap=False)
SUBTITLE = Look(Font(name=FONT, size=12, color=INK), wrap=False)
SAMPLE = Look(Font(name=FONT, size=16, color=RED, bold=True), wrap=False)
LABEL = Look(_BOLD_FONT, fill=_fill(PALE), border=_BOX)
FIGURE = Look(_INK_FONT, border=_BOX, wrap=False)

FORMATS = {
    "text": "@",
    "integer": "0",
    "decimal": "#,##0.00##",
    "money": "#,##0.00",
    "percent": "0.00%",
    "date": "yyyy-mm-dd",
}


def prepared(
    sheet: WriteOnlyWorksheet, look: Look, kind: str = "text", *, quoted: bool = False
) -> Cell:
    """An empty cell with a look and the number format of a kind of value.

    `quoted` sets the mark that keeps a spreadsheet from reading text as a formula when the cell
    is edited.
    """
    cell: Cell = WriteOnlyCell(sheet)
    cell.font = look.font
    cell.alignment = Alignment(
        horizontal=look.horizontal,
        vertical="center",
        wrap_text=look.wrap,
        indent=1 if look.border and look.horizontal != "center" else 0,
    )
    cell.number_format = FORMATS[kind]
    if look.fill:
        cell.fill = look.fill
    if look.border:
        cell.border = look.border
    if quoted:
        cell.quotePrefix = True
    return cell


def with_text(cell: Cell, text: str) -> Cell:
    """The cell with text that stays text, whatever it begins with."""
    cell.value = text or None
    if text:
        cell.data_type = "s"  # openpyxl would make "=…" a formula and "#N/A" an error
    return cell


def with_number(cell: Cell, text: str) -> Cell:
    """The cell with a number, written digit by digit as in `text`.

    Handed to openpyxl as a number it would pass through a binary float ("%.16g").
    """
    cell.value = text
    cell.data_type = "n"
    return cell


def with_day(cell: Cell, day: date) -> Cell:
    """The cell with a calendar day."""
    cell.value = day
    return cell


def text_cell(sheet: WriteOnlyWorksheet, look: Look, text: str) -> Cell:
    """A single text cell."""
    return with_text(prepared(sheet, look, quoted=reads_as_formula(text)), text)


def new_sheet(
    workbook: Workbook, name: str, widths: list[int], *, landscape: bool
) -> WriteOnlyWorksheet:
    """A sheet with columns of the given widths in characters, scaled to what it is printed on."""
    sheet = workbook.create_sheet(name)
    settings = _settings(sheet)
    for number, width in enumerate(widths, start=1):
        settings.column_dimensions[get_column_letter(number)].width = width
    settings.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    settings.page_setup.orientation = "landscape" if landscape else "portrait"
    settings.page_setup.paperSize, settings.page_setup.fitToWidth = _pages(sum(widths))
    settings.page_setup.fitToHeight = 0
    settings.page_margins = PageMargins(left=0.5, right=0.5, top=0.75, bottom=0.75)
    settings.sheet_format.defaultRowHeight = LINE_HEIGHT
    settings.sheet_format.customHeight = True
    settings.sheet_view.showGridLines = False
    return cast("WriteOnlyWorksheet", sheet)


def _pages(width: int) -> tuple[int, int]:
    """The paper, and how many pages side by side a sheet of so many characters takes."""
    return (A4, 1) if width <= A4_WIDTH else (A3, -(-width // A3_WIDTH))


def caption(sheet: WriteOnlyWorksheet, head: str, foot: str) -> None:
    """Texts at the head and foot of every printed page, with the page's number."""
    settings = _settings(sheet)
    settings.oddHeader = HeaderFooterItem(center=_HeaderFooterPart(_plain(head), size=12))
    settings.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(_plain(foot)), right=_HeaderFooterPart("第 &P 页，共 &N 页")
    )


def freeze(sheet: WriteOnlyWorksheet, columns: int) -> None:
    """Keep the head row and the first columns in view, and print them on every page."""
    settings = _settings(sheet)
    settings.freeze_panes = f"{get_column_letter(columns + 1)}2"
    settings.print_title_rows = "1:1"
    settings.print_title_cols = f"A:{get_column_letter(columns)}"
    settings.row_dimensions[1].height = 2 * LINE_HEIGHT


def row_height(sheet: WriteOnlyWorksheet, row: int, points: float) -> None:
    """Set the height of a row that is still to be appended."""
    _settings(sheet).row_dimensions[row].height = min(points, GREATEST_HEIGHT)


def lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of so many characters, roughly."""
    room = max(width - 3, 1)  # what indent and borders leave
    return sum(max(1, -(-_columns(line) // room)) for line in text.split("\n"))


def _columns(text: str) -> int:
    return len(text) + sum(character > "\u2e7f" for character in text)


def filter_rows(sheet: WriteOnlyWorksheet, columns: int, rows: int) -> None:
    """Filter arrows on the head over so many rows; a totals row below stays out of it."""
    _settings(sheet).auto_filter.ref = f"A1:{get_column_letter(columns)}{rows + 1}"


def _settings(sheet: object) -> Worksheet:
    """A write-only sheet's settings: it has the ordinary sheet's, which its stubs leave out."""
    return cast("Worksheet", sheet)


def _plain(text: str) -> str:
    return text.replace("&", "&&")[:120]  # a head or foot holds 255 characters in all
