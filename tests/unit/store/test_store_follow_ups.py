from __future__ import annotations

from datetime import date, timedelta

import pytest

from auditdesk.store.follow_ups import NewFollowUp
from auditdesk.util.faults import RefusedError
from auditdesk.util.progress import NoProgress
from office_samples import add_case, open_as

TODAY = date(2026, 3, 2)
SOON = TODAY + timedelta(days=90)


def period(kind="check", first="2026-01-01", last="2026-12-31", **more):
    values = {"turn": 0, "number": 0} | more
    return NewFollowUp(
        kind, first_day=date.fromisoformat(first), last_day=date.fromisoformat(last), **values
    )


def opened(office, case, *periods):
    with office.write("case.save", case.no, {}) as writer:
        return [writer.open_follow_up(case.no, p) for p in periods]


@pytest.fixture
def several(office):
    """One case with a period in each group, and one that is far away."""
    case = add_case(office)
    opened(
        office,
        case,
        period("past", last="2026-03-01"),
        period("today", last="2026-03-02"),
        period("begun", first="2026-03-02", last="2026-12-31"),
        period("soon", first="2026-05-31", last="2030-01-01"),
        period("far", first="2026-06-01", last="2026-06-30"),
    )
    return office


def kinds(office, group, **more):
    return [row.kind for row in office.follow_ups.page(group, TODAY, SOON, **more).rows]


def test_both_ends_of_each_group(several):
    assert kinds(several, "overdue") == ["past"]
    assert kinds(several, "due") == ["today", "begun"]
    assert kinds(several, "coming") == ["soon"]
    for group, number in (("overdue", 1), ("due", 2), ("coming", 1)):
        assert several.follow_ups.count(group, TODAY, SOON) == number


def test_pages_follow_each_other_without_gap_or_repetition(office):
    case = add_case(office)
    days = [f"2026-04-{n:02d}" for n in (3, 1, 2, 2, 1)]
    opened(office, case, *(period(f"k{n}", last=day) for n, day in enumerate(days)))
    seen, after = [], None
    while True:
        page = office.follow_ups.page("due", TODAY, SOON, after=after, limit=2)
        seen += [row.kind for row in page.rows]
        if page.next_key is None:
            break
        after = page.next_key
    assert seen == ["k1", "k4", "k2", "k3", "k0"]


def test_a_settled_one_leaves_the_lists_and_stays_in_the_record(several):
    (past,) = several.follow_ups.page("overdue", TODAY, SOON).rows
    with several.write("followup.settle", past.case_no, {}) as writer:
        writer.step_follow_up(past.id, "settled", reason="已整改")
    assert kinds(several, "overdue") == []
    assert several.follow_ups.count("overdue", TODAY, SOON) == 0
    assert several.follow_ups.get(past.id).state == "settled"
    events = [e for e in several.follow_ups.events(past.case_no) if e.follow_up == past.id]
    assert [(e.deed, e.reason, e.by, e.full_name) for e in events] == [
        ("opened", "", "lihua", "李华"),
        ("settled", "已整改", "lihua", "李华"),
    ]
    with several.write("followup.reopen", past.case_no, {}) as writer:
        writer.step_follow_up(past.id, "reopened", reason="仍不达标")
    assert kinds(several, "overdue") == ["past"]


def test_days_that_move_are_kept_with_those_before(office):
    case = add_case(office)
    (one,) = opened(office, case, period())
    days = (date(2026, 2, 1), date(2027, 1, 31))
    with office.write("case.save", case.no, {}) as writer:
        writer.step_follow_up(one, "moved", case_no=case.no, days=days)
    record = office.follow_ups.get(one)
    assert (record.first_day, record.last_day) == days
    assert [e.last_day.isoformat() for e in office.follow_ups.events(case.no)] == [
        "2026-12-31",
        "2027-01-31",
    ]


def test_a_later_case_with_a_key_is_found_from_both_sides(office):
    first = add_case(office, keys=("type.code=K1",))
    (one, _) = opened(
        office, first, period(keys=("other.code=K1",)), period("b", keys=("other.code=K2",))
    )
    later = add_case(office, keys=("other.code=K1", "other.name=x"))
    assert [row.id for row in office.follow_ups.touched_by(later.no)] == [one]
    assert office.follow_ups.touched_by(first.no) == ()
    assert office.follow_ups.may_be_settled_by(one) == (later.no,)
    with office.write("case.save", later.no, {}) as writer:
        writer.step_follow_up(one, "settled", case_no=later.no)
        writer.put_follow_up_keys(one, ())
    (settled,) = office.follow_ups.touched_by(later.no)
    assert settled.settled_by == later.no


def test_one_period_is_never_kept_twice(office):
    case = add_case(office)
    opened(office, case, period(), period(number=2), period(turn=1))
    with pytest.raises(Exception, match="UNIQUE"):
        opened(office, case, period())
    assert len(office.follow_ups.of_case(case.no)) == 3


def test_a_number_that_there_is_not_is_refused(office):
    with pytest.raises(RefusedError, match="no follow-up 7"):
        office.follow_ups.get(7)


def test_a_write_that_fails_leaves_no_period(office):
    case = add_case(office)
    with pytest.raises(Exception, match="UNIQUE"):
        opened(office, case, period(), period())
    assert office.follow_ups.of_case(case.no) == ()


FORBIDDEN = (
    "DELETE FROM follow_up",
    "DELETE FROM follow_up_event",
    "UPDATE follow_up_event SET reason = 'x'",
    "INSERT OR REPLACE INTO follow_up_event SELECT * FROM follow_up_event",
)


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_the_record_is_append_only(several, sql):
    before = several.follow_ups.events("LRS-2022-0001")
    with pytest.raises(Exception, match=r"stays as it is|nothing is deleted"):
        several._session.database.execute(sql)
    assert several.follow_ups.events("LRS-2022-0001") == before


FORGERIES = (
    "UPDATE follow_up SET state = 'settled' WHERE id = 1",
    "UPDATE follow_up SET last_day = '2036-03-01' WHERE id = 1",
    "UPDATE follow_up SET settled_case = 1 WHERE id = 1",
    (
        "INSERT INTO follow_up SELECT 9, case_id, 'x', turn, number, first_day, last_day, state,"
        " settled_case FROM follow_up WHERE id = 1"
    ),
    "DROP TRIGGER follow_up_event_no_update; UPDATE follow_up_event SET reason = 'x' WHERE id = 2",
    "DROP TRIGGER follow_up_event_no_delete; DELETE FROM follow_up_event WHERE id = 5",
)


@pytest.mark.parametrize("sql", FORGERIES)
def test_a_forged_period_shows_in_the_journal(several, sql):
    assert several.journal.verify(NoProgress()).ok
    for statement in sql.split("; "):
        several._session.database.execute(statement)
    verdict = several.journal.verify(NoProgress())
    assert not verdict.ok
    assert "后续期限" in verdict.reason.zh
    assert "follow-up" in verdict.reason.en


def test_periods_are_there_after_closing(several, folder):
    several.close()
    with open_as(folder) as again:
        assert kinds(again, "due") == ["today", "begun"]


@pytest.mark.parametrize("group", ["overdue", "due", "coming"])
def test_no_list_reads_or_sorts_the_whole_table(several, group):
    """The plan searches its index and sorts nothing."""
    seen = []
    session = several._session
    rows = session.rows

    def watched(sql, parameters=()):
        seen.extend(rows(f"EXPLAIN QUERY PLAN {sql}", parameters))
        return rows(sql, parameters)

    several.follow_ups._session = type("Watched", (), {"rows": staticmethod(watched)})()
    several.follow_ups.page(group, TODAY, SOON, after=("2026-01-01", 1))
    plan = [row["detail"] for row in seen]
    assert plan[0].startswith("SEARCH f USING")
    assert not any("TEMP B-TREE" in line or line.startswith("SCAN") for line in plan)
