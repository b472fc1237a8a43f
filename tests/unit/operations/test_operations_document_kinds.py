"""Which kinds of document a case has, and when the ones of a later stage can be made."""

from __future__ import annotations

import pytest

from auditdesk.operations import cases, papers
from auditdesk.operations.situation import situation
from auditdesk.util.faults import UnusableInputError
from case_bases import enter, hand_on, lead, whole_case

COMMON = {"acceptance_notice", "review_sheet", "correction_notice"}
LAND = COMMON | {"town_opinion", "approval", "publicity_notice", "levy_notice", "refusal"}
CERTIFICATION = COMMON | {"recommendation", "no_recommendation", "publicity_notice", "revocation"}
APPRAISAL = COMMON | {"approval", "refusal"}
MONEY = APPRAISAL | {"funding_plan", "completion_opinion"}
KINDS = [
    ("land_entry", "listing", {}, LAND),
    ("land_entry", "lease", {"accepted_on": "2023-12-01"}, LAND - {"levy_notice"}),
    ("land_use_approval", "collective", {}, COMMON | {"approval", "refusal"}),
    (
        "building_certification",
        "certified",
        {},
        CERTIFICATION | {"certificate", "rectification_notice"},
    ),
    ("building_certification", "reserve", {}, CERTIFICATION | {"reserve_certificate"}),
    ("reservoir_appraisal", "periodic", {}, APPRAISAL | {"due_notice"}),
    ("reservoir_appraisal", "first", {}, APPRAISAL | {"due_notice"}),
    ("reservoir_appraisal", "special", {}, APPRAISAL),
    ("reservoir_project", "small", {}, MONEY),
    ("reservoir_project", "medium", {}, MONEY),
    ("reservoir_project", "rainfall", {}, MONEY),
    ("reservoir_project", "safety", {}, MONEY),
    ("reservoir_project", "downgrade", {}, APPRAISAL),
]


def offered(view):
    return {offer.kind.id: offer for offer in view.documents}


@pytest.mark.parametrize(("case_type", "base", "changes", "kinds"), KINDS)
def test_a_case_is_offered_the_documents_of_its_kind(at_desk, case_type, base, changes, kinds):
    view = enter(at_desk, whole_case(case_type, base, **changes))
    assert set(offered(view)) == kinds


def test_a_document_of_another_kind_cannot_be_made(at_desk):
    view = lead(at_desk, enter(at_desk, whole_case("reservoir_project", "downgrade")), "downgraded")
    case = situation(at_desk("li"), view.no)
    offer = papers.offer(case, case.case_type.document("funding_plan"))
    assert (offer.next_step, offer.enabled) == ("", False)
    assert offer.why_not.zh == "本案不涉及这种文书。"


@pytest.mark.parametrize(
    ("case_type", "base", "kind", "stages"),
    [
        ("land_entry", "agreement", "town_opinion", ("town_review", "district_review")),
        ("land_entry", "listing", "publicity_notice", ("trade", "publicity")),
        ("land_entry", "agreement", "levy_notice", ("contract", "registration")),
        ("building_certification", "certified", "publicity_notice", ("city_review", "publicity")),
        ("building_certification", "certified", "certificate", ("publicity", "certified")),
        ("building_certification", "reserve", "reserve_certificate", ("publicity", "certified")),
        ("building_certification", "certified", "revocation", ("rectification", "revoked")),
    ],
)
def test_a_document_of_a_stage_waits_until_the_case_has_come_to_it(
    at_desk, case_type, base, kind, stages
):
    before, at = stages
    view = lead(at_desk, enter(at_desk, whole_case(case_type, base)), before)
    offer = offered(cases.view(at_desk("li"), view.no))[kind]
    assert (offer.next_step, offer.enabled) == ("", False)
    assert offer.why_not.zh == "案件到达相应环节后才能制作。"
    view = lead(at_desk, view, at)
    offer = offered(cases.view(at_desk("li"), view.no))[kind]
    assert (offer.next_step, offer.enabled) == (papers.CERTIFY, True)
    assert papers.paper(situation(at_desk("li"), view.no), offer.kind).filled.title


def test_what_has_to_be_put_right_is_what_was_written_on_handing_on(at_desk):
    def noticed(opinion):
        case = whole_case("building_certification", "certified")
        view = lead(at_desk, enter(at_desk, case), "certified")
        desk = at_desk("li")
        view = hand_on(desk, cases.view(desk, view.no), opinion)
        kind = view.case_type.document("rectification_notice")
        words = papers.paper(situation(desk, view.no), kind).filled.paragraphs
        return "\n".join(text for _, text in words)

    seen = "年度检查发现两家企业迁出。"
    assert f"检查情况和需要整改的内容：{seen}" in noticed(seen)
    with pytest.raises(UnusableInputError, match="opinion on handing the case on"):
        noticed("")
