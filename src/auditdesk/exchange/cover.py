"""The first sheet: whose figures these are, for which period, and what they add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.exchange import paper
from auditdesk.exchange.cells import cell_text, reads_as_formula, survives_as_number
from auditdesk.exchange.table import digits

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from auditdesk.exchange.content import Cover, SheetFacts, WorkbookFacts
    from auditdesk.exchange.rows import Cell, Rows

TITLE = "封面"
WIDTHS = (26, 66)
SAMPLE_LINE = "样例　本工作簿由样例办公单元生成，内容均为虚构"


def new_cover(workbook: Workbook, cover: Cover) -> Worksheet:
    """The empty first sheet; it is filled when the others have been counted."""
    sheet = paper.new_sheet(workbook, TITLE, [*WIDTHS], landscape=False)
    paper.caption(sheet, "样例" if cover.sample else "", cover.period)
    return sheet


def write_cover(sheet: Worksheet, rows: Rows, cover: Cover, facts: WorkbookFacts) -> None:
    """Write the cover's lines."""
    writer = _CoverWriter(sheet, rows)
    if cover.sample:
        writer.banner(paper.SAMPLE, SAMPLE_LINE, 30)
    writer.banner(paper.TITLE, cover.office, 40)
    writer.banner(paper.SUBTITLE, f"{cover.name}　{cover.period}", 24)
    writer.gap()
    for label, value in (
        ("办公单元", cover.office),
        ("区县", cover.district),
        (cover.period_name, cover.period),
        ("制表人", cover.made_by),
        ("制表时间", f"{cover.made_at:%Y-%m-%d %H:%M}"),
        *cover.lines,
    ):
        writer.line(label, value)
    writer.gap()
    writer.heads("工作表", cover.rows_name)
    for table in facts.sheets:
        writer.table(table)
    writer.gap()
    writer.line("日志校验点", cover.checkpoint)


class _CoverWriter:
    """Appends the cover's rows, each as high as its text needs."""

    def __init__(self, sheet: Worksheet, rows: Rows) -> None:
        self._sheet = sheet
        self._rows = rows

    def banner(self, look: paper.Look, text: str, points: float) -> None:
        """A line over the whole width."""
        self._rows.append([self._text(look, text)], points)

    def gap(self) -> None:
        """An empty row."""
        self._rows.append([])

    def heads(self, *texts: str) -> None:
        """The head of the table of counts."""
        self._rows.append([self._text(paper.HEAD, text) for text in texts], 24)

    def line(self, label: str, value: str) -> None:
        """A label and its text."""
        lines = max(paper.lines(text, w) for text, w in zip((label, value), WIDTHS, strict=True))
        cells = [self._text(paper.LABEL, label), self._text(paper.TEXT, value)]
        self._rows.append(cells, (lines + 0.8) * paper.LINE_HEIGHT)

    def table(self, table: SheetFacts) -> None:
        """One sheet's count and sums, and which of its cells had to be shortened."""
        self._figure(table.name, str(table.rows), "integer")
        for column, value in table.sums:
            self._figure(f"　{column.title}", digits(column, value), column.kind)
        if table.shortened:
            self.line("　超长截断的单元格", "、".join(table.shortened))

    def _figure(self, label: str, text: str, kind: str) -> None:
        style = paper.style(self._sheet, paper.FIGURE, kind)
        height = (paper.lines(label, WIDTHS[0]) + 0.3) * paper.LINE_HEIGHT
        cells = [self._text(paper.LABEL, label), (style, survives_as_number(text), text)]
        self._rows.append(cells, height)

    def _text(self, look: paper.Look, text: str) -> Cell:
        held, _ = cell_text(text)
        return paper.style(self._sheet, look, quoted=reads_as_formula(held)), False, held
