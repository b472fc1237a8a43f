"""From a table's words to cells of broken lines, in columns as wide as these words ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from auditdesk.documents.content import SheetTable
from auditdesk.documents.fonts import plain
from auditdesk.documents.passage import IN_CELLS, IN_HEADS
from auditdesk.documents.setting import face, passage
from auditdesk.documents.table import Cell, row_edges, row_of, table_blocks
from auditdesk.documents.widths import Stock, divided, side_of
from auditdesk.util.progress import NoProgress, watched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditdesk.documents.area import Area
    from auditdesk.documents.blocks import Block
    from auditdesk.documents.fonts import Fonts
    from auditdesk.documents.passage import Passage
    from auditdesk.documents.setting import Face
    from auditdesk.documents.table import Density, Row
    from auditdesk.util.progress import Progress

NOTHING = "（无）"
NO_PROGRESS = NoProgress()


@dataclass(frozen=True, slots=True)
class Faces:
    """How the heads and the cells of tables are set."""

    head: Face
    body: Face


def faces_of(fonts: Fonts, size: float) -> Faces:
    """Heads in 黑体, cells in 仿宋."""
    return Faces(face(fonts, "hei", size), face(fonts, "fangsong", size))


@dataclass(frozen=True, slots=True)
class Measured:
    """A table whose words are measured, and not yet broken.

    Attributes:
        rows: cells from left to right; the last row is the sums, where there are any.
    """

    table: SheetTable
    faces: Faces
    heads: Sequence[Passage]
    rows: Sequence[Sequence[Passage]]

    @property
    def kin(self) -> tuple[str, ...]:
        """Tables of a paper with the same heads have the same columns."""
        return tuple(column.label for column in self.table.columns)

    def only(self, places: Sequence[int]) -> Measured:
        """The same table with some of its columns; sums only where one of these has one."""
        columns = tuple(self.table.columns[place] for place in places)
        sums = tuple(self.table.sums[place] for place in places) if self.table.sums else ()
        kept = sums if any(sums[1:]) else ()
        table = SheetTable(self.table.title, columns, (), kept)
        heads = [self.heads[place] for place in places]
        end = len(self.rows) - (bool(sums) and not kept)
        rows = [[row[place] for place in places] for row in self.rows[:end]]
        return Measured(table, self.faces, heads, rows)

    def broken(
        self, widths: Sequence[float], left: float, progress: Progress = NO_PROGRESS
    ) -> Broken:
        """The cells broken in columns of these widths."""
        size = self.faces.body.size
        rooms = [width - 2 * side_of(size) for width in widths]
        heads = [
            Cell(head.balanced(room, size), self.faces.head, "centre")
            for head, room in zip(self.heads, rooms, strict=True)
        ]
        aligns = [column.align for column in self.table.columns]
        rows = [
            [
                Cell(text.set(room, size), self.faces.body, align)
                for text, room, align in zip(row, rooms, aligns, strict=True)
            ]
            for row in watched(self.rows, progress)
        ]
        for cells, bars in zip(rows, self.table.bars, strict=False):
            cells[-1] = replace(cells[-1], bars=bars)
        if self.table.sums:
            rows[-1][0] = Cell(rows[-1][0].lines, self.faces.body, "centre")
        return Broken(row_edges(left, widths), heads, rows, self.faces)


def measured(table: SheetTable, faces: Faces, progress: Progress = NO_PROGRESS) -> Measured:
    """A table's words in these faces.

    Raises:
        ValueError: a row has more or fewer cells than there are columns.
    """
    rows = [*table.rows, table.sums] if table.sums else table.rows
    if any(len(row) != len(table.columns) for row in rows):
        raise ValueError(f"a row of {table.title!r} does not have {len(table.columns)} cells")
    return Measured(
        table,
        faces,
        [passage(faces.head, plain(column.label), IN_HEADS) for column in table.columns],
        [
            [passage(faces.body, plain(text), IN_CELLS) for text in row]
            for row in watched(rows, progress)
        ],
    )


def stocks_of(tables: Sequence[Measured]) -> list[Stock]:
    """What the columns of tables with the same heads hold together."""
    rows = [row for table in tables for row in table.rows]
    first = tables[0]
    return [
        Stock(head, [row[place] for row in rows], column.share)
        for place, (head, column) in enumerate(zip(first.heads, first.table.columns, strict=True))
    ]


@dataclass(frozen=True, slots=True)
class Broken:
    """A table whose cells are broken into lines."""

    edges: Sequence[float]
    head: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    faces: Faces

    def blocks(
        self, title: Block | None, density: Density, page: float, closing: float
    ) -> Iterator[Block]:
        """The table for a page plan; see `table_blocks`. An empty one says so."""
        head = row_of(self.head, self.edges, density)
        rows = [row_of(cells, self.edges, density) for cells in self.rows]
        return table_blocks(title, head, rows or [self._nothing(density)], page, closing)

    def _nothing(self, density: Density) -> Row:
        edges = (self.edges[0], self.edges[-1])
        words = passage(self.faces.body, NOTHING, IN_CELLS).lines(edges[1] - edges[0])
        return row_of([Cell(words, self.faces.body, "centre")], edges, density)


def broken_tables(tables: Sequence[Measured], area: Area) -> list[Broken]:
    """The tables with their cells broken; those with the same heads have the same columns."""
    widths = {}
    for kin in dict.fromkeys(table.kin for table in tables):
        alike = [table for table in tables if table.kin == kin]
        size = alike[0].faces.body.size
        widths[kin] = divided(stocks_of(alike), area.width, size)
    return [table.broken(widths[table.kin], area.left) for table in tables]
