"""The type area of a page: upright as GB/T 9704-2012 has it, or turned for wide tables.

Turned, the head of the page lies at the edge that is bound when it is upright (11): the upper
margin of a turned page is the left one of an upright page.
"""

from __future__ import annotations

from typing import NamedTuple

from auditdesk.documents import grid


class Area(NamedTuple):
    """The edges of the type area on a paper of that width and height."""

    paper_width: float
    paper_height: float
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From edge to edge."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From edge to edge."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Half-way between left and right."""
        return (self.left + self.right) / 2

    @property
    def paper(self) -> tuple[float, float]:
        """Width and height of the paper."""
        return self.paper_width, self.paper_height


UPRIGHT = Area(grid.PAPER_WIDTH, grid.PAPER_HEIGHT, grid.LEFT, grid.BOTTOM, grid.RIGHT, grid.TOP)
TURNED = Area(
    grid.PAPER_HEIGHT,
    grid.PAPER_WIDTH,
    grid.BOTTOM,
    grid.PAPER_WIDTH - grid.LEFT - grid.WIDTH,
    grid.BOTTOM + grid.HEIGHT,
    grid.PAPER_WIDTH - grid.LEFT,
)
