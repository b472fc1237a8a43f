"""The end of a letter: signatory and date, seal, places to sign, and the last block 版记."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from PIL import Image

from auditdesk.documents import grid
from auditdesk.documents.flow import Closing
from auditdesk.documents.fonts import plain
from auditdesk.documents.furniture import SAMPLE, STAMP_HEIGHT, STAMP_WIDTH, stamp_place
from auditdesk.documents.grid import Box
from auditdesk.documents.page import Circle, Picture, Stroke
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
SEAL_SIZE = 42 * grid.MM  # 国务院关于国家行政机关和企业事业单位社会团体印章管理的规定 (1999)
MOST_SEAL_PIXELS = 4000 * 4000
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
    items = _seal(letter, fonts, seal, signed.middle, grid.row_top(at + 0.8))
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


def _seal(letter: Letter, fonts: Fonts, seal: bytes | None, x: float, y: float) -> list[Item]:
    half = SEAL_SIZE / 2
    if letter.sample:
        how = face(fonts, "hei", 26.0, grid.PALE_RED)
        words = set_centred(one_line(SAMPLE, how), how, x, y + half * 0.42)
        return [Circle(x, y, half, grid.PALE_RED), *words]
    if seal is not None:
        return [Picture(Box(x - half, y - half, x + half, y + half), seal)]
    return []


def seal_image(content: bytes) -> bytes:
    """An office's seal as PNG in RGB with transparency.

    Raises:
        UnusableInputError: not an image, or one of more than 16 million pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(content), formats=("PNG", "JPEG"))
            if image.width * image.height > MOST_SEAL_PIXELS:
                raise _no_seal()
            target = BytesIO()
            image.convert("RGBA").save(target, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombWarning) as error:
        raise _no_seal() from error
    return target.getvalue()


def _no_seal() -> UnusableInputError:
    return UnusableInputError(
        "印章图片无法使用：须为 PNG 或 JPEG 图片，不超过 1600 万像素。请重新选择。",
        "The seal image cannot be used: it must be a PNG or JPEG of at most 16 million pixels.",
    )


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
