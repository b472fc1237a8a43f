"""Towns are suggested while a case is typed in."""

from __future__ import annotations

from PySide6.QtCore import Qt

from auditdesk.ui.dialogs.new_case import NewCaseDialog


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
