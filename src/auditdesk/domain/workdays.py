"""Working days with moved working days (调休), and the counting of time limits.

A time limit of N working days from day D ends on the Nth working day after D (Civil Code
art. 201); a publicity period needs N working days among its days, first and last included.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY, _WEEK = 5, 7
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class YearDays:
    """What one year's calendar sets, as in `WorkCalendar`."""

    year: int
    holidays: frozenset[date]
    workdays: frozenset[date]


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The State Council's yearly calendars.

    Attributes:
        holidays: days off that would be working days by the week.
        workdays: Saturdays and Sundays that are worked.
        years: the years whose calendar is known; other years count Monday to Friday.
    """

    holidays: frozenset[date]
    workdays: frozenset[date]
    years: frozenset[int]

    def year(self, year: int) -> YearDays | None:
        """What a known year sets; None where its calendar is not known."""
        if year not in self.years:
            return None
        off, on = ({d for d in days if d.year == year} for days in (self.holidays, self.workdays))
        return YearDays(year, frozenset(off), frozenset(on))

    def with_year(self, own: YearDays) -> WorkCalendar:
        """The calendar in which a year is as given, whatever was known of it before."""
        off, on = (
            {d for d in days if d.year != own.year} for days in (self.holidays, self.workdays)
        )
        return WorkCalendar(
            frozenset(off | own.holidays), frozenset(on | own.workdays), self.years | {own.year}
        )

    def is_workday(self, day: date) -> bool:
        """Whether offices work on that day."""
        if day in self.workdays:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether any day from first to last lies in a year whose calendar is not known."""
        return any(year not in self.years for year in range(first.year, last.year + 1))

    def nth_after(self, day: date, count: int) -> date:
        """The `count`th working day after `day`, which itself does not count."""
        while count > 0:
            day += _ONE_DAY
            if self.is_workday(day):
                count -= 1
        return day

    def count_within(self, first: date, last: date) -> int:
        """Working days from first to last, both included; 0 where last is before first.

        Whole weeks are not walked through: lists ask this for spans of years.
        """
        weeks, rest = divmod(max((last - first).days + 1, 0), _WEEK)
        days = (first + timedelta(days=n) for n in range(rest))
        count = weeks * SATURDAY + sum(day.weekday() < SATURDAY for day in days)
        off = self.holidays - self.workdays
        count -= sum(first <= day <= last and day.weekday() < SATURDAY for day in off)
        return count + sum(
            first <= day <= last and day.weekday() >= SATURDAY for day in self.workdays
        )

    def left_until(self, today: date, last: date) -> int:
        """Working days still to come up to and including `last`; negative when it is past."""
        if last >= today:
            return self.count_within(today + _ONE_DAY, last)
        return -self.count_within(last + _ONE_DAY, today)


def add_months(day: date, months: int) -> date:
    """The same day of the month some months on, or the month's last day (Civil Code art. 202)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_years(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes the 28th where there is none."""
    return add_months(day, 12 * years)
