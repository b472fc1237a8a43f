"""F1: the section of the guide about what somebody is looking at, anywhere in the program."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor

from auditdesk.operations import guide
from auditdesk.ui.base.helping import topic_at
from auditdesk.ui.dialogs.guide import GuideDialog
from auditdesk.ui.dialogs.new_case import NewCaseDialog
from auditdesk.util.paths import shipped

KNOWN = {one.id: one for one in guide.topics(shipped("resources"), "zh")}


@pytest.fixture
def asked(person):
    """Presses F1 and gives the topic that is shown."""

    def press():
        person.press(Qt.Key.Key_F1)
        dialog = person.dialog(GuideDialog)
        shown = next(t for t in KNOWN.values() if t.title == dialog.topics.currentItem().text())
        assert shown.title in dialog.text.toPlainText()
        dialog.close()
        person.no_dialog(GuideDialog)
        return shown.id

    return press


def test_before_anybody_is_signed_in(person, asked):
    person.window.welcome.user.setFocus()
    assert asked() == "start"


def test_each_page_has_its_own_section(person, asked):
    person.sign_in("li")
    seen = {}
    for name in ("desk", "cases", "register.reservoir", "figures", "law", "journal", "settings"):
        person.click(person.desk.nav[name])
        person.settle()
        person.desk.nav[name].setFocus()
        seen[name] = topic_at(person.desk.pages.currentWidget())
    pages = ["desk", "cases", "register", "figures", "law", "journal", "settings"]
    assert list(seen.values()) == pages
    person.click(person.desk.nav["journal"])
    person.settle()
    person.desk.journal_page.table.setFocus()
    assert asked() == "journal"


def test_the_parts_of_a_case_have_theirs(person, asked, enter):
    no = enter()
    person.sign_in("li")
    person.desk.open_case(no)
    person.until(lambda: person.case.form is not None)
    person.judged()
    first = next(row for row in person.case.form.rows.values() if row.rule is None)
    first.editor.setFocus()
    assert asked() == "case"
    person.case.tabs.setCurrentWidget(person.case.timeline)
    assert topic_at(person.case.timeline) == "history"
    assert topic_at(person.case.materials) == "materials"
    assert topic_at(person.case.bar) == "deciding"


def test_a_dialog_explains_itself_and_stays(person):
    person.sign_in("li")
    person.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    asking = person.dialog(NewCaseDialog)
    person.until(asking.isActiveWindow)
    person.press(Qt.Key.Key_F1)
    shown = person.dialog(GuideDialog)
    assert shown.topics.currentItem().text() == KNOWN["case"].title
    shown.close()
    person.no_dialog(GuideDialog)
    assert asking.isVisible()
    asking.reject()


def test_a_second_f1_turns_the_page_of_the_guide_that_is_open(person):
    person.sign_in("li")
    person.desk.desk_page.table.setFocus()
    person.press(Qt.Key.Key_F1)
    first = person.dialog(GuideDialog)
    person.window.activateWindow()
    person.until(person.window.isActiveWindow)
    person.click(person.desk.nav["law"])
    person.desk.law_page.table.setFocus()
    person.press(Qt.Key.Key_F1)
    assert first.topics.currentItem().text() == KNOWN["law"].title
    assert len(person.window.findChildren(GuideDialog)) == 1


def test_a_link_is_followed_by_a_click(person):
    person.sign_in("li")
    person.click(person.desk.nav["guide"])
    dialog = person.dialog(GuideDialog)
    dialog.go_to("start")
    at = dialog.text.document().find("审查结论")
    at.movePosition(QTextCursor.MoveOperation.Left)
    place = dialog.text.cursorRect(at).center() + QPoint(6, 0)
    person.qtbot.mouseClick(dialog.text.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert dialog.topics.currentItem().text() == KNOWN["findings"].title
