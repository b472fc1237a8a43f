"""Rows with borders, and tables made of them: broken over pages, their head on each."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from auditdesk.documents import grid
from auditdesk.documents.blocks import ROUNDING, Block
from auditdesk.documents.grid import Box
from auditdesk.documents.page import Bar, Stroke
from auditdesk.documents.setting import set_centred, set_line, set_right
from auditdesk.documents.widths import side_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditdesk.documents.content import Align
    from auditdesk.documents.linebreak import Line
    from auditdesk.documents.page import Page, Text
    from auditdesk.documents.setting import Face

BORDER = 0.5
BARS = ((7.0, grid.GREY), (3.0, grid.FAINT))  # height and colour of the first bar and the second
LEAST_BAR = 0.6  # what is not nothing shows
THOUSAND = 1000
SMALL = 0.33  # of a page: a table up to that height is not broken
MOST_MOVED = 0.45  # of a page: unless with what follows it would leave too much of a page empty
TOGETHER = 0.2  # of a page: rows up to that height stay with their neighbour at a table's ends
END_ROWS = 2  # a table that is broken has that many rows on either side


@dataclass(frozen=True, slots=True)
class Density:
    """How closely a form is set.

    Attributes:
        pitch: from line to line in a cell, of its size.
        padding: over and under the lines of a cell together.
        gap: under a table.
        note: from line to line of a note.
        signing: room around the place to sign.
    """

    pitch: float
    padding: float
    gap: float
    note: float
    signing: float


@dataclass(frozen=True, slots=True)
class Cell:
    """The broken text of one cell; in its place there may be bars (see `SheetTable.bars`)."""

    lines: Sequence[Line]
    face: Face
    align: Align
    bars: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side, between edges; see `row_of`."""

    cells: Sequence[Cell]
    edges: Sequence[float]
    density: Density
    height: float

    def cut(self, room: float) -> tuple[Row, Row]:
        """The lines that fit, and the others: two at least, so that none is alone."""
        pitch, padding = self.density.pitch, self.density.padding
        size = max(cell.face.size for cell in self.cells)
        count = floor((room - padding + ROUNDING) / (size * pitch))
        longest = max(len(cell.lines) for cell in self.cells)
        count = max(min(count, longest - 2), 1)
        first = [Cell(cell.lines[:count], cell.face, cell.align) for cell in self.cells]
        rest = [Cell(cell.lines[count:], cell.face, cell.align) for cell in self.cells]
        return row_of(first, self.edges, self.density), row_of(rest, self.edges, self.density)

    def draw(self, page: Page, top: float) -> None:
        """The cells and the lines around them."""
        bottom = top - self.height
        for cell, left, right in zip(self.cells, self.edges, self.edges[1:], strict=False):
            page.add(*self._texts(cell, left, right, (top + bottom) / 2))
            page.add(*_bars(cell, left, right, (top + bottom) / 2))
        for x in self.edges:
            page.add(Stroke(x, top, x, bottom, BORDER))
        for y in (top, bottom):
            page.add(Stroke(self.edges[0], y, self.edges[-1], y, BORDER))

    def _texts(self, cell: Cell, left: float, right: float, middle: float) -> Iterator[Text]:
        size, pitch = cell.face.size, cell.face.size * self.density.pitch
        side = side_of(size)
        y = middle + len(cell.lines) * pitch / 2 - (pitch - size) / 2 - grid.ASCENT * size
        for line in cell.lines:
            if cell.align == "centre":
                yield from set_centred(line, cell.face, (left + right) / 2, y)
            elif cell.align == "right":
                yield from set_right(line, cell.face, right - side, y)
            else:
                yield from set_line(line, cell.face, left + side, y)
            y -= pitch


def _bars(cell: Cell, left: float, right: float, middle: float) -> Iterator[Bar]:
    """Bars under each other, with as much room above as below."""
    y, side = middle + sum(high for high, _ in BARS) / 2, side_of(cell.face.size)
    for (high, colour), share in zip(BARS, cell.bars, strict=False):
        if share > 0:
            length = max((right - left - 2 * side) * share / THOUSAND, LEAST_BAR)
            yield Bar(Box(left + side, y - high, left + side + length, y), colour)
        y -= high


def row_of(
    cells: Sequence[Cell], edges: Sequence[float], density: Density, least: float = 0.0
) -> Row:
    """A row as high as its highest cell with its padding, and at least as given."""
    lines = max(len(cell.lines) * cell.face.size for cell in cells)
    return Row(cells, edges, density, max(least, lines * density.pitch + density.padding))


def table_blocks(
    title: Block | None, head: Row, rows: Sequence[Row], page: float, closing: float = 0.0
) -> Iterator[Block]:
    """A table: a small one whole, of a longer one no row alone at either end.

    Args:
        title: over the head.
        head: repeated on every page.
        rows: under it.
        page: height of the type area.
        closing: height of what follows and shall not stand alone on a page; 0: nothing.
    """
    if title is not None:
        yield title
    gap = head.density.gap
    yield Block(head, keep=True)
    heights = [row.height for row in rows]
    height = head.height + sum(heights)
    whole = height <= SMALL * page and height + closing <= MOST_MOVED * page
    last = len(rows) - 1
    for number, row in enumerate(rows):
        if number == last:
            yield Block(row, gap, closing > 0 and _light(heights, number, page), head)
        else:
            begins, ends = number < END_ROWS - 1, number > last - END_ROWS
            together = (begins or ends) and _light(heights, number, page)
            yield Block(row, 0.0, whole or together, head)


def _light(heights: Sequence[float], number: int, page: float) -> bool:
    """Whether a row is low enough to be moved with its neighbour."""
    return heights[number] <= TOGETHER * page


def row_edges(left: float, widths: Sequence[float]) -> list[float]:
    """The upright lines of a row whose cells have these widths."""
    edges = [left]
    for width in widths:
        edges.append(edges[-1] + width)
    return edges
