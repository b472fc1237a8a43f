"""Cases and their reservoir: what they take, where they differ, what they write back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from auditdesk.operations import cases, laws, register_links
from auditdesk.regulations.library import law_from_texts
from auditdesk.store.records import CaseFilter
from auditdesk.store.writer import Writer
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.progress import NoProgress
from desk_samples import save
from register_samples import (
    RESERVOIRS,
    TODAY,
    add,
    advance_to_end,
    appraisal,
    change,
    close,
    close_downgrade,
    codes,
    enter,
    project,
    row,
    to_last_stage,
)


def test_a_closing_appraisal_writes_its_result_into_the_register(at_desk):
    add(at_desk("li"), last_appraisal_on="2013-05-20", last_appraisal_class=2)
    desk, view, changes = close(at_desk, appraisal())
    assert changes.registers == {RESERVOIRS}
    assert "台账" not in changes.summary.zh
    after = row(desk)
    assert after.entry.data["last_appraisal_on"] == date(2022, 9, 15)
    assert after.entry.data["last_appraisal_class"] == 3
    assert after.versions[0].source == view.no
    assert [c.no for c in after.cases] == [view.no]
    assert (after.cases[0].status, after.cases[0].stage_label.zh) == ("closed", "办结")
    assert row(desk, date(2022, 9, 14)).entry.data["last_appraisal_class"] == 2
    assert desk.office.journal.verify(NoProgress()).ok


def test_a_case_is_named_by_its_reservoir_and_the_code(at_desk):
    desk = at_desk("li")
    assert enter(desk, appraisal()).record.title == "CQ-0031"
    for content in (appraisal(), project("reinforcement")):
        content["data"]["reservoir_name"] = "石店水库"
        view = enter(desk, content)
        assert view.record.title == "石店水库 CQ-0031"
        assert view.no in {row.no for row in cases.search(desk, "sdsk", CaseFilter()).rows}


def test_a_law_of_before_that_names_a_case_by_one_field_still_does(at_desk):
    """A list of fields came later; the cases of before keep their law, and it loads."""
    desk = at_desk("li")
    view = enter(desk, appraisal(reservoir_name="石店水库"))
    texts = dict(desk.library.law("reservoir_appraisal").texts)
    declared = "forms/reservoir_appraisal/case_type.toml"
    texts[declared] = texts[declared].replace(
        'title = ["reservoir_name", "reservoir_code"]', 'title = "reservoir_code"'
    )
    old = law_from_texts(texts)
    assert old.digest != view.record.law
    with desk.office.write("case.law", view.no, {}) as writer:
        writer.put_law(old.digest, laws.law_text(old))
        kept = writer.save_case(view.no, view.record.version, law=old.digest)
    assert kept.law == old.digest
    assert save(desk, cases.view(desk, view.no), built_year=1979).record.title == "CQ-0031"


def test_nothing_is_written_before_the_case_closes(at_desk):
    add(at_desk("li"))
    desk, _ = to_last_stage(at_desk, appraisal())
    assert row(desk).entry.version == 1


def test_an_older_appraisal_never_overwrites_a_newer_one(at_desk):
    add(at_desk("li"), last_appraisal_on="2022-09-16", last_appraisal_class=1)
    desk, _, changes = close(at_desk, appraisal())
    assert changes.registers == frozenset()
    assert "已有更晚的记录" in changes.summary.zh
    after = row(desk)
    assert (after.entry.version, after.entry.data["last_appraisal_class"]) == (1, 1)


def test_an_appraisal_of_the_same_day_is_the_same_appraisal(at_desk):
    add(at_desk("li"), last_appraisal_on="2022-09-15", last_appraisal_class=1)
    desk, _, _ = close(at_desk, appraisal())
    assert row(desk).entry.data["last_appraisal_class"] == 3


def test_a_code_that_the_register_lacks_is_said_and_the_case_closes(at_desk):
    desk, view, changes = close(at_desk, appraisal())
    assert "水库台账中没有编码 CQ-0031，结果未写回" in changes.summary.zh
    assert (view.register.found, view.register.code) == (False, "CQ-0031")
    assert codes(desk) == []
    assert view.case_file.data["appraised_on"] == "2022-09-15"


def test_a_case_that_cannot_be_written_leaves_the_register_as_it_was(at_desk, monkeypatch):
    add(at_desk("li"), last_appraisal_on="2013-05-20", last_appraisal_class=2)
    desk, view = to_last_stage(at_desk, appraisal())
    with monkeypatch.context() as patch:

        def fails(self, *args, **kwargs):
            original(self, *args, **kwargs)
            raise KeyboardInterrupt

        original = Writer.save_register_row
        patch.setattr(Writer, "save_register_row", fails)
        with pytest.raises(KeyboardInterrupt):
            advance_to_end(desk, view)
    assert row(desk).entry.version == 1
    assert cases.view(desk, view.no).record.status == "open"
    assert desk.office.journal.verify(NoProgress()).ok


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("reinforcement", "reinforced_on", date(2023, 11, 30)),
        ("rainfall_monitoring", "rainfall_monitoring", True),
        ("safety_monitoring", "safety_monitoring", True),
    ],
)
def test_each_kind_of_project_writes_its_own_result(at_desk, kind, field, value):
    add(at_desk("li"), rainfall_monitoring=None, safety_monitoring=None, last_appraisal_class=3)
    before = row(at_desk("li"))
    desk, _, _ = close(at_desk, project(kind))
    after = row(desk)
    assert after.entry.data[field] == value
    assert {c.field for c in after.versions[0].changes} == {field}
    assert ("awaiting_reinforcement" in before.entry.views) is True
    assert ("awaiting_reinforcement" in after.entry.views) is (kind != "reinforcement")


def test_a_downgraded_reservoir_is_asked_for_nothing_from_then_on(at_desk):
    add(at_desk("li"), last_appraisal_on="1990-01-01", last_appraisal_class=3)
    desk, _, _ = close_downgrade(at_desk, project("downgrade"))
    after = row(desk).entry
    assert (after.data["operating_state"], after.data["downgraded_on"]) == ("downgraded", TODAY)
    assert after.views == frozenset()
    assert {"overdue", "reinforcement_late"} <= row(desk, date(2026, 3, 1)).entry.views


def test_a_new_case_takes_what_the_register_knew_on_its_day(at_desk):
    desk = at_desk("li")
    view = add(desk, last_appraisal_on="2012-05-20")
    change(desk, view, last_appraisal_on="2022-04-01", last_appraisal_class=3)
    taken = register_links.taken(desk, "reservoir_appraisal", "CQ-0031", TODAY)
    assert taken == {
        "reservoir_name": "石店水库",
        "scale": "small_1",
        "built_year": 1978,
        "completion_accepted_on": "1979-10-01",
        "previous_appraisal_on": "2022-04-01",
    }
    earlier = register_links.taken(desk, "reservoir_appraisal", " CQ-0031 ", date(2022, 3, 31))
    assert earlier["previous_appraisal_on"] == "2012-05-20"
    begun = register_links.begun(desk, "reservoir_project", "CQ-0031", TODAY)
    assert (begun.district, begun.data["dam_class"], begun.data["reservoir_code"]) == (
        "370113",
        3,
        "CQ-0031",
    )
    entered = cases.import_case(desk, begun)[0]
    assert entered.register.differences == ()
    with pytest.raises(RefusedError, match="has no row"):
        register_links.taken(desk, "reservoir_appraisal", "CQ-9999", TODAY)
    with pytest.raises(UnusableInputError, match="takes nothing from a register"):
        register_links.taken(desk, "land_entry", "CQ-0031", TODAY)


def test_what_the_case_cannot_hold_is_not_taken(at_desk):
    desk = at_desk("li")
    add(desk, capacity_wan_m3="9", built_year="很久以前", last_appraisal_on=None)
    taken = register_links.taken(desk, "reservoir_appraisal", "CQ-0031", TODAY)
    assert taken == {"reservoir_name": "石店水库", "completion_accepted_on": "1979-10-01"}


def test_a_case_shows_where_it_differs_from_the_register(at_desk):
    desk = at_desk("li")
    add(desk, last_appraisal_on="2013-05-20", capacity_wan_m3="99.99")
    view = enter(desk, appraisal(built_year=1980))
    assert (view.register.found, view.register.title) == (True, "石店水库")
    assert [(d.field, d.old, d.new) for d in view.register.differences] == [
        ("scale", "small_2", "small_1"),
        ("built_year", 1978, 1980),
    ]
    view = save(desk, view, scale="small_2", built_year=None)
    assert view.register.differences == ()
    assert view.register.taken["built_year"] == 1978
    other = enter(desk, appraisal(reservoir_code="CQ-0032"))
    assert not other.register.found
    empty = enter(desk, appraisal(reservoir_code=None))
    assert (empty.register.code, empty.register.found) == ("", False)


def test_a_case_that_is_over_is_compared_no_more(at_desk):
    add(at_desk("li"), last_appraisal_on="2013-05-20", built_year=1990)
    _, view, _ = close(at_desk, appraisal())
    assert view.register.found
    assert view.register.differences == ()


def test_a_case_type_without_register_has_none(entered):
    assert entered().register is None


def test_a_broken_register_keeps_a_case_from_closing_and_its_result_from_getting_lost(at_desk):
    add(at_desk("li"), last_appraisal_on="2013-05-20")
    desk, view = to_last_stage(at_desk, appraisal())
    broken = replace(desk, library=replace(desk.library, registers={}))
    assert cases.view(broken, view.no).register is None
    with pytest.raises(UnusableInputError, match="There is no register"):
        advance_to_end(broken, view)
    assert cases.view(desk, view.no).record.status == "open"
