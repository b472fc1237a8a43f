"""The office's seal: its image, its place over signatory and date, and across the edges.

A seal drawn by the program has no legal force and a convincing one invites misuse: without an
image of the office's own the place stays blank for ink, and a sample office prints 样例 there.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from PIL import Image

from auditdesk.documents import grid
from auditdesk.documents.furniture import SAMPLE
from auditdesk.documents.grid import Box
from auditdesk.documents.page import Circle, Clipped, Picture
from auditdesk.documents.setting import face, one_line, set_centred
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from auditdesk.documents.content import Letter, Sheet
    from auditdesk.documents.fonts import Fonts
    from auditdesk.documents.page import Page, Text

SEAL_SIZE = 42 * grid.MM  # 国务院关于国家行政机关和企业事业单位社会团体印章管理的规定 (1999)
MOST_PIXELS = 4000 * 4000
EDGE = 4 * grid.MM  # printers leave that much of the paper blank
MOST_IN_ONE = 6  # pages over which one seal goes; a narrower strip shows nothing


def seal_image(content: bytes) -> bytes:
    """An office's seal as PNG in RGB with transparency.

    Raises:
        UnusableInputError: not an image, or one of more than 16 million pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(content), formats=("PNG", "JPEG"))
            if image.width * image.height > MOST_PIXELS:
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


def seal_at(
    paper: Letter | Sheet, seal: bytes | None, fonts: Fonts, x: float, y: float
) -> list[Circle | Picture | Text]:
    """The seal with its middle at (x, y): the office's own, 样例 in a sample, else nothing."""
    half = SEAL_SIZE / 2
    if paper.sample:
        how = face(fonts, "hei", 26.0, grid.PALE_RED)
        words = set_centred(one_line(SAMPLE, how), how, x, y + half * 0.42)
        return [Circle(x, y, half, grid.PALE_RED), *words]
    if seal is not None:
        return [Picture(Box(x - half, y - half, x + half, y + half), seal)]
    return []


def across_edges(pages: list[Page], paper: Letter | Sheet, fonts: Fonts) -> None:
    """骑缝章: each page carries a strip of the seal at its right edge.

    Laid over each other like a fan the strips make the whole seal, so that no page can be
    exchanged unseen. More than six pages share as many seals as they need.
    """
    if not paper.seal_across or len(pages) == 1:
        return
    seal = None if paper.seal_image is None else seal_image(paper.seal_image)
    seals = ceil(len(pages) / MOST_IN_ONE)
    for number in range(seals):
        part = pages[len(pages) * number // seals : len(pages) * (number + 1) // seals]
        for at, page in enumerate(part):
            page.add(*_strip(paper, seal, fonts, at, len(part)))


def _strip(
    paper: Letter | Sheet, seal: bytes | None, fonts: Fonts, at: int, count: int
) -> list[Clipped]:
    """The strip of one of `count` pages, its right side at the page's edge."""
    width, right = SEAL_SIZE / count, grid.PAPER_WIDTH - EDGE
    y, half = grid.PAPER_HEIGHT / 2, SEAL_SIZE / 2
    x = right - (at + 1) * width + half
    items = seal_at(paper, seal, fonts, x, y)
    box = Box(right - width, y - half - 1, right, y + half + 1)
    return [Clipped(box, tuple(items))] if items else []
