"""The facts over a form's tables: label and value, two pairs a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from auditdesk.documents import grid
from auditdesk.documents.area import UPRIGHT
from auditdesk.documents.fonts import plain
from auditdesk.documents.passage import IN_CELLS, IN_HEADS
from auditdesk.documents.setting import passage
from auditdesk.documents.table import Cell, row_edges
from auditdesk.documents.widths import SIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditdesk.documents.passage import Passage
    from auditdesk.documents.tabular import Faces

SIZE = grid.SMALL_SIZE
# Widths of the labels that are tried: from four characters, as most have, to nine.
LABELS = tuple(count * SIZE + 2 * SIDE + 0.5 for count in range(4, 10))
LABEL = 6.25 * SIZE + 2 * SIDE  # of a form without facts, for its lines to sign

Line = tuple[Sequence[Cell], Sequence[float]]  # the cells of one line and their edges
_Pair = tuple["Passage", "Passage"]


def fact_lines(facts: Sequence[tuple[str, str]], faces: Faces) -> tuple[list[Line], float]:
    """The lines, and the width of the labels: the one at which the lines are lowest."""
    pairs = [
        (passage(faces.head, plain(label), IN_HEADS), passage(faces.body, plain(value), IN_CELLS))
        for label, value in facts
    ]
    if not pairs:
        return [], LABEL
    label = min(LABELS, key=lambda width: _height(pairs, width))
    return [_line(line, label, faces) for line in _lines(pairs, label)], label


def _lines(pairs: Sequence[_Pair], label: float) -> Iterator[Sequence[_Pair]]:
    """Two pairs a line; a value too long for half a line has its own."""
    room = UPRIGHT.width / 2 - label - 2 * SIDE
    waiting: list[_Pair] = []
    for pair in pairs:
        if pair[1].count(room) > 1:
            yield from [waiting] * bool(waiting)
            yield [pair]
            waiting = []
        elif waiting:
            yield [*waiting, pair]
            waiting = []
        else:
            waiting = [pair]
    yield from [waiting] * bool(waiting)


def _height(pairs: Sequence[_Pair], label: float) -> int:
    """How many lines of text stand under each other."""
    return sum(
        max(
            max(name.count(label - 2 * SIDE), value.count(_room(line, label)))
            for name, value in line
        )
        for line in _lines(pairs, label)
    )


def _room(line: Sequence[_Pair], label: float) -> float:
    """The width for a value's text: of half a line, or of all of it where it stands alone."""
    return UPRIGHT.width / len(line) - label - 2 * SIDE


def _line(line: Sequence[_Pair], label: float, faces: Faces) -> Line:
    cells: list[Cell] = []
    for name, value in line:
        words = name.balanced(label - 2 * SIDE, SIZE)
        cells.append(Cell(words, faces.head, "centre"))
        cells.append(Cell(value.set(_room(line, label), SIZE), faces.body, "left"))
    widths = [label, UPRIGHT.width / len(line) - label] * len(line)
    return cells, row_edges(UPRIGHT.left, widths)
