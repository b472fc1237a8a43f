"""The official page: GB/T 9704-2012, 5.2 and 6. Lengths in points unless said otherwise.

Points are counted from the lower left corner of the paper, as PDF counts them.
"""

from __future__ import annotations

from typing import NamedTuple

MM = 72 / 25.4

PAPER_WIDTH = 210 * MM
PAPER_HEIGHT = 297 * MM
LEFT = 28 * MM
TOP = PAPER_HEIGHT - 37 * MM
WIDTH = 156 * MM
HEIGHT = 225 * MM
RIGHT = LEFT + WIDTH
BOTTOM = TOP - HEIGHT

ROWS = 22
COLUMNS = 28
ROW = HEIGHT / ROWS
CELL = WIDTH / COLUMNS

BODY_SIZE = 16.0  # 3号
TITLE_SIZE = 22.0  # 2号
NUMBER_SIZE = 14.0  # 4号: page numbers, 版记
SMALL_SIZE = 10.5  # 5号: tables
TINY_SIZE = 6.0  # the journal's checkpoint: 128 hexadecimal characters fit a line

RED = (0.902, 0.0, 0.071)
BLACK = (0.0, 0.0, 0.0)
GREY = (0.35, 0.35, 0.35)
FAINT = (0.68, 0.68, 0.68)
PALE = (0.91, 0.91, 0.91)
PALE_RED = (0.96, 0.62, 0.62)

# A Chinese character stands about 0.88 em above and 0.12 em below its baseline.
ASCENT = 0.88


class Box(NamedTuple):
    """A rectangle on the paper: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float


def row_top(row: float) -> float:
    """Height of the upper edge of a line of the type area, the first being 0."""
    return TOP - row * ROW


def row_baseline(row: float, size: float = BODY_SIZE) -> float:
    """Height of the baseline of text that stands in the middle of a line."""
    return row_top(row) - (ROW - size) / 2 - ASCENT * size
