"""The end of a letter: signatory and date, seal, places to sign, and the last block 版记."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from auditdesk.documents import grid
from auditdesk.documents.flow import Closing
from auditdesk.documents.fonts import plain
from auditdesk.documents.furniture import STAMP_HEIGHT, STAMP_WIDTH, stamp_place
from auditdesk.documents.page import Stroke
from auditdesk.documents.seal import seal_at, seal_image
from auditdesk.documents.setting import (
    face,
    grid_face,
    one_line,
    set_centred,
    set_line,
    set_right,
)
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from datetime import date

    from auditdesk.documents.content import Letter
    from auditdesk.documents.fonts import Fonts
    from auditdesk.documents.linebreak import Line
    from auditdesk.documents.page import Item, Text
    from auditdesk.documents.setting import Face

BLANK_ROWS = 2  # the seal's upper edge comes to less than a line under the text (7.3.5.1)
DATE_INSET = 4  # characters right of the date (7.3.5.1)
ROWS_UNDER_DATE = 1  # the seal's lower edge, or the remark
STAMP_TOP = 4 * grid.MM  # from the text to the first place to sign
STAMP_STEP = STAMP_HEIGHT + 2 * grid.MM
THICK, THIN = 0.35 * grid.MM, 0.25 * grid.MM  # rules of the last block (7.4.1)
FOOT_ROWS_AT_MOST = grid.ROWS - 6


def official_date(day: date) -> str:
    """A date in figures, months and days without a leading zero (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def closing_of(letter: Letter, fonts: Fonts) -> Closing:
    """What follows a letter's text.

    Raises:
        UnusableInputError: the seal is no image, or the list of copies fills a page.
    """
    seal = None if letter.seal_image is None else seal_image(letter.seal_image)
    imprint, imprint_rows = _imprint(letter, fonts)
    if imprint_rows > FOOT_ROWS_AT_MOST:
        raise UnusableInputError(
            "抄送机关太多，版记放不下，请精简抄送名单。",
            "The list of copies fills the page; please shorten it.",
        )
    signed = _signed(letter, fonts)
    above = _rows_above(letter, signed)
    return Closing(
        above + 2 + ROWS_UNDER_DATE,
        lambda row: _block(letter, fonts, signed, row, above, seal),
        imprint_rows,
        tuple(imprint),
    )


@dataclass(frozen=True, slots=True)
class _Signed:
    """Signatory and date as lines, and the middle of both."""

    signatory: Line
    day: Line
    middle: float
    face: Face


def _signed(letter: Letter, fonts: Fonts) -> _Signed:
    how = grid_face(fonts, "fangsong")
    signatory = one_line(plain(letter.signatory), how)
    day = one_line(official_date(letter.issued_on), how)
    middle = grid.RIGHT - DATE_INSET * grid.CELL - day.width / 2
    return _Signed(signatory, day, min(middle, grid.RIGHT - signatory.width / 2), how)


def _rows_above(letter: Letter, signed: _Signed) -> int:
    """Lines between the text and the signatory: for the seal, and for the places to sign.

    The places stand to the left of the signatory. A signatory so long that it comes near
    them goes below them.
    """
    if not letter.signers:
        return BLANK_ROWS
    stack = ceil((len(letter.signers) * STAMP_STEP + STAMP_TOP) / grid.ROW)
    beside = signed.middle - signed.signatory.width / 2 > grid.LEFT + STAMP_WIDTH + grid.CELL
    return max(BLANK_ROWS, stack - 2) if beside else max(BLANK_ROWS, stack)


def _block(  # noqa: PLR0913, PLR0917 – the parts of one drawing
    letter: Letter, fonts: Fonts, signed: _Signed, row: int, above: int, seal: bytes | None
) -> list[Item]:
    at = row + above
    items: list[Item] = [*seal_at(letter, seal, fonts, signed.middle, grid.row_top(at + 0.8))]
    items += set_centred(signed.signatory, signed.face, signed.middle, grid.row_baseline(at))
    items += set_centred(signed.day, signed.face, signed.middle, grid.row_baseline(at + 1))
    if letter.remark:
        remark = one_line(f"（{plain(letter.remark)}）", signed.face)
        x = grid.LEFT + 2 * grid.CELL
        items += set_line(remark, signed.face, x, grid.row_baseline(at + 2))
    return items + _places(letter.signers, grid.row_top(row))


def _places(signers: tuple[str, ...], top: float) -> list[Item]:
    """Places to sign, one under the other, left of the signatory."""
    return [
        stamp_place(role, grid.LEFT, top - STAMP_TOP - number * STAMP_STEP - STAMP_HEIGHT)
        for number, role in enumerate(signers)
    ]


def _imprint(letter: Letter, fonts: Fonts) -> tuple[list[Item], int]:
    """抄送, who prints and when, between rules; the last rule is the type area's edge (7.4)."""
    how = face(fonts, "fangsong", grid.NUMBER_SIZE)
    copies = _copies(letter.copies_to, how)
    rows = len(copies) + (1 if letter.printed_by else 0)
    if not rows:
        return [], 0
    first = grid.ROWS - rows
    items: list[Item] = [_rule(first, THICK), _rule(grid.ROWS, THICK)]
    for number, line in enumerate(copies, first):
        baseline = grid.row_baseline(number, grid.NUMBER_SIZE)
        items += [replace(text, y=baseline) for text in line]
    if letter.printed_by:
        items += _printed(letter, how)
        items += [_rule(grid.ROWS - 1, THIN)] if copies else []
    return items, rows


def _copies(names: tuple[str, ...], how: Face) -> list[list[Text]]:
    """The lines of 抄送, one character in on both sides, aligned behind the colon."""
    if not names:
        return []
    lead = one_line("抄送：", how)
    left = grid.LEFT + how.size
    start = left + lead.width
    text = "，".join(plain(name) for name in names) + "。"
    lines = how.break_lines(text, grid.RIGHT - how.size - start)
    texts = [set_line(line, how, start, 0) for line in lines]
    return [set_line(lead, how, left, 0) + texts[0], *texts[1:]]


def _printed(letter: Letter, how: Face) -> list[Text]:
    baseline = grid.row_baseline(grid.ROWS - 1, how.size)
    day = one_line(f"{official_date(letter.issued_on)}印发", how)
    office = one_line(plain(letter.printed_by), how)
    return [
        *set_line(office, how, grid.LEFT + how.size, baseline),
        *set_right(day, how, grid.RIGHT - how.size, baseline),
    ]


def _rule(row: int, width: float) -> Stroke:
    height = grid.row_top(row)
    return Stroke(grid.LEFT, height, grid.RIGHT, height, width)
