"""Counting day by day: what a pause takes, and how the stretches tell of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdesk.domain.counting import COUNTING, Counter, DayKind, Gap, workdays_held_up
from auditdesk.regulations.calendars import load_calendar

CALENDAR = load_calendar()
A_DAY = timedelta(days=1)
DAYS = st.dates(date(2020, 1, 1), date(2026, 6, 30))
LENGTHS = st.integers(1, 40)


def day(text):
    return date.fromisoformat(text)


def gap(first, again=None):
    return Gap(day(first), day(again) if again else None)


@st.composite
def closed_gaps(draw, most=4):
    """Gaps with both ends, some of them empty, in any order and over each other."""
    begins = st.integers(-10, 60)
    drawn = draw(st.lists(st.tuples(begins, st.integers(0, 30)), max_size=most))
    start = draw(DAYS)
    days = [(start + timedelta(days=b), start + timedelta(days=b + n)) for b, n in drawn]
    return start, tuple(Gap(first, again) for first, again in days)


@given(DAYS, LENGTHS)
def test_without_pauses_the_calendar_alone_decides(start, length):
    assert Counter(CALENDAR).count(start, length).last_day == CALENDAR.nth_after(start, length)
    with_first = Counter(CALENDAR).count(start, length, first_counts=True)
    assert with_first.last_day == CALENDAR.nth_after(start - A_DAY, length)


@given(closed_gaps(), LENGTHS)
def test_the_last_day_never_lies_before_the_start(drawn, length):
    start, gaps = drawn
    for by_workdays in (True, False):
        count = Counter(CALENDAR, by_workdays, gaps).count(start, length)
        assert start < count.last_day
        assert count.last_day >= Counter(CALENDAR, by_workdays).count(start, length).last_day


@given(DAYS, LENGTHS, st.integers(0, 45), st.integers(0, 40))
def test_a_pause_of_n_working_days_moves_the_end_by_n_working_days(start, length, after, lasts):
    first = start + timedelta(days=1 + after)
    pause = Gap(first, first + timedelta(days=lasts))
    plain = Counter(CALENDAR).count(start, length).last_day
    moved = Counter(CALENDAR, gaps=(pause,)).count(start, length).last_day
    if first > plain:
        assert moved == plain
    else:
        taken = CALENDAR.count_within(first, pause.again - A_DAY)
        assert moved == CALENDAR.nth_after(plain, taken)


@given(closed_gaps(), LENGTHS)
def test_gaps_in_another_order_or_cut_in_two_count_the_same(drawn, length):
    start, gaps = drawn
    count = Counter(CALENDAR, gaps=gaps).count(start, length)
    assert Counter(CALENDAR, gaps=gaps[::-1]).count(start, length) == count
    halves = [_halves(one) for one in gaps]
    cut = tuple(part for pair in halves for part in pair)
    assert Counter(CALENDAR, gaps=cut).count(start, length) == count


def _halves(one):
    middle = one.first + (one.again - one.first) // 2
    return Gap(one.first, middle), Gap(middle, one.again)


@given(closed_gaps(), LENGTHS, st.booleans(), st.booleans())
def test_the_stretches_tell_of_every_day_once(drawn, length, by_workdays, first_counts):
    start, gaps = drawn
    counter = Counter(CALENDAR, by_workdays, gaps)
    count = counter.count(start, length, first_counts=first_counts)
    expected, counted = start, 0
    for stretch in count.stretches:
        assert stretch.first == expected
        assert stretch.count_before == counted
        days = (stretch.last - stretch.first).days + 1
        assert stretch.counted == (days if stretch.kind in COUNTING else 0)
        expected, counted = stretch.last + A_DAY, counted + stretch.counted
    assert (expected - A_DAY, counted) == (count.last_day, length)
    assert all(a.kind != b.kind for a, b in zip(count.stretches, count.stretches[1:], strict=False))


@given(closed_gaps(), LENGTHS, st.integers(-5, 90))
def test_the_days_left_are_those_of_the_count_after_today(drawn, length, later):
    start, gaps = drawn
    counter = Counter(CALENDAR, gaps=gaps)
    count, today = counter.count(start, length), start + timedelta(days=later)
    days = [count.last_day - timedelta(days=n) for n in range((count.last_day - start).days)]
    left = sum(d > today and counter.kind_of(d) in COUNTING for d in days)
    assert count.left_after(today) == left


def kinds(count):
    return [(s.kind.value, str(s.first), str(s.last)) for s in count.stretches]


def test_a_start_on_a_holiday_and_a_moved_working_day():
    # 3 October 2022 is a holiday; the 8th and 9th, a weekend, are worked
    count = Counter(CALENDAR).count(day("2022-10-03"), 3)
    assert kinds(count) == [
        ("start", "2022-10-03", "2022-10-03"),
        ("holiday", "2022-10-04", "2022-10-07"),
        ("moved", "2022-10-08", "2022-10-09"),
        ("counted", "2022-10-10", "2022-10-10"),
    ]


def test_a_pause_over_new_year():
    count = Counter(CALENDAR, gaps=(gap("2025-12-30", "2026-01-05"),)).count(day("2025-12-26"), 3)
    assert kinds(count) == [
        ("start", "2025-12-26", "2025-12-26"),
        ("weekend", "2025-12-27", "2025-12-28"),
        ("counted", "2025-12-29", "2025-12-29"),
        ("paused", "2025-12-30", "2026-01-04"),
        ("counted", "2026-01-05", "2026-01-06"),
    ]
    assert CALENDAR.is_workday(day("2026-01-04"))  # a Sunday that is worked, and paused


@pytest.mark.parametrize(
    ("gaps", "last"),
    [
        ((), "2022-03-07"),
        ((gap("2022-03-07", "2022-03-09"),), "2022-03-09"),  # begun on the last day
        ((gap("2022-03-08", "2022-03-30"),), "2022-03-07"),  # begun after it
        ((gap("2022-03-02", "2022-03-02"),), "2022-03-07"),  # of no day
        ((gap("2022-03-02", "2022-03-01"),), "2022-03-07"),  # ended before it began
        ((gap("2022-02-20", "2022-03-01"),), "2022-03-07"),  # over the start: that day counts none
        ((gap("2022-02-20", "2022-03-02"),), "2022-03-08"),
        ((gap("2022-03-01", "2022-03-03"), gap("2022-03-03", "2022-03-04")), "2022-03-10"),
        ((gap("2022-03-01", "2022-03-04"), gap("2022-03-02", "2022-03-03")), "2022-03-10"),
        ((gap("2022-03-05", "2022-03-07"),), "2022-03-07"),  # a weekend only
    ],
)
def test_edges_of_a_pause_of_five_days(gaps, last):
    count = Counter(CALENDAR, gaps=gaps).count(day("2022-02-28"), 5)
    assert count.last_day == day(last)


def test_two_pauses_that_touch_are_told_as_one():
    two = (gap("2022-03-01", "2022-03-03"), gap("2022-03-03", "2022-03-04"))
    count = Counter(CALENDAR, gaps=two).count(day("2022-02-28"), 1)
    assert kinds(count)[1] == ("paused", "2022-03-01", "2022-03-03")


def test_a_pause_without_an_end_stands_still():
    count = Counter(CALENDAR, gaps=(gap("2022-03-03"),)).count(day("2022-02-28"), 5)
    assert (count.last_day, count.counted, count.left_after(day("2022-03-01"))) == (None, 2, 4)
    assert count.left_after(day("2029-01-01")) == 3
    last = count.stretches[-1]
    assert (last.kind, last.first, last.last) == (DayKind.PAUSED, day("2022-03-03"), None)


def test_what_is_over_does_not_stand_still():
    count = Counter(CALENDAR, gaps=(gap("2022-03-08"),)).count(day("2022-02-28"), 5)
    assert count.last_day == day("2022-03-07")


def test_an_open_pause_goes_on_from_one_that_has_ended():
    gaps = (gap("2022-03-01", "2022-03-03"), gap("2022-03-03"))
    count = Counter(CALENDAR, gaps=gaps).count(day("2022-02-28"), 5)
    assert kinds(count)[1:] == [("paused", "2022-03-01", "None")]


def test_years_that_are_not_known_are_told_apart():
    count = Counter(CALENDAR).count(day("2026-12-30"), 3)
    assert [(str(s.first), s.provisional) for s in count.stretches] == [
        ("2026-12-30", False),
        ("2026-12-31", False),
        ("2027-01-01", True),
        ("2027-01-02", True),
        ("2027-01-04", True),
    ]
    assert count.is_provisional
    assert not Counter(CALENDAR).count(day("2026-12-30"), 1).is_provisional


def test_days_that_are_no_working_days_need_no_calendar():
    count = Counter(CALENDAR, by_workdays=False, gaps=(gap("2027-01-02", "2027-01-04"),)).count(
        day("2026-12-30"), 4
    )
    assert count.last_day == day("2027-01-05")
    assert not count.is_provisional


def test_working_days_held_up_are_counted_once():
    gaps = (gap("2022-03-01", "2022-03-08"), gap("2022-03-03", "2022-03-09"))
    held = workdays_held_up(CALENDAR, gaps, day("2022-02-01"), day("2022-03-31"))
    assert held == CALENDAR.count_within(day("2022-03-01"), day("2022-03-08"))
    assert workdays_held_up(CALENDAR, gaps, day("2022-03-05"), day("2022-03-04")) == 0
