"""A supervisor's whole way: review, decide, sign, print to a file, verify."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from auditdesk.operations import cases
from auditdesk.ui.dialogs.base import FaultDialog
from auditdesk.ui.dialogs.decisions import JustifyDialog, OpinionDialog, ReasonsDialog
from auditdesk.ui.dialogs.finding import FindingDialog
from auditdesk.ui.dialogs.signing import SigningDialog
from auditdesk.ui.dialogs.verify import VerifyDialog
from desk_samples import PASSWORD, to_decision


@pytest.fixture
def waiting(at_desk, entered):
    """A case that waits for the decision, reviewed by clerk zhao."""

    def make(name="agreement", reviewer="zhao"):
        no = to_decision(at_desk, entered(name), reviewer).no
        at_desk("li").close()
        return no

    return make


def act(person, kind, name):
    """Press a button on the card of the first document that follows an approval."""
    person.case.tabs.setCurrentIndex(1)
    kinds = person.case.draft.case_type.documents
    card = person.case.documents.cards[next(k.id for k in kinds if k.after == kind)]
    person.click(card.buttons[name])


def sign(person, step, password=PASSWORD):
    act(person, "approved", step)
    dialog = person.dialog(SigningDialog)
    person.type_into(dialog.password, password)
    person.click(dialog.confirm)
    return dialog


def test_approve_sign_twice_save_and_verify(person, waiting, tmp_path):
    no = waiting()
    person.sign_in("wang")
    assert person.desk.desk_page.model.row(0).no == no
    person.desk.desk_page.table.setFocus()
    person.press(Qt.Key.Key_Return)
    person.until(lambda: person.case.draft is not None and person.shown_no() == no)
    person.settle()
    assert person.case.form is None, "the case is read, not typed into"
    person.until(lambda: person.case.paper.pages_shown > 0)
    assert "杏林村" in person.case.facts.text.toPlainText()

    person.do("approve")
    said = person.confirm(OpinionDialog, "同意。")
    assert "不能再改" in said
    person.until(lambda: person.case.draft.stage == "publicity")
    person.settle()

    person.sign_in("li")
    person.open(no)
    dialog = sign(person, "certify", "wrong password")
    person.until(dialog.error.isVisible)
    person.type_into(dialog.password, PASSWORD)
    person.click(dialog.confirm)
    person.no_dialog(SigningDialog)
    person.settle()

    person.sign_in("wang")
    person.open(no)
    sign(person, "countersign")
    person.no_dialog(SigningDialog)
    person.settle()
    act(person, "approved", "keep")
    kept = tmp_path / "批复.pdf"
    person.choose_file(kept)
    person.until(kept.exists)
    person.settle()
    assert "批复.pdf" in person.desk.told.text()

    person.click(person.desk.nav["verify"])
    person.choose_file(kept)
    dialog = person.dialog(VerifyDialog)
    person.until(lambda: "✓" in dialog.verdict.text())
    said = person.words(dialog)
    assert "章政土" in said
    assert "李晓彤" in said
    assert "王建国" in said
    person.click(dialog.confirm)
    person.no_dialog(VerifyDialog)
    tell_apart(person, kept)


def tell_apart(person, kept):
    """A copy with one bit turned over is told apart."""
    changed = bytearray(kept.read_bytes())
    changed[len(changed) // 2] ^= 1
    bad = kept.with_name("改过.pdf")
    bad.write_bytes(bytes(changed))
    person.window.verify(bad)
    dialog = person.dialog(VerifyDialog)
    person.until(lambda: "✕" in dialog.verdict.text() or dialog.error.isVisible())
    person.click(dialog.confirm)


def test_four_eyes_are_said_on_the_button(person, waiting):
    no = waiting(reviewer="wang")
    person.sign_in("wang")
    person.open(no)
    button = person.case.bar.buttons["approve"]
    assert not button.isEnabled()
    assert "四眼" in button.toolTip()
    assert "四眼" in button.accessibleDescription()
    assert "批准" in person.case.bar.why_not.text()
    person.sign_in("sun")
    person.open(no)
    assert person.case.bar.buttons["approve"].isEnabled()


def test_return_with_ticked_findings_goes_back_to_the_clerk(person, enter):
    no = enter(vote_agree=59, vote_against=17)
    person.sign_in("li")
    person.open(no)
    advance = person.case.bar.buttons["advance"]
    assert not advance.isEnabled()
    assert "否决" in advance.toolTip()
    person.do("return")
    dialog = person.dialog(ReasonsDialog)
    assert "2/3" in dialog.ticks.item(0).text(), dialog.ticks.item(0).text()
    for row in range(dialog.ticks.count()):
        dialog.ticks.item(row).setCheckState(Qt.CheckState.Unchecked)
    person.click(dialog.confirm)
    assert dialog.error.isVisible(), "no reason, no return"
    dialog.ticks.item(0).setCheckState(Qt.CheckState.Checked)
    person.confirm(ReasonsDialog, "请重新表决。")
    person.until(lambda: person.case.draft.view.record.status == "returned")
    assert person.case.draft.view.opinions[-1].extra["reasons"]["rules"] == [
        "land_entry.vote.two_thirds"
    ]
    person.click(person.desk.nav["desk"])
    person.settle()
    person.click(person.desk.desk_page.tiles["returned"])
    assert person.desk.desk_page.model.row(0).no == no


def test_refuse_names_what_follows_and_ends_the_case(person, waiting):
    no = waiting()
    person.sign_in("wang")
    person.open(no)
    person.do("refuse")
    dialog = person.dialog(ReasonsDialog)
    person.until(dialog.reason.hasFocus)
    for wanted in (dialog.dismiss, dialog.confirm):
        person.press(Qt.Key.Key_Tab)
        person.until(wanted.hasFocus)  # the buttons come last
    said = person.confirm(ReasonsDialog, "不符合规划。")
    assert "不予批准" in said
    assert no in said
    person.until(lambda: person.case.draft.view.record.status == "refused")
    person.settle()
    assert "不符合规划" in person.case.timeline.text.toPlainText()
    assert not any(b.isEnabled() for b in person.case.bar.buttons.values())


def test_withdraw_needs_a_reason(person, enter):
    no = enter()
    person.sign_in("li")
    person.open(no)
    person.do("withdraw")
    dialog = person.dialog(ReasonsDialog)
    person.click(dialog.confirm)
    assert dialog.error.isVisible(), "no reason, no withdrawal"
    assert person.case.draft.view.record.status == "open"
    person.confirm(ReasonsDialog, "申请人来函撤回。")
    person.until(lambda: person.case.draft.view.record.status == "withdrawn")


def test_a_justification_lifts_the_finding_and_says_who(person, enter):
    no = enter("lease", term_years="4")
    person.sign_in("li")
    person.open(no)
    assert "land_entry.lease.min_term" in [
        line.rule for line in person.case.findings.model.lines() if line.group == "justify"
    ]
    person.case.findings.select_rule("land_entry.lease.min_term")
    person.click(person.case.findings.article)
    dialog = person.dialog(FindingDialog)
    assert "21号 第16条" in person.words(dialog)
    person.click(dialog.confirm)
    person.no_dialog(FindingDialog)
    person.case.findings.select_rule("land_entry.lease.min_term")
    person.click(person.case.findings.justify)
    person.confirm(JustifyDialog, "区政府专题会议同意短期出租。")
    person.until(lambda: "land_entry.lease.min_term" in person.case.draft.view.justifications)
    kept = person.case.draft.view.justifications["land_entry.lease.min_term"]
    assert (kept.by, kept.full_name) == ("li", "李晓彤")
    groups = {line.rule: line.group for line in person.case.findings.model.lines() if line.rule}
    assert groups["land_entry.lease.min_term"] == "justified"


def test_somebody_elses_change_is_not_overwritten(person, enter, ctx):
    no = enter()
    person.sign_in("li")
    person.open(no)
    desk, version = person.desk.session._desk, person.case.draft.view.record.version
    data = dict(person.case.draft.data) | {"contact_phone": "13900009999"}
    person.desk.session.read(
        person.desk,
        lambda _: cases.save_case(
            desk, no, version, data=data, materials=dict(person.case.draft.materials)
        ),
        lambda _: None,
    )
    person.settle()
    person.enter_value("contact_phone", "13900001111")
    person.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = person.dialog(FaultDialog)
    assert no in dialog.message.text()
    person.click(dialog.confirm)
    assert person.field("contact_phone").value() == "13900001111", "the words are still there"
    assert person.case.draft.dirty
    person.case.draft.dirty = False
