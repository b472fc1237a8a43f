"""The head and the lower rule of a letter's first page in the form of correspondence 信函.

GB/T 9704-2012, 10.1. A double rule in red stands under the issuing body's name, another near
the paper's lower edge; the text between them keeps the same distance from both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.documents import grid
from auditdesk.documents.fonts import plain
from auditdesk.documents.grid import Lines
from auditdesk.documents.letterhead import Head, office_mark, title
from auditdesk.documents.page import Stroke
from auditdesk.documents.setting import fitted, grid_face, one_line, set_right

if TYPE_CHECKING:
    from auditdesk.documents.content import Letter
    from auditdesk.documents.fonts import Fonts

MIDDLE = grid.PAPER_WIDTH / 2
MARK_TOP = grid.PAPER_HEIGHT - 30 * grid.MM  # of the red head, under the paper's upper edge
RULE_DROP = 4 * grid.MM  # of the upper rule, under the red head
RULE_RISE = 20 * grid.MM  # of the lower rule, over the paper's lower edge
RULE_LENGTH = 170 * grid.MM
THICK, BETWEEN, THIN = 2.8, 1.4, 0.8  # the standard leaves the widths to the office
RULE_HEIGHT = THICK + BETWEEN + THIN
CLEAR = grid.BODY_SIZE * 7 / 8  # from either rule to the text
TITLE_ROW = 3  # two lines under the document number, the last of what stands over it
LOWEST_EDGE = RULE_RISE + RULE_HEIGHT + CLEAR  # of the last line's characters


def _rows_over(edge: float, size: float) -> Lines:
    """A page's lines, the characters of the last standing on the given height."""
    bottom = edge - (grid.ROW - size) / 2
    return Lines(bottom + grid.HEIGHT, grid.ROW, grid.ROWS)


LOWEST = _rows_over(LOWEST_EDGE, grid.NUMBER_SIZE)  # where 抄送 stands on an only page


def correspondence_head(letter: Letter, fonts: Fonts, more: int) -> Head:
    """The head, and the lines between the rules: so many more as a page would have."""
    mark = office_mark(plain(letter.office_mark), fonts, MIDDLE, MARK_TOP)
    upper = mark.bottom - RULE_DROP
    lines = _between(upper - RULE_HEIGHT - CLEAR, LOWEST_EDGE, more)
    number = plain(letter.number)
    how = fitted(grid_face(fonts, "fangsong"), number, grid.WIDTH)
    numbered = set_right(one_line(number, how), how, grid.RIGHT, lines.baseline(0))
    rules = _double_rule(upper, thick_above=True)
    rules += _double_rule(RULE_RISE + RULE_HEIGHT, thick_above=False)
    titled = title(letter, fonts, lines, TITLE_ROW)
    return Head([*mark.items, *rules, *numbered, *titled.items], titled.lines)


def _between(highest: float, lowest: float, more: int) -> Lines:
    """Lines whose characters reach from one height to the other, about as far apart as usual."""
    height = highest - lowest - grid.BODY_SIZE
    steps = round(height / grid.closer_pitch(more))
    pitch = height / steps
    return Lines(highest + (pitch - grid.BODY_SIZE) / 2, pitch, steps + 1)


def _double_rule(top: float, *, thick_above: bool) -> list[Stroke]:
    widths = (THICK, THIN) if thick_above else (THIN, THICK)
    first = top - widths[0] / 2
    second = top - RULE_HEIGHT + widths[1] / 2
    left, right = MIDDLE - RULE_LENGTH / 2, MIDDLE + RULE_LENGTH / 2
    return [
        Stroke(left, height, right, height, width, grid.RED)
        for height, width in zip((first, second), widths, strict=True)
    ]
