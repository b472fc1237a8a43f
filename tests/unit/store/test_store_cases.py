from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlcipher3 import dbapi2

from auditdesk.store.records import CaseFilter
from auditdesk.util.faults import RefusedError
from office_samples import LAW, add_case, clock_at, new_case, open_as

ALL = CaseFilter()


def test_a_case_comes_back_as_it_was_kept(office):
    kept = add_case(office)
    assert kept == office.cases.get("LRS-2022-0001")
    assert (kept.version, kept.created_by, kept.status) == (1, "lihua", "open")
    assert (kept.accepted_on, kept.due_on) == (date(2022, 3, 1), date(2022, 3, 9))
    assert kept.body == {"data": {"parcel_area_m2": "13340.50"}}
    assert kept.created_at == kept.updated_at == clock_at().now()
    assert kept.law == LAW


def test_it_is_still_there_after_closing(folder):
    with open_as(folder) as office:
        kept = add_case(office)
    with open_as(folder, "wangfang") as office:
        assert office.cases.get(kept.no) == kept


def test_numbers_run_without_gaps_for_each_type_and_year(office):
    assert add_case(office).no == "LRS-2022-0001"
    assert add_case(office).no == "LRS-2022-0002"
    assert add_case(office, code="LUA").no == "LUA-2022-0001"
    assert add_case(office, accepted_on=date(2023, 1, 1)).no == "LRS-2023-0001"
    with pytest.raises(ZeroDivisionError), office.write("x", None, {}) as writer:
        writer.note("never", 1 / (int(writer.insert_case(new_case()).no[-4:]) - 3))
    assert office.cases.find("LRS-2022-0003") is None
    assert add_case(office).no == "LRS-2022-0003"


def test_an_unknown_number_is_refused(office):
    assert office.cases.find("LRS-2022-0001") is None
    with pytest.raises(RefusedError, match="There is no case LRS-2022-0001"):
        office.cases.get("LRS-2022-0001")


def test_saving_changes_what_is_named_and_nothing_else(office):
    before = add_case(office)
    changes = {
        "district": "370113",
        "stage": "review",
        "status": "returned",
        "accepted_on": date(2022, 4, 1),
        "title": "新名",
        "place": "新址",
        "due_on": None,
        "verdict": "block",
        "law": "1" * 64,
        "body": {"data": {"a": "1"}},
        "report": {"verdict": "block"},
    }
    with office.write("case.save", before.no, {}) as writer:
        writer.put_law("1" * 64, "{}")
        after = writer.save_case(before.no, 1, **changes)
    assert after.version == 2
    for name, value in changes.items():
        assert getattr(after, name) == value, name
    assert (after.no, after.created_by, after.case_type) == (before.no, "lihua", "land_entry")
    with office.write("case.save", before.no, {}) as writer:
        again = writer.save_case(before.no, 2, title="再改")
    assert (again.title, again.place, again.body) == ("再改", "新址", {"data": {"a": "1"}})


def test_a_case_that_moved_on_is_not_overwritten(office):
    case = add_case(office)
    with office.write("case.save", case.no, {}) as writer:
        writer.save_case(case.no, 1, title="first")
    with pytest.raises(RefusedError) as refused, office.write("case.save", case.no, {}) as writer:
        writer.save_case(case.no, 1, title="second")
    assert "已被修改" in refused.value.message.zh
    assert office.cases.get(case.no).title == "first"
    with pytest.raises(RefusedError), office.write("case.save", None, {}) as writer:
        writer.save_case("LRS-2022-0009", 1, title="none")


def test_floats_never_get_into_a_case(office):
    with pytest.raises(TypeError):
        add_case(office, body={"data": {"area": 1.5}})
    assert office.cases.count(ALL) == 0


def test_a_case_needs_a_law_that_was_put(office):
    with pytest.raises(dbapi2.IntegrityError), office.write("x", None, {}) as writer:
        writer.insert_case(new_case(law="never put"))
    assert office.cases.count(ALL) == 0


def test_a_status_that_does_not_exist_is_a_bug(office):
    with pytest.raises(dbapi2.IntegrityError):
        add_case(office, status="approved")


def fill(office, number):
    start = date(2022, 3, 1)
    for i in range(number):
        add_case(
            office,
            due_on=None if i % 7 == 6 else start + timedelta(days=(i * 5) % 11),
            status=("open", "returned", "closed")[i % 3],
            stage=("intake", "review")[i % 2],
            place=f"镇{i % 4}",
            accepted_on=start + timedelta(days=i % 3),
            verdict=("pass", "block")[i % 2],
        )


@pytest.mark.parametrize("sort", ["due", "no", "updated"])
@pytest.mark.parametrize("limit", [1, 4, 25, 50])
def test_pages_by_key_show_every_case_once_in_order(office, sort, limit):
    fill(office, 25)
    shown, after = [], None
    while True:
        page = office.cases.page(ALL, sort=sort, after=after, limit=limit)
        assert len(page.rows) <= limit
        shown += page.rows
        after = page.next_key
        if after is None:
            break
    keys = {
        "due": lambda r: (r.due_on or date.max, r.id),
        "no": lambda r: r.no,
        "updated": lambda r: (-r.updated_at.timestamp(), -r.id),
    }
    assert shown == sorted(shown, key=keys[sort])
    assert len({row.no for row in shown}) == 25


def test_paging_goes_on_where_it_was_although_a_case_was_added(office):
    fill(office, 6)
    first = office.cases.page(ALL, sort="no", limit=3)
    add_case(office, code="AAA")
    second = office.cases.page(ALL, sort="no", after=first.next_key, limit=10)
    assert [r.no[-4:] for r in second.rows] == ["0004", "0005", "0006"]


FILTERS = [
    CaseFilter(status="open"),
    CaseFilter(stage="review", status="closed"),
    CaseFilter(place="镇1"),
    CaseFilter(verdict="block"),
    CaseFilter(created_by="wangfang"),
    CaseFilter(created_by="lihua", district="370114", case_type="land_entry"),
    CaseFilter(accepted_from=date(2022, 3, 2)),
    CaseFilter(accepted_to=date(2022, 3, 2)),
    CaseFilter(accepted_from=date(2022, 3, 2), accepted_to=date(2022, 3, 2), verdict="pass"),
]


def matches(row, wanted):
    same = all(
        getattr(wanted, name) in (None, getattr(row, name))
        for name in ("status", "stage", "place", "verdict", "created_by", "district", "case_type")
    )
    start, end = wanted.accepted_from or date.min, wanted.accepted_to or date.max
    return same and start <= row.accepted_on <= end


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_page_count_and_each_agree_with_the_filter(office, wanted):
    fill(office, 25)
    every = office.cases.page(ALL, limit=99).rows
    expected = {row.no for row in every if matches(row, wanted)}
    assert {row.no for row in office.cases.page(wanted, limit=99).rows} == expected
    assert {record.no for record in office.cases.each(wanted)} == expected
    assert office.cases.count(wanted) == len(expected)


def test_each_reads_on_in_order_of_acceptance(office, monkeypatch):
    monkeypatch.setattr("auditdesk.store.cases._BATCH", 4)
    fill(office, 10)
    records = list(office.cases.each(ALL))
    assert len(records) == 10
    assert records == sorted(records, key=lambda r: (r.accepted_on, r.id))


def test_counts_by_a_column(office):
    fill(office, 7)
    assert office.cases.count_by("status", ALL) == {"open": 3, "returned": 2, "closed": 2}
    assert office.cases.count_by("stage", CaseFilter(status="open")) == {"intake": 2, "review": 1}
    assert office.cases.count_by("stage", CaseFilter(status="withdrawn")) == {}
    with pytest.raises(ValueError, match="title"):
        office.cases.count_by("title", ALL)


def test_cases_of_the_same_matter_are_named(office):
    first = add_case(office, keys=("parcel=A", "uscc=1"))
    second = add_case(office, keys=("uscc=1", "uscc=1", "parcel=B"))
    third = add_case(office, keys=("parcel=C",))
    assert [r.no for r in office.cases.sharing_keys(first.no)] == [second.no]
    assert office.cases.sharing_keys(third.no) == ()
    with office.write("case.save", third.no, {}) as writer:
        writer.save_case(third.no, 1, keys=("parcel=A",))
    assert [r.no for r in office.cases.sharing_keys(first.no)] == [second.no, third.no]
    with office.write("case.save", third.no, {}) as writer:
        writer.save_case(third.no, 2, keys=())
    assert [r.no for r in office.cases.sharing_keys(first.no)] == [second.no]


def test_opinions_are_kept_in_order(office):
    case = add_case(office)
    with office.write("case.advance", case.no, {}) as writer:
        first = writer.add_opinion(case.no, stage="intake", action="advance", reason="材料齐全")
        writer.add_opinion(
            case.no, stage="review", action="justify", reason="依据…", extra={"rule": "a.b"}
        )
    opinions = office.cases.opinions(case.no)
    assert opinions[0] == first
    assert [o.extra for o in opinions] == [{}, {"rule": "a.b"}]
    assert (first.by, first.full_name, first.at) == ("lihua", "李华", clock_at().now())
    with pytest.raises(RefusedError), office.write("x", None, {}) as writer:
        writer.add_opinion("LRS-1999-0001", stage="intake", action="x", reason="y")


def test_law_snapshots_stay_as_they_were_first_put(office):
    with office.write("law", None, {}) as writer:
        writer.put_law("d" * 64, "first")
    with office.write("law", None, {}) as writer:
        writer.put_law("d" * 64, "second")
    assert office.laws.get("d" * 64) == "first"
    assert office.laws.find("e" * 64) is None
    with pytest.raises(KeyError):
        office.laws.get("e" * 64)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM case_",
        "DELETE FROM case_content",
        "DELETE FROM opinion",
        "UPDATE opinion SET reason = 'x'",
        "DELETE FROM law",
        "UPDATE law SET text = 'x'",
        "DELETE FROM user",
        "DELETE FROM journal",
        "UPDATE journal SET actor = 'x'",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 1",
        "INSERT OR REPLACE INTO law SELECT digest, 'x', 'x' FROM law",
    ],
)
def test_the_database_itself_refuses_to_forget(office, statement):
    case = add_case(office)
    with office.write("case.advance", case.no, {}) as writer:
        writer.add_opinion(case.no, stage="intake", action="advance", reason="r")
    with pytest.raises(dbapi2.IntegrityError), office._session.transaction():
        office._session.execute(statement)
    assert office.cases.opinions(case.no)[0].reason == "r"


def plan(office, sql, *values):
    rows = office._session.rows(f"EXPLAIN QUERY PLAN {sql}", values)
    return " | ".join(row["detail"] for row in rows)


def test_lists_and_counts_walk_along_an_index(office):
    fill(office, 5)
    seen = []
    office._session.database.conn.set_trace_callback(seen.append)
    for sort in ("due", "no", "updated"):
        for wanted in (ALL, CaseFilter(status="open"), CaseFilter(verdict="pass", stage="intake")):
            page = office.cases.page(wanted, sort=sort, limit=1)
            office.cases.page(wanted, sort=sort, after=page.next_key, limit=1)
            office.cases.count(wanted)
    office.cases.search("王庄", CaseFilter(status="open"))
    office._session.database.conn.set_trace_callback(None)
    assert len(seen) > 20
    for statement in seen:
        if statement.startswith("SELECT"):
            steps = plan(office, statement)
            assert "TEMP B-TREE" not in steps or "id IN" in statement, (statement, steps)
            if "count(*)" in statement:
                assert "COVERING INDEX" in steps, (statement, steps)
