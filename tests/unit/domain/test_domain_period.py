"""Periods of figures: what lies in them, what lies before and after."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdesk.domain.period import LENGTHS, Period, containing

ANY_DAY = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("length", "first", "last"),
    [
        ("month", "2024-02-01", "2024-02-29"),
        ("quarter", "2024-01-01", "2024-03-31"),
        ("year", "2024-01-01", "2024-12-31"),
    ],
)
def test_the_period_around_a_day(length, first, last):
    found = containing(date(2024, 2, 29), length)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert found.length == length


@pytest.mark.parametrize(
    ("period", "before", "after"),
    [
        ("2024-03-01 2024-03-31", "2024-02-01 2024-02-29", "2024-04-01 2024-04-30"),
        ("2024-01-01 2024-03-31", "2023-10-01 2023-12-31", "2024-04-01 2024-06-30"),
        ("2024-01-01 2024-12-31", "2023-01-01 2023-12-31", "2025-01-01 2025-12-31"),
        ("2024-02-01 2024-03-31", "2023-12-01 2024-01-31", "2024-04-01 2024-05-31"),
        ("2024-03-05 2024-03-06", "2024-03-03 2024-03-04", "2024-03-07 2024-03-08"),
        ("2024-03-01 2024-03-01", "2024-02-29 2024-02-29", "2024-03-02 2024-03-02"),
    ],
)
def test_months_are_compared_with_months_and_days_with_days(period, before, after):
    asked = Period(*map(date.fromisoformat, period.split()))
    for found, wanted in ((asked.before(), before), (asked.after(), after)):
        assert f"{found.first} {found.last}" == wanted


def test_where_the_calendar_ends_there_is_nothing_beside():
    assert Period(date.min, date.max).before() is None
    assert Period(date.min, date.max).after() is None
    assert Period(date(1, 1, 1), date(1, 1, 31)).before() is None
    assert Period(date(9999, 12, 1), date.max).after() is None
    assert Period(date(9999, 12, 1), date.max).before() == Period(
        date(9999, 11, 1), date(9999, 11, 30)
    )
    assert len([*Period(date(9999, 11, 15), date.max).months()]) == 2


def test_a_period_that_is_upside_down_is_none():
    with pytest.raises(ValueError, match="upside down"):
        Period(date(2024, 1, 2), date(2024, 1, 1))


@given(ANY_DAY, ANY_DAY)
def test_months_and_years_hold_each_day_once(one, other):
    asked = Period(min(one, other), max(one, other))
    for parts in ([*asked.months()], [*asked.years()]):
        assert (parts[0].first, parts[-1].last) == (asked.first, asked.last)
        for earlier, later in pairwise(parts):
            assert later.first == earlier.last + timedelta(days=1)
    assert len([*asked.months()]) == asked.month_count


@given(ANY_DAY, st.sampled_from([*LENGTHS]))
def test_a_calendar_period_is_as_long_as_those_beside_it(day, length):
    asked = containing(day, length)
    assert asked.first <= day <= asked.last
    assert asked.before().length == asked.after().length == asked.length
    assert asked.before().last + timedelta(days=1) == asked.first
    assert asked.after().before() == asked
