from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdesk.domain.workdays import WorkCalendar, YearDays, add_months, add_years
from auditdesk.regulations.calendars import load_calendar

CALENDAR = load_calendar()
DAYS = st.dates(date(2020, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2022, 1, 29), True),  # a Saturday worked for the spring festival
        (date(2022, 1, 31), False),  # a Monday off
        (date(2022, 2, 7), True),
        (date(2023, 10, 7), True),  # a Saturday worked for the national day
        (date(2023, 9, 29), False),
        (date(2022, 3, 5), False),  # an ordinary Saturday
    ],
)
def test_moved_working_days(day, works):
    assert CALENDAR.is_workday(day) is works


@given(DAYS, st.integers(1, 40))
def test_nth_day_is_a_working_day_with_n_of_them_up_to_it(day, count):
    last = CALENDAR.nth_after(day, count)
    assert CALENDAR.is_workday(last)
    assert CALENDAR.left_until(day, last) == count
    assert CALENDAR.count_within(day, last) == count + CALENDAR.is_workday(day)


@given(DAYS, st.integers(-3, 1200))
def test_a_span_has_as_many_working_days_as_a_walk_through_it_finds(day, length):
    last = day + timedelta(days=length)
    walked = sum(CALENDAR.is_workday(day + timedelta(days=n)) for n in range(length + 1))
    assert CALENDAR.count_within(day, last) == walked


def test_a_day_that_is_both_off_and_worked_is_worked():
    monday, saturday = date(2022, 3, 7), date(2022, 3, 12)
    both = WorkCalendar(frozenset({monday, saturday}), frozenset({monday, saturday}), frozenset())
    assert both.count_within(monday, date(2022, 3, 13)) == 6


def test_the_day_itself_does_not_count():
    assert CALENDAR.nth_after(date(2022, 2, 28), 10) == date(2022, 3, 14)


def test_a_publicity_period_counts_both_ends():
    assert CALENDAR.count_within(date(2022, 3, 7), date(2022, 3, 11)) == 5
    assert CALENDAR.count_within(date(2022, 3, 11), date(2022, 3, 7)) == 0


def test_days_past_are_negative():
    assert CALENDAR.left_until(date(2022, 3, 14), date(2022, 3, 11)) == -1
    assert CALENDAR.left_until(date(2022, 3, 14), date(2022, 3, 14)) == 0


def test_unknown_years_are_provisional():
    assert not CALENDAR.is_provisional(date(2026, 1, 1), date(2026, 12, 31))
    assert CALENDAR.is_provisional(date(2026, 12, 31), date(2027, 1, 4))
    assert CALENDAR.is_workday(date(2035, 10, 1))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2021, 8, 31), 6, date(2022, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 1, 15), 12, date(2023, 1, 15)),
        (date(2022, 12, 31), 2, date(2023, 2, 28)),
    ],
)
def test_months(day, months, expected):
    assert add_months(day, months) == expected


def test_years_over_a_leap_day():
    assert add_years(date(2020, 2, 29), 5) == date(2025, 2, 28)
    assert add_years(date(2020, 2, 29), 4) == date(2024, 2, 29)


def test_a_year_of_an_office_goes_before_what_was_known():
    worked, off = date(2026, 10, 3), date(2026, 10, 12)
    own = YearDays(2026, frozenset({off}), frozenset({worked}))
    calendar = CALENDAR.with_year(own)
    assert calendar.year(2026) == own
    assert calendar.is_workday(worked)
    assert not calendar.is_workday(off)
    assert calendar.is_workday(date(2026, 10, 1))  # no holiday of that year any more
    assert calendar.year(2025) == CALENDAR.year(2025)
    assert CALENDAR.year(2027) is None
    known = CALENDAR.with_year(YearDays(2027, frozenset(), frozenset()))
    assert not known.is_provisional(date(2026, 12, 31), date(2027, 12, 31))


def test_a_calendar_is_plain_data():
    saturday = date(2022, 3, 5)
    calendar = WorkCalendar(frozenset(), frozenset({saturday}), frozenset())
    assert calendar.is_workday(saturday)
