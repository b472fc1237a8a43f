"""Who may do what: roles, stages, and four eyes."""

from __future__ import annotations

import pytest

from auditdesk.operations import cases, materials, reviews
from auditdesk.operations.reviews import Reasons
from auditdesk.util.faults import RefusedError
from desk_samples import hand_on, save, to_approval, to_decision

WHY = Reasons("理由")


def enabled(desk, no):
    return {a.id for a in cases.view(desk, no).actions if a.enabled}


def test_at_intake_the_clerk_acts_and_nobody_else(at_desk, entered):
    no = entered().no
    clerk = {"save", "attach", "justify", "advance", "return", "withdraw"}
    assert enabled(at_desk("li"), no) == clerk
    for name in ("wang", "admin"):
        assert enabled(at_desk(name), no) == set()


def test_at_the_reviews_a_supervisor_may_return_and_refuse_too(at_desk, entered):
    view = entered()
    view = hand_on(at_desk("li"), view)
    desk = at_desk("wang")
    assert enabled(desk, view.no) == {"justify", "return", "refuse"}
    refusal = next(a for a in cases.view(desk, view.no).actions if a.id == "advance")
    assert refusal.why_not.zh == "审查结论为“不完整”，见审查结论栏。"


def test_at_the_decision_only_a_supervisor_decides(at_desk, entered):
    no = to_decision(at_desk, entered()).no
    assert enabled(at_desk("wang"), no) == {"justify", "approve", "return", "refuse"}
    assert enabled(at_desk("li"), no) == {"save", "attach", "justify", "withdraw"}
    assert enabled(at_desk("admin"), no) == set()


def test_whoever_reviewed_first_does_not_decide(at_desk, entered):
    view = to_decision(at_desk, entered(), reviewer="wang")
    desk = at_desk("wang")
    for decide in (
        lambda: reviews.advance(desk, view.no, view.record.version),
        lambda: reviews.refuse(desk, view.no, view.record.version, WHY),
    ):
        with pytest.raises(RefusedError) as refused:
            decide()
        assert "四眼" in refused.value.message.zh
    approve = next(a for a in cases.view(desk, view.no).actions if a.id == "approve")
    assert not approve.enabled
    assert "四眼" in approve.why_not.zh
    assert hand_on(at_desk("sun"), view).stage.id == "publicity"


def test_a_review_before_a_return_still_counts(at_desk, entered):
    view = entered()
    view = hand_on(at_desk("li"), view)
    save(at_desk("li"), view, ["town_opinion"], town_reviewed_on="2022-03-02")
    desk = at_desk("wang")
    view = hand_on(desk, cases.view(desk, view.no))
    desk = at_desk("zhao")
    view, _ = reviews.return_case(desk, view.no, view.record.version, WHY)
    view = to_decision(at_desk, view)
    with pytest.raises(RefusedError, match="four eyes"):
        reviews.advance(at_desk("wang"), view.no, view.record.version)


def test_a_justification_by_the_supervisor_does_not_count_as_editing(at_desk, entered):
    view = to_decision(at_desk, entered())
    save(at_desk("li"), view, entry_price_yuan="150000.00")
    desk = at_desk("wang")
    view = cases.view(desk, view.no)
    assert view.report.verdict == "justify"
    rule = "land_entry.price.below_appraisal"
    view, _ = reviews.justify(desk, view.no, view.record.version, rule, "决议第7号")
    assert hand_on(desk, view).stage.id == "publicity"


@pytest.mark.parametrize("name", ["wang", "admin"])
def test_only_clerks_edit(at_desk, entered, name):
    view = entered()
    desk = at_desk(name)
    assert cases.view(desk, view.no).editable == frozenset()
    with pytest.raises(RefusedError):
        save(desk, view, village="别村")
    with pytest.raises(RefusedError):
        materials.attach(desk, view.no, "vote_record", desk.resources / "no-such-file")
    with pytest.raises(RefusedError):
        reviews.withdraw(desk, view.no, view.record.version, WHY)


def test_after_the_approval_what_was_approved_stays(at_desk, entered):
    view = to_approval(at_desk, entered())
    desk = at_desk("li")
    view = cases.view(desk, view.no)
    assert "publicity_start" in view.editable
    assert "deal_price_yuan" in view.editable
    for locked in ("entry_price_yuan", "parcel_code", "government_approved_on", "trade_notice_on"):
        assert locked not in view.editable, locked
    assert view.editable_materials == {"publicity_proof", "contract", "payment_proof"}
    for change in ({"entry_price_yuan": "1.00"}, {"parcel_code": "1" * 28}, {"village": None}):
        with pytest.raises(RefusedError) as refused:
            save(desk, view, publicity_start="2022-03-14", **change)
        assert next(iter(change)) in refused.value.message.zh
    with pytest.raises(RefusedError):
        cases.save_case(
            desk,
            view.no,
            view.record.version,
            data=view.case_file.data,
            materials=view.case_file.materials,
            accepted_on=desk.today(),
        )
    kept = cases.view(desk, view.no)
    assert kept.record.version == view.record.version
    assert "publicity_start" not in kept.case_file.data


def test_after_the_approval_its_justifications_stay(at_desk, entered):
    view = entered(data={"term_years": "3"})
    rule = "land_entry.lease.min_term"
    desk = at_desk("li")
    view, _ = reviews.justify(desk, view.no, view.record.version, rule, "试点")
    view = to_approval(at_desk, view)
    with pytest.raises(RefusedError):
        reviews.justify(at_desk("li"), view.no, view.record.version, rule, "别的理由")


def test_nobody_decides_on_what_was_changed_behind_their_back(at_desk, entered):
    view = entered()
    desk = at_desk("li")
    save(desk, view, village="石桥村")
    for deed in (
        lambda: reviews.advance(desk, view.no, view.record.version),
        lambda: reviews.withdraw(desk, view.no, view.record.version, WHY),
        lambda: save(desk, view, village="东河村"),
    ):
        with pytest.raises(RefusedError, match="changed since"):
            deed()
    assert cases.view(desk, view.no).case_file.data["village"] == "石桥村"


def test_saving_without_a_change_writes_nothing(at_desk, entered):
    view = entered()
    desk = at_desk("li")
    last = desk.office.journal.last_checkpoint().seq
    assert save(desk, view).record.version == view.record.version
    assert desk.office.journal.last_checkpoint().seq == last


def test_one_operation_is_one_journal_entry(at_desk, entered):
    desk = at_desk("li")
    before = desk.office.journal.last_checkpoint().seq
    view = entered()
    desk = at_desk("li")
    view = save(desk, view, village="石桥村")
    hand_on(desk, view)
    assert desk.office.journal.last_checkpoint().seq == before + 3


def test_the_journal_holds_no_personal_data(at_desk, entered):
    to_approval(at_desk, entered())
    desk = at_desk("li")
    text = "".join(str(e.body) for e in desk.office.journal.page(None, 500))
    for secret in ("陈立新", "13900002222", "杏林村", "N2370114"):
        assert secret not in text


def test_an_unknown_case_is_refused(at_desk):
    with pytest.raises(RefusedError):
        cases.view(at_desk("li"), "RS-2022-9999")


def test_whoever_edited_a_case_does_not_decide_whatever_their_role(at_desk, entered):
    """No command lets a supervisor edit; should the journal say that one did, it counts."""
    view = to_decision(at_desk, entered())
    desk = at_desk("wang")
    with desk.office.write("case.save", view.no, {"fields": ["village"]}):
        """An entry as an edit leaves it."""
    with pytest.raises(RefusedError, match="four eyes"):
        reviews.advance(desk, view.no, view.record.version)
    assert hand_on(at_desk("sun"), view).stage.id == "publicity"
