"""Taking a year's calendar in: what counts by it at once, what stays, what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from auditdesk.operations import calendars, cases, journals
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.progress import CancelledError, NoProgress
from case_bases import enter, lead, whole_case
from clock_samples import APPROVAL, at, decision, sent_back
from desk_samples import hand_on, save

YEAR_2027 = b"""year = 2027
holidays = [2027-01-01, 2027-01-02, 2027-01-03, 2027-01-11, 2027-01-12]
workdays = [2027-01-09]
"""


def take(desk, content=YEAR_2027, name="2027.toml", progress=None):
    return calendars.import_year(desk, name, content, progress or NoProgress())


@pytest.fixture
def over_new_year(at_desk, clock):
    """An approval accepted on 21 December 2026, whose period ends in 2027."""
    at(clock, "2026-12-21")
    return enter(at_desk, whole_case(APPROVAL, "collective", accepted_on="2026-12-21"))


def test_what_is_open_is_counted_anew_at_once(at_desk, over_new_year):
    assert str(over_new_year.record.due_on) == "2027-01-18"
    desk = at_desk("admin")
    changes = take(desk)
    assert changes.settings
    assert changes.cases == {over_new_year.no}
    view = cases.view(desk, over_new_year.no)
    # 1, 11 and 12 January are off, Saturday the 9th is worked
    assert str(view.record.due_on) == "2027-01-20"
    assert (str(decision(view).last_day), decision(view).provisional) == ("2027-01-20", False)
    again = cases.view(at_desk("li"), over_new_year.no)
    assert str(decision(again).last_day) == "2027-01-20"
    assert journals.verify(at_desk("li"), NoProgress()).ok


def test_what_differs_is_listed_and_can_be_taken_back(at_desk, over_new_year):
    desk = at_desk("admin")
    take(desk)
    latest = calendars.years(desk)[0]
    assert (latest.year, latest.own, latest.shipped, latest.source) == (
        2027,
        True,
        False,
        "2027.toml",
    )
    assert "周管理" in latest.by
    assert [(str(c.day), c.works) for c in latest.differs] == [
        ("2027-01-01", False),
        ("2027-01-09", True),
        ("2027-01-11", False),
        ("2027-01-12", False),
    ]
    changes = calendars.remove_year(desk, 2027, "录入有误", NoProgress())
    assert changes.cases == {over_new_year.no}
    assert calendars.years(desk)[0].year == 2026
    assert str(cases.view(desk, over_new_year.no).record.due_on) == "2027-01-18"
    with pytest.raises(RefusedError):
        calendars.remove_year(desk, 2027, "又一次", NoProgress())
    assert [r.days is None for r in desk.office.calendars.history()] == [False, True]


def test_a_known_year_may_be_corrected(at_desk):
    desk = at_desk("admin")
    shipped = desk.days.shipped
    days = shipped.year(2026)
    off = sorted(days.holidays - {date(2026, 10, 7)})
    text = f"year = 2026\nholidays = [{', '.join(map(str, off))}]\n"
    text += f"workdays = [{', '.join(map(str, sorted(days.workdays)))}]\n"
    take(desk, text.encode(), "更正.toml")
    found = {year.year: year for year in calendars.years(desk)}
    assert [(str(c.day), c.works) for c in found[2026].differs] == [("2026-10-07", True)]
    assert found[2026].shipped
    assert (found[2025].own, found[2025].differs) == (False, ())
    # the same year once more: the later file counts
    take(
        desk, YEAR_2027.replace(b"2027", b"2026").replace(b"2026-01-09", b"2026-01-10"), "2026.toml"
    )
    assert not desk.calendar.is_workday(date(2026, 1, 12))


def test_what_was_decided_keeps_its_judgement(at_desk, clock, over_new_year):
    view = lead(at_desk, over_new_year, "closed")
    desk = at_desk("admin")
    changes = take(desk)
    assert changes.cases == frozenset()
    assert cases.view(desk, view.no).report == view.report


def test_verdicts_follow_too(at_desk, clock, entered):
    at(clock, "2026-12-31")
    view = entered(accepted_on="2026-12-31")
    data = {"filed_on": "2026-12-31", "planned_trade_on": "2027-01-15"}
    view = save(at_desk("li"), view, **data)
    assert str(view.report.finding("land_entry.filing.lead_time").outcome) == "pass"
    before = view.record.verdict
    desk = at_desk("admin")
    assert take(desk).cases == {view.no}
    later = cases.view(desk, view.no)
    assert str(later.report.finding("land_entry.filing.lead_time").outcome) == "fail"
    assert (before, later.record.verdict) == ("pass", "block")


def test_a_case_with_the_applicant_is_counted_anew_when_it_comes_back(
    at_desk, clock, over_new_year
):
    at(clock, "2026-12-23")
    view = sent_back(at_desk("li"), over_new_year)
    take(at_desk("admin"))
    at(clock, "2027-01-04")
    view = hand_on(at_desk("li"), view)
    assert str(decision(view).last_day) == "2027-02-01"


@pytest.mark.parametrize("name", ["li", "wang"])
def test_calendars_are_an_administrators(at_desk, name):
    desk = at_desk(name)
    with pytest.raises(RefusedError):
        take(desk)
    with pytest.raises(RefusedError):
        calendars.remove_year(desk, 2027, "x", NoProgress())
    assert len(calendars.years(desk)) == 23


def test_a_bad_file_changes_nothing(at_desk, over_new_year):
    desk = at_desk("admin")
    with pytest.raises(UnusableInputError, match=r"line 2: 2028-01-01"):
        take(desk, YEAR_2027.replace(b"2027-01-01,", b"2028-01-01,"))
    take(desk)
    with pytest.raises(UnusableInputError, match="reason"):
        calendars.remove_year(desk, 2027, "  ", NoProgress())
    assert calendars.years(desk)[0].year == 2027


class _Impatient:
    def step(self, *_):
        raise CancelledError


def test_a_cancelled_import_leaves_the_old_calendar(at_desk, over_new_year):
    desk = at_desk("admin")
    with pytest.raises(CancelledError):
        take(desk, progress=_Impatient())
    assert calendars.years(desk)[0].year == 2026
    assert desk.calendar.is_provisional(date(2027, 1, 1), date(2027, 1, 1))
    assert str(cases.view(desk, over_new_year.no).record.due_on) == "2027-01-18"
    assert desk.office.calendars.history() == ()
