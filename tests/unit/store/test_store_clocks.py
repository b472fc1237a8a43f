from __future__ import annotations

from datetime import date

import pytest

from auditdesk.domain.workdays import YearDays
from auditdesk.store.clocks import NewClockEvent
from auditdesk.store.records import CaseFilter
from auditdesk.util.faults import RefusedError
from auditdesk.util.progress import NoProgress
from office_samples import add_case, open_as

DAY = date(2026, 3, 5)
YEAR = YearDays(2027, frozenset({date(2027, 1, 1)}), frozenset({date(2027, 1, 9)}))


@pytest.fixture
def paused(office):
    """A case with a pause that has ended, one that was taken back, and a calendar."""
    case = add_case(office)
    with office.write("clock.pause", case.no, {}) as writer:
        first = writer.add_clock_event(
            case.no, NewClockEvent("paused", DAY, "勘测", subject="survey")
        )
        writer.add_clock_event(case.no, NewClockEvent("resumed", DAY, "完成", first))
        other = writer.add_clock_event(case.no, NewClockEvent("paused", DAY, "误记", subject="x"))
        writer.add_clock_event(case.no, NewClockEvent("revoked", DAY, "收回", other))
    with office.write("calendar.import", None, {}) as writer:
        writer.put_calendar_year(2027, YEAR, "2027.toml")
    return office


def test_events_come_back_as_they_were_written(paused):
    events = paused.clocks.events("LRS-2022-0001")
    assert [(e.deed, e.about, e.subject, e.reason, e.by, e.full_name) for e in events] == [
        ("paused", None, "survey", "勘测", "lihua", "李华"),
        ("resumed", 1, "", "完成", "lihua", "李华"),
        ("paused", None, "x", "误记", "lihua", "李华"),
        ("revoked", 3, "", "收回", "lihua", "李华"),
    ]
    assert {e.day for e in events} == {DAY}


def test_a_case_that_stands_still_comes_before_those_without_a_day(paused):
    numbers = [add_case(paused, due_on=None).no for _ in range(2)]
    with paused.write("clock.pause", numbers[1], {}) as writer:
        saved = writer.save_case(numbers[1], 1, due_on=None, paused=True)
    assert (saved.due_on, saved.paused) == (None, True)
    rows = paused.cases.page(CaseFilter()).rows
    assert [(row.no, row.paused) for row in rows] == [
        ("LRS-2022-0001", False),
        (numbers[1], True),
        (numbers[0], False),
    ]
    assert paused.cases.search("王庄", CaseFilter())[1].no == numbers[1]
    waiting = CaseFilter(timeliness=("waiting", DAY))
    assert [row.no for row in paused.cases.page(waiting).rows] == [numbers[1]]


def test_a_year_is_there_until_it_is_taken_back(paused, folder):
    assert paused.calendars.years() == (YEAR,)
    with paused.write("calendar.remove", None, {}) as writer:
        writer.put_calendar_year(2027, None, "有误")
    assert paused.calendars.years() == ()
    assert [r.source for r in paused.calendars.history()] == ["2027.toml", "有误"]
    paused.close()
    with open_as(folder) as again:
        assert again.calendars.present() == {}
        assert len(again.clocks.events("LRS-2022-0001")) == 4
        assert again.journal.verify(NoProgress()).ok


def test_no_pause_ends_twice_and_none_without_a_beginning(paused):
    for event in (
        NewClockEvent("resumed", DAY, "又一次", 1),
        NewClockEvent("revoked", DAY, "又一次", 3),
        NewClockEvent("resumed", DAY, "没有"),
        NewClockEvent("paused", DAY, "有", 1),
        NewClockEvent("resumed", DAY, "没有", 99),
    ):
        with (
            pytest.raises(Exception, match=r"UNIQUE|CHECK|FOREIGN KEY"),
            paused.write("clock.resume", "LRS-2022-0001", {}) as writer,
        ):
            writer.add_clock_event("LRS-2022-0001", event)
    with (
        pytest.raises(RefusedError),
        paused.write("clock.pause", "LRS-2022-0009", {}) as writer,
    ):
        writer.add_clock_event("LRS-2022-0009", NewClockEvent("paused", DAY, "x"))
    assert len(paused.clocks.events("LRS-2022-0001")) == 4


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM clock_event",
        "UPDATE clock_event SET reason = 'x'",
        "INSERT OR REPLACE INTO clock_event SELECT * FROM clock_event",
        "DELETE FROM calendar_year",
        "UPDATE calendar_year SET body = '{}'",
        "INSERT OR REPLACE INTO calendar_year SELECT * FROM calendar_year",
    ],
)
def test_the_record_is_append_only(paused, sql):
    with pytest.raises(Exception, match=r"stays as it is|nothing is deleted"):
        paused._session.database.execute(sql)


FORGERIES = {
    "a pause that begins earlier": (
        "DROP TRIGGER clock_event_no_update; UPDATE clock_event SET day = '2026-01-01'",
        "中止",
        "pause or extension",
    ),
    "an end that is gone": (
        "DROP TRIGGER clock_event_no_delete; DELETE FROM clock_event WHERE id = 4",
        "中止",
        "pause or extension",
    ),
    "a pause of nobody's": (
        (
            "INSERT INTO clock_event SELECT 9, case_id, deed, about, subject, day, by_user,"
            " full_name, at, reason FROM clock_event WHERE id = 1"
        ),
        "中止",
        "pause or extension",
    ),
    "another calendar": (
        "DROP TRIGGER calendar_year_no_update; UPDATE calendar_year SET body = '{}' WHERE id = 1",
        "工作日历",
        "calendar",
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_line_shows_in_the_journal(paused, name):
    sql, zh, en = FORGERIES[name]
    assert paused.journal.verify(NoProgress()).ok
    for statement in sql.split("; "):
        paused._session.database.execute(statement)
    verdict = paused.journal.verify(NoProgress())
    assert not verdict.ok
    assert zh in verdict.reason.zh
    assert en in verdict.reason.en
