"""Breaking Chinese text into lines: 禁则 at both ends, words and figures kept whole.

Which marks may not begin or end a line: GB/T 15834-2011, 5.1; the marks that it does not name
follow the same reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Measure = Callable[[str], float]

NOT_AT_START = frozenset(
    "，。、；：？！．·‧•…—～－‐–"
    "’”）〕］｝〉》」』】〗〙〛〞"
    "､｡･｣,.;:?!)]}'\"»›"
    "％%‰℃°′″㎡㎥㎞㎏㎜㎝々〻ー／/"
    "︰︱︳﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞"
)
NOT_AT_END = frozenset("‘“（〔［｛〈《「『【〖〘〚〝｢([{«‹￥¥＄$￡£€№＃／/﹙﹛﹝")

# A word: Latin letters, digits and the marks between them; doubled dashes and dots; else one.
UNIT = r"[!-\u024f\u0370-\u03ff\u2009\u202f]+|—{2,}|…{2,}|[ \u3000]+|."
_UNIT = re.compile(UNIT, re.DOTALL)
ROUNDING = 1e-6  # sums of widths are floats
LATIN_END = "\u2000"
RAGGED = 20.0  # and more, the shorter a line is; 1 for one that is spread as far as it may be
LONE = 0.25  # a single character on the last line: half as far spread a line is worth it


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its units, which may be set apart from each other, and its natural width."""

    units: tuple[str, ...]
    width: float
    last: bool = False

    @property
    def text(self) -> str:
        """The line's characters."""
        return "".join(self.units)

    @property
    def gaps(self) -> int:
        """Where the line may be set apart: between characters, never inside a word."""
        return sum(map(_places, self.units)) - 1

    def stretch(self, room: float) -> float:
        """How much each gap takes where the line is spread to `room`."""
        return max(room - self.width, 0.0) / self.gaps if self.gaps > 0 else float("inf")


def is_word(unit: str) -> bool:
    """Whether a unit is a Latin word or a figure, of any length."""
    return unit[0] < LATIN_END


def _places(unit: str) -> int:
    return 1 if is_word(unit) else len(unit)


def break_lines(
    text: str, measure: Measure, width: float, first: float | None = None
) -> list[Line]:
    """Break a text; no line is wider than `width`, whatever the text.

    Args:
        text: the text; a line feed begins a new line.
        measure: width of some characters, in any unit.
        width: the room of a line, in the same unit.
        first: the room of the first line, where it is indented.
    """
    return _parts(text, measure, width, first, _filled)


def break_evenly(
    text: str, measure: Measure, width: float, first: float, most: float
) -> list[Line]:
    """Break a text into as many lines as `break_lines`, and these so that they can be spread.

    Where a long word leaves a line too short to be spread to the margin, the lines before it
    give it some of theirs; where the last line has a single character, it gets a second one.

    Args:
        text: as for `break_lines`.
        measure: as for `break_lines`.
        width: as for `break_lines`.
        first: as for `break_lines`.
        most: how much a gap may be spread; a line that needs more stays ragged.
    """

    def chosen(pieces: list[_Piece], rooms: _Rooms) -> list[Line]:
        lines = _filled(pieces, rooms)
        faults = _faults(lines, rooms, most)
        if not faults:
            return lines
        even = _evened(pieces, rooms, most)
        return even if _faults(even, rooms, most) < faults else lines

    return _parts(text, measure, width, first, chosen)


class Unit(NamedTuple):
    """What is never broken, unless a line is narrower: a Chinese character, a word; its width."""

    text: str
    size: float


class _Piece(NamedTuple):
    """What stays together; its width as it shows at a line's end, without blanks, and whole."""

    units: list[Unit]
    shown: float
    size: float

    @property
    def places(self) -> int:
        """How many places to be set apart it brings into a line."""
        return sum(_places(unit.text) for unit in self.units)


class _Rooms(NamedTuple):
    """The room of the first line, and of the others."""

    first: float
    other: float


def _parts(
    text: str,
    measure: Measure,
    width: float,
    first: float | None,
    broken: Callable[[list[_Piece], _Rooms], list[Line]],
) -> list[Line]:
    lines: list[Line] = []
    for part in text.split("\n"):
        room = first if first is not None and not lines else width
        pieces = [
            p for cluster in clusters(part, measure) for p in _pieces(cluster, measure, width)
        ]
        lines += broken(pieces, _Rooms(room, width))
    return lines


def _filled(pieces: list[_Piece], rooms: _Rooms) -> list[Line]:
    """Lines that each take as much as there is room for."""
    lines: list[Line] = []
    units: list[Unit] = []
    used, room = 0.0, rooms.first
    for piece in pieces:
        if units and used + piece.shown > room + ROUNDING:
            lines.append(_line(units))
            units, used, room = [], 0.0, rooms.other
        units += piece.units
        used += piece.size
    lines.append(_line(units, last=True))
    return lines


def _faults(lines: list[Line], rooms: _Rooms, most: float) -> int:
    """How many lines would stay ragged, and whether the last one has a single character."""
    spread = zip(lines[:-1], (rooms.first, *(rooms.other for _ in lines)), strict=False)
    lone = len(lines) > 1 and _lone(lines[-1].units)
    return lone + sum(line.stretch(room) > most for line, room in spread)


def _lone(units: tuple[str, ...]) -> bool:
    """Whether nothing but a character and its marks stands there."""
    words = [unit for unit in units if unit not in NOT_AT_START | NOT_AT_END]
    return len(words) == 1 and not is_word(words[0])


def _evened(pieces: list[_Piece], rooms: _Rooms, most: float) -> list[Line]:
    """As few lines as there can be, and of all such choices the one spread most evenly."""
    sizes = list(accumulate((piece.size for piece in pieces), initial=0.0))
    places = list(accumulate((piece.places for piece in pieces), initial=0))
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]  # lines, their cost, where the last begins
    for end, piece in enumerate(pieces, 1):
        found: list[tuple[int, float, int]] = []
        for start in range(end - 1, -1, -1):
            room = rooms.other if start else rooms.first
            short = room - (sizes[end - 1] - sizes[start] + piece.shown)
            if short < -ROUNDING and found:
                break
            gaps = places[end] - places[start] - 1
            lines, cost, _ = best[start]
            if end < len(pieces):
                cost += _cost(max(short, 0.0), gaps, room, most)
            elif start == end - 1:
                cost += LONE
            found.append((lines + 1, cost, start))
        best.append(min(found))
    return _chosen(pieces, [start for _, _, start in best])


def _cost(short: float, gaps: int, room: float, most: float) -> float:
    """What a line costs that is so much shorter than its room."""
    if short > most * gaps:
        return RAGGED * (1 + short / room)
    return (short / (most * gaps)) ** 2 if gaps else 0.0


def _chosen(pieces: list[_Piece], starts: list[int]) -> list[Line]:
    """The lines, from where the line that ends at each place begins."""
    end = len(pieces)
    lines: list[Line] = []
    while end:
        units = [unit for piece in pieces[starts[end] : end] for unit in piece.units]
        lines.insert(0, _line(units, last=end == len(pieces)))
        end = starts[end]
    return lines


def _line(units: list[Unit], *, last: bool = False) -> Line:
    shown = without_blanks(units)
    return Line(tuple(unit.text for unit in shown), width_of(shown), last)


def without_blanks(units: list[Unit]) -> list[Unit]:
    """What of some units shows at the end of a line."""
    end = len(units)
    while end and units[end - 1].text.isspace():
        end -= 1
    return units[:end]


def width_of(units: list[Unit]) -> float:
    """The width of units side by side."""
    return sum(unit.size for unit in units)


def clusters(text: str, measure: Measure, unit: re.Pattern[str] = _UNIT) -> Iterator[list[Unit]]:
    """Groups of units between which a line may be broken.

    Args:
        text: without line feeds.
        measure: width of some characters.
        unit: what a unit is.
    """
    cluster: list[Unit] = []
    known: dict[str, Unit] = {}
    for found in unit.findall(text):
        if cluster and _may_break(cluster[-1].text, found):
            yield cluster
            cluster = []
        if found not in known:
            known[found] = Unit(found, measure(found))
        cluster.append(known[found])
    if cluster:
        yield cluster


def _may_break(before: str, after: str) -> bool:
    if before[-1].isspace():
        return True
    if after[0].isspace():
        return False  # the blank stays with the word before it and drops at the line's end
    return after[0] not in NOT_AT_START and before[-1] not in NOT_AT_END


def _pieces(cluster: list[Unit], measure: Measure, width: float) -> Iterator[_Piece]:
    """The cluster whole, or, where it is wider than a line, in pieces that fit."""
    if len(cluster) == 1:  # nearly always: a Chinese character
        shown = 0.0 if cluster[0].text.isspace() else cluster[0].size
    else:
        shown = width_of(without_blanks(cluster))
    if shown <= width:
        yield _Piece(cluster, shown, cluster[0].size if len(cluster) == 1 else width_of(cluster))
        return
    piece: list[Unit] = []
    used = 0.0
    for character in "".join(unit.text for unit in cluster):
        size = measure(character)
        if piece and used + size > width:
            yield _Piece(piece, used, used)
            piece, used = [], 0.0
        piece.append(Unit(character, size))
        used += size
    yield _Piece(piece, used, used)
