"""The way of a case through the office, by the people whose task each step is."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from auditdesk.operations import cases, reviews
from auditdesk.operations.reviews import Reasons
from auditdesk.regulations.casefile import read_case
from auditdesk.store.records import CaseFilter
from auditdesk.util.faults import FallsShortError, RefusedError, UnusableInputError
from desk_samples import hand_on, save, to_approval, to_decision


def test_an_entered_case_gets_a_number_and_is_judged(entered):
    view = entered()
    assert view.no == "RS-2022-0001"
    assert view.record.status == "open"
    assert view.stage.id == "intake"
    assert view.report.verdict == "pass"
    assert view.record.title == "章丘区柳溪镇杏林村股份经济合作社"
    assert view.record.place == "柳溪镇 杏林村 杏林村东、柳溪河以南"
    assert view.record.due_on.isoformat() == "2022-03-07"


def test_numbers_count_up_within_the_year_of_acceptance(at_desk, plan):
    desk = at_desk("li")
    numbers = [
        cases.import_case(desk, read_case(plan(accepted_on=day), desk.library))[0].no
        for day in ("2022-03-01", "2023-03-01", "2022-04-01")
    ]
    assert numbers == ["RS-2022-0001", "RS-2023-0001", "RS-2022-0002"]


def test_no_case_is_accepted_on_a_day_to_come(at_desk, plan):
    desk = at_desk("li")
    today = desk.today()
    kept, _ = cases.import_case(desk, read_case(plan(accepted_on=str(today)), desk.library))
    tomorrow = today + timedelta(days=1)
    with pytest.raises(UnusableInputError, match="after today"):
        cases.import_case(desk, read_case(plan(accepted_on=str(tomorrow)), desk.library))
    with pytest.raises(UnusableInputError, match="after today"):
        save_on(desk, kept, tomorrow)
    assert cases.count(desk, CaseFilter()) == 1
    assert cases.view(desk, kept.no).record.accepted_on == today
    saved, _ = save_on(desk, kept, today - timedelta(days=1))
    assert saved.record.accepted_on == today - timedelta(days=1)


def save_on(desk, view, day):
    case_file = view.case_file
    return cases.save_case(
        desk,
        view.no,
        view.record.version,
        data=case_file.data,
        materials=case_file.materials,
        accepted_on=day,
    )


def test_a_file_from_a_later_stage_begins_at_intake(entered):
    view = entered(stage="decision")
    assert view.stage.id == "intake"
    assert view.record.report["stage"] == "intake"
    assert view.record.verdict == "pass"


def test_values_are_kept_exactly_as_they_were_entered(entered):
    data = {"parcel_area_m2": Decimal("13340.500"), "vote_total": Decimal("90.0"), "village": " "}
    view = entered(data=data)
    assert view.case_file.data["parcel_area_m2"] == "13340.500"
    assert view.case_file.data["vote_total"] == 90
    assert "village" not in view.case_file.data
    assert view.report.missing_fields == ("village",)


def test_a_wrong_value_is_kept_and_told(entered):
    view = entered(data={"vote_total": Decimal("1e999999"), "term_years": "zwanzig"})
    assert view.case_file.data["vote_total"] == "1E+999999"
    assert {i.field for i in view.report.invalid_fields} == {"vote_total", "term_years"}
    assert view.report.verdict == "block"


def test_only_clerks_enter_cases(at_desk, plan):
    for name in ("wang", "admin"):
        desk = at_desk(name)
        with pytest.raises(RefusedError):
            cases.import_case(desk, read_case(plan(), desk.library))
        assert cases.count(desk, CaseFilter()) == 0


def test_a_case_that_falls_short_is_not_handed_on(at_desk, entered):
    view = entered(data={"vote_agree": 39, "vote_against": 37, "legal_representative": None})
    desk = at_desk("li")
    with pytest.raises(FallsShortError) as refused:
        reviews.advance(desk, view.no, view.record.version)
    assert "39" in refused.value.message.zh
    assert "[未填] 法定代表人" in refused.value.message.zh
    assert "[empty] Legal representative" in refused.value.message.en
    assert cases.view(desk, view.no).record.version == 1


def test_the_direct_way_from_intake_to_the_end(at_desk, entered):
    view = to_approval(at_desk, entered())
    assert view.stage.id == "publicity"
    assert view.record.due_on is None
    desk = at_desk("li")
    public = {"publicity_start": "2022-03-14", "publicity_end": "2022-03-22"}
    view = save(desk, view, ["publicity_proof"], **public, publicity_objection=False)
    view = hand_on(desk, view)
    view = save(
        desk,
        view,
        ["contract"],
        contract_signed_on="2022-03-23",
        deal_price_yuan="210000.00",
    )
    view = hand_on(desk, view)
    paid = dict.fromkeys(["price_paid_on", "levy_paid_on", "deed_tax_paid_on"], "2022-04-01")
    view = save(
        desk,
        view,
        ["payment_proof"],
        net_gain_yuan="100000.00",
        registered_on="2022-04-06",
        monitoring_entered_on="2022-04-06",
        **paid,
    )
    view = hand_on(desk, view)
    assert (view.stage.id, view.record.status) == ("closed", "closed")
    assert [a for a in view.actions if a.enabled] == []
    assert view.editable == frozenset()
    stages = [o.stage for o in view.opinions]
    assert stages == list(view.route.stages[:-1])
    assert [o.action for o in view.opinions].count("approve") == 1


def test_the_competitive_way_goes_through_the_trade(at_desk, entered):
    view = to_approval(at_desk, entered("listing"))
    assert view.stage.id == "trade"


def test_opinions_keep_the_facts_and_the_judgement(at_desk, entered):
    view = to_approval(at_desk, entered())
    kept = view.opinions[-1].extra
    assert kept["report"]["verdict"] == "pass"
    assert kept["report"]["stage"] == "decision"
    assert kept["case"]["data"]["government_approved_on"] == "2022-03-10"
    assert kept["law"] == view.record.law


def test_a_returned_case_goes_back_to_intake_and_comes_again(at_desk, entered):
    view = to_decision(at_desk, entered())
    desk = at_desk("wang")
    reasons = Reasons("规划条件不全", materials=("vote_record",))
    view, _ = reviews.return_case(desk, view.no, view.record.version, reasons)
    assert (view.stage.id, view.record.status) == ("intake", "returned")
    assert view.opinions[-1].extra["reasons"]["materials"] == ["vote_record"]
    # the period was over long before: what is over cannot stand still
    assert view.days_left < -900
    desk = at_desk("li")
    view = save(desk, cases.view(desk, view.no), planning_conditions="容积率不低于1.2")
    assert [(c.field, c.new) for c in view.changed] == [("planning_conditions", "容积率不低于1.2")]
    view = hand_on(desk, view)
    assert (view.stage.id, view.record.status) == ("town_review", "open")


@pytest.mark.parametrize("decide", [reviews.return_case, reviews.refuse])
def test_returning_and_refusing_need_a_reason(at_desk, entered, decide):
    view = to_decision(at_desk, entered())
    desk = at_desk("wang")
    for reasons in (Reasons(), Reasons("  "), Reasons(rules=("no.such",))):
        with pytest.raises(UnusableInputError):
            decide(desk, view.no, view.record.version, reasons)
    assert cases.view(desk, view.no).record.status == "open"


def test_a_refused_case_is_over_and_keeps_its_judgement(at_desk, entered):
    view = to_decision(at_desk, entered())
    save(at_desk("li"), view, planned_use="public")
    desk = at_desk("wang")
    judged = cases.view(desk, view.no)
    assert judged.report.verdict == "block"
    reasons = Reasons("不是经营性用途")
    view, _ = reviews.refuse(desk, view.no, judged.record.version, reasons)
    assert view.record.status == "refused"
    assert view.report == judged.report
    assert [a for a in view.actions if a.enabled] == []


def test_a_withdrawn_case_is_over(at_desk, entered):
    view = entered()
    desk = at_desk("li")
    view, _ = reviews.withdraw(desk, view.no, view.record.version, Reasons("申请人书面撤回"))
    assert view.record.status == "withdrawn"
    with pytest.raises(RefusedError):
        reviews.advance(desk, view.no, view.record.version)


def test_a_justification_carries_name_and_time_and_lets_the_case_pass(at_desk, entered):
    view = entered(data={"term_years": "3"})
    assert view.report.verdict == "justify"
    desk = at_desk("li")
    rule = "land_entry.lease.min_term"
    view, _ = reviews.justify(desk, view.no, view.record.version, rule, " 三年期试点 ")
    reason = view.justifications[rule]
    assert (reason.text, reason.full_name) == ("三年期试点", "李晓彤")
    assert reason.at == "2026-03-02T09:30:00+08:00"
    assert view.report.verdict == "pass"
    view, _ = reviews.justify(desk, view.no, view.record.version, rule, " ")
    assert view.report.verdict == "justify"


def test_a_block_cannot_be_justified(at_desk, entered):
    view = entered(data={"term_years": "21"})
    desk = at_desk("li")
    for rule in ("land_entry.lease.max_term", "no.such"):
        with pytest.raises(UnusableInputError):
            reviews.justify(desk, view.no, view.record.version, rule, "理由")


def test_justifications_that_come_with_a_file_are_the_entering_clerks(entered):
    reasons = {"land_entry.lease.min_term": "合作社来函说明", "land_entry.site.clear": 7}
    view = entered(data={"term_years": "3"}, justifications=reasons)
    assert set(view.justifications) == {"land_entry.lease.min_term"}
    assert view.justifications["land_entry.lease.min_term"].by == "li"


def test_the_history_names_who_did_what_and_why(at_desk, entered):
    view = to_approval(at_desk, entered())
    story = [(e.full_name, e.kind, e.detail and e.detail.zh) for e in view.timeline]
    assert story[0] == ("李晓彤", "case.import", None)
    assert story[-1] == ("王建国", "case.approve", "同意")
    changed = next(e for e in view.timeline if e.kind == "case.save")
    assert "镇（街）初审日期" in changed.detail.zh
    assert "镇（街）初审意见" in changed.detail.zh


def test_cases_about_the_same_land_are_named(at_desk, entered):
    first = entered()
    second = entered(data={"applicant_uscc": "91370100163076563L"})
    assert second.duplicates == (first.no,)
    assert [row.no for row in cases.duplicates(at_desk("li"), second.no).rows] == [first.no]


def test_lists_and_search_find_the_case(at_desk, entered):
    view = entered()
    desk = at_desk("wang")
    assert [r.no for r in cases.page(desk, CaseFilter(status="open")).rows] == [view.no]
    assert cases.page(desk, CaseFilter(status="closed")).rows == ()
    for text in ("杏林", "RS-2022-0001", "陈立新", "柳溪镇 杏林村"):
        assert [r.no for r in cases.search(desk, text, CaseFilter()).rows] == [view.no], text
    assert cases.search(desk, "槐树", CaseFilter()).rows == ()
    assert cases.count_by(desk, "stage", CaseFilter()) == {"intake": 1}
    row = cases.page(desk, CaseFilter()).rows[0]
    assert (row.stage_label.zh, row.status_label.zh) == ("受理", "办理中")
    assert row.days_left < -900
