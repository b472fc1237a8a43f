"""The last block of a letter, 版记: who gets a copy, who prints it and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.documents import grid
from auditdesk.documents.correspondence import LOWEST
from auditdesk.documents.flow import Foot
from auditdesk.documents.fonts import plain
from auditdesk.documents.page import Stroke
from auditdesk.documents.setting import face, one_line, set_line, set_right
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from datetime import date

    from auditdesk.documents.content import Letter
    from auditdesk.documents.fonts import Fonts
    from auditdesk.documents.grid import Lines
    from auditdesk.documents.page import Item, Text
    from auditdesk.documents.setting import Face

THICK, THIN = 0.35 * grid.MM, 0.25 * grid.MM  # rules of the last block (7.4.1)
LEFT_FOR_TEXT = 6  # lines of a page that a list of copies leaves free at least


def official_date(day: date) -> str:
    """A date in figures, months and days without a leading zero (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def feet_of(letter: Letter, fonts: Fonts) -> tuple[Foot, Foot]:
    """The foot of a letter's only page, and that of the last of several.

    Raises:
        UnusableInputError: the list of copies fills a page.
    """
    how = face(fonts, "fangsong", grid.NUMBER_SIZE)
    if letter.form == "correspondence":
        # over the lower rule 抄送 keeps the same distance as any other text (10.1)
        return _copies_at(letter, how, LOWEST), _copies_at(letter, how, grid.PAGE)
    foot = _between_rules(letter, how)
    return foot, foot


def _between_rules(letter: Letter, how: Face) -> Foot:
    """抄送, who prints and when, between rules; the last rule is the type area's edge (7.4)."""
    printed = 1 if letter.printed_by else 0
    copies = _copies(letter.copies_to, how, grid.ROWS - printed)
    if not copies and not printed:
        return Foot()
    first = grid.ROWS - printed - len(copies)
    items: list[Item] = [_rule(first, THICK), _rule(grid.ROWS, THICK)]
    items += _standing(copies, grid.PAGE, first)
    if printed:
        items += _printed(letter, how)
        items += [_rule(grid.ROWS - 1, THIN)] if copies else []
    return Foot(grid.PAGE.row_top(first), tuple(items))


def _copies_at(letter: Letter, how: Face, lines: Lines) -> Foot:
    """抄送 without rules, and nothing of who prints and when, in the lowest of the lines (10.1)."""
    copies = _copies(letter.copies_to, how, lines.rows)
    if not copies:
        return Foot()
    first = lines.rows - len(copies)
    return Foot(lines.row_top(first), tuple(_standing(copies, lines, first)))


def _standing(copies: list[list[Text]], lines: Lines, first: int) -> list[Text]:
    """The lines of 抄送 from the given one of the page on."""
    return [
        text.raised(lines.baseline(row, grid.NUMBER_SIZE))
        for row, line in enumerate(copies, first)
        for text in line
    ]


def _copies(names: tuple[str, ...], how: Face, most: int) -> list[list[Text]]:
    """The lines of 抄送, one character in on both sides, aligned behind the colon (7.4.2)."""
    if not names:
        return []
    lead = one_line("抄送：", how)
    left = grid.LEFT + how.size
    start = left + lead.width
    text = "，".join(plain(name) for name in names) + "。"
    room = grid.RIGHT - how.size - start
    lines = how.break_evenly(text, room, room)
    if len(lines) > most - LEFT_FOR_TEXT:
        raise UnusableInputError(
            "抄送机关太多，版记放不下，请精简抄送名单。",
            "The list of copies fills the page; please shorten it.",
        )
    texts = [set_line(line, how, start, 0, room) for line in lines]
    return [set_line(lead, how, left, 0) + texts[0], *texts[1:]]


def _printed(letter: Letter, how: Face) -> list[Text]:
    baseline = grid.PAGE.baseline(grid.ROWS - 1, how.size)
    day = one_line(f"{official_date(letter.issued_on)}印发", how)
    office = one_line(plain(letter.printed_by), how)
    return [
        *set_line(office, how, grid.LEFT + how.size, baseline),
        *set_right(day, how, grid.RIGHT - how.size, baseline),
    ]


def _rule(row: int, width: float) -> Stroke:
    height = grid.PAGE.row_top(row)
    return Stroke(grid.LEFT, height, grid.RIGHT, height, width)
