"""Importing rows into the register: looked at first, then all or nothing."""

from __future__ import annotations

import pytest

from auditdesk.domain.declaration import FieldKind
from auditdesk.operations import register_import, registers
from auditdesk.operations.register_import import apply_import, plan_import
from auditdesk.operations.register_texts import raw_value
from auditdesk.store.writer import Writer
from auditdesk.util.faults import FallsShortError, RefusedError, UnusableInputError
from auditdesk.util.progress import CancelledError, NoProgress
from register_samples import RESERVOIRS, TODAY, add, codes, reservoir, row

OFFICERS = [f"{o}_officer.name" for o in ("administrative", "technical", "patrol", "dam_safety")]


def line(code="CQ-0001", **changes):
    """A line as a person would write it into a workbook."""
    cells = {
        "reservoir_code": code,
        "name": "垛庄水库",
        "district": "370113",
        "town": "垛庄镇",
        "capacity_wan_m3": "120.5万m³",
        "built_year": "1978",
        "completion_accepted_on": "1979年10月1日",
        "management_mode": "区域集中管护",
        "rainfall_monitoring": "是",
        "safety_monitoring": "有",
        "last_appraisal_on": "2018/5/20",
        "last_appraisal_class": "2类",
    }
    return cells | dict.fromkeys(OFFICERS, "赵某某") | changes


def states(plan):
    return [(n.number, n.code, n.state) for n in plan.lines]


def test_what_people_write_becomes_what_the_register_holds(at_desk):
    desk = at_desk("li")
    plan = plan_import(desk, RESERVOIRS, [line()])
    assert states(plan) == [(1, "CQ-0001", "new")]
    assert plan.lines[0].remarks == ()
    assert codes(desk) == []  # nothing is written before it is applied
    changes = apply_import(desk, plan)
    assert changes.summary.zh == "水库台账：新增 1 条，修改 0 条，未变 0 条"
    assert changes.registers == {RESERVOIRS}
    seen = row(desk, code="CQ-0001")
    assert seen.current["capacity_wan_m3"] == "120.5"
    assert seen.current["last_appraisal_on"] == "2018-05-20"
    assert seen.current["last_appraisal_class"] == 2
    assert seen.current["management_mode"] == "regional"
    assert seen.current["safety_monitoring"] is True
    assert (seen.versions[0].source, seen.entry.report.verdict) == ("import", "pass")
    assert states(plan_import(desk, RESERVOIRS, [line()])) == [(1, "CQ-0001", "same")]
    assert desk.office.journal.verify(NoProgress()).ok


def test_fields_that_are_not_named_stay_and_empty_ones_are_cleared(at_desk):
    desk = at_desk("li")
    add(desk, reservoir_code="CQ-0001", river="汇河")
    plan = plan_import(
        desk, RESERVOIRS, [{"reservoir_code": " CQ-0001 ", "river": " ", "built_year": "1980"}]
    )
    (one,) = plan.lines
    assert one.state == "changed"
    assert [(c.field, c.old, c.new) for c in one.changes] == [
        ("river", "汇河", None),
        ("built_year", 1978, 1980),
    ]
    assert one.title == "石店水库"
    apply_import(desk, plan)
    assert "river" not in row(desk, code="CQ-0001").current
    assert row(desk, code="CQ-0001").current["name"] == "石店水库"


REFUSED = {
    "no key": (line(""), "未填写水库编码"),
    "a class that there is not": (line(last_appraisal_class="4类"), "应在 1–3 之间"),
    "no such day": (line(last_appraisal_on="2023-02-29"), "没有这一天"),
    "words for a number": (line(capacity_wan_m3="很大"), "应为数字"),
    "negative": (line(capacity_wan_m3="-1"), "不得为负数"),
    "zero": (line(capacity_wan_m3="0"), "应大于 0"),
    "enormous": (line(capacity_wan_m3="1000000000000000"), "应在 0–10000000 之间"),
    "an exponent": (line(capacity_wan_m3="1e999"), "数值过大"),
    "a mode that there is not": (line(management_mode="大家管"), "之一"),
    "neither yes nor no": (line(rainfall_monitoring="也许"), "应为是或否"),
    "a district of letters": (line(district="章丘区"), "6 位区县代码"),
    "a code too long": (line("X" * 61), "最多 60 字"),
    "half a character": (line(name="石\ud800店"), "不可显示"),
    "a control character": (line("CQ\x00"), "不可显示"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_line_that_cannot_be_right_is_refused_with_its_reason(at_desk, name):
    desk = at_desk("li")
    bad, reason = REFUSED[name]
    plan = plan_import(desk, RESERVOIRS, [line("CQ-0002"), bad], numbers=[2, 7])
    (refused,) = plan.refused
    assert refused.number == 7
    assert reason in "；".join(r.zh for r in refused.reasons)
    with pytest.raises(FallsShortError, match="1 of 2 lines cannot be imported, so none was; line"):
        apply_import(desk, plan)
    assert codes(desk) == []
    changes = apply_import(desk, plan, good_only=True)
    assert changes.summary.zh.endswith("未导入 1 行")
    assert codes(desk) == ["CQ-0002"]


def test_a_key_that_is_there_twice_refuses_both_lines(at_desk):
    desk = at_desk("li")
    plan = plan_import(desk, RESERVOIRS, [line("A"), line("B"), line(" A", name="别的水库")])
    assert [n.state for n in plan.lines] == ["refused", "new", "refused"]
    assert "出现 2 次" in plan.lines[0].reasons[0].zh


def test_what_the_row_will_lack_is_remarked_and_no_reason_to_refuse(at_desk):
    desk = at_desk("li")
    plan = plan_import(desk, RESERVOIRS, [line(name="", **{OFFICERS[2]: ""})])
    (one,) = plan.lines
    assert one.state == "new"
    told = " ".join(r.zh for r in one.remarks)
    assert "[未填] 水库名称" in told
    assert "缺巡查责任人" in told


def test_an_old_mistake_in_another_field_does_not_refuse_the_line(at_desk):
    desk = at_desk("li")
    add(desk, reservoir_code="CQ-0001", built_year="很久以前")
    plan = plan_import(desk, RESERVOIRS, [{"reservoir_code": "CQ-0001", "river": "汇河"}])
    assert plan.lines[0].state == "changed"
    apply_import(desk, plan)
    assert row(desk, code="CQ-0001").current["built_year"] == "很久以前"


def test_a_register_that_moved_since_refuses_the_plan(at_desk):
    desk = at_desk("li")
    plan = plan_import(desk, RESERVOIRS, [line()])
    nothing_new = plan_import(desk, RESERVOIRS, [])
    add(desk)
    for stale in (plan, nothing_new):
        with pytest.raises(RefusedError, match="was changed after the import was looked at"):
            apply_import(desk, stale)
    assert codes(desk) == ["CQ-0031"]


def test_an_import_is_one_entry_in_the_journal_and_all_or_nothing(at_desk, monkeypatch):
    desk = at_desk("li")
    plan = plan_import(desk, RESERVOIRS, [line(f"CQ-{n:04d}") for n in range(5)])
    seq = desk.office.journal.last_checkpoint().seq
    original = Writer.insert_register_row

    def fails_late(self, register, content, **more):
        if content.code == "CQ-0003":
            raise KeyboardInterrupt
        return original(self, register, content, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "insert_register_row", fails_late)
        with pytest.raises(KeyboardInterrupt):
            apply_import(desk, plan)
    assert codes(desk) == []
    apply_import(desk, plan)
    assert len(codes(desk)) == 5
    last = desk.office.journal.page(limit=1)[0]
    assert (last.seq, last.kind, last.body["new"]) == (seq + 1, "register.import", 5)
    assert "赵某某" not in str(last.body)


def test_supervisors_look_but_do_not_import(at_desk):
    desk = at_desk("wang")
    plan = plan_import(desk, RESERVOIRS, [line()])
    with pytest.raises(RefusedError, match="Only a clerk"):
        apply_import(desk, plan)


def test_strange_columns_and_too_many_lines_are_clear_sentences(at_desk, monkeypatch):
    desk = at_desk("li")
    with pytest.raises(UnusableInputError, match="no such fields: colour"):
        plan_import(desk, RESERVOIRS, [line(colour="蓝", **{"\ud800": "x"})])
    monkeypatch.setattr(register_import, "MOST_LINES", 2)
    with pytest.raises(UnusableInputError, match="There are 3 lines; at most 2"):
        plan_import(desk, RESERVOIRS, [line(str(n)) for n in range(3)])


def test_planning_can_be_cancelled(at_desk):
    class Cancelling:
        def step(self, *_):
            raise CancelledError

    with pytest.raises(CancelledError):
        plan_import(at_desk("li"), RESERVOIRS, [line()], progress=Cancelling())


def test_json_values_are_taken_as_they_are(at_desk):
    desk = at_desk("li")
    typed = reservoir(reservoir_code="J", capacity_wan_m3=12)
    wrong = reservoir(reservoir_code=7, rainfall_monitoring={"a": 1})
    plan = plan_import(desk, RESERVOIRS, [typed, wrong, wrong])
    assert [n.state for n in plan.lines] == ["new", "refused", "refused"]
    apply_import(desk, plan, good_only=True)
    assert registers.entries(desk, RESERVOIRS, TODAY)[0].computed["scale"] == "small_2"


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("date", "2022-3-1", "2022-03-01"),
        ("date", "2022.03.01", "2022-03-01"),
        ("date", "2022-03-01 00:00:00", "2022-03-01"),
        ("date", "２０２２年３月１日", "2022-03-01"),
        ("date", "去年", "去年"),
        ("date", "2022-03-01 10:30", "2022-03-01 10:30"),
        ("boolean", "否", False),
        ("boolean", "TRUE", True),
        ("boolean", "√", True),
        ("integer", "1978.0", 1978),
        ("integer", "1978.5", "1978.5"),
        ("integer", "9" * 400, "9" * 400),
        ("decimal", "１，２３４．５", "1234.5"),
        ("text", " 石店 ", "石店"),
        ("text", "=1+1", "=1+1"),
        ("text", "   ", None),
    ],
)
def test_texts_become_values(shipped_law, kind, text, value):
    register = shipped_law[0].register(RESERVOIRS).register
    field = next(f for f in register.fields if f.kind is FieldKind(kind))
    assert raw_value(field, text) == value
