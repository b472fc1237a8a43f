"""The register of reservoirs: entered, judged for any day, filled by cases that close."""

from __future__ import annotations

from datetime import date

import pytest

from auditdesk.operations import registers
from auditdesk.util.faults import RefusedError, UnusableInputError
from register_samples import RESERVOIRS, TODAY, add, change, codes, reservoir, row


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


def test_an_event_is_known_on_its_own_day_and_not_on_the_eve(at_desk):
    desk = at_desk("li")
    view = add(desk, last_appraisal_on="2012-03-01", last_appraisal_class=1)
    classes = lambda *days: [row(desk, d).entry.data.get("last_appraisal_class") for d in days]  # noqa: E731 – short
    assert classes(date(2012, 2, 29), date(2012, 3, 1)) == [None, 1]
    change(desk, view, last_appraisal_on="2022-02-28", last_appraisal_class=2)
    assert classes(date(2012, 2, 29), date(2012, 3, 1)) == [None, 1]
    assert classes(date(2022, 2, 27), date(2022, 2, 28)) == [1, 2]


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
