"""Towns are suggested while a case is typed in."""

from __future__ import annotations

from PySide6.QtCore import Qt

from auditdesk.ui.dialogs.new_case import NewCaseDialog
from kept_rows import REGISTER, kept_rows  # noqa: F401 – a fixture is found by its name


def test_a_town_is_suggested_by_initials_and_taken_with_the_keyboard(person, qtbot):
    person.sign_in("li")
    person.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = person.dialog(NewCaseDialog)
    person.settle()
    person.type_into(dialog.filter, "rs")
    person.press(Qt.Key.Key_Return)
    person.no_dialog(NewCaseDialog)
    person.until(lambda: person.case.form is not None)
    person.settle()
    editor = person.field("town")
    person.type_into(editor.line, "wz")
    popup = editor.line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert (editor.line.text(), editor.value()) == ("文祖街道", "文祖街道")
    assert person.case.form.data()["town"] == "文祖街道"
    person.type_into(editor.line, "柳溪镇")
    assert editor.value() == "柳溪镇", "a name that the table lacks can be typed"
    assert not popup.isVisible()


def test_a_register_row_suggests_the_towns_of_its_district(person, kept_rows, qtbot):  # noqa: F811 – as above
    person.sign_in("li")
    person.click(person.desk.nav[f"register.{REGISTER}"])
    person.settle()
    page = person.desk.register_pages[REGISTER]
    page.list.table.select("K-001")
    page.list.table.setFocus()
    person.press(Qt.Key.Key_Return)
    person.until(lambda: page.on_row and page.row.view is not None)
    person.settle()
    form = page.row.form
    person.type_into(form.rows["district"].editor.line, "370124")
    page.row.judge_now()
    editor = form.rows["town"].editor
    person.type_into(editor.line, "kc")
    popup = editor.line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert editor.value() == "孔村镇"
