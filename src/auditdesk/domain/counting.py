"""Counting a period day by day, so that everybody can see how its last day comes about.

A day counts unless the calendar takes it off or a pause holds it up. The day on which a
period begins does not count (Civil Code art. 201) unless the period says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from auditdesk.domain.workdays import SATURDAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from auditdesk.domain.workdays import WorkCalendar

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days that do not count.

    Attributes:
        first: the first of them.
        again: the first day that may count again; None: nobody knows yet. Where it is not
            behind `first` there is no such day.
    """

    first: date
    again: date | None

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day and (self.again is None or day < self.again)


class DayKind(StrEnum):
    """What a day was in a count."""

    START = "start"
    COUNTED = "counted"
    MOVED = "moved"  # a Saturday or Sunday that is worked, and so counts
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAUSED = "paused"


COUNTING = frozenset({DayKind.COUNTED, DayKind.MOVED})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row that were treated alike.

    Attributes:
        last: its last day; None: a pause without an end yet.
        count_before: how many days had been counted before it.
        counted: how many of its days count.
        provisional: they lie in a year whose calendar is not known.
    """

    kind: DayKind
    first: date
    last: date | None
    count_before: int
    counted: int
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How a period was counted.

    Attributes:
        length: how many days it has.
        last_day: the last of them; None: it stands still.
        counted: how many days it came to before it stood still, else all.
    """

    length: int
    last_day: date | None
    counted: int
    stretches: tuple[Stretch, ...]

    @property
    def is_provisional(self) -> bool:
        """Whether a day that was counted or left out lies in a year that is not known."""
        return any(stretch.provisional for stretch in self.stretches)

    def left_after(self, day: date) -> int:
        """How many of its days come after a day; all that are left where it stands still."""
        behind = sum(_counted_up_to(stretch, day) for stretch in self.stretches)
        return self.length - behind


def _counted_up_to(stretch: Stretch, day: date) -> int:
    """Days of a stretch that count, up to and including a day."""
    if stretch.kind not in COUNTING or stretch.last is None or stretch.first > day:
        return 0
    return (min(stretch.last, day) - stretch.first).days + 1


@dataclass(frozen=True, slots=True)
class Counter:
    """A way to count.

    Attributes:
        by_workdays: only working days count; else every day does.
        gaps: days that do not count whatever they are.
    """

    calendar: WorkCalendar
    by_workdays: bool = True
    gaps: Sequence[Gap] = ()

    def kind_of(self, day: date) -> DayKind:
        """What a day is in the count."""
        if any(gap.holds(day) for gap in self.gaps):
            return DayKind.PAUSED
        if not self.by_workdays:
            return DayKind.COUNTED
        at_weekend = day.weekday() >= SATURDAY
        if self.calendar.is_workday(day):
            return DayKind.MOVED if at_weekend else DayKind.COUNTED
        return DayKind.HOLIDAY if day in self.calendar.holidays else DayKind.WEEKEND

    def stands_still(self, day: date) -> bool:
        """Whether nothing counts from a day on, as far as is known."""
        return any(gap.again is None and gap.first <= day for gap in self.gaps)

    def count(self, start: date, length: int, *, first_counts: bool = False) -> Count:
        """Count so many days from a day on, which itself counts or does not."""
        walk = _Walk(self)
        if not first_counts:
            walk.put(DayKind.START, start)
        day = start if first_counts else start + _ONE_DAY
        while walk.counted < length:
            if self.stands_still(day):
                walk.stop(day)
                return Count(length, None, walk.counted, tuple(walk.stretches))
            walk.put(self.kind_of(day), day)
            day += _ONE_DAY
        last = walk.last_counted(start)
        return Count(length, last, walk.counted, tuple(walk.stretches))


class _Walk:
    """Days put together into stretches, one by one."""

    def __init__(self, counter: Counter) -> None:
        self._years = counter.calendar.years if counter.by_workdays else None
        self.stretches: list[Stretch] = []
        self.counted = 0

    def put(self, kind: DayKind, day: date) -> None:
        counts = kind in COUNTING
        provisional = self._years is not None and day.year not in self._years
        latest = self.stretches[-1] if self.stretches else None
        if latest and (latest.kind, latest.provisional) == (kind, provisional):
            counted = latest.counted + counts
            self.stretches[-1] = replace(latest, last=day, counted=counted)
        else:
            self.stretches.append(Stretch(kind, day, day, self.counted, int(counts), provisional))
        self.counted += counts

    def stop(self, day: date) -> None:
        """End in a pause of which nobody knows the end."""
        latest = self.stretches[-1] if self.stretches else None
        if latest and latest.kind is DayKind.PAUSED:
            self.stretches[-1] = replace(latest, last=None)
        else:
            self.stretches.append(Stretch(DayKind.PAUSED, day, None, self.counted, 0))

    def last_counted(self, start: date) -> date:
        """The last day that counted; the start where none had to."""
        counting = [s for s in self.stretches if s.kind in COUNTING]
        last = counting[-1].last if counting else None
        return last or start


def workdays_held_up(calendar: WorkCalendar, gaps: Iterable[Gap], first: date, last: date) -> int:
    """Working days from first to last, both included, on which something stood still."""
    held, days = tuple(gaps), (last - first).days + 1
    walked = (first + timedelta(days=n) for n in range(max(days, 0)))
    return sum(calendar.is_workday(d) and any(gap.holds(d) for gap in held) for d in walked)
