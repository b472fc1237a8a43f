"""How a workbook looks: styles of cells and page set-up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "微软雅黑"  # on every Chinese Windows and in WPS; LibreOffice takes its nearest
INK, PALE, ACCENT, RED = "1F2933", "EAF1F4", "1F5F77", "C0392B"
A3, A4 = 8, 9  # the format's numbers for papers
A4_WIDTH, A3_WIDTH = 170, 240  # characters across a landscape page that can still be read
LINE_HEIGHT = 18.0  # points

_WIDE = re.compile("[\u2e80-\U0010ffff]")  # takes two columns

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


def style(sheet: Worksheet, look: Look, kind: str = "text", *, quoted: bool = False) -> int:
    """The number, in the sheet's workbook, of a look with the format of a kind of value.

    `quoted` sets the mark that keeps a spreadsheet from reading text as a formula when the cell
    is edited.
    """
    cell = Cell(sheet, row=1, column=1)
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
    return cell.style_id


def new_sheet(workbook: Workbook, name: str, widths: list[int], *, landscape: bool) -> Worksheet:
    """A sheet with columns of the given widths in characters, scaled to what it is printed on."""
    sheet: Worksheet = workbook.create_sheet(name)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize, sheet.page_setup.fitToWidth = _pages(sum(widths))
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.75, bottom=0.75)
    sheet.sheet_format.defaultRowHeight = LINE_HEIGHT
    sheet.sheet_format.customHeight = True
    sheet.sheet_view.showGridLines = False
    return sheet


def _pages(width: int) -> tuple[int, int]:
    """The paper, and how many pages side by side a sheet of so many characters takes."""
    return (A4, 1) if width <= A4_WIDTH else (A3, -(-width // A3_WIDTH))


def caption(sheet: Worksheet, head: str, foot: str) -> None:
    """Texts at the head and foot of every printed page, with the page's number."""
    sheet.oddHeader = HeaderFooterItem(center=_HeaderFooterPart(_plain(head), size=12))
    sheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(_plain(foot)), right=_HeaderFooterPart("第 &P 页，共 &N 页")
    )


def freeze(sheet: Worksheet, columns: int) -> None:
    """Keep the head row and the first columns in view, and print them on every page."""
    sheet.freeze_panes = f"{get_column_letter(columns + 1)}2"
    sheet.print_title_rows = "1:1"
    sheet.print_title_cols = f"A:{get_column_letter(columns)}"


def filter_rows(sheet: Worksheet, columns: int, rows: int) -> None:
    """Filter arrows on the head over so many rows; a totals row below stays out of it."""
    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{rows + 1}"


def lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of so many characters, roughly."""
    room = max(width - 3, 1)  # what indent and borders leave
    if "\n" in text:
        return sum(lines(line, width) for line in text.split("\n"))
    return -(-_columns(text) // room) if 2 * len(text) > room else 1


def _columns(text: str) -> int:
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def _plain(text: str) -> str:
    return text.replace("&", "&&")[:120]  # a head or foot holds 255 characters in all
