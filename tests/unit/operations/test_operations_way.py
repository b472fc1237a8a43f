"""The way of a case through the office, by the people whose task each step is."""

from __future__ import annotations

import pytest

from auditdesk.operations import cases, reviews
from auditdesk.operations.reviews import Reasons
from auditdesk.store.records import CaseFilter
from auditdesk.util.faults import FallsShortError, RefusedError, UnusableInputError


def later(desk, view, **data):
    """Enter further facts as the clerk would."""
    entered = {**view.case_file.data, **data}
    return cases.save_case(
        desk, view.no, view.record.version, data=entered, materials=view.case_file.materials
    )[0]


def with_material(desk, view, *names):
    materials = {**view.case_file.materials, **dict.fromkeys(names, "present")}
    return cases.save_case(
        desk, view.no, view.record.version, data=view.case_file.data, materials=materials
    )[0]


@pytest.fixture
def at_decision(at_desk, entered):
    """A case that clerk zhao reviewed twice and that waits for its decision."""
    view = entered()
    desk = at_desk("li")
    view, _ = reviews.advance(desk, view.no, view.record.version)
    view = with_material(desk, view, "town_opinion")
    view = later(
        desk,
        view,
        town_reviewed_on="2022-03-02",
        planned_trade_on="2022-04-01",
        district_reviewed_on="2022-03-03",
        government_approved_on="2022-03-10",
    )
    desk = at_desk("zhao")
    view, _ = reviews.advance(desk, view.no, view.record.version)
    view, _ = reviews.advance(desk, view.no, view.record.version, "资料齐全")
    return view


def test_an_entered_case_gets_a_number_and_is_judged(entered):
    view = entered()
    assert view.no == "RS-2022-0001"
    assert view.record.status == "open"
    assert view.stage.id == "intake"
    assert view.report.verdict == "pass"
    assert view.record.title == "章丘区柳溪镇杏林村股份经济合作社"


def test_a_supervisor_who_did_neither_approves(at_desk, at_decision):
    view = at_decision
    assert view.stage.id == "decision"
    desk = at_desk("wang")
    assert cases.view(desk, view.no).action("approve").enabled
    view, changes = reviews.advance(desk, view.no, view.record.version, "同意")
    assert view.stage.id == "publicity"
    assert [o.action for o in view.opinions] == ["advance", "advance", "advance", "approve"]
    assert view.opinions[-1].extra["report"]["verdict"] == "pass"
    assert changes.cases == {view.no}
    assert [e.kind for e in view.timeline][-1] == "case.approve"
