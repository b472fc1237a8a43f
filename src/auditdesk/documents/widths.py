"""Dividing a table's width among its columns by what their cells hold.

Words stay whole (a code, an amount, a day; a cell of a few characters); then the table is to
be as low as it can be, which is looked for by giving width from column to column while that
makes it lower. The same table always gets the same widths.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, permutations
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditdesk.documents.passage import Passage

SIDE, SMALL_SIDE = 4.5, 3.0  # from a cell's border to its text; in 小五 and smaller
SMALL = 9.0
STEP = 0.5  # of the size: widths are tried in such steps
GIFTS = (8, 5, 3, 2, 1)  # steps given from column to column
MOST_OF_WIDTH = 0.4  # a word wider than that part of the table is cut rather than kept whole
MOST_ROWS = 300  # so many rows, evenly spread, stand for a longer table
FEW_COLUMNS = 6  # with more, a short head may have two lines
# By characters: how short a cell is so that it stays on one line, and how much of a head stands
# on each of its lines. Where a table has too many columns for the first it is the next.
WHOLE_CELL = (5, 4, 3, 2)
HEAD_LINE = (4, 3, 3, 2)


_Lines = tuple[list[int], int]  # of a column: how many each text takes, and all together
_Cost = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stock:
    """What one column holds; of the width that nobody needs it gets its share."""

    head: Passage
    cells: Sequence[Passage]
    share: int


def divided(stocks: Sequence[Stock], width: float, size: float) -> list[float]:
    """The widths of the columns; together they are the table's.

    Args:
        stocks: the columns.
        width: of the table.
        size: of its text.
    """
    least = _least(stocks, width, size)
    if sum(least) >= width:
        return _capped(least, width)
    longest = [max(floor, most(stock, size)) for floor, stock in zip(least, stocks, strict=True)]
    if sum(longest) <= width:
        return _shared(longest, stocks, width)
    found = _Search(stocks, least, longest, size).best(width)
    return _shared(found, stocks, width)


def side_of(size: float) -> float:
    """How far text of a size stands from the border of its cell."""
    return SIDE if size > SMALL else SMALL_SIDE


def most(stock: Stock, size: float) -> float:
    """The width at which no text of a column is broken."""
    texts = (stock.head, *stock.cells)
    return max(text.longest for text in texts) + 2 * side_of(size)


def comfortable(stocks: Sequence[Stock], width: float, size: float, longest: int) -> float:
    """How wide a table likes to be: no text of up to `longest` characters is broken."""
    floors = least_widths(stocks, width, size)
    wanted = (min(most(stock, size), longest * size + 2 * side_of(size)) for stock in stocks)
    return sum(max(pair) for pair in zip(floors, wanted, strict=True))


def _least(stocks: Sequence[Stock], width: float, size: float) -> list[float]:
    """The least widths, as roomy as fit together."""
    for level in range(len(WHOLE_CELL)):
        least = least_widths(stocks, width, size, level)
        if sum(least) <= width:
            break
    return least


def least_widths(stocks: Sequence[Stock], width: float, size: float, level: int = 0) -> list[float]:
    """What the columns need with their words whole, and short cells and heads on one line.

    Args:
        stocks: the columns.
        width: of the table.
        size: of its text.
        level: how far short ones may be broken: a place of `WHOLE_CELL`.
    """
    sides = 2 * side_of(size)
    cell, widest = WHOLE_CELL[level] * size, width * MOST_OF_WIDTH - sides
    few = level == 0 and len(stocks) <= FEW_COLUMNS
    return [
        sides
        + max(
            _floor(stock.head, _head_line(stock.head, size, level, few=few), widest),
            max((_floor(text, cell, widest) for text in stock.cells), default=0.0),
        )
        for stock in stocks
    ]


def _head_line(head: Passage, size: float, level: int, *, few: bool) -> float:
    """How long the lines of a head are: in a table of few columns a short one has only one."""
    if few:
        return HEAD_LINE[level] * size
    half = ceil(head.longest / size / 2) * size
    return max(2 * size, min(half, HEAD_LINE[level] * size))


def _floor(text: Passage, whole: float, widest: float) -> float:
    """What a text needs: its widest word, but for one that is too wide; a short one all of it."""
    word = text.widest if text.widest <= widest else 0.0
    return max(word, min(text.longest, whole))


def _capped(least: list[float], width: float) -> list[float]:
    """The widest columns cut down to one width, so that all fit."""
    rest, taken = width, [0.0] * len(least)
    order = sorted(range(len(least)), key=least.__getitem__)
    for done, place in enumerate(order):
        taken[place] = min(least[place], rest / (len(order) - done))
        rest -= taken[place]
    return taken


def _shared(taken: list[float], stocks: Sequence[Stock], width: float) -> list[float]:
    """The widths with what is left over given out by shares."""
    spare, shares = width - sum(taken), sum(stock.share for stock in stocks)
    return [own + spare * stock.share / shares for own, stock in zip(taken, stocks, strict=True)]


class _Search:
    """The widths of a table's columns, counted in steps above the least."""

    def __init__(
        self, stocks: Sequence[Stock], least: list[float], longest: list[float], size: float
    ) -> None:
        self._texts = [(stock.head, *_spread(stock.cells)) for stock in stocks]
        self._least, self._step, self._sides = least, size * STEP, 2 * side_of(size)
        self._tops = [ceil((b - a) / self._step) for a, b in zip(least, longest, strict=True)]
        self._known: list[dict[int, _Lines]] = [{} for _ in stocks]

    def best(self, width: float) -> list[float]:
        """Of several beginnings the one that leads to the lowest table; less than a step is left.

        What is left goes to a column where it makes the table still lower, if there is one.
        """
        steps = int((width - sum(self._least)) / self._step)
        found = min(self._lower(begun) for begun in self._beginnings(steps))
        widths = [own + n * self._step for own, n in zip(self._least, found[1], strict=True)]
        rest = width - sum(widths)
        others = (
            [own + rest * (place == taker) for place, own in enumerate(widths)]
            for taker in range(len(widths))
        )
        return min([widths, *others], key=self._cost_of)

    def _beginnings(self, steps: int) -> Iterator[list[int]]:
        """By what the columns lack; narrow ones first; and with few columns each of them first."""
        places, tops = range(len(self._tops)), self._tops
        ends = [sum(tops[: place + 1]) * steps // sum(tops) for place in places]
        yield [end - begin for begin, end in pairwise((0, *ends))]
        order = sorted(places, key=tops.__getitem__)
        yield self._given(order, steps, even=True)
        if len(order) <= FEW_COLUMNS:
            free = [place for place in order if tops[place]]
            yield from (self._given([place, *free], steps, even=False) for place in free)

    def _given(self, order: Sequence[int], steps: int, *, even: bool) -> list[int]:
        """The steps given out in an order: an even part to each, or to each all that it can use."""
        given, rest = [0] * len(self._tops), steps
        for done, place in enumerate(order):
            part = rest // (len(order) - done) if even else rest
            part = min(part, self._tops[place] - given[place])
            given[place] += part
            rest -= part
        return given

    def _lower(self, steps: list[int]) -> tuple[_Cost, list[int]]:
        """Give width from column to column, while that makes the table lower."""
        free = [place for place, top in enumerate(self._tops) if top]
        columns = [self._stepped(place, count) for place, count in enumerate(steps)]
        best = _cost(columns)
        for gift in GIFTS:
            moved = True
            while moved:
                moved = False
                for giver, taker in permutations(free, 2):
                    given = min(gift, self._tops[taker] - steps[taker])
                    if given <= 0 or steps[giver] < given:
                        continue
                    tried = list(columns)
                    tried[giver] = self._stepped(giver, steps[giver] - given)
                    tried[taker] = self._stepped(taker, steps[taker] + given)
                    if (cost := _cost(tried)) < best:
                        steps[giver] -= given
                        steps[taker] += given
                        columns, best, moved = tried, cost, True
        return best, steps

    def _stepped(self, place: int, count: int) -> _Lines:
        if count not in self._known[place]:
            width = self._least[place] + count * self._step
            self._known[place][count] = self._lines(place, width)
        return self._known[place][count]

    def _cost_of(self, widths: Sequence[float]) -> _Cost:
        return _cost([self._lines(place, width) for place, width in enumerate(widths)])

    def _lines(self, place: int, width: float) -> _Lines:
        """How many lines each text of a column takes at a width, and all together."""
        lines = [text.count(width - self._sides) for text in self._texts[place]]
        return lines, sum(lines)


def _cost(columns: Sequence[_Lines]) -> _Cost:
    """How many lines the rows take, and how many all cells have together."""
    rows = map(max, *(lines for lines, _ in columns)) if len(columns) > 1 else columns[0][0]
    return sum(rows), sum(together for _, together in columns)


def _spread(cells: Sequence[Passage]) -> Sequence[Passage]:
    """The cells, or of very many some that stand for them."""
    return cells[:: ceil(len(cells) / MOST_ROWS)] if len(cells) > MOST_ROWS else cells
