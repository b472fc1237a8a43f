"""The end of a form: notes, and the lines to sign."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from auditdesk.documents import grid
from auditdesk.documents.blocks import Block, Whole
from auditdesk.documents.fonts import plain
from auditdesk.documents.furniture import STAMP_HEIGHT, stamp_place
from auditdesk.documents.passage import IN_HEADS, IN_NOTES
from auditdesk.documents.setting import face, one_line, passage, set_line, set_right
from auditdesk.documents.table import Cell, row_edges, row_of
from auditdesk.documents.widths import SIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditdesk.documents.content import Sheet
    from auditdesk.documents.fonts import Fonts
    from auditdesk.documents.linebreak import Line
    from auditdesk.documents.page import Page
    from auditdesk.documents.setting import Face
    from auditdesk.documents.table import Density, Row

NOTE_SIZE = 12.0
INDENT = "　　"
COMPANY = 2  # characters, the mark at the end included: as many are too few for a last line
MOST_TOGETHER = 0.5  # of a page: notes and lines to sign up to that height stand on one page
BASELINE = 13.0  # of a note, under its upper edge
INSET = 6.0  # from a border to the place to sign
INK_LINE = "　　年　　月　　日"
INK_BASELINE = 8.0


class Ending:
    """What follows the tables of a form, broken into lines."""

    def __init__(self, sheet: Sheet, fonts: Fonts, label: float) -> None:
        """Break the notes; `label` is the width of the labels of the lines to sign."""
        self._sheet, self._fonts, self._label = sheet, fonts, label
        self._how = face(fonts, "fangsong", NOTE_SIZE)
        texts = [text for note in sheet.notes for text in plain(note).split("\n")]
        self._notes = [_note_lines(text, self._how) for text in texts]

    def blocks(self, density: Density) -> list[Block]:
        """Notes and lines to sign, together where they do not take too much of a page."""
        blocks = [*self._note_blocks(density), *self._signing_blocks(density)]
        if sum(block.shape.height for block in blocks) > MOST_TOGETHER * grid.HEIGHT:
            return blocks
        return [replace(block, keep=block is not blocks[-1]) for block in blocks]

    def _note_blocks(self, density: Density) -> Iterator[Block]:
        """No line of a paragraph alone, and the last ones with the lines to sign."""
        for number, lines in enumerate(self._notes, 1):
            last = len(lines) - 1
            for at, line in enumerate(lines):
                ends = number == len(self._notes) and at == last
                alone = at < last and at in {0, last - 1}
                indent = 0.0 if at else 2 * self._how.size
                shape = NoteLine(line, self._how, density.note, indent)
                yield Block(shape, density.gap if ends else 0.0, keep=alone or ends)

    def _signing_blocks(self, density: Density) -> Iterator[Block]:
        """One row a line to sign: its label, and room for a stamp or for ink."""
        how = face(self._fonts, "hei", grid.SMALL_SIZE)
        edges = row_edges(grid.LEFT, (self._label, grid.WIDTH - self._label))
        labels = self._sheet.signature_lines
        roles = (*self._sheet.signers, *[""] * len(labels))
        for number, (text, role) in enumerate(zip(labels, roles, strict=False), 1):
            words = passage(how, plain(text), IN_HEADS)
            label = Cell(words.balanced(self._label - 2 * SIDE, how.size), how, "centre")
            cells = [label, Cell([], how, "left")]
            row = row_of(cells, edges, density, STAMP_HEIGHT + density.signing)
            yield Block(SigningRow(row, role, self._fonts), keep=number < len(labels))


def _note_lines(text: str, how: Face) -> list[Line]:
    """A paragraph indented by two characters, none of its lines with a single one."""
    whole = passage(how, INDENT + text.strip(INDENT + " "), IN_NOTES)
    first, *others = whole.set(grid.WIDTH, how.size, COMPANY)
    units = first.units[1:] if first.units[:1] == (INDENT,) else first.units
    return [replace(first, units=units, width=first.width - 2 * how.size), *others]


@dataclass(frozen=True, slots=True)
class NoteLine(Whole):
    """One line of a paragraph, spread to the margin unless it is the last."""

    line: Line
    how: Face
    height: float
    indent: float

    def draw(self, page: Page, top: float) -> None:
        """The text in its line."""
        left, room = grid.LEFT + self.indent, grid.WIDTH - self.indent
        page.add(*set_line(self.line, self.how, left, top - BASELINE, room))


@dataclass(frozen=True, slots=True)
class SigningRow:
    """A row to sign in: by the role, or by hand where it is empty."""

    row: Row
    role: str
    fonts: Fonts

    @property
    def height(self) -> float:
        """The height of the row."""
        return self.row.height

    def cut(self, room: float) -> tuple[Row, SigningRow]:
        """As the row; the place to sign stays with the rest."""
        first, rest = self.row.cut(room)
        height = max(rest.height, STAMP_HEIGHT + rest.density.signing)
        return first, replace(self, row=replace(rest, height=height))

    def draw(self, page: Page, top: float) -> None:
        """The row, and in it the place for a stamp or for the date."""
        self.row.draw(page, top)
        bottom = top - self.height
        if self.role:
            above = (self.height - STAMP_HEIGHT) / 2
            page.add(stamp_place(self.role, self.row.edges[1] + INSET, bottom + above))
            return
        ink = face(self.fonts, "fangsong", grid.SMALL_SIZE)
        right = self.row.edges[-1] - INSET
        page.add(*set_right(one_line(INK_LINE, ink), ink, right, bottom + INK_BASELINE))
