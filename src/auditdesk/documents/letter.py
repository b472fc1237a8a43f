"""Papers with a red head, on the grid of GB/T 9704-2012."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.documents import grid
from auditdesk.documents.closing import closing_of
from auditdesk.documents.flow import Row, fill_pages, paragraph_rows
from auditdesk.documents.fonts import plain
from auditdesk.documents.furniture import foot_of_last, new_page, number_outside
from auditdesk.documents.page import Stroke, paint
from auditdesk.documents.seal import across_edges
from auditdesk.documents.setting import face, grid_face, one_line, set_centred, set_line
from auditdesk.documents.title import break_title

if TYPE_CHECKING:
    from auditdesk.documents.content import Letter
    from auditdesk.documents.fonts import Fonts
    from auditdesk.documents.page import Item, Page
    from auditdesk.documents.setting import Face

MIDDLE = (grid.LEFT + grid.RIGHT) / 2
MARK_DROP = 35 * grid.MM  # office mark: upper edge under the type area's (7.2.4)
MARK_SIZE = 44.0  # the standard leaves the size to the office, smaller than the superior's
RULE_DROP = 4 * grid.MM  # red rule under the document number (7.2.7)
RED_RULE = 1.4
NUMBER_ROW = 7  # two lines under the office mark (7.2.5)
TITLE_ROW = 10  # two lines under the red rule (7.3.1)
TITLE_PITCH = 1.15  # rows a title line: 2号 stands too close on the body's rows
INDENT = 2 * grid.CELL


def render_letter(letter: Letter, fonts: Fonts) -> bytes:
    """Lay out a letter and return it as PDF; equal letters give equal bytes.

    Raises:
        UnusableInputError: a character that no font has, or a seal image that is no image.
    """
    return paint(letter_pages(letter, fonts), fonts, plain(letter.title))


def letter_pages(letter: Letter, fonts: Fonts) -> list[Page]:
    """The pages of a letter; raises as `render_letter`."""
    head, first_row = _head(letter, fonts)
    rows = _body(letter, fonts)
    closing = closing_of(letter, fonts)
    pages = fill_pages(
        rows,
        closing,
        first_row,
        lambda: new_page(sample=letter.sample, preview=letter.preview),
    )
    pages[0].add(*head)
    number_outside(pages, fonts)
    # the number of the last page stands right on an odd page, the code opposite
    right = len(pages) % 2 == 0
    foot_of_last(pages[-1], plain(letter.checkpoint), letter.code, fonts, right=right)
    across_edges(pages, letter, fonts)
    return pages


def _head(letter: Letter, fonts: Fonts) -> tuple[list[Item], int]:
    """The head of the first page, and the row where the recipient or text begins."""
    items: list[Item] = [*_office_mark(plain(letter.office_mark), fonts)]
    body = grid_face(fonts, "fangsong")
    baseline = grid.row_baseline(NUMBER_ROW)
    items += set_centred(one_line(plain(letter.number), body), body, MIDDLE, baseline)
    rule = baseline - 0.12 * grid.BODY_SIZE - RULE_DROP
    items.append(Stroke(grid.LEFT, rule, grid.RIGHT, rule, RED_RULE, grid.RED))
    titled, after = _title(plain(letter.title), fonts)
    return items + titled, after


def _office_mark(mark: str, fonts: Fonts) -> list[Item]:
    size = min(MARK_SIZE, grid.WIDTH / max(fonts.width("title", mark), 1.0))
    how = face(fonts, "title", size, grid.RED)
    baseline = grid.TOP - MARK_DROP - grid.ASCENT * size
    return list(set_centred(one_line(mark, how), how, MIDDLE, baseline))


def _title(title: str, fonts: Fonts) -> tuple[list[Item], int]:
    how = face(fonts, "title", grid.TITLE_SIZE)
    lines = break_title(title, how.width, grid.WIDTH)
    items: list[Item] = []
    for number, text in enumerate(lines):
        baseline = grid.row_baseline(TITLE_ROW + number * TITLE_PITCH, grid.TITLE_SIZE)
        items += set_centred(one_line(text, how), how, MIDDLE, baseline)
    return items, TITLE_ROW + round(len(lines) * TITLE_PITCH) + 1


def _body(letter: Letter, fonts: Fonts) -> list[Row]:
    rows: list[Row] = []
    if letter.recipient:
        rows += _recipient(plain(letter.recipient), fonts)
    for paragraph in letter.paragraphs:
        rows += paragraph_rows(paragraph.kind, plain(paragraph.text), fonts)
    return rows + _attachments(letter, fonts)


def _recipient(recipient: str, fonts: Fonts) -> list[Row]:
    how = grid_face(fonts, "fangsong")
    lines = how.break_lines(f"{recipient}：", grid.WIDTH)
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
    return [Row((), keep_with_next=True), *rows] if rows else []


def _hanging(lead: str, text: str, how: Face, *, first: bool) -> list[Row]:
    left = grid.LEFT + INDENT
    opening = one_line(lead, how)
    start = left + how.width(lead)
    lines = how.break_lines(text, grid.RIGHT - start)
    rows = [Row(tuple(set_line(line, how, start, 0, grid.RIGHT - start))) for line in lines]
    shown = () if lead.isspace() else tuple(set_line(opening, how, left, 0))
    return [Row(shown + rows[0].items, keep_with_next=first), *rows[1:]]
