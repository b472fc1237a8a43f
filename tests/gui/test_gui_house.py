"""What holds for all windows: both languages complete, every control named, no special case."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from auditdesk.ui.base.preferences import Preferences
from auditdesk.util.paths import shipped

UI = Path(__file__).parents[2] / "src" / "auditdesk" / "ui"
FILES = sorted(UI.rglob("*.py"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# what people type is the same whatever the windows speak
READERS = {"reading.py", "manners.py", "showing.py", "pasting.py"}
ALLOWED = {"中文"}
TEXT_CALLS = {"say", "Label", "OfficeFaultError"}


def texts(node):
    """The pieces of text in a string or an f-string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return [v.value for v in node.values if isinstance(v, ast.Constant)]
    return []


def calls(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else getattr(node.func, "id", "")
            )
            if name in TEXT_CALLS and len(node.args) == 2:
                yield node


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(UI)))
def test_every_text_is_said_in_both_languages(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = set()
    for call in calls(tree):
        chinese, english = ("".join(texts(arg)) for arg in call.args)
        assert not CHINESE.search(english), english
        # a name that is the same in both is filled in by figures and names alone
        assert bool(chinese.strip()) == bool(english.strip()), (chinese, english)
        assert len(english) <= 4 * len(chinese) + 60, f"overlong: {english}"
        said |= {id(n) for arg in call.args for n in ast.walk(arg)}
    documented = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    loose = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CHINESE.search(node.value)
        and id(node) not in said | documented
    ]
    assert path.name in READERS or [text for text in loose if text not in ALLOWED] == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(UI)))
def test_no_window_knows_a_case_type(path):
    library_words = {p.name for p in (Path(__file__).parents[2] / "forms").iterdir()}
    text = path.read_text(encoding="utf-8")
    assert [word for word in library_words if word in text] == []


def test_every_icon_is_there_and_every_icon_there_is_used():
    used = set()
    for path in FILES:
        used |= set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', path.read_text(encoding="utf-8")))
        used |= set(re.findall(r"icons:([a-z-]+)\.svg", path.read_text(encoding="utf-8")))
    for path in shipped("forms").glob("*/register.toml"):
        used.add(tomllib.loads(path.read_text(encoding="utf-8"))["icon"])
    there = {p.stem for p in (shipped("resources") / "icons").glob("*.svg")}
    assert there - used == set()


def nameless(root):
    kinds = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)
    return [
        widget
        for kind in kinds
        for widget in root.findChildren(kind)
        if widget.isVisibleTo(root)
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parent(), (QComboBox, QAbstractItemView))
        and not (widget.accessibleName() or getattr(widget, "text", str)().strip())
    ]


def test_every_control_has_a_name_on_every_page(person, enter):
    no = enter()
    person.sign_in("admin")
    for name in ("desk", "cases", "figures", "law", "journal", "settings"):
        person.click(person.desk.nav[name])
        person.settle()
        assert nameless(person.window) == []
    for tab in range(person.desk.settings_page.tabs.count()):
        person.desk.settings_page.tabs.setCurrentIndex(tab)
        assert nameless(person.window) == []
    person.sign_in("li")
    person.open(no)
    for tab in range(person.case.tabs.count()):
        person.case.tabs.setCurrentIndex(tab)
        assert nameless(person.window) == []
    person.sign_in("wang")
    person.open(no)
    assert nameless(person.window) == []
    person.click(person.desk.nav["sign_out"])
    person.settle()
    assert nameless(person.window) == []


def test_no_window_flashes_while_pages_are_built(person, enter, qapp):
    no = enter()
    flashed = []

    class Watch(QWidget):
        def eventFilter(self, watched, event):  # noqa: N802 – Qt's name
            shown = event.type() is event.Type.Show and isinstance(watched, QWidget)
            if shown and watched.isWindow() and watched is not person.window:
                flashed.append(watched)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    person.sign_in("li")
    person.open(no)
    person.window.change_taste(Preferences(language="en"))
    person.settle()
    qapp.removeEventFilter(watch)
    assert flashed == []


def test_a_case_is_worked_on_by_keyboard_alone(person, enter):
    no = enter()
    person.sign_in("li")
    person.open(no)
    person.case.form.go_to("applicant_name")
    seen = []
    for _ in range(8):
        seen.append(QApplication.focusWidget())
        person.press(Qt.Key.Key_Tab)
    assert len({id(widget) for widget in seen}) == len(seen), "Tab goes on"
    assert person.field("legal_representative").line in seen
    person.press(Qt.Key.Key_Escape)
    assert person.desk.pages.currentWidget() is person.desk.list_page
