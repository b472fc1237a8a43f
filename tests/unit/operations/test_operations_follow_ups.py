"""Periods follow from cases by themselves, and end by a later case or a person's word."""

from __future__ import annotations

from datetime import date

import pytest

from auditdesk.operations import cases, follow_ups, journals, reviews
from auditdesk.operations.reviews import Reasons
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.progress import NoProgress
from case_bases import enter, lead, whole_case
from desk_samples import hand_on, save

APPRAISED = date(2022, 9, 15)


@pytest.fixture
def led(at_desk):
    """Enters a whole case and leads it on: `led("reservoir_appraisal", "periodic", "closed")`."""

    def do(case_type, base, to, **changes):
        return lead(at_desk, enter(at_desk, whole_case(case_type, base, **changes)), to)

    return do


def periods(view):
    return {p.kind + (f"#{n}" if (n := _number(p)) else ""): p for p in view.follow_ups}


def _number(period):
    digits = "".join(c for c in period.label.en if c.isdigit())
    return int(digits) if digits else 0


def days(view):
    return {name: f"{p.first_day} {p.last_day}" for name, p in periods(view).items()}


def states(view):
    return {name: (p.state.en, p.settled_by) for name, p in periods(view).items()}


def listed(desk, group, **more):
    return [(r.case_no, r.kind) for r in follow_ups.page(desk, group, **more).rows]


def again(at_desk, no, name="li"):
    return cases.view(at_desk(name), no)


def test_a_closed_appraisal_begins_two_periods(at_desk, led):
    view = led("reservoir_appraisal", "periodic", "verified")
    assert view.follow_ups == ()
    view = hand_on(at_desk("li"), view)
    assert view.record.status == "closed"
    assert days(view) == {
        "reinforcement": "2022-09-15 2023-12-31",
        "next_appraisal": "2028-09-15 2032-09-15",
    }
    desk = at_desk("sun")
    assert listed(desk, "overdue") == [(view.no, "reinforcement")]
    assert listed(desk, "due", day=date(2023, 12, 31)) == [(view.no, "reinforcement")]
    assert listed(desk, "overdue", day=date(2023, 12, 31)) == []
    assert listed(desk, "overdue", day=date(2024, 1, 1)) == [(view.no, "reinforcement")]
    assert listed(desk, "coming", day=date(2028, 6, 17)) == [(view.no, "next_appraisal")]
    assert listed(desk, "coming", day=date(2028, 6, 16)) == []
    assert listed(desk, "coming", day=date(2028, 6, 16), within=91) == [(view.no, "next_appraisal")]
    assert follow_ups.counts(desk) == {"overdue": 1, "due": 0, "coming": 0}
    assert journals.verify(desk, NoProgress()).ok


def test_a_reinforcement_settles_once_its_works_begin(at_desk, led):
    appraisal = led("reservoir_appraisal", "periodic", "closed")
    project = led("reservoir_project", "small", "construction", drop=["started_on"])
    assert states(again(at_desk, appraisal.no))["reinforcement"] == ("running", None)
    project = save(at_desk("li"), project, started_on="2023-03-01")
    view = again(at_desk, appraisal.no)
    assert states(view)["reinforcement"] == ("settled", project.no)
    assert states(view)["next_appraisal"] == ("not shown yet", None)
    step = periods(view)["reinforcement"].steps[-1]
    assert (step.label.en, step.case_no, step.full_name) == ("settled", project.no, "李晓彤")
    # typed wrongly: the works began before the dam was found defective
    project = save(at_desk("li"), project, started_on="2022-09-15")
    assert states(again(at_desk, appraisal.no))["reinforcement"] == ("running", None)
    project = save(at_desk("li"), project, started_on="2022-09-16")
    assert states(again(at_desk, appraisal.no))["reinforcement"][1] == project.no
    deeds = [s.label.en for s in periods(again(at_desk, appraisal.no))["reinforcement"].steps]
    assert deeds == ["begun", "settled", "opened again", "settled"]
    assert journals.verify(at_desk("li"), NoProgress()).ok


def test_works_that_are_under_way_settle_from_the_start(at_desk, led):
    project = led("reservoir_project", "small", "construction")
    appraisal = led("reservoir_appraisal", "periodic", "closed")
    assert states(appraisal)["reinforcement"] == ("settled", project.no)


def test_a_withdrawn_project_settles_nothing_any_more(at_desk, led):
    appraisal = led("reservoir_appraisal", "periodic", "closed")
    project = led("reservoir_project", "small", "construction")
    assert states(again(at_desk, appraisal.no))["reinforcement"][1] == project.no
    desk = at_desk("li")
    project = cases.view(desk, project.no)
    _, changes = reviews.withdraw(desk, project.no, project.record.version, Reasons("资金未落实"))
    assert changes.cases == {project.no, appraisal.no}
    assert states(again(at_desk, appraisal.no))["reinforcement"] == ("running", None)


@pytest.mark.parametrize(
    ("base", "data"),
    [("small", {"reservoir_code": "CQ-0032"}), ("rainfall", {})],
    ids=["another reservoir", "another kind of project"],
)
def test_a_project_about_something_else_settles_nothing(at_desk, led, base, data):
    appraisal = led("reservoir_appraisal", "periodic", "closed")
    led("reservoir_project", base, "accepted", data=data)
    assert states(again(at_desk, appraisal.no))["reinforcement"] == ("running", None)


def test_a_downgraded_reservoir_is_asked_for_nothing(at_desk, led):
    appraisal = led("reservoir_appraisal", "periodic", "closed")
    project = led("reservoir_project", "downgrade", "closed")
    settled = ("settled", project.no)
    view = again(at_desk, appraisal.no)
    assert states(view) == {"reinforcement": settled, "next_appraisal": settled}


def test_the_next_appraisal_settles_the_one_before_and_begins_its_own(at_desk, led):
    first = led("reservoir_appraisal", "periodic", "closed")
    earlier = {"appraised_on": "2021-11-01", "approved_on": "2021-11-02", "dam_class": 2}
    older = led("reservoir_appraisal", "periodic", "closed", data=earlier)
    assert states(again(at_desk, first.no))["next_appraisal"] == ("not shown yet", None)
    # the older one came in later, and is behind already
    assert states(older)["next_appraisal"] == ("settled", first.no)


def test_reasons_are_asked_for_and_kept_with_name_and_day(at_desk, led):
    view = led("reservoir_appraisal", "periodic", "closed")
    desk = at_desk("zhao")
    number = periods(cases.view(desk, view.no))["reinforcement"].id
    for blank in ("", "  \n"):
        with pytest.raises(UnusableInputError):
            follow_ups.settle(desk, number, blank)
    view, changes = follow_ups.settle(desk, number, " 已列入市级项目库，见区水务局便函 ")
    assert changes.cases == {view.no}
    period = periods(view)["reinforcement"]
    assert (period.state.zh, period.settled_by, period.days_left) == ("已了结", None, None)
    last = period.steps[-1]
    assert (last.full_name, last.reason) == ("赵文博", "已列入市级项目库，见区水务局便函")
    assert last.at == desk.now()
    assert view.timeline[-1].detail.zh == "病险水库加固开工：已列入市级项目库，见区水务局便函"
    assert listed(desk, "overdue") == []
    with pytest.raises(RefusedError):
        follow_ups.settle(desk, number, "又一次")
    assert journals.verify(desk, NoProgress()).ok


def test_what_a_person_settled_can_be_taken_back(at_desk, led):
    view = led("reservoir_appraisal", "periodic", "closed")
    number = periods(view)["reinforcement"].id
    desk = at_desk("li")
    with pytest.raises(RefusedError):
        follow_ups.reopen(desk, number, "没有了结过")
    follow_ups.settle(desk, number, "误记")
    view, _ = follow_ups.reopen(at_desk("wang"), number, "另一座水库的便函")
    assert states(view)["reinforcement"] == ("running", None)
    assert [s.reason for s in periods(view)["reinforcement"].steps] == [
        "",
        "误记",
        "另一座水库的便函",
    ]


def test_a_person_never_takes_back_what_a_case_settled(at_desk, led):
    project = led("reservoir_project", "small", "construction")
    appraisal = led("reservoir_appraisal", "periodic", "closed")
    number = periods(appraisal)["reinforcement"].id
    with pytest.raises(RefusedError, match=project.no):
        follow_ups.reopen(at_desk("wang"), number, "不认可")


def test_what_a_person_settled_stays_settled_whatever_is_written_later(at_desk, led):
    view = led("building_certification", "certified", "rectification")
    number = periods(view)["rectification"].id
    view, _ = follow_ups.settle(at_desk("wang"), number, "市里同意延期")
    view = save(at_desk("li"), view, rectification_started_on="2022-10-31")
    assert days(view) == {"rectification": "2022-08-31 2023-02-28"}
    assert states(view) == {"rectification": ("settled", None)}


@pytest.mark.parametrize("deed", [follow_ups.settle, follow_ups.reopen])
def test_only_clerks_and_supervisors_have_a_word(at_desk, led, deed):
    view = led("reservoir_appraisal", "periodic", "closed")
    desk = at_desk("admin")
    assert periods(cases.view(desk, view.no))["reinforcement"].why_not_settle is not None
    with pytest.raises(RefusedError):
        deed(desk, periods(view)["reinforcement"].id, "x")
    with pytest.raises(RefusedError):
        deed(at_desk("li"), 10**15, "x")


def test_half_a_word_is_refused_and_nothing_is_written(at_desk, led):
    view = led("reservoir_appraisal", "periodic", "closed")
    desk = at_desk("li")
    with pytest.raises(UnusableInputError):
        follow_ups.settle(desk, periods(view)["reinforcement"].id, "\ud800")
    assert states(cases.view(desk, view.no))["reinforcement"] == ("running", None)


def test_days_move_with_the_facts_until_they_are_empty(at_desk, led):
    view = led("building_certification", "certified", "rectification")
    assert days(view) == {"rectification": "2022-08-31 2023-02-28"}
    view = save(at_desk("li"), view, rectification_started_on="2023-08-31")
    assert days(view) == {"rectification": "2023-08-31 2024-02-29"}
    view = save(at_desk("li"), view, rectification_started_on=None)
    assert states(view) == {"rectification": ("no longer running", None)}
    assert listed(at_desk("li"), "overdue") == []
    view = save(at_desk("li"), view, rectification_started_on="2025-12-31")
    assert days(view) == {"rectification": "2025-12-31 2026-06-30"}
    (period,) = view.follow_ups
    assert [s.label.en for s in period.steps] == [
        "begun",
        "moved",
        "no longer running",
        "opened again",
    ]
    assert period.days_left == 82  # three holidays and a moved working day lie between
    assert journals.verify(at_desk("li"), NoProgress()).ok


def test_a_withdrawn_case_waits_for_nothing(at_desk, led):
    view = led("building_certification", "certified", "rectification")
    view, _ = reviews.withdraw(at_desk("li"), view.no, view.record.version, Reasons("楼宇已拆除"))
    assert states(view) == {"rectification": ("no longer running", None)}
    assert view.follow_ups[0].steps[-1].reason == "楼宇已拆除"


def resume(desk, view, reason="复核达标，恢复认定"):
    return reviews.resume(desk, view.no, view.record.version, Reasons(reason))[0]


def test_the_way_back_from_putting_right(at_desk, led):
    view = led("building_certification", "certified", "rectification")
    desk = at_desk("li")
    assert view.action("resume").label.zh == "恢复到“授牌认定”"
    view = resume(desk, view)
    assert (view.stage.id, view.record.status, str(view.report.verdict)) == (
        "certified",
        "open",
        "pass",
    )
    assert states(view) == {"rectification": ("settled", view.no)}
    assert view.follow_ups[0].steps[-1].reason == "复核达标，恢复认定"
    assert (view.timeline[-1].kind, view.timeline[-1].detail.zh) == (
        "case.resume",
        "复核达标，恢复认定",
    )
    assert view.action("resume") is None
    # asked for anew the next time; the opinion keeps what it was
    assert "rectification_started_on" not in view.case_file.data
    kept = view.opinions[-1].extra["case"]["data"]
    assert kept["rectification_started_on"] == "2022-08-31"
    assert journals.verify(desk, NoProgress()).ok


def test_a_second_putting_right_is_a_period_of_its_own(at_desk, led):
    view = led("building_certification", "certified", "rectification")
    desk = at_desk("li")
    view = hand_on(desk, resume(desk, view))
    assert view.stage.id == "rectification"
    assert states(view) == {"rectification": ("settled", view.no)}
    assert view.report.missing_fields == ("rectification_started_on",)
    view = save(desk, view, rectification_started_on="2025-11-30")
    assert [(p.last_day.isoformat(), p.is_open) for p in view.follow_ups] == [
        ("2023-02-28", False),
        ("2026-05-30", True),
    ]
    view = hand_on(desk, view, "期满仍未达标")
    assert view.stage.id == "revoked"
    assert [(p.is_open, p.settled_by) for p in view.follow_ups] == [(False, view.no)] * 2
    assert view.follow_ups[-1].steps[-1].reason == "期满仍未达标"


def test_the_way_back_is_a_clerks_with_a_reason(at_desk, led):
    view = led("building_certification", "certified", "rectification")
    with pytest.raises(UnusableInputError):
        resume(at_desk("li"), view, " ")
    for name in ("wang", "admin"):
        desk = at_desk(name)
        assert not cases.view(desk, view.no).action("resume").enabled
        with pytest.raises(RefusedError):
            resume(desk, view)
    with pytest.raises(RefusedError):
        reviews.resume(at_desk("li"), view.no, view.record.version - 1, Reasons("x"))


@pytest.mark.parametrize("stage", ["intake", "city_review", "certified"])
def test_no_other_stage_has_a_way_back(at_desk, led, stage):
    view = led("building_certification", "certified", stage)
    assert view.action("resume") is None
    with pytest.raises(RefusedError):
        resume(at_desk("li"), view)


def test_a_reserve_runs_out_unless_it_is_certified_in_full(at_desk, led):
    reserve = led("building_certification", "reserve", "certified")
    assert days(reserve) == {"reserve": "2024-01-01 2024-12-31"}
    later = {
        "publicity_start": "2023-05-15",
        "publicity_end": "2023-05-19",
        "site_checked_on": "2023-05-10",
        "certified_on": "2023-05-23",
    }
    full = led("building_certification", "certified", "certified", data=later)
    reserve = again(at_desk, reserve.no)
    assert states(reserve) == {"reserve": ("settled", full.no)}
    # typed wrongly: it was made a reserve only after that
    reserve = save(at_desk("li"), reserve, certified_on="2023-05-23")
    assert states(reserve) == {"reserve": ("running", None)}


def test_going_back_to_a_stage_does_not_begin_its_period_again(at_desk, led):
    data = {"rectification_started_on": "2023-08-31"}
    view = led("building_certification", "reserve", "rectification", data=data)
    assert states(view) == {"reserve": ("running", None)}
    view = resume(at_desk("li"), view)
    assert states(view) == {"reserve": ("running", None)}


def test_instalments_are_waited_for_one_by_one(at_desk, led):
    first = led("building_reward", "purchase", "closed", data={"instalments": 3})
    assert days(first) == {
        "instalment#2": "2024-01-01 2024-12-31",
        "instalment#3": "2025-01-01 2025-12-31",
    }
    assert first.follow_ups[0].label.zh == "购置补助分期拨付（第 2 期）"
    second = {"apply_year": 2024, "instalments": 1, "reevaluated": True}
    later = led("building_reward", "purchase", "paid", data=second)
    assert states(again(at_desk, first.no)) == {
        "instalment#2": ("settled", later.no),
        "instalment#3": ("running", None),
    }


def test_an_approval_of_land_waits_for_its_own_days(at_desk, led):
    view = led("land_use_approval", "collective", "closed")
    assert days(view) == {"start": "2022-07-02 2022-08-01", "completion": "2023-05-03 2023-08-01"}
    desk = at_desk("li")
    assert listed(desk, "due", day=date(2022, 7, 2)) == [(view.no, "start")]
    assert listed(desk, "due", day=date(2022, 7, 1)) == []


def test_far_days_are_not_counted_in_working_days(at_desk, led):
    view = led("reservoir_appraisal", "periodic", "closed")
    assert periods(view)["next_appraisal"].days_left is None
    (row,) = follow_ups.page(at_desk("li"), "due", day=date(2032, 9, 15)).rows
    assert row.days_left == 0
    (row,) = follow_ups.page(at_desk("li"), "due", day=date(2031, 9, 15)).rows
    assert row.days_left > 200


def test_a_look_beyond_the_calendar_is_refused_in_words(at_desk):
    with pytest.raises(UnusableInputError):
        follow_ups.counts(at_desk("li"), within=10**7)
