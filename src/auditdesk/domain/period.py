"""Periods of which cases are counted: months, quarters, years, or any days from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from auditdesk.domain.workdays import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator

Length = Literal["month", "quarter", "year"]
LENGTHS: dict[Length, int] = {"month": 1, "quarter": 3, "year": 12}
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.last < self.first:
            raise ValueError("a period that is upside down")

    @property
    def length(self) -> Length | None:
        """Whether it is a month, a quarter or a year of the calendar; None: any other days."""
        whole = (n for n in LENGTHS if self == containing(self.first, n))
        return next(whole, None)

    @property
    def whole_months(self) -> int:
        """How many months it is; 0 where it begins or ends within one."""
        ends = self.last == date.max or (self.last + _ONE_DAY).day == 1
        if self.first.day != 1 or not ends:
            return 0
        return self.month_count

    @property
    def month_count(self) -> int:
        """How many months it touches."""
        return _number(self.last) - _number(self.first) + 1

    def before(self) -> Period | None:
        """As many months before it where it is whole months, else as many days.

        None where the calendar does not go back so far.
        """
        return self._beside(-1)

    def after(self) -> Period | None:
        """As many months or days after it; None where the calendar ends."""
        return self._beside(1)

    def _beside(self, side: int) -> Period | None:
        try:
            if self.whole_months:
                first = add_months(self.first, side * self.whole_months)
                return Period(first, _end_of_month(add_months(first, self.whole_months - 1)))
            days = timedelta(days=(self.last - self.first).days + 1)
            return Period(self.first + side * days, self.last + side * days)
        except (OverflowError, ValueError):
            return None

    def months(self) -> Iterator[Period]:
        """Each month of it, the first and the last cut to its own days."""
        for number in range(_number(self.first), _number(self.last) + 1):
            first = date(*_year_and_month(number), 1)
            yield Period(max(first, self.first), min(_end_of_month(first), self.last))

    def years(self) -> Iterator[Period]:
        """Each year of it, the first and the last cut to its own days."""
        for year in range(self.first.year, self.last.year + 1):
            first, last = date(year, 1, 1), date(year, 12, 31)
            yield Period(max(first, self.first), min(last, self.last))


def containing(day: date, length: Length) -> Period:
    """The month, quarter or year of the calendar in which a day lies."""
    months = LENGTHS[length]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    last = date(day.year, first.month + months - 1, 1)
    return Period(first, _end_of_month(last))


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _year_and_month(number: int) -> tuple[int, int]:
    return number // 12, number % 12 + 1


def _end_of_month(day: date) -> date:
    if (day.year, day.month) == (date.max.year, date.max.month):
        return date.max
    return add_months(day.replace(day=1), 1) - _ONE_DAY
