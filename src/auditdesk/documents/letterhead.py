"""The head of a letter's first page in the form of a document 文件: red head, rule, number, title.

GB/T 9704-2012, 7.2 and 7.3.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from auditdesk.documents import grid
from auditdesk.documents.fonts import plain
from auditdesk.documents.page import Stroke
from auditdesk.documents.setting import face, fitted, grid_face, one_line, set_centred
from auditdesk.documents.title import break_title
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from auditdesk.documents.content import Letter
    from auditdesk.documents.fonts import Fonts
    from auditdesk.documents.grid import Lines
    from auditdesk.documents.page import Item

MIDDLE = (grid.LEFT + grid.RIGHT) / 2
MARK_DROP = 35 * grid.MM  # office mark: upper edge under the type area's (7.2.4)
MARK_SIZE = 44.0  # the standard leaves the size to the office, smaller than the superior's
RULE_DROP = 4 * grid.MM  # red rule under the document number (7.2.7)
RED_RULE = 1.4
NUMBER_ROW = 7  # two lines under the office mark (7.2.5)
TITLE_ROW = 10  # two lines under the red rule (7.3.1)
TITLE_PITCH = 1.15  # rows a title line: 2号 stands too close on the body's rows


class Head(NamedTuple):
    """What stands at the head of a letter, and the lines that are left under it."""

    items: list[Item]
    lines: Lines


def document_head(letter: Letter, fonts: Fonts, more: int) -> Head:
    """The head of a document; the text under it has so many lines more as a page would."""
    top = grid.TOP - MARK_DROP
    items = list(office_mark(plain(letter.office_mark), fonts, MIDDLE, top).items)
    number = plain(letter.number)
    body = fitted(grid_face(fonts, "fangsong"), number, grid.WIDTH)
    baseline = grid.PAGE.baseline(NUMBER_ROW)
    items += set_centred(one_line(number, body), body, MIDDLE, baseline)
    rule = baseline - (1 - grid.ASCENT) * grid.BODY_SIZE - RULE_DROP
    items.append(Stroke(grid.LEFT, rule, grid.RIGHT, rule, RED_RULE, grid.RED))
    titled = title(letter, fonts, grid.PAGE, TITLE_ROW)
    return Head(items + titled.items, titled.lines.closer(more))


class Mark(NamedTuple):
    """The red head, and the height of its lower edge."""

    items: list[Item]
    bottom: float


def office_mark(mark: str, fonts: Fonts, middle: float, top: float) -> Mark:
    """The issuing body's name in red, its upper edge at the given height."""
    size = min(MARK_SIZE, grid.WIDTH / max(fonts.width("title", mark), 1.0))
    how = face(fonts, "title", size, grid.RED)
    baseline = top - grid.ASCENT * size
    return Mark([*set_centred(one_line(mark, how), how, middle, baseline)], top - size)


def title(letter: Letter, fonts: Fonts, lines: Lines, row: int) -> Head:
    """The title in the lines from the given one on, and the lines under it and a blank one.

    Raises:
        UnusableInputError: the title fills the page.
    """
    how = face(fonts, "title", grid.TITLE_SIZE)
    broken = break_title(plain(letter.title), how.width, grid.WIDTH)
    used = row + round(len(broken) * TITLE_PITCH) + 1
    if used > lines.rows:
        raise UnusableInputError(
            "标题太长，首页放不下，请精简标题中的名称。",
            "The title does not fit the first page; please shorten the names in it.",
        )
    items: list[Item] = []
    for number, text in enumerate(broken):
        baseline = lines.baseline(row + number * TITLE_PITCH, grid.TITLE_SIZE)
        items += set_centred(one_line(text, how), how, MIDDLE, baseline)
    return Head(items, lines.after(used))
