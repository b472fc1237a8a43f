"""Setting lines: broken text put on the paper, spread to the margin or to the middle."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from auditdesk.documents import grid
from auditdesk.documents.linebreak import Line, break_evenly, break_lines, is_word
from auditdesk.documents.page import Text
from auditdesk.documents.passage import Passage

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from auditdesk.documents.fonts import Fonts, Style
    from auditdesk.documents.page import Colour

MOST_STRETCH = 0.25  # em between two characters; beyond it a line looks torn and stays ragged


@dataclass(frozen=True, slots=True)
class Face:
    """How a piece of text is set.

    Attributes:
        cell: the advance of a Chinese character; on the official grid a little less than
            the size, since 28 × 16 pt is wider than the type area.
    """

    fonts: Fonts
    style: Style
    size: float
    cell: float
    colour: Colour = grid.BLACK

    @property
    def tightening(self) -> float:
        """What is added after a Chinese character to come to the cell."""
        return self.cell - self.size

    def measure(self, unit: str) -> float:
        """Width of a unit that a line is made of."""
        natural = self.fonts.width(self.style, unit) * self.size
        return natural if is_word(unit) else natural + self.tightening * len(unit)

    def break_lines(self, text: str, width: float, first: float | None = None) -> list[Line]:
        """Break a text into lines of at most `width` points."""
        return break_lines(text, self.measure, width, first)

    def break_evenly(self, text: str, width: float, first: float) -> list[Line]:
        """Break a text into lines that can be spread to the margins, as far as there are."""
        return break_evenly(text, self.measure, width, first, MOST_STRETCH * self.size)

    def width(self, text: str) -> float:
        """Width of a text on one line."""
        if len(text) == 1 and not text.isspace():
            return self.measure(text)
        return sum(line.width for line in self.break_lines(text, float("inf")))


def face(fonts: Fonts, style: Style, size: float, colour: Colour = grid.BLACK) -> Face:
    """Text off the grid: a character is as wide as its font has it."""
    return Face(fonts, style, size, size, colour)


def grid_face(fonts: Fonts, style: Style) -> Face:
    """Text of the body, 28 characters a line."""
    return Face(fonts, style, grid.BODY_SIZE, grid.CELL)


@lru_cache(maxsize=4096)  # most cells of hundreds of papers are alike
def passage(how: Face, text: str, unit: re.Pattern[str]) -> Passage:
    """A text of a form, measured; `unit` says what is kept whole, as in `documents.passage`."""
    return Passage(text, how.measure, unit)


def fitted(how: Face, text: str, room: float) -> Face:
    """The same face, smaller where the text would be wider than the room."""
    share = min(1.0, room / max(how.width(text.replace("\n", " ")), 1.0))
    return replace(how, size=how.size * share, cell=how.cell * share)


def set_line(line: Line, how: Face, x: float, y: float, room: float | None = None) -> list[Text]:
    """Put a line at (x, y); with `room`, spread it to that width unless it is the last."""
    stretch = 0.0 if room is None or line.last else _stretch(line, how, room)
    items = []
    for text, word in _stretches(line.units):
        spacing = 0.0 if word else how.tightening + stretch
        items.append(Text(x, y, text, how.style, how.size, spacing, how.colour))
        x += how.fonts.width(how.style, text) * how.size + spacing * len(text)
        x += stretch if word else 0.0
    return items


def set_centred(line: Line, how: Face, middle: float, y: float) -> list[Text]:
    """Put a line with its middle at `middle`."""
    return set_line(line, how, middle - line.width / 2, y)


def set_right(line: Line, how: Face, right: float, y: float) -> list[Text]:
    """Put a line with its end at `right`."""
    return set_line(line, how, right - line.width, y)


def one_line(text: str, how: Face) -> Line:
    """A text as a single line, however long."""
    return how.break_lines(text.replace("\n", " "), float("inf"))[0]


def _stretch(line: Line, how: Face, room: float) -> float:
    each = line.stretch(room)
    return each if each <= MOST_STRETCH * how.size else 0.0


def _stretches(units: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """The units joined as far as one spacing serves them; words stand alone."""
    joined = ""
    for unit in units:
        if not is_word(unit):
            joined += unit
            continue
        if joined:
            yield joined, False
            joined = ""
        yield unit, True
    if joined:
        yield joined, False
