"""Papers in form style: facts, tables that break over pages, lines to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.documents import grid
from auditdesk.documents.fonts import plain
from auditdesk.documents.furniture import (
    STAMP_HEIGHT,
    foot_of_last,
    new_page,
    number_of_total,
    stamp_place,
)
from auditdesk.documents.page import paint
from auditdesk.documents.seal import across_edges
from auditdesk.documents.setting import face, one_line, set_centred, set_line, set_right
from auditdesk.documents.table import PADDING, Cell, Column, Pen, draw_row, draw_table, least_height
from auditdesk.documents.title import break_title

if TYPE_CHECKING:
    from auditdesk.documents.content import Sheet, SheetTable
    from auditdesk.documents.fonts import Fonts
    from auditdesk.documents.page import Page
    from auditdesk.documents.setting import Face

MIDDLE = (grid.LEFT + grid.RIGHT) / 2
LABEL_SHARE, VALUE_SHARE = 17, 33  # of a hundred: two facts a line
OFFICE_SIZE = 14.0
TITLE_LINE = 32.0
SUBTITLE_LINE = 22.0
NOTE_LINE = 18.0
GAP = 10.0
SIGN_HEIGHT = STAMP_HEIGHT + 12
SHORT_HEADING = 4  # characters of a heading that is kept on one line
FEW_COLUMNS = 6  # with more, a short heading has two lines
INK_LINE = "　　年　　月　　日"


def render_sheet(sheet: Sheet, fonts: Fonts) -> bytes:
    """Lay out a sheet and return it as PDF; equal sheets give equal bytes.

    Raises:
        UnusableInputError: a character that no font has.
    """
    return paint(sheet_pages(sheet, fonts), fonts, plain(sheet.title))


def sheet_pages(sheet: Sheet, fonts: Fonts) -> list[Page]:
    """The pages of a sheet; raises as `render_sheet`."""
    pen = Pen(lambda: new_page(sample=sheet.sample, preview=sheet.preview))
    _head(sheet, fonts, pen)
    _facts(sheet, fonts, pen)
    for table in sheet.tables:
        _table(table, fonts, pen)
    _notes(sheet, fonts, pen)
    _signatures(sheet, fonts, pen)
    number_of_total(pen.pages, fonts)
    foot_of_last(pen.page, plain(sheet.checkpoint), sheet.code, fonts, right=True)
    across_edges(pen.pages, sheet, fonts)
    return pen.pages


def _head(sheet: Sheet, fonts: Fonts, pen: Pen) -> None:
    if sheet.office:
        how = face(fonts, "song", OFFICE_SIZE)
        pen.page.add(*set_centred(one_line(plain(sheet.office), how), how, MIDDLE, pen.y - 14))
        pen.move(SUBTITLE_LINE + 4)
    how = face(fonts, "title", grid.TITLE_SIZE)
    for line in break_title(plain(sheet.title), how.width, grid.WIDTH):
        pen.page.add(*set_centred(one_line(line, how), how, MIDDLE, pen.y - 22))
        pen.move(TITLE_LINE)
    if sheet.number:
        how = face(fonts, "fangsong", 12.0)
        pen.page.add(*set_right(one_line(plain(sheet.number), how), how, grid.RIGHT, pen.y - 14))
        pen.move(SUBTITLE_LINE)
    else:
        pen.move(GAP)


def _facts(sheet: Sheet, fonts: Fonts, pen: Pen) -> None:
    """Label and value, two pairs a line; a value too long for half a line has its own."""
    label = face(fonts, "hei", grid.SMALL_SIZE)
    value = face(fonts, "fangsong", grid.SMALL_SIZE)
    narrow = grid.WIDTH * LABEL_SHARE / 100 - 2 * PADDING
    half = grid.WIDTH * VALUE_SHARE / 100 - 2 * PADDING
    waiting: list[Cell] = []
    for name, content in ((plain(a), plain(b)) for a, b in sheet.facts):
        pair = [
            Cell(label.break_lines(name, narrow), label, "centre"),
            Cell(value.break_lines(content, half), value, "left"),
        ]
        if len(pair[1].lines) > 1:
            _flush_facts(waiting, pen)
            wide = value.break_lines(content, grid.WIDTH * (100 - LABEL_SHARE) / 100 - 2 * PADDING)
            draw_row(pen, [pair[0], Cell(wide, value, "left")], _edges(LABEL_SHARE, 83))
        elif waiting:
            draw_row(
                pen, [*waiting, *pair], _edges(LABEL_SHARE, VALUE_SHARE, LABEL_SHARE, VALUE_SHARE)
            )
            waiting.clear()
        else:
            waiting += pair
    _flush_facts(waiting, pen)
    pen.move(GAP if sheet.facts else 0)


def _flush_facts(waiting: list[Cell], pen: Pen) -> None:
    if waiting:
        draw_row(pen, waiting, _edges(LABEL_SHARE, 100 - LABEL_SHARE))
        waiting.clear()


def _edges(*shares: float) -> list[float]:
    total = sum(shares)
    edges = [grid.LEFT]
    for share in shares:
        edges.append(edges[-1] + grid.WIDTH * share / total)
    return edges


def _table(table: SheetTable, fonts: Fonts, pen: Pen) -> None:
    head = face(fonts, "hei", grid.SMALL_SIZE)
    body = face(fonts, "fangsong", grid.SMALL_SIZE)
    edges = _column_edges(table, head)
    columns = [
        Column(plain(column.label), column.align, right - left)
        for column, left, right in zip(table.columns, edges, edges[1:], strict=False)
    ]
    rows = [tuple(plain(cell) for cell in row) for row in table.rows]
    if table.title:
        # never alone at the foot of a page: the head of its table and a row go with it
        pen.need(SUBTITLE_LINE + least_height(columns, head, body))
        how = face(fonts, "hei", 12.0)
        pen.page.add(*set_line(one_line(plain(table.title), how), how, grid.LEFT, pen.y - 14))
        pen.move(SUBTITLE_LINE)
    draw_table(pen, columns, rows, edges, head, body)
    pen.move(GAP)


def _column_edges(table: SheetTable, head: Face) -> list[float]:
    """Edges by the columns' shares; a short heading is not broken, others give way to it.

    With many columns it is broken in its middle.
    """
    labels = [plain(column.label) for column in table.columns]
    parts = 2 if len(labels) > FEW_COLUMNS else 1
    least = [
        head.width(label) / parts + 2 * PADDING + 0.5 if len(label) <= SHORT_HEADING else 0.0
        for label in labels
    ]
    shares = [column.share for column in table.columns]
    widths = [grid.WIDTH * share / sum(shares) for share in shares]
    widths = [max(*pair) for pair in zip(widths, least, strict=True)]
    spare = [width - floor for width, floor in zip(widths, least, strict=True)]
    excess = sum(widths) - grid.WIDTH
    given = [excess * part / max(sum(spare), 1.0) for part in spare]
    return _edges(*(width - part for width, part in zip(widths, given, strict=True)))


def _notes(sheet: Sheet, fonts: Fonts, pen: Pen) -> None:
    """Paragraphs; they go to the next page with the lines to sign, so that those are not alone."""
    how = face(fonts, "fangsong", 12.0)
    notes = [how.break_lines(plain(note), grid.WIDTH, grid.WIDTH - 24) for note in sheet.notes]
    height = sum(len(lines) for lines in notes) * NOTE_LINE + GAP
    signing = SIGN_HEIGHT * len(sheet.signature_lines)
    if height + signing <= grid.HEIGHT / 2:
        pen.need(height + signing)
    for lines in notes:
        for number, line in enumerate(lines):
            pen.need(NOTE_LINE)
            indent = 0 if number else 24
            pen.page.add(*set_line(line, how, grid.LEFT + indent, pen.y - 13, grid.WIDTH - indent))
            pen.move(NOTE_LINE)
    pen.move(GAP if sheet.notes else 0)


def _signatures(sheet: Sheet, fonts: Fonts, pen: Pen) -> None:
    """One cell a line to sign: its label, and room for a stamp or for ink."""
    how = face(fonts, "hei", grid.SMALL_SIZE)
    edges = _edges(LABEL_SHARE, 100 - LABEL_SHARE)
    pen.need(SIGN_HEIGHT * len(sheet.signature_lines))
    for number, text in enumerate(sheet.signature_lines):
        label = how.break_lines(plain(text), edges[1] - edges[0] - 2 * PADDING)
        top = pen.y
        draw_row(pen, [Cell(label, how, "centre"), Cell([], how, "left")], edges, SIGN_HEIGHT)
        if number < len(sheet.signers):
            pen.page.add(stamp_place(sheet.signers[number], edges[1] + 6, top - SIGN_HEIGHT + 6))
        else:
            ink = face(fonts, "fangsong", grid.SMALL_SIZE)
            line = one_line(INK_LINE, ink)
            pen.page.add(*set_right(line, ink, grid.RIGHT - 6, top - SIGN_HEIGHT + 8))
