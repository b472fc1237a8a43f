"""Measuring: what is measured and what it is held against run in turn, so that both see the same
machine in the same minute; the median of several rounds counts."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """One printed line.

    Attributes:
        ours: the product's figure as it is shown, with its unit.
        against: the named thing that ran beside it.
        theirs: its figure.
        ratio: how many times the named thing's time ours took.
        limit: the greatest ratio that is wanted, where there is one.
    """

    name: str
    ours: str
    against: str
    theirs: str
    ratio: float
    limit: float | None = None

    @property
    def holds(self) -> bool:
        return self.limit is None or self.ratio <= self.limit


@dataclass(frozen=True)
class Size:
    """How much work a run does: the whole, or just enough to see that a line still works."""

    cases: int
    rounds: int
    repeats: int


WHOLE = Size(cases=10_000, rounds=5, repeats=500)
QUICK = Size(cases=20, rounds=1, repeats=3)


def seconds(work: Work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def side_by_side(ours: Work, theirs: Work, rounds: int) -> tuple[float, float]:
    """The median seconds of each, taken in turn; a first round warms both and is not counted."""
    ours()
    theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    mine, other = zip(*pairs, strict=True)
    return statistics.median(mine), statistics.median(other)


def percentile(times: list[float], share: float) -> float:
    """The time that this share of all is not above, such as 0.99."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ms(seconds_taken: float) -> str:
    return f"{seconds_taken * 1000:,.2f} ms"
