"""What a signature looks like on paper: who, in which role, when."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from auditdesk.documents import grid
from auditdesk.documents.fonts import plain
from auditdesk.documents.furniture import STAMP_HEIGHT, STAMP_WIDTH
from auditdesk.documents.page import Page, Stroke, paint
from auditdesk.documents.setting import face, one_line, set_line

if TYPE_CHECKING:
    from auditdesk.documents.fonts import Fonts, Style
    from auditdesk.documents.page import Item
    from auditdesk.documents.signing import SignatureText

INSET = 5.0
NAME_SIZE = 15.0
TEXT_SIZE = 8.0
NAME_LEFT = 0.40  # of the width: the name stands right of the role
INK = (0.15, 0.15, 0.15)


def stamp_page(text: SignatureText, fonts: Fonts) -> bytes:
    """The stamp as a PDF of one small page.

    Raises:
        UnusableInputError: a character that no font has.
    """
    page = Page(size=(STAMP_WIDTH, STAMP_HEIGHT))
    page.add(*_frame())
    width = STAMP_WIDTH * (1 - NAME_LEFT) - INSET
    left = STAMP_WIDTH * NAME_LEFT
    page.add(*_fitted(plain(text.role), fonts, "hei", 10.5, INSET, 27.5, left - INSET))
    page.add(*_fitted("电子签名", fonts, "sans", TEXT_SIZE, INSET, 11, left - INSET))
    page.add(*_fitted(plain(text.name), fonts, "kai", NAME_SIZE, left, 26, width))
    when = f"{text.at:%Y-%m-%d %H:%M:%S}"
    below = f"{when}　{plain(text.reason)}" if text.reason else when
    page.add(*_fitted(below, fonts, "sans", TEXT_SIZE, left, 11, width))
    return paint([page], fonts, "")


def _frame() -> list[Item]:
    half = 0.4
    left, bottom, right, top = half, half, STAMP_WIDTH - half, STAMP_HEIGHT - half
    corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    return [Stroke(*start, *end, 2 * half, grid.GREY) for start, end in pairwise(corners)]


def _fitted(  # noqa: PLR0913, PLR0917 – a text and where it goes
    text: str, fonts: Fonts, style: Style, size: float, x: float, y: float, room: float
) -> list[Item]:
    """The text at (x, y), smaller where it would not fit."""
    text = text.replace("\n", " ")
    size = min(size, room / max(fonts.width(style, text), 0.1))
    how = face(fonts, style, size, INK)
    return list(set_line(one_line(text, how), how, x, y))
