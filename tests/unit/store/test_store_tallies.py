"""Counting over all cases: compared with a count in plain Python, exact, and by indexes alone."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

from auditdesk.store.narrowing import REACHED
from auditdesk.store.records import CaseFilter
from auditdesk.store.tallies import DIMENSIONS, OwnTally, Shared
from office_samples import add_case, open_as

START, TODAY = date(2022, 1, 1), date(2022, 3, 20)
PERIOD = {"accepted_from": date(2022, 1, 10), "accepted_to": date(2022, 3, 5)}
GREATEST = 5 * 10**21 * 10**8  # more than 5,000 rows of the largest number that a field takes
STATUSES = ("open", "returned", "refused", "withdrawn", "closed")


def fill(office, number=60):
    """Cases of every status, place and due day; gives what was entered."""
    entered = []
    for i in range(number):
        accepted = START + timedelta(days=i * 3 % 80)
        status = STATUSES[i % 5]
        decided = accepted + timedelta(days=i % 9) if status in ("refused", "closed") else None
        due = None if i % 4 == 3 else accepted + timedelta(days=i % 13)
        facts = {
            "case_type": ("toll", "ferry")[i % 2],
            "stage": ("intake", "review", "end")[i % 3],
            "status": status,
            "district": ("370114", "370113")[i % 7 == 0],
            "town": ("", "甲镇", "乙街道")[i % 3],
            "accepted_on": accepted,
            "due_on": None if decided else due,
            "sums": {"price": i * 100 + 1, "area": 7} if i % 2 else {},
        }
        case = add_case(office, **facts)
        facts |= {"decided_on": decided, "decided_due": due if decided else None}
        if decided:
            with office.write("case.decide", case.no, {}) as writer:
                writer.save_case(case.no, 1, decided_on=decided, decided_due=facts["decided_due"])
        entered.append(facts | {"no": case.no})
    return entered


@pytest.fixture(scope="module")
def filled(template, tmp_path_factory):
    """An office with such cases, to be read only, and what was entered."""
    folder = shutil.copytree(template[0], tmp_path_factory.mktemp("filled") / "office")
    with open_as(folder) as office:
        yield office, fill(office)


def reached(facts):
    return facts["status"] if facts["status"] in ("refused", "withdrawn") else facts["stage"]


def outcome(facts):
    if facts["status"] in ("refused", "withdrawn", "returned"):
        return facts["status"]
    return "approved" if facts["decided_on"] or facts["status"] == "closed" else "open"


def timeliness(facts):
    if facts["decided_on"]:
        if facts["decided_due"] is None:
            return "none"
        return "in_time" if facts["decided_on"] <= facts["decided_due"] else "late"
    if facts["status"] == "withdrawn":
        return "ended"
    if facts["status"] == "returned":
        return "waiting"
    if facts["due_on"] is None:
        return "none"
    return "overdue" if facts["due_on"] < TODAY else "running"


def shared(facts, basis):
    yield Shared("case_type", facts["case_type"])
    yield Shared("reached", facts["case_type"], reached(facts))
    yield Shared("outcome", outcome(facts))
    yield Shared("timeliness", timeliness(facts))
    yield Shared("place", facts["district"], facts["town"])
    yield Shared("month", f"{facts[basis]:%Y-%m}")


FILTERS = [
    CaseFilter(**PERIOD),
    CaseFilter(**PERIOD, case_type="toll"),
    CaseFilter(**PERIOD, town=""),
    CaseFilter(**PERIOD, district="370113", town="甲镇"),
    CaseFilter(**PERIOD, reached="withdrawn"),
    CaseFilter(**PERIOD, reached="review"),
    CaseFilter(**PERIOD, outcome="approved", verdict="pass"),
    CaseFilter(**PERIOD, timeliness=("overdue", TODAY)),
    CaseFilter(**PERIOD, timeliness=("late", TODAY), status="closed"),
    CaseFilter(**PERIOD, summed="area"),
    CaseFilter(decided_from=date(2022, 1, 20), decided_to=date(2022, 2, 20)),
    CaseFilter(decided_to=date(2022, 2, 20), outcome="refused"),
    CaseFilter(accepted_from=date(2023, 1, 1)),
    CaseFilter(timeliness=("running", TODAY)),
]


def lets_through(wanted, facts):
    equal = ("case_type", "status", "district", "town")
    days = [
        (facts["accepted_on"], wanted.accepted_from, wanted.accepted_to),
        (facts["decided_on"], wanted.decided_from, wanted.decided_to),
    ]
    return (
        all(getattr(wanted, n) in (None, facts[n]) for n in equal)
        and wanted.reached in (None, reached(facts))
        and wanted.outcome in (None, outcome(facts))
        and (wanted.timeliness is None or wanted.timeliness[0] == timeliness(facts))
        and (wanted.summed is None or wanted.summed in facts["sums"])
        and all(
            (low is None or (day and day >= low)) and (high is None or (day and day <= high))
            for day, low, high in days
        )
    )


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_counts_and_sums_are_those_of_a_count_by_hand(filled, wanted):
    office, entered = filled
    entered = [facts for facts in entered if lets_through(wanted, facts)]
    basis = "decided_on" if wanted.decided_to else "accepted_on"
    expected = Counter(key for facts in entered for key in shared(facts, basis))
    assert office.tallies.counts(wanted, basis, TODAY) == dict(expected)
    sums, cases = defaultdict(int), Counter()
    for facts in entered:
        for key in shared(facts, basis):
            for column, number in facts["sums"].items():
                sums[key, column] += number
                cases[key, column] += 1
    found = office.tallies.amounts(wanted, basis, TODAY)
    assert {key: (a.cases, a.total) for key, a in found.items()} == {
        key: (cases[key], sums[key]) for key in sums
    }


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
@pytest.mark.parametrize("sort", ["due", "no", "updated"])
def test_a_list_has_the_cases_that_are_counted_in_the_order_of_any_list(filled, wanted, sort):
    office, entered = filled
    expected = {facts["no"] for facts in entered if lets_through(wanted, facts)}
    everything = [row.no for row in office.cases.page(CaseFilter(), sort=sort, limit=99).rows]
    shown, after = [], None
    while True:
        page = office.cases.page(wanted, sort=sort, after=after, limit=4)
        shown += [row.no for row in page.rows]
        after = page.next_key
        if after is None:
            break
    assert shown == [no for no in everything if no in expected]
    assert office.cases.count(wanted) == len(expected)
    assert {record.no for record in office.cases.each(wanted)} == expected


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_a_search_stays_within_what_is_counted(filled, wanted):
    office, entered = filled
    expected = [facts["no"] for facts in entered if lets_through(wanted, facts)]
    found = [row.no for row in office.cases.search("王庄", wanted, limit=100)]
    assert sorted(found) == sorted(expected)
    assert found[:3] == [row.no for row in office.cases.search("王庄", wanted, limit=3)]
    assert office.cases.search("李庄", wanted) == ()


def test_one_case_belongs_to_one_value_of_each_dimension(filled):
    office, _ = filled
    counts = office.tallies.counts(CaseFilter(), "accepted_on", TODAY)
    for dimension in DIMENSIONS:
        assert sum(n for key, n in counts.items() if key.dimension == dimension) == 60


def test_the_greatest_numbers_are_added_up_exactly(office):
    numbers = [GREATEST, GREATEST - 1, -GREATEST, -1, 0, 1, 10**13, -(10**13) - 1] * 3
    for number in numbers:
        add_case(office, sums={"price": number})
    found = office.tallies.amounts(CaseFilter(), "accepted_on", TODAY, ("outcome",))
    (amount,) = found.values()
    assert (amount.cases, amount.total) == (len(numbers), sum(numbers))


def test_saving_replaces_the_sums_and_leaves_them_where_they_are_not_named(office):
    case = add_case(office, sums={"price": 5, "area": 6})
    with office.write("case.save", case.no, {}) as writer:
        writer.save_case(case.no, 1, title="另名")
    rows = "SELECT column_id, high, low FROM case_sum"
    assert len(office._session.rows(rows)) == 2
    with office.write("case.save", case.no, {}) as writer:
        writer.save_case(case.no, 2, sums={"price": -1}, town="甲镇")
    assert office._session.rows(rows) == [{"column_id": "price", "high": -1, "low": 10**13 - 1}]
    assert office.cases.count(CaseFilter(town="甲镇")) == 1


def test_tallying_a_case_is_no_version_of_it_and_dates_no_decision_anew(office):
    first, second = add_case(office), add_case(office)
    with office.write("case.decide", first.no, {}) as writer:
        writer.save_case(first.no, 1, decided_on=date(2022, 3, 4), decided_due=None)
    own = OwnTally("甲镇", {"price": 3}, "mark", date(2022, 4, 1), date(2022, 4, 2))
    before = [office.cases.get(case.no) for case in (first, second)]
    behind = [*office.tallies.each_behind("land_entry", "mark")]
    assert [record.no for record in behind] == [first.no, second.no]
    with office.write("figures.tally", None, {}) as writer:
        for record in behind:
            writer.tally_case(record.id, own)
    assert [office.cases.get(case.no) for case in (first, second)] == before
    assert office.tallies.tallied() == {("land_entry", "mark"): 2}
    assert [*office.tallies.each_behind("land_entry", "mark")] == []
    days = office._session.rows("SELECT decided_on, decided_due FROM case_ ORDER BY id")
    assert [tuple(row.values()) for row in days] == [
        ("2022-03-04", None),
        ("2022-04-01", "2022-04-02"),
    ]


def test_counting_reads_indexes_only(filled):
    office, _ = filled
    seen = []
    office._session.database.conn.set_trace_callback(seen.append)
    for wanted, basis in ((FILTERS[1], "accepted_on"), (FILTERS[10], "decided_on")):
        office.tallies.counts(wanted, basis, TODAY)
        office.cases.count(wanted)
        office.cases.page(wanted)
    office.tallies.tallied()
    office._session.database.conn.set_trace_callback(None)
    assert len(seen) == 7
    for statement in seen:
        steps = [r["detail"] for r in office._session.rows(f"EXPLAIN QUERY PLAN {statement}")]
        read = [step for step in steps if step.startswith(("SCAN case_", "SEARCH case_"))]
        outer = [step for step in read if "INTEGER PRIMARY KEY" not in step]
        assert outer, statement
        assert all("COVERING INDEX" in step for step in outer), (statement, steps)


def test_how_a_case_ended_is_told_in_one_place_for_lists_and_figures(filled):
    office, _ = filled
    rows = office._session.rows(f"SELECT no, {REACHED} AS reached FROM case_")  # noqa: S608 – a constant
    for row in rows:
        wanted = CaseFilter(reached=row["reached"])
        assert row["no"] in {found.no for found in office.cases.page(wanted, limit=99).rows}
