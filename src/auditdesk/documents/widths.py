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

SIDE = 4.5  # from a cell's border to its text
STEP = 0.5  # of the size: widths are tried in such steps
GIFTS = (8, 5, 3, 2, 1)  # steps given from column to column
MOST_OF_WIDTH = 0.4  # a word wider than that part of the table is cut rather than kept whole
MOST_ROWS = 300  # so many rows, evenly spread, stand for a longer table
FEW_COLUMNS = 6  # with more, a short head may have two lines
# By characters: how short a cell or a head is so that it stays on one line. Where a table has
# too many columns for the first it is the next.
WHOLE_CELL = (5, 4, 3, 2)
WHOLE_HEAD = (4, 2, 2, 2)


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
    longest = [max(floor, most(stock)) for floor, stock in zip(least, stocks, strict=True)]
    if sum(longest) <= width:
        return _shared(longest, stocks, width)
    search = _Search(stocks, least, longest, size * STEP)
    steps = search.best(int((width - sum(least)) / search.step))
    taken = [floor + count * search.step for floor, count in zip(least, steps, strict=True)]
    return _shared(taken, stocks, width)


def most(stock: Stock) -> float:
    """The width at which no text of a column is broken."""
    texts = (stock.head, *stock.cells)
    return max(text.longest for text in texts) + 2 * SIDE


def least_together(stocks: Sequence[Stock], width: float, size: float) -> float:
    """How much all columns need with their words whole, short cells and heads on one line."""
    return sum(_floors(stocks, width, size, 0))


def _least(stocks: Sequence[Stock], width: float, size: float) -> list[float]:
    """The least widths, as roomy as fit together."""
    for level in range(len(WHOLE_CELL)):
        least = _floors(stocks, width, size, level)
        if sum(least) <= width:
            break
    return least


def _floors(stocks: Sequence[Stock], width: float, size: float, level: int) -> list[float]:
    cell, head = WHOLE_CELL[level] * size, WHOLE_HEAD[level] * size
    if len(stocks) > FEW_COLUMNS:
        head = min(head, 2 * size)
    widest = width * MOST_OF_WIDTH - 2 * SIDE
    return [
        2 * SIDE
        + max(
            _floor(stock.head, head, widest),
            max((_floor(text, cell, widest) for text in stock.cells), default=0.0),
        )
        for stock in stocks
    ]


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
        self, stocks: Sequence[Stock], least: list[float], longest: list[float], step: float
    ) -> None:
        self._texts = [(stock.head, *_spread(stock.cells)) for stock in stocks]
        self._least, self.step = least, step
        self._tops = [ceil((b - a) / step) for a, b in zip(least, longest, strict=True)]
        self._known: list[dict[int, tuple[list[int], int]]] = [{} for _ in stocks]

    def best(self, steps: int) -> list[int]:
        """Of several beginnings the one that leads to the lowest table."""
        found = [self._lower(begun) for begun in self._beginnings(steps)]
        return min(found, key=self._cost)

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

    def _lower(self, steps: list[int]) -> list[int]:
        """Give width from column to column, while that makes the table lower."""
        free = [place for place, top in enumerate(self._tops) if top]
        best = self._cost(steps)
        for gift in GIFTS:
            moved = True
            while moved:
                moved = False
                for giver, taker in permutations(free, 2):
                    given = min(gift, self._tops[taker] - steps[taker])
                    if given <= 0 or steps[giver] < given:
                        continue
                    tried = list(steps)
                    tried[giver] -= given
                    tried[taker] += given
                    cost = self._cost(tried)
                    if cost < best:
                        steps, best, moved = tried, cost, True
        return steps

    def _cost(self, steps: Sequence[int]) -> tuple[int, int]:
        """How many lines the rows take, and how many all cells have together."""
        columns = [self._lines(place, count) for place, count in enumerate(steps)]
        rows = map(max, *(lines for lines, _ in columns)) if len(columns) > 1 else columns[0][0]
        return sum(rows), sum(together for _, together in columns)

    def _lines(self, place: int, count: int) -> tuple[list[int], int]:
        """How many lines each text of a column takes at a width, and all together."""
        if count not in self._known[place]:
            width = self._least[place] + count * self.step - 2 * SIDE
            lines = [text.count(width) for text in self._texts[place]]
            self._known[place][count] = lines, sum(lines)
        return self._known[place][count]


def _spread(cells: Sequence[Passage]) -> Sequence[Passage]:
    """The cells, or of very many some that stand for them."""
    return cells[:: ceil(len(cells) / MOST_ROWS)] if len(cells) > MOST_ROWS else cells
