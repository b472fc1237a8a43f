"""The end of a letter: signatory and date, seal, places to sign, and what is at its foot."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from auditdesk.documents import grid
from auditdesk.documents.flow import ROUNDING, Closing
from auditdesk.documents.fonts import plain
from auditdesk.documents.furniture import STAMP_HEIGHT, STAMP_WIDTH, stamp_place
from auditdesk.documents.imprint import feet_of, official_date
from auditdesk.documents.seal import seal_at, seal_image
from auditdesk.documents.setting import fitted, grid_face, one_line, set_centred, set_line

if TYPE_CHECKING:
    from auditdesk.documents.content import Letter
    from auditdesk.documents.fonts import Fonts
    from auditdesk.documents.grid import Lines
    from auditdesk.documents.linebreak import Line
    from auditdesk.documents.page import Item
    from auditdesk.documents.setting import Face

BLANK_ROWS = 2  # the seal's upper edge comes to less than a line under the text (7.3.5.1)
DATE_INSET = 4  # characters right of the date (7.3.5.1)
ROWS_UNDER_DATE = 1  # the seal's lower edge, or the remark
SEAL_MIDDLE = 0.75  # lines under the signatory's upper edge: both stand in its middle or lower
STAMP_TOP = 3 * grid.MM  # from the text to the first place to sign
STAMP_GAP = 2 * grid.MM
STAMP_STEP = STAMP_HEIGHT + STAMP_GAP


def closing_of(letter: Letter, fonts: Fonts) -> Closing:
    """What follows a letter's text.

    Raises:
        UnusableInputError: the seal is no image, or the list of copies fills a page.
    """
    seal = None if letter.seal_image is None else seal_image(letter.seal_image)
    signed = _signed(letter, fonts)
    return Closing(
        lambda lines: _rows_above(letter, signed, lines) + 2 + ROWS_UNDER_DATE,
        lambda lines, row: _block(letter, fonts, signed, lines.after(row), seal),
        *feet_of(letter, fonts),
    )


@dataclass(frozen=True, slots=True)
class _Signed:
    """Signatory and date as lines, and the middle of both."""

    signatory: Line
    how: Face
    day: Line
    dated: Face
    middle: float


def _signed(letter: Letter, fonts: Fonts) -> _Signed:
    dated = grid_face(fonts, "fangsong")
    name = plain(letter.signatory)
    how = fitted(dated, name, grid.WIDTH)
    signatory = one_line(name, how)
    day = one_line(official_date(letter.issued_on), dated)
    middle = grid.RIGHT - DATE_INSET * grid.CELL - day.width / 2
    middle = min(middle, grid.RIGHT - signatory.width / 2)
    return _Signed(signatory, how, day, dated, middle)


def _rows_above(letter: Letter, signed: _Signed, lines: Lines) -> int:
    """Lines between the text and the signatory: for the seal, and for the places to sign.

    The places stand to the left of the signatory. A signatory so long that it comes near
    them goes below them.
    """
    if not letter.signers:
        return BLANK_ROWS
    height = STAMP_TOP + len(letter.signers) * STAMP_STEP - STAMP_GAP
    stack = ceil(height / lines.pitch - ROUNDING)
    beside = signed.middle - signed.signatory.width / 2 > grid.LEFT + STAMP_WIDTH + grid.CELL
    return max(BLANK_ROWS, stack - 2) if beside else max(BLANK_ROWS, stack)


def _block(
    letter: Letter, fonts: Fonts, signed: _Signed, lines: Lines, seal: bytes | None
) -> list[Item]:
    """Seal, signatory, date, remark and places to sign, from the first of the lines on."""
    at, middle = _rows_above(letter, signed, lines), signed.middle
    items: list[Item] = [*seal_at(letter, seal, fonts, middle, lines.row_top(at + SEAL_MIDDLE))]
    items += set_centred(signed.signatory, signed.how, middle, lines.baseline(at))
    items += set_centred(signed.day, signed.dated, middle, lines.baseline(at + 1))
    if letter.remark:
        remark = one_line(f"（{plain(letter.remark)}）", signed.dated)
        items += set_line(remark, signed.dated, grid.LEFT + 2 * grid.CELL, lines.baseline(at + 2))
    return items + _places(letter.signers, lines.top)


def _places(signers: tuple[str, ...], top: float) -> list[Item]:
    """Places to sign, one under the other, left of the signatory."""
    return [
        stamp_place(role, grid.LEFT, top - STAMP_TOP - number * STAMP_STEP - STAMP_HEIGHT)
        for number, role in enumerate(signers)
    ]
