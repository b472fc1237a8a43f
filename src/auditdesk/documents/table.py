"""Rows with borders that break over pages; a table repeats its head on each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditdesk.documents import grid
from auditdesk.documents.page import Stroke
from auditdesk.documents.setting import set_centred, set_line, set_right

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from auditdesk.documents.content import Align
    from auditdesk.documents.linebreak import Line
    from auditdesk.documents.page import Page, Text
    from auditdesk.documents.setting import Face

PADDING = 4.5
PITCH = 1.5  # of the size
BORDER = 0.5
WHOLE_PART = 0.35  # of a page: a row up to that height is moved rather than cut


class Pen:
    """Where the next thing goes: the page, and the height on it; turns pages as needed."""

    def __init__(self, new_page: Callable[[], Page]) -> None:
        """Begin on a first, empty page."""
        self._new_page = new_page
        self.pages = [new_page()]
        self.y = grid.TOP

    @property
    def page(self) -> Page:
        """The page in hand."""
        return self.pages[-1]

    @property
    def room(self) -> float:
        """What is left of the page."""
        return self.y - grid.BOTTOM

    def move(self, height: float) -> None:
        """Go down."""
        self.y -= height

    def turn(self) -> None:
        """Go on on a new page."""
        self.pages.append(self._new_page())
        self.y = grid.TOP

    def need(self, height: float) -> None:
        """Turn the page if less than this is left, and a new page would have more."""
        if self.room < height and self.y < grid.TOP:
            self.turn()


@dataclass(frozen=True, slots=True)
class Cell:
    """The broken text of one cell."""

    lines: list[Line]
    face: Face
    align: Align

    @property
    def height(self) -> float:
        """Height with its padding."""
        return len(self.lines) * self.face.size * PITCH + PADDING

    def split(self, room: float) -> tuple[Cell, Cell]:
        """The lines that fit, and the others."""
        count = max(int((room - PADDING) / (self.face.size * PITCH)), 0)
        return (
            Cell(self.lines[:count], self.face, self.align),
            Cell(self.lines[count:], self.face, self.align),
        )


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its head, how its cells stand, its width in points."""

    label: str
    align: Align
    width: float


def draw_row(pen: Pen, cells: Sequence[Cell], edges: Sequence[float], least: float = 0.0) -> None:
    """Draw one row with its borders; a row that no page has room for goes on on the next."""
    height = max(least, *(cell.height for cell in cells))
    whole = (grid.TOP - grid.BOTTOM) * WHOLE_PART
    if height > pen.room and (height <= whole or pen.room < 4 * grid.SMALL_SIZE * PITCH):
        pen.need(height)
    if height <= pen.room:
        _draw(pen, cells, edges, height)
        return
    parts = [cell.split(pen.room) for cell in cells]
    _draw(pen, [first for first, _ in parts], edges, pen.room)
    pen.turn()
    draw_row(pen, [rest for _, rest in parts], edges)


def least_height(columns: Sequence[Column], head: Face, body: Face) -> float:
    """The height below which a page is too full for a table to begin on it."""
    heads = [_cell(column.label, column, head, "centre") for column in columns]
    return max(cell.height for cell in heads) + 3 * body.size * PITCH


def draw_table(  # noqa: PLR0913, PLR0917 – what a table is made of
    pen: Pen,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    edges: Sequence[float],
    head: Face,
    body: Face,
) -> None:
    """Draw a table, its head anew on every page."""
    heads = [_cell(column.label, column, head, "centre") for column in columns]
    pen.need(least_height(columns, head, body))
    draw_row(pen, heads, edges)
    for row in rows:
        cells = [_cell(text, column, body) for text, column in zip(row, columns, strict=True)]
        _draw_under_head(pen, cells, heads, edges)


def _draw_under_head(
    pen: Pen, cells: Sequence[Cell], heads: Sequence[Cell], edges: Sequence[float]
) -> None:
    height = max(cell.height for cell in cells)
    if height <= pen.room:
        _draw(pen, cells, edges, height)
        return
    whole = (grid.TOP - grid.BOTTOM) * WHOLE_PART
    rest: Sequence[Cell] = cells
    if height > whole and pen.room >= 4 * grid.SMALL_SIZE * PITCH:
        parts = [cell.split(pen.room) for cell in cells]
        _draw(pen, [first for first, _ in parts], edges, pen.room)
        rest = [left for _, left in parts]
    pen.turn()
    _draw(pen, heads, edges, max(cell.height for cell in heads))
    _draw_under_head(pen, rest, heads, edges)


def _cell(text: str, column: Column, how: Face, align: Align | None = None) -> Cell:
    lines = how.break_lines(text, column.width - 2 * PADDING)
    return Cell(lines, how, align or column.align)


def _draw(pen: Pen, cells: Sequence[Cell], edges: Sequence[float], height: float) -> None:
    for cell, left, right in zip(cells, edges, edges[1:], strict=False):
        pen.page.add(*_texts(cell, left, right, pen.y, height))
    _borders(pen, edges, height)
    pen.move(height)


def _texts(cell: Cell, left: float, right: float, top: float, height: float) -> list[Text]:
    size = cell.face.size
    block = len(cell.lines) * size * PITCH
    y = top - (height - block) / 2 - (PITCH - 1) / 2 * size - grid.ASCENT * size
    texts: list[Text] = []
    for line in cell.lines:
        if cell.align == "centre":
            texts += set_centred(line, cell.face, (left + right) / 2, y)
        elif cell.align == "right":
            texts += set_right(line, cell.face, right - PADDING, y)
        else:
            texts += set_line(line, cell.face, left + PADDING, y)
        y -= size * PITCH
    return texts


def _borders(pen: Pen, edges: Sequence[float], height: float) -> None:
    top, bottom = pen.y, pen.y - height
    for x in edges:
        pen.page.add(Stroke(x, top, x, bottom, BORDER))
    for y in (top, bottom):
        pen.page.add(Stroke(edges[0], y, edges[-1], y, BORDER))
