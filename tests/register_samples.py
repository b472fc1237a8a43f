"""Reservoirs of the register, and cases about them, for tests; names are made up."""

from __future__ import annotations

from datetime import date

from auditdesk.operations import cases, registers, reviews
from auditdesk.regulations.casefile import read_case
from desk_samples import hand_on

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
