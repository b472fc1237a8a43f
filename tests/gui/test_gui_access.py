"""Without eyes and without a mouse: what a screen reader is told, and the whole way by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from auditdesk.ui.dialogs.base import Dialog
from auditdesk.ui.dialogs.decisions import OpinionDialog, ReasonsDialog
from auditdesk.ui.dialogs.guide import GuideDialog
from auditdesk.ui.dialogs.new_case import NewCaseDialog
from desk_samples import to_decision

ROLE = QAccessible.Role
# thousands of rows: their cells speak for themselves, by the model's texts
LISTS = {ROLE.Table, ROLE.List, ROLE.Tree}
CTRL = Qt.KeyboardModifier.ControlModifier


def told(root):
    """Everything that a screen reader finds under a widget, whether it is shown or not."""
    waiting = [QAccessible.queryAccessibleInterface(root)]
    while waiting:
        one = waiting.pop()
        yield one
        if one.role() not in LISTS:
            children = (one.child(place) for place in range(one.childCount()))
            waiting += [child for child in children if child is not None and child.isValid()]


def unspoken(root):
    """What takes the keyboard and is shown, but has no name or nothing that says what it is."""
    return [
        (one.role().name, type(one.object()).__name__)
        for one in told(root)
        if one.state().focusable
        and not one.state().invisible
        and (one.role() == ROLE.NoRole or not one.text(QAccessible.Text.Name).strip())
    ]


def kinds_told(root):
    return {one.role() for one in told(root) if not one.state().invisible}


def test_every_page_speaks(person, enter):
    no = enter()
    for name in ("admin", "li"):
        person.sign_in(name)
        for page in [n for n in person.desk.nav if person.desk.nav[n].isCheckable()]:
            person.click(person.desk.nav[page])
            person.settle()
            assert unspoken(person.window) == [], page
    person.open(no)
    assert {ROLE.EditableText, ROLE.Button, ROLE.PageTab, ROLE.CheckBox} <= kinds_told(
        person.window
    )
    for tab in range(person.case.tabs.count()):
        person.case.tabs.setCurrentIndex(tab)
        assert unspoken(person.window) == [], person.case.tabs.tabText(tab)
    person.sign_in("wang")
    person.open(no)
    assert unspoken(person.window) == []


def test_every_tab_of_the_settings_speaks(person):
    person.sign_in("admin")
    person.click(person.desk.nav["settings"])
    person.settle()
    tabs = person.desk.settings_page.tabs
    for tab in range(tabs.count()):
        tabs.setCurrentIndex(tab)
        person.settle()
        assert unspoken(person.window) == [], tabs.tabText(tab)


def test_dialogs_speak(person, enter):
    no = enter()
    person.sign_in("li")
    person.press(Qt.Key.Key_N, CTRL)
    begun = person.dialog(NewCaseDialog)
    person.settle()
    assert unspoken(begun) == []
    person.press(Qt.Key.Key_F1)
    guide = person.dialog(GuideDialog)
    assert unspoken(guide) == []
    guide.close()
    begun.reject()
    person.no_dialog()
    person.open(no)
    for key, kind in ((Qt.Key.Key_F6, OpinionDialog), (Qt.Key.Key_F7, ReasonsDialog)):
        person.press(key)
        dialog = person.dialog(kind)
        assert unspoken(dialog) == []
        dialog.reject()
        person.no_dialog()


def typed(person, text):
    """Type into whatever has the keyboard."""
    person.type_into(QApplication.focusWidget(), text)


def test_a_clerk_signs_in_begins_fills_in_and_accepts_by_keys_alone(person, plan):
    welcome = person.window.welcome
    welcome.choose(person.office, "li")
    person.until(welcome.enter.isEnabled)
    typed(person, person.password)
    person.press(Qt.Key.Key_Return)
    person.until(lambda: person.desk is not None)
    person.settle()

    person.press(Qt.Key.Key_N, CTRL)
    begun = person.dialog(NewCaseDialog)
    person.settle()
    person.until(begun.isActiveWindow)
    typed(person, "rs")
    person.press(Qt.Key.Key_Return)
    person.no_dialog()
    person.until(lambda: person.case.form is not None)
    person.settle()

    data = plan("agreement")["data"]
    person.case.form.go_to("applicant_name")
    typed(person, data["applicant_name"])
    person.press(Qt.Key.Key_Tab)
    typed(person, data["applicant_uscc"])
    person.judged()
    person.press(Qt.Key.Key_Return, CTRL)
    person.until(lambda: person.shown_no() is not None)
    kept = person.case.draft.view.case_file.data
    assert kept["applicant_name"] == data["applicant_name"]
    assert kept["applicant_uscc"] == data["applicant_uscc"]


def test_a_supervisor_returns_refuses_and_approves_by_keys_alone(person, at_desk, entered):
    numbers = [to_decision(at_desk, entered("agreement"), "zhao").no for _ in range(3)]
    at_desk("li").close()
    person.sign_in("wang")
    table = person.desk.desk_page.table
    for key, kind, status in (
        (Qt.Key.Key_F7, ReasonsDialog, "returned"),
        (Qt.Key.Key_F8, ReasonsDialog, "refused"),
        (Qt.Key.Key_F6, OpinionDialog, "open"),
    ):
        person.until(table.isVisible)
        person.until(lambda: table.model().rowCount() > 0)
        table.setFocus()
        person.press(Qt.Key.Key_Home, CTRL)
        person.press(Qt.Key.Key_Return)
        person.until(lambda: person.case.isVisible() and person.case.draft is not None)
        person.settle()
        no = person.shown_no()
        person.press(key)
        dialog = person.dialog(kind)
        person.until(dialog.isActiveWindow)
        assert isinstance(dialog, Dialog)
        typed(person, "经审查，理由如上。")
        person.press(Qt.Key.Key_Return, CTRL)
        person.no_dialog()
        person.settle()
        record = person.case.draft.view.record
        assert (record.no, record.status) == (no, status)
        numbers.remove(no)
        person.press(Qt.Key.Key_Escape)
        person.settle()
    assert numbers == []
