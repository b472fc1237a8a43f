"""The official page: GB/T 9704-2012, 5.2 and 6. Lengths in points unless said otherwise.

Points are counted from the lower left corner of the paper, as PDF counts them.
"""

from __future__ import annotations

from dataclasses import dataclass
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


def closer_pitch(more: int) -> float:
    """The pitch at which a page has so many lines more than usual."""
    return HEIGHT / (ROWS + more)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines that a page has room for.

    Attributes:
        top: height of the upper edge of the first line.
        pitch: from one line to the next.
        rows: how many there are.
    """

    top: float
    pitch: float
    rows: int

    @property
    def bottom(self) -> float:
        """Height of the lower edge of the last line."""
        return self.row_top(self.rows)

    def row_top(self, row: float) -> float:
        """Height of the upper edge of a line, the first being 0."""
        return self.top - row * self.pitch

    def baseline(self, row: float, size: float = BODY_SIZE) -> float:
        """Height of the baseline of text that stands in the middle of a line."""
        return self.row_top(row) - (self.pitch - size) / 2 - ASCENT * size

    def after(self, row: int) -> Lines:
        """The lines from the given one on."""
        return Lines(self.row_top(row), self.pitch, self.rows - row)

    def closer(self, more: int) -> Lines:
        """In the same height as many lines more as a whole page of them would have."""
        rows = round(self.rows * self.pitch / closer_pitch(more))
        return Lines(self.top, self.pitch * self.rows / rows, rows)


PAGE = Lines(TOP, ROW, ROWS)
