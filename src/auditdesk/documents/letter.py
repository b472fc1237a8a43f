"""Papers with a red head, on the grid of GB/T 9704-2012."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.documents import grid
from auditdesk.documents.closing import closing_of
from auditdesk.documents.correspondence import correspondence_head
from auditdesk.documents.flow import Row, filled_pages, laid_pages, paragraph_rows
from auditdesk.documents.fonts import plain
from auditdesk.documents.furniture import (
    UNDER_RULE,
    UNDER_TYPE_AREA,
    foot_of_last,
    new_page,
    number_outside,
)
from auditdesk.documents.letterhead import document_head
from auditdesk.documents.page import paint
from auditdesk.documents.seal import across_edges
from auditdesk.documents.setting import grid_face, one_line, set_line

if TYPE_CHECKING:
    from auditdesk.documents.content import Letter
    from auditdesk.documents.flow import Closing, Filled
    from auditdesk.documents.fonts import Fonts
    from auditdesk.documents.page import Item, Page
    from auditdesk.documents.setting import Face

INDENT = 2 * grid.CELL
MOST_MORE = 2  # lines a page may have over the usual, where that saves a page (7.3.5.5)
FEW_ROWS = 3  # of text on a last page: signatory and date look lost under them


def render_letter(letter: Letter, fonts: Fonts) -> bytes:
    """Lay out a letter and return it as PDF; equal letters give equal bytes.

    Raises:
        UnusableInputError: a character that no font has, or a seal image that is no image.
    """
    return paint(letter_pages(letter, fonts), fonts, plain(letter.title))


def letter_pages(letter: Letter, fonts: Fonts) -> list[Page]:
    """The pages of a letter; raises as `render_letter`."""
    closing = closing_of(letter, fonts)
    head, filled = _filled(letter, closing, fonts)
    pages = laid_pages(
        filled, closing, lambda: new_page(sample=letter.sample, preview=letter.preview)
    )
    pages[0].add(*head)
    _foot(letter, pages, fonts)
    across_edges(pages, letter, fonts)
    return pages


def _filled(letter: Letter, closing: Closing, fonts: Fonts) -> tuple[list[Item], list[Filled]]:
    """The head and the pages of text, their lines a little closer where that saves a page.

    Where seal and date do not find room under the text, the standard has the pitch adjusted
    rather than a page with nothing but them (7.3.5.5).
    """
    rows = _body(letter, fonts)
    usual = _with_lines(letter, rows, closing, fonts, 0)
    if len(usual[1]) == 1 or usual[1][-1].text > FEW_ROWS:
        return usual
    for more in range(1, MOST_MORE + 1):
        closer = _with_lines(letter, rows, closing, fonts, more)
        if len(closer[1]) < len(usual[1]):
            return closer
    return usual


def _with_lines(
    letter: Letter, rows: list[Row], closing: Closing, fonts: Fonts, more: int
) -> tuple[list[Item], list[Filled]]:
    """Head and pages of text with so many lines more a page than usual."""
    head_of = correspondence_head if letter.form == "correspondence" else document_head
    head = head_of(letter, fonts, more)
    return head.items, filled_pages(rows, closing, head.lines, grid.PAGE.closer(more))


def _foot(letter: Letter, pages: list[Page], fonts: Fonts) -> None:
    """Page numbers, checkpoint and code; correspondence has no number on its first page (10.1)."""
    first = 2 if letter.form == "correspondence" else 1
    number_outside(pages, fonts, first)
    # the number of the last page stands right on an odd page, the code opposite
    right = len(pages) % 2 == 0 or len(pages) < first
    strip = UNDER_RULE if len(pages) < first else UNDER_TYPE_AREA
    checkpoint = plain(letter.checkpoint)
    foot_of_last(pages[-1], checkpoint, letter.code, fonts, right=right, strip=strip)


def _body(letter: Letter, fonts: Fonts) -> list[Row]:
    rows: list[Row] = []
    if letter.recipient:
        rows += _recipient(plain(letter.recipient), fonts)
    for paragraph in letter.paragraphs:
        rows += paragraph_rows(paragraph.kind, plain(paragraph.text), fonts)
    return rows + _attachments(letter, fonts)


def _recipient(recipient: str, fonts: Fonts) -> list[Row]:
    how = grid_face(fonts, "fangsong")
    lines = how.break_evenly(f"{recipient}：", grid.WIDTH, grid.WIDTH)
    return [
        Row(tuple(set_line(line, how, grid.LEFT, 0, grid.WIDTH)), keep_with_next=True)
        for line in lines
    ]


def _attachments(letter: Letter, fonts: Fonts) -> list[Row]:
    """附件：1. … under a blank line, further lines aligned with the name (7.3.4)."""
    names = [plain(name) for name in letter.attachments_note]
    rows: list[Row] = []
    how = grid_face(fonts, "fangsong")
    for number, name in enumerate(names, 1):
        lead = "附件：" if number == 1 else "　　　"
        lead += f"{number}." if len(names) > 1 else ""
        rows += _hanging(lead, name, how, first=number == 1)
    return [Row((), keep_with_next=True, noted=True), *rows] if rows else []


def _hanging(lead: str, text: str, how: Face, *, first: bool) -> list[Row]:
    left = grid.LEFT + INDENT
    opening = one_line(lead, how)
    start = left + how.width(lead)
    lines = how.break_lines(text, grid.RIGHT - start)
    texts = [tuple(set_line(line, how, start, 0, grid.RIGHT - start)) for line in lines]
    shown = () if lead.isspace() else tuple(set_line(opening, how, left, 0))
    return [
        Row(shown + texts[0], keep_with_next=first, noted=True),
        *(Row(text, noted=True) for text in texts[1:]),
    ]
