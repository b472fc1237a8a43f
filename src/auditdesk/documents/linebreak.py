"""Breaking Chinese text into lines: 禁则 at both ends, words and figures kept whole.

Which marks may not begin or end a line: GB/T 15834-2011, 5.1; the marks that it does not name
follow the same reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
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
    lines: list[Line] = []
    for part in text.split("\n"):
        room = first if first is not None and not lines else width
        lines += _break_part(part, measure, width, room)
    return lines


class Unit(NamedTuple):
    """What is never broken, unless a line is narrower: a Chinese character, a word; its width."""

    text: str
    size: float


def _break_part(text: str, measure: Measure, width: float, first: float) -> list[Line]:
    lines: list[Line] = []
    units: list[Unit] = []
    used, room = 0.0, first
    for cluster in clusters(text, measure):
        for piece, shown, size in _pieces(cluster, measure, width):
            if units and used + shown > room + ROUNDING:
                lines.append(_line(units))
                units, used, room = [], 0.0, width
            units += piece
            used += size
    lines.append(_line(units, last=True))
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


def _pieces(
    cluster: list[Unit], measure: Measure, width: float
) -> Iterator[tuple[list[Unit], float, float]]:
    """The cluster whole, or, where it is wider than a line, in pieces that fit.

    With each its width as it shows at a line's end, without blanks, and its whole width.
    """
    if len(cluster) == 1:  # nearly always: a Chinese character
        shown = 0.0 if cluster[0].text.isspace() else cluster[0].size
    else:
        shown = width_of(without_blanks(cluster))
    if shown <= width:
        yield cluster, shown, cluster[0].size if len(cluster) == 1 else width_of(cluster)
        return
    piece: list[Unit] = []
    used = 0.0
    for character in "".join(unit.text for unit in cluster):
        size = measure(character)
        if piece and used + size > width:
            yield piece, used, used
            piece, used = [], 0.0
        piece.append(Unit(character, size))
        used += size
    yield piece, used, used
