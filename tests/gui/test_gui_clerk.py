"""A clerk's whole way, clicked and typed: from signing in to handing the case on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLineEdit

from auditdesk.ui.dialogs.decisions import OpinionDialog
from auditdesk.ui.dialogs.finding import FindingDialog
from auditdesk.ui.dialogs.leave import LeaveDialog
from auditdesk.ui.dialogs.new_case import NewCaseDialog
from auditdesk.ui.dialogs.progress import ProgressDialog
from auditdesk.ui.dialogs.scan import ScanDialog
from auditdesk.ui.forms.sections import SectionState

CTRL = Qt.KeyboardModifier.ControlModifier


def begin(person, typed="rs"):
    person.press(Qt.Key.Key_N, CTRL)
    dialog = person.dialog(NewCaseDialog)
    person.settle()
    person.type_into(dialog.filter, typed)
    person.press(Qt.Key.Key_Return)
    person.no_dialog(NewCaseDialog)
    person.until(lambda: person.case.form is not None)
    person.settle()


def scan(folder):
    path = folder / "权属证明.png"
    image = QImage(40, 60, QImage.Format.Format_RGB888)
    image.fill(Qt.GlobalColor.white)
    image.save(str(path))
    return path


def test_a_clerk_enters_a_case_and_hands_it_on(person, plan, tmp_path):
    person.sign_in("li")
    begin(person)
    person.enter_value("vote_agree", "1")
    for name, value in plan("agreement")["data"].items():
        person.enter_value(name, value)
    person.type_into(person.case.form.accepted_on.editor.line, "2022.3.1")
    person.judged()
    assert {group for group, _ in person.lines()} == {"missing"}, "only materials are missing"

    person.click(person.case.materials.all_present)
    person.judged()
    assert person.case.findings.verdict.text().endswith("✓ 通过")
    assert person.case.header.saved.text() == "● 未保存"
    person.do("enter")
    person.until(lambda: person.shown_no() == "RS-2022-0001")
    assert person.case.header.saved.text() == "✓ 已存盘 2026-03-02 09:30"
    assert "RS-2022-0001" in person.desk.told.text()

    person.settle()
    row = person.case.materials.rows["title_proof"]
    menu = row.make_menu()
    menu.actions()[0].trigger()
    person.choose_file(scan(tmp_path))
    person.until(lambda: row.clip.text() == "1")
    person.settle()
    row.make_menu().actions()[0].trigger()
    shown = person.dialog(ScanDialog)
    assert shown.windowTitle() == "权属证明.png"
    shown.reject()

    person.do("advance")
    assert "镇（街）初审" in person.confirm(OpinionDialog, "材料齐全，拟同意。")
    person.until(lambda: person.case.draft.stage == "town_review")
    person.settle()
    assert "材料齐全" in person.case.timeline.text.toPlainText()


def test_what_is_typed_is_what_is_kept(person, plan):
    person.sign_in("li")
    begin(person)
    person.enter_value("parcel_area_m2", "２０亩")
    person.enter_value("entry_price_yuan", "420万")
    person.enter_value("vote_date", "20220210")
    person.enter_value("vote_total", "９０ 人")
    assert person.field("parcel_area_m2").line.text() == "13,333.33"
    assert person.field("entry_price_yuan")._note.text() == "肆佰贰拾万元整"
    person.press(Qt.Key.Key_S, CTRL)
    person.until(lambda: person.shown_no() is not None)
    data = person.case.draft.view.case_file.data
    assert (data["parcel_area_m2"], data["entry_price_yuan"]) == ("13333.33", "4200000")
    assert (data["vote_date"], data["vote_total"]) == ("2022-02-10", 90)


def test_the_findings_follow_the_keys_and_lead_to_the_field(person, enter):
    no = enter(vote_agree=59)
    person.sign_in("li")
    person.open(no)
    blocks = [text for group, text in person.lines() if group == "block"]
    assert any("2/3" in text for text in blocks)
    assert person.case.form.sections.shown_state("vote") is SectionState.FINDING

    index = next(
        person.case.findings.model.index(row)
        for row, line in enumerate(person.case.findings.model.lines())
        if line.rule == "land_entry.vote.two_thirds"
    )
    view = person.case.findings.view
    point = view.visualRect(index).center()
    person.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert person.field("vote_total").line.hasFocus()

    person.enter_value("vote_agree", "70")
    person.enter_value("vote_against", "6")
    person.until(
        lambda: not any("2/3" in text for group, text in person.lines() if group == "block")
    )
    assert person.case.header.saved.text() == "● 未保存"


def test_handing_on_follows_what_stands_on_the_page(person, enter):
    no = enter(vote_agree=59, vote_against=17)
    person.sign_in("li")
    person.open(no)
    assert not person.case.bar.buttons["advance"].isEnabled()
    person.enter_value("vote_agree", "70")
    person.enter_value("vote_against", "6")
    person.judged()
    person.do("advance")
    person.confirm(OpinionDialog)
    person.until(lambda: person.case.draft.stage == "town_review")
    kept = person.case.draft.view.case_file.data
    assert (kept["vote_agree"], kept["vote_against"]) == (70, 6), "saved before it was handed on"


def test_nothing_is_handed_on_that_has_become_wrong_on_the_page(person, enter):
    no = enter()
    person.sign_in("li")
    person.open(no)
    assert person.case.bar.buttons["advance"].isEnabled()
    person.enter_value("vote_agree", "1")
    person.judged()
    button = person.case.bar.buttons["advance"]
    assert not button.isEnabled()
    assert "否决" in button.toolTip()
    person.case.draft.dirty = False


def test_a_wrong_code_says_so_under_its_field(person, enter):
    no = enter()
    person.sign_in("li")
    person.open(no)
    editor = person.field("applicant_uscc")
    good = editor.value()
    assert editor._note.text() == "✓ 校验通过"
    person.type_into(editor.line, good[:-1] + ("0" if good[-1] != "0" else "1"))
    person.until(lambda: "校验码不符" in editor._note.text())
    person.until(lambda: person.case.findings.verdict.text().endswith("✕ 否决"))


def test_leaving_with_unsaved_words_asks_and_saving_keeps_them(person, enter):
    no = enter()
    person.sign_in("li")
    person.open(no)
    person.enter_value("contact_phone", "13900007777")
    person.click(person.desk.nav["journal"])
    dialog = person.dialog(LeaveDialog)
    person.click(dialog.dismiss)
    assert person.desk.pages.currentWidget() is person.case
    person.window.close()
    dialog = person.dialog(LeaveDialog)
    assert person.window.isVisible()
    person.click(dialog.dismiss)
    person.press(Qt.Key.Key_Escape)
    person.click(person.dialog(LeaveDialog).confirm)
    person.until(lambda: person.desk.pages.currentWidget() is person.desk.list_page)
    person.settle()
    person.open(no)
    assert person.field("contact_phone").value() == "13900007777"


def test_discarding_keeps_what_was_on_disk(person, enter):
    no = enter(contact_phone="13900001234")
    person.sign_in("li")
    person.open(no)
    person.enter_value("contact_phone", "13900007777")
    person.press(Qt.Key.Key_Escape)
    person.click(person.dialog(LeaveDialog).discard)
    person.until(lambda: person.desk.pages.currentWidget() is person.desk.list_page)
    person.open(no)
    assert person.field("contact_phone").value() == "13900001234"


def test_accepting_and_beginning_another_keeps_type_town_and_day(person):
    person.sign_in("li")
    begin(person)
    person.enter_value("town", "柳溪镇")
    person.enter_value("village", "杏林村")
    person.type_into(person.case.form.accepted_on.editor.line, "2022-03-01")
    person.do("enter_next")
    person.until(lambda: person.shown_no() is None and not person.case.draft.dirty)
    person.settle()
    assert person.case.draft.data == {"town": "柳溪镇"}
    assert person.case.form.accepted() == "2022-03-01"


def test_rows_are_pasted_from_a_spreadsheet_with_their_total(person):
    person.sign_in("li")
    begin(person)
    person.enter_value(
        "income_distribution",
        [
            {"recipient": "集体提留", "share_percent": "６０％"},
            {"recipient": "成员", "share_percent": "30"},
        ],
    )
    editor = person.field("income_distribution")
    assert editor.value() == [
        {"recipient": "集体提留", "share_percent": "60"},
        {"recipient": "成员", "share_percent": "30"},
    ]
    assert "90" in editor._totals.text()
    person.until(lambda: any("100" in text for group, text in person.lines() if group == "block"))


def test_dropped_files_are_asked_about_and_kept(person, enter, tmp_path):
    no = enter()
    person.sign_in("li")
    person.open(no)
    row = person.case.materials.rows["title_proof"]
    row.drop_files([scan(tmp_path)], row.mapToGlobal(row.rect().center()))
    menu = row.findChildren(type(row.make_menu()))[0]
    menu.actions()[1].trigger()
    person.until(lambda: row.clip.text() == "1")
    assert not person.case.draft.view.attachments[0].original


def test_a_file_that_is_no_scan_is_refused_with_a_sentence(person, enter, tmp_path):
    no = enter()
    person.sign_in("li")
    person.open(no)
    bad = tmp_path / "bad.pdf"
    bad.write_text("no scan at all", encoding="utf-8")
    person.case.materials.scans_given.emit("title_proof", [Path(bad)], False)
    dialog = person.dialog(ProgressDialog)
    person.until(dialog.error.isVisible)
    assert "bad.pdf" in dialog.error.text() or "扫描件" in dialog.error.text()
    person.click(dialog.confirm)
    person.settle()
    assert person.case.draft.view.attachments == ()


def test_saving_takes_the_cell_that_is_still_being_typed_into(person, enter):
    no = enter()
    person.sign_in("li")
    person.open(no)
    editor = person.field("income_distribution")
    person.case.form.go_to("income_distribution")
    index = editor.model.index(0, 0)
    editor.table.setCurrentIndex(index)
    person.qtbot.keyClick(editor.table, Qt.Key.Key_F2)
    person.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    person.type_into(QApplication.focusWidget(), "abc")
    person.press(Qt.Key.Key_S, CTRL)
    person.until(
        lambda: (
            person.case.draft.view.case_file.data["income_distribution"][0]["recipient"] == "abc"
        )
    )


def test_saving_leaves_the_keyboard_where_it_was(person, enter):
    no = enter()
    person.sign_in("li")
    person.open(no)
    person.enter_value("contact_phone", "13900007777")
    person.press(Qt.Key.Key_S, CTRL)
    person.until(lambda: not person.case.draft.dirty)
    person.settle()
    assert person.field("contact_phone").line.hasFocus()


def test_f1_at_a_field_or_a_finding_shows_the_article(person, enter):
    no = enter(vote_agree=59, vote_against=17)
    person.sign_in("li")
    person.open(no)
    person.case.form.go_to("vote_agree")
    person.press(Qt.Key.Key_F1)
    dialog = person.dialog(FindingDialog)
    assert "21号 第19条" in person.words(dialog)
    person.click(dialog.confirm)
    person.no_dialog(FindingDialog)
    person.case.findings.select_rule("land_entry.vote.two_thirds")
    person.case.findings.view.setFocus()
    person.press(Qt.Key.Key_F1)
    dialog = person.dialog(FindingDialog)
    assert "第63条" in person.words(dialog)
    person.click(dialog.confirm)
