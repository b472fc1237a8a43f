"""A text of a table, measured once: how many lines it takes at any width, and those lines.

In tables, where lines are short, more is kept whole than in a letter's text: a day, a number
with what it counts, an article, a number of the kind 〔2021〕21号.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from auditdesk.documents.linebreak import (
    ROUNDING,
    UNIT,
    Line,
    break_lines,
    clusters,
    width_of,
    without_blanks,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditdesk.documents.linebreak import Measure, Unit

# A number and what it counts.
_COUNTED = (
    r"\d[\d.,]*(?:个工作日|平方米|公顷|万元|亿元|万m³|"
    "[年月日号条款项元人户个亩米件份天座类级％])"
)
_IN_CELLS = (
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日",
    r"〔\d+〕(?:\d+号)?",
    r"第[（(]?[\d一二三四五六七八九十百]+[）)]?(?:条|项|款|部分|号|章|节)",
    r"（[\d一二三四五六七八九十]{1,3}）\d*",
    _COUNTED,
)
IN_CELLS = re.compile("|".join([*_IN_CELLS, UNIT]), re.DOTALL)
# In lines that are spread to the margin only the number and what it counts.
IN_NOTES = re.compile(f"{_COUNTED}|{UNIT}", re.DOTALL)
# The unit of a head is one: 使用面积（平方米）.
IN_HEADS = re.compile(rf"（[^（）\n]{{1,6}}）|{UNIT}", re.DOTALL)
BRACKET = "（"
STEP = 0.5  # of the size: by so much a line is made shorter to leave no character alone
TRIES = 6


class Passage:
    """One text in one face.

    Attributes:
        widest: width of the widest of its words; in less room it would be cut.
        longest: width of the text where no line is broken but at its line feeds.
    """

    __slots__ = ("_measure", "_parts", "_text", "longest", "widest")

    def __init__(self, text: str, measure: Measure, unit: re.Pattern[str] = IN_CELLS) -> None:
        """Measure every word of the text; `unit` says what is kept whole."""
        self._text, self._measure = text, measure
        self._parts = [_Part(list(clusters(p, measure, unit))) for p in text.split("\n")]
        self.widest = max(part.widest for part in self._parts)
        self.longest = max(part.longest for part in self._parts)

    def count(self, width: float) -> int:
        """How many lines the text takes at a width."""
        if self.longest <= width + ROUNDING:
            return len(self._parts)
        if self.widest > width:
            return len(break_lines(self._text, self._measure, width))
        return sum(len(part.ends(width)) for part in self._parts)

    def lines(self, width: float) -> list[Line]:
        """The text in lines of at most that width; where a word is wider it is cut."""
        if self.widest > width:
            return break_lines(self._text, self._measure, width)
        return [line for part in self._parts for line in part.lines(part.ends(width))]

    def set(self, width: float, size: float, company: int = 1) -> list[Line]:
        """As `lines`, but no last line has so few characters only, if others can give it some."""
        if self.widest > width:
            return self.lines(width)
        return [line for p in self._parts for line in p.lines(p.accompanied(width, size, company))]

    def balanced(self, width: float, size: float) -> list[Line]:
        """In as few lines as `lines`, all about equally long, as a head is set.

        A bracket at the end has its own line where that takes no line more.
        """
        count, at = self.count(width), self._text.find(BRACKET, 1)
        if count == 1 or self.widest > width:
            return self.lines(width)
        if at > 0 and "\n" not in self._text:
            name, bracket = (Passage(t, self._measure) for t in (self._text[:at], self._text[at:]))
            if bracket.longest <= width and name.count(width) + 1 == count:
                above = [replace(line, last=False) for line in name.balanced(width, size)]
                return [*above, *bracket.lines(width)]
        room = max(self.widest, self.longest / count)
        while self.count(room) > count:
            room += size * STEP
        return self.lines(min(room, width))


class _Part:
    """A text between two line feeds: its clusters, and how far along an endless line they end."""

    __slots__ = ("_clusters", "_ends", "_shown", "_whole", "longest", "widest")

    def __init__(self, found: Sequence[list[Unit]]) -> None:
        self._clusters = found
        self._ends: list[float] = []
        self._shown: list[float] = []  # without the blanks that drop at a line's end
        self.widest = at = 0.0
        for cluster in found:
            shown = width_of(without_blanks(cluster))
            self.widest = max(self.widest, shown)
            self._shown.append(at + shown)
            at += width_of(cluster)
            self._ends.append(at)
        self.longest = self._shown[-1] if found else 0.0
        self._whole = self._line(0, len(found), last=True)

    def ends(self, width: float) -> list[int]:
        """After which cluster each line ends, where no cluster is wider than a line."""
        if self.longest <= width + ROUNDING:
            return [len(self._clusters)]
        found, at, start = [], 0, 0.0
        while at < len(self._clusters):
            at = bisect_right(self._shown, start + width + ROUNDING, at)
            found.append(at)
            start = self._ends[at - 1]
        return found

    def accompanied(self, width: float, size: float, company: int) -> list[int]:
        """The ends, moved where the last line would have so few characters only."""
        usual = self.ends(width)
        for narrower in range(TRIES):
            room = width - narrower * STEP * size
            ends = self.ends(room) if room >= self.widest else []
            if len(ends) != len(usual):
                break
            if len(ends) == 1 or self._last(ends) > company * size + ROUNDING:
                return ends
        return usual

    def _last(self, ends: list[int]) -> float:
        return self.longest - self._ends[ends[-2] - 1]

    def lines(self, ends: list[int]) -> list[Line]:
        """The lines that end there."""
        if len(ends) == 1:  # as in most cells
            return [self._whole]
        return [self._line(a, b, last=b == ends[-1]) for a, b in pairwise((0, *ends))]

    def _line(self, first: int, end: int, *, last: bool) -> Line:
        units = [unit for cluster in self._clusters[first:end] for unit in cluster]
        shown = without_blanks(units)
        return Line(tuple(unit.text for unit in shown), width_of(shown), last)
