"""The register of reservoirs: entered, judged for any day, filled by cases that close."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from auditdesk.operations import cases, register_links, registers, reviews
from auditdesk.regulations.casefile import read_case
from auditdesk.store.writer import Writer
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.progress import NoProgress
from desk_samples import hand_on, save

RESERVOIRS = "reservoir"
TODAY = date(2026, 3, 2)


def reservoir(**changes):
    """A small reservoir of which nothing is wrong; names are made up."""
    data = {
        "reservoir_code": "CQ-0031",
        "name": "石店水库",
        "district": "370113",
        "town": "归德街道",
        "capacity_wan_m3": "120.5",
        "built_year": 1978,
        "completion_accepted_on": "1979-10-01",
        "management_mode": "regional",
        "rainfall_monitoring": True,
        "safety_monitoring": True,
        "last_appraisal_on": "2018-05-20",
        "last_appraisal_class": 2,
    }
    officers = ("administrative", "technical", "patrol", "dam_safety")
    data |= {f"{o}_officer.name": "赵某某" for o in officers}
    return {k: v for k, v in (data | changes).items() if v is not None}


def add(desk, **changes):
    return registers.save(desk, RESERVOIRS, None, 0, reservoir(**changes))[0]


def change(desk, view, **changes):
    data = {k: v for k, v in {**view.current, **changes}.items() if v is not None}
    return registers.save(desk, RESERVOIRS, view.entry.code, view.entry.version, data)[0]


def row(desk, day=TODAY, code="CQ-0031"):
    return registers.entry(desk, RESERVOIRS, code, day)


def codes(desk, day=TODAY, **more):
    return [e.code for e in registers.entries(desk, RESERVOIRS, day, **more)]


def test_a_row_without_faults_passes_and_is_in_no_view(at_desk):
    desk = at_desk("li")
    view, changes = registers.save(desk, RESERVOIRS, None, 0, reservoir())
    assert changes.registers == {RESERVOIRS}
    assert "CQ-0031 已保存" in changes.summary.zh
    assert (view.entry.report.verdict, view.entry.views) == ("pass", frozenset())
    assert (view.entry.title, view.entry.place, view.entry.district) == (
        "石店水库",
        "归德街道",
        "370113",
    )
    assert view.entry.value("computed.scale") == "small_1"
    assert view.entry.value("data.last_appraisal_on") == date(2018, 5, 20)
    assert view.editable
    assert [t.id for t in view.begins] == ["reservoir_appraisal", "reservoir_project"]


def test_each_view_shows_its_rows_on_the_day_asked_for(at_desk):
    desk = at_desk("li")
    add(desk, reservoir_code="A", last_appraisal_on="2016-05-20")
    add(desk, reservoir_code="B", last_appraisal_on="2015-03-01")
    add(desk, reservoir_code="C", last_appraisal_class=3)
    add(desk, reservoir_code="D", **{"patrol_officer.name": None})
    add(desk, reservoir_code="E", management_mode="own_staff", rainfall_monitoring=None)
    add(desk, reservoir_code="F", operating_state="downgraded", last_appraisal_on="1990-01-01")
    assert codes(desk) == ["A", "B", "C", "D", "E", "F"]
    shown = {v.id: codes(desk, view=v.id) for v in registers.registers(desk)[0].views}
    assert shown == {
        "due_this_year": ["A"],
        "overdue": ["B"],
        "awaiting_reinforcement": ["C"],
        "reinforcement_late": ["C"],
        "officers_lacking": ["D"],
        "management_mode": ["E"],
        "monitoring": ["E"],
    }
    assert codes(desk, date(2026, 5, 20), view="overdue") == ["B"]
    assert codes(desk, date(2026, 5, 21), view="overdue") == ["A", "B"]
    assert codes(desk, text="石店") == ["A", "B", "C", "D", "E", "F"]
    assert codes(desk, text="sdsk", view="overdue") == ["B"]
    assert codes(desk, text="没有") == []


def test_for_a_past_day_what_came_later_has_not_happened(at_desk):
    desk = at_desk("li")
    view = add(desk, last_appraisal_on="2021-11-01", last_appraisal_class=3)
    view = change(desk, view, reinforced_on="2023-09-01")
    view = change(desk, view, last_appraisal_on="2024-02-29", last_appraisal_class=2, river="汇河")
    change(desk, view, downgraded_on="2025-06-01", operating_state="downgraded")
    today = row(desk).entry
    assert (today.computed["due_on"], today.computed["overdue"]) == (None, False)
    assert row(desk).current["operating_state"] == "downgraded"
    before_end = row(desk, date(2025, 5, 31)).entry
    assert before_end.computed["due_on"] == "2034-02-28"
    assert "operating_state" not in before_end.data
    after = row(desk, date(2024, 2, 29)).entry
    assert after.data["last_appraisal_class"] == 2
    assert after.data["last_appraisal_on"] == date(2024, 2, 29)
    eve = row(desk, date(2024, 2, 28)).entry
    assert (eve.data["last_appraisal_class"], eve.computed["due_on"]) == (3, "2031-11-01")
    assert eve.computed["awaiting_reinforcement"] is False
    assert eve.data["river"] == "汇河"  # what has no date is as it is known now
    unmended = row(desk, date(2023, 8, 31)).entry
    assert unmended.computed["reinforcement_late"] is True
    assert row(desk, date(2022, 12, 31)).entry.computed["reinforcement_late"] is False
    assert "reinforced_on" not in unmended.data
    first = row(desk, date(2021, 10, 31)).entry
    assert (first.computed["due_on"], first.computed["overdue"]) == ("1984-10-01", True)
    assert codes(desk, date(2023, 8, 31), view="awaiting_reinforcement") == ["CQ-0031"]
    assert codes(desk, date(2023, 9, 1), view="awaiting_reinforcement") == []


def test_the_history_says_who_changed_what(at_desk):
    desk = at_desk("li")
    view = add(desk)
    view = change(desk, view, management_mode="purchased")
    newest, first = view.versions
    assert (newest.version, newest.full_name, newest.source) == (2, "李晓彤", "")
    (difference,) = newest.changes
    assert (difference.field, difference.old, difference.new) == (
        "management_mode",
        "regional",
        "purchased",
    )
    assert {c.field for c in first.changes} >= {"reservoir_code", "name"}
    kinds = [e.kind for e in desk.office.journal.page(limit=2)]
    assert kinds == ["register.save", "register.add"]
    assert "赵某某" not in str([e.body for e in desk.office.journal.page(limit=2)])


def test_saving_what_is_there_already_writes_nothing(at_desk):
    desk = at_desk("li")
    view = add(desk)
    seq = desk.office.journal.last_checkpoint().seq
    again, changes = registers.save(desk, RESERVOIRS, "CQ-0031", 1, view.current)
    assert (again.entry.version, changes.registers) == (1, frozenset())
    assert desk.office.journal.last_checkpoint().seq == seq


def test_wrong_values_are_kept_and_reported(at_desk):
    desk = at_desk("li")
    view = add(desk, capacity_wan_m3="-3", last_appraisal_on="2026-02-30", built_year="很久以前")
    assert {i.field for i in view.entry.report.invalid_fields} == {
        "capacity_wan_m3",
        "last_appraisal_on",
        "built_year",
    }
    assert view.current["built_year"] == "很久以前"
    assert view.entry.report.verdict == "block"
    assert codes(desk, date(2010, 1, 1)) == ["CQ-0031"]


@pytest.mark.parametrize("key", [None, "", "  ", "\x00", 7, ["A"], "x" * 61, {"a": 1}])
def test_a_row_needs_a_key_that_can_be_one(at_desk, key):
    desk = at_desk("li")
    with pytest.raises(UnusableInputError, match="Reservoir code cannot be used"):
        add(desk, reservoir_code=key)
    assert codes(desk) == []


def test_half_characters_are_refused_in_a_sentence(at_desk):
    desk = at_desk("li")
    for field in ("name", "reservoir_code"):
        with pytest.raises(UnusableInputError):
            add(desk, **{field: "石\ud800店"})
    assert codes(desk) == []


def test_a_code_that_is_taken_is_refused_for_new_and_old(at_desk):
    desk = at_desk("li")
    add(desk)
    other = add(desk, reservoir_code="CQ-0032")
    with pytest.raises(RefusedError, match="has a row CQ-0031 already"):
        add(desk, reservoir_code=" CQ-0031 ")
    with pytest.raises(RefusedError, match="has a row CQ-0031 already"):
        change(desk, other, reservoir_code="CQ-0031")
    moved = change(desk, other, reservoir_code="CQ-0033")
    assert moved.entry.code == "CQ-0033"
    assert codes(desk) == ["CQ-0031", "CQ-0033"]


def test_only_clerks_keep_the_register_and_everybody_reads_it(at_desk):
    view = add(at_desk("li"))
    desk = at_desk("wang")
    seen = row(desk)
    assert not seen.editable
    assert "经办人" in seen.why_not.zh
    with pytest.raises(RefusedError, match="Only a clerk"):
        registers.save(desk, RESERVOIRS, "CQ-0031", 1, view.current)
    with pytest.raises(RefusedError, match="Only a clerk"):
        add(desk, reservoir_code="X")


def test_what_is_not_there_is_a_clear_sentence(at_desk):
    desk = at_desk("li")
    view = add(desk)
    with pytest.raises(UnusableInputError, match="There is no register 'lakes'"):
        registers.entries(desk, "lakes", TODAY)
    with pytest.raises(UnusableInputError, match="has no view 'wet'"):
        registers.entries(desk, RESERVOIRS, TODAY, view="wet")
    with pytest.raises(RefusedError, match="has no row CQ-9999"):
        row(desk, code="CQ-9999")
    with pytest.raises(RefusedError, match="was changed after you opened it"):
        registers.save(desk, RESERVOIRS, "CQ-0031", 7, view.current)


def test_a_draft_is_judged_without_being_written(at_desk):
    desk = at_desk("wang")
    report = registers.draft(desk, RESERVOIRS, reservoir(capacity_wan_m3="9.99"), TODAY)
    assert report.computed["scale"] == "pond"
    assert codes(desk) == []


# Cases and their row


def appraisal(**data):
    return {
        "format": "auditdesk.case/1",
        "case_type": "reservoir_appraisal",
        "accepted_on": "2022-06-01",
        "district": "370113",
        "data": {
            "reservoir_code": "CQ-0031",
            "scale": "small_1",
            "built_year": 1978,
            "previous_appraisal_on": "2013-05-20",
            "appraisal_kind": "periodic",
            "organised_by": "长清区水务局",
            "evaluation_unit": "山东某某水利勘测设计院",
            "appraised_on": "2022-09-15",
            "dam_class": 3,
            "defect_causes": "坝体渗漏",
            "approved_on": "2022-10-20",
            "verified_on": "2022-11-15",
        }
        | data,
        "materials": dict.fromkeys(
            (
                *("appraisal_report", "safety_evaluation", "site_inspection"),
                *("approval_opinion", "verification_opinion"),
            ),
            "present",
        ),
    }


def enter(desk, content):
    return cases.import_case(desk, read_case(content, desk.library))[0]


def to_last_stage(at_desk, content):
    """Entered, reviewed and approved; what is left is the step that closes the case."""
    view = enter(at_desk("li"), content)
    view = hand_on(at_desk("li"), view)
    view = hand_on(at_desk("zhao"), view)
    view = hand_on(at_desk("wang"), view)
    desk = at_desk("li")
    return desk, cases.view(desk, view.no)


def close(at_desk, content):
    desk, view = to_last_stage(at_desk, content)
    return desk, *advance_to_end(desk, view)


def advance_to_end(desk, view):
    while view.record.status == "open":
        view, changes = reviews.advance(desk, view.no, view.record.version)
    assert view.record.status == "closed"
    return view, changes


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


def project(kind, **data):
    reinforcement = {
        "appraised_on": "2022-09-15",
        "dam_class": 3,
        "defect_identified_on": "2022-09-15",
        "design_approval_no": "长水审〔2023〕3号",
        "design_approved_on": "2023-01-10",
        "total_cost_yuan": "1500000.00",
        "central_subsidy_yuan": "0",
        "provincial_subsidy_yuan": "1500000",
        "other_funds_yuan": "0",
        "city_share_yuan": "0",
        "district_share_yuan": "0",
        "plan_year": 2023,
        "started_on": "2023-03-01",
        "completion_accepted_on": "2023-11-30",
    }
    downgrade = {"downgrade_reason": "库区淤积"}
    own = downgrade if kind == "downgrade" else reinforcement
    materials = (
        *("appraisal_report", "verification_opinion", "preliminary_design", "design_approval"),
        *("funding_commitment", "legal_person_approval", "bidding_record"),
        *("supervision_contract", "acceptance_certificate"),
    )
    return {
        "format": "auditdesk.case/1",
        "case_type": "reservoir_project",
        "accepted_on": "2022-12-01",
        "district": "370113",
        "data": {"reservoir_code": "CQ-0031", "scale": "small_1", "project_kind": kind}
        | own
        | data,
        "materials": {"ecology_plan": "present"}
        if kind == "downgrade"
        else dict.fromkeys(materials, "present"),
    }


def close_downgrade(at_desk, content):
    desk = at_desk("li")
    view = hand_on(desk, enter(desk, content))
    desk = at_desk("wang")
    view, changes = reviews.advance(desk, view.no, view.record.version)
    assert view.record.status == "closed"
    return desk, view, changes


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
