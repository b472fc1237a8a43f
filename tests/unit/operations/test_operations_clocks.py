"""The clocks of a case: what holds them up, who may, and what lists say meanwhile."""

from __future__ import annotations

import pytest

from auditdesk.operations import cases, clock_words, journals, pauses
from auditdesk.store.records import CaseFilter
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.progress import NoProgress
from case_bases import enter, whole_case
from clock_samples import at, decision, held, sent_back, told
from desk_samples import hand_on


def test_the_lists_go_by_the_same_day_as_the_clock(approval):
    assert told(approval) == ("running", "2026-03-30", 20)
    assert (str(approval.record.due_on), approval.days_left) == ("2026-03-30", 20)
    assert decision(approval).sources.zh == "行政许可法 第42条、行政许可法 第82条"


def test_while_the_case_is_with_the_applicant_nothing_counts(at_desk, clock, approval):
    at(clock, "2026-03-04")
    view = sent_back(at_desk("li"), approval)
    # one day was counted; the day of the return is none of them
    assert told(view) == ("paused", None, 19)
    assert (view.record.due_on, view.days_left) == (None, None)
    at(clock, "2026-03-13")
    assert told(cases.view(at_desk("wang"), view.no)) == ("paused", None, 19)
    view = hand_on(at_desk("li"), view)
    # eight working days were lost, the day on which it came back is one of them
    assert told(view) == ("running", "2026-04-10", 19)
    assert str(view.record.due_on) == "2026-04-10"
    (pause,) = view.clocks.pauses
    assert (pause.workdays, pause.ground.zh, pause.sources.zh) == (
        8,
        "退回申请人补正",
        "行政许可法 第32条",
    )
    assert (pause.pause.begun.reason, pause.pause.begun.full_name) == ("缺会议纪要", "李晓彤")
    assert (pause.pause.ended.full_name, pause.why_not_revoke is None) == ("李晓彤", False)


def test_a_case_that_comes_back_on_the_same_day_was_never_away(at_desk, clock, approval):
    at(clock, "2026-03-04")
    view = sent_back(at_desk("li"), approval)
    at(clock, "2026-03-04", hour=16)
    view = hand_on(at_desk("li"), view)
    assert told(view) == ("running", "2026-03-30", 18)
    (pause,) = view.clocks.pauses
    assert pause.workdays == 0
    assert "没有中止" in clock_words.pause_days(pause).zh
    assert decision(view).pauses == ()


def test_a_return_on_the_last_day_leaves_that_day(at_desk, clock, approval):
    at(clock, "2026-03-30")
    view = sent_back(at_desk("li"), approval)
    assert told(view) == ("paused", None, 1)
    at(clock, "2026-05-11")
    view = hand_on(at_desk("li"), view)
    assert told(view) == ("running", "2026-05-12", 1)


def test_a_return_after_the_last_day_revives_nothing(at_desk, clock, approval):
    at(clock, "2026-03-31")
    view = sent_back(at_desk("li"), approval)
    assert told(view) == ("overdue", "2026-03-30", -1)
    assert view.days_left == -1
    at(clock, "2026-04-01")
    assert told(hand_on(at_desk("li"), view)) == ("overdue", "2026-03-30", -2)


def test_a_second_return_adds_to_the_first(at_desk, clock, approval):
    at(clock, "2026-03-04")
    view = sent_back(at_desk("li"), approval)
    at(clock, "2026-03-05")
    view = hand_on(at_desk("li"), view)
    at(clock, "2026-03-06")
    view = sent_back(at_desk("wang"), view)
    at(clock, "2026-03-09")
    view = hand_on(at_desk("li"), view)
    # 4, 5, 6 and 9 March; the weekend between would not have counted
    assert told(view) == ("running", "2026-04-03", 19)


def test_a_clock_that_was_set_back_loses_nothing(at_desk, clock, approval):
    at(clock, "2026-03-10")
    view = sent_back(at_desk("li"), approval)
    at(clock, "2026-03-05")
    assert told(cases.view(at_desk("li"), view.no)) == ("paused", None, 17)
    view = hand_on(at_desk("li"), view)
    assert told(view) == ("running", "2026-03-30", 17)


def test_a_pause_never_ends_before_it_begins(at_desk, clock, approval):
    desk = at_desk("li")
    at(clock, "2026-03-12")
    view = held(desk, approval, "2026-03-12")
    at(clock, "2026-03-11")
    with pytest.raises(UnusableInputError, match="correct the computer's clock"):
        pauses.end(desk, view.no, view.clocks.pauses[-1].pause.id, "勘测完成")


def test_a_pause_by_hand_with_both_days(at_desk, clock, approval):
    view = held(at_desk("li"), approval, "2026-03-05", "2026-03-06")
    assert told(view) == ("running", "2026-04-01", 20)
    at(clock, "2026-03-06")
    view = cases.view(at_desk("wang"), view.no)
    assert told(view) == ("paused", "2026-04-01", 18)
    (pause,) = view.clocks.pauses
    assert (pause.ground.zh, pause.workdays) == ("勘测、检验、鉴定", 2)
    assert pause.sources.zh == "行政许可法 第45条"


def test_a_pause_by_hand_without_an_end_and_its_end(at_desk, clock, approval):
    view = held(at_desk("li"), approval, "2026-03-05")
    # announced for Thursday: until then it runs
    assert told(view) == ("running", None, 20)
    assert view.record.due_on is None
    at(clock, "2026-03-09")
    desk = at_desk("wang")
    (row,) = cases.page(desk, CaseFilter(status="open")).rows
    assert (row.paused, row.days_left) == (True, None)
    number = view.clocks.pauses[0].pause.id
    view, changes = pauses.end(desk, view.no, number, "勘测报告已收到")
    assert changes.cases == {view.no}
    assert told(view) == ("paused", "2026-04-02", 18)  # today is the last day not counted
    (row,) = cases.page(desk, CaseFilter(status="open")).rows
    assert (row.paused, row.days_left) == (False, 18)
    at(clock, "2026-03-10")
    assert told(cases.view(desk, view.no)) == ("running", "2026-04-02", 17)
    with pytest.raises(RefusedError, match="ended already"):
        pauses.end(desk, view.no, number, "又一次")
    assert journals.verify(desk, NoProgress()).ok


def test_what_was_recorded_wrongly_is_taken_back_and_stays_on_record(at_desk, approval):
    desk = at_desk("li")
    view = held(desk, approval, "2026-03-02", "2026-03-06", reason="写错了案号")
    assert told(view)[1] == "2026-04-03"
    number = view.clocks.pauses[0].pause.id
    view, _ = pauses.revoke(desk, view.no, number, "应为另一案")
    assert told(view) == ("running", "2026-03-30", 20)
    assert decision(view).pauses == ()
    (pause,) = view.clocks.pauses
    deeds = [line.zh for line in clock_words.pause_deeds(pause)]
    assert deeds == [
        "2026-03-02 09:30 李晓彤 中止：写错了案号",
        "2026-03-02 09:30 李晓彤 撤回：应为另一案",
    ]
    with pytest.raises(RefusedError, match="taken back already"):
        pauses.revoke(desk, view.no, number, "又一次")
    kinds = [(t.kind, t.detail.zh) for t in view.timeline[-2:]]
    assert kinds == [
        ("clock.pause", "勘测、检验、鉴定：写错了案号"),
        ("clock.revoke", "勘测、检验、鉴定：应为另一案"),
    ]
    assert journals.verify(desk, NoProgress()).ok


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        ("2026-03-01", None, "2026-03-01"),  # before acceptance
        ("2026-03-31", None, "2026-03-31"),  # after the last day
        ("2026-03-05", "2026-03-04", "lies before"),
        ("2026-03-05", "2046-03-04", "ten years"),
    ],
)
def test_days_that_make_no_pause_are_refused(at_desk, approval, first, last, reason):
    with pytest.raises(UnusableInputError, match=reason):
        held(at_desk("li"), approval, first, last)
    assert cases.view(at_desk("li"), approval.no).clocks.pauses == ()


def test_a_reason_and_a_ground_of_the_law_are_asked_for(at_desk, approval):
    desk = at_desk("li")
    with pytest.raises(UnusableInputError, match="reason"):
        held(desk, approval, "2026-03-05", reason=" \n")
    for ground in ("lunch", "correction", ""):
        with pytest.raises(UnusableInputError, match="survey"):
            pauses.pause(desk, approval.no, ground, "等")
    with pytest.raises(UnusableInputError):
        pauses.end(desk, approval.no, 99, "没有这一次")
    with pytest.raises(UnusableInputError):
        pauses.revoke(desk, approval.no, 99, "没有这一次")
    with pytest.raises(UnusableInputError):
        held(desk, approval, "2026-03-05", reason="\ud800")
    assert cases.view(desk, approval.no).clocks.pauses == ()


def test_one_pause_at_a_time(at_desk, approval):
    desk = at_desk("li")
    view = held(desk, approval, "2026-03-05")
    assert "先恢复" in view.clocks.why_not_pause.zh
    with pytest.raises(RefusedError, match="paused already"):
        held(desk, view, "2026-03-06")


def test_with_the_applicant_there_is_nothing_to_pause(at_desk, approval):
    desk = at_desk("li")
    with pytest.raises(RefusedError, match="with the applicant"):
        held(desk, sent_back(desk, approval), "2026-03-06")


def test_a_pause_that_a_return_touches_is_counted_once(at_desk, clock, approval):
    desk = at_desk("li")
    view = held(desk, approval, "2026-03-05", "2026-03-10")
    at(clock, "2026-03-10")
    view = sent_back(at_desk("li"), view)
    at(clock, "2026-03-12")
    view = hand_on(at_desk("li"), view)
    assert told(view) == ("running", "2026-04-08", 18)  # six days, and the festival of 6 April
    assert len(decision(view).pauses) == 2


def test_only_clerks_and_supervisors_pause(at_desk, approval):
    desk = at_desk("admin")
    assert cases.view(desk, approval.no).clocks.why_not_pause is not None
    with pytest.raises(RefusedError):
        held(desk, approval, "2026-03-05")


def test_what_binds_others_runs_on_and_cannot_be_paused(at_desk, clock):
    at(clock, "2026-03-02")
    content = whole_case("reservoir_appraisal", "periodic", drop=["appraised_on"])
    content["data"]["previous_appraisal_on"] = "2016-03-20"
    view = enter(at_desk, content)
    clock_of = {c.id: (c.state, str(c.last_day), c.days_left) for c in view.clocks.clocks}
    assert clock_of["periodic"] == ("running", "2026-03-20", 14)
    assert view.clocks.grounds == ()
    assert "没有正在计算" in view.clocks.why_not_pause.zh
    view = sent_back(at_desk("li"), view)
    assert (view.record.status, str(view.record.due_on), view.days_left) == (
        "returned",
        "2026-03-20",
        14,
    )


def test_a_read_only_office_is_paused_by_nobody(at_desk, approval):
    desk = at_desk("li")
    desk.office._session.read_only = True
    with pytest.raises(RefusedError, match="read-only"):
        held(desk, approval, "2026-03-05")
    assert cases.view(desk, approval.no).clocks.pauses == ()
