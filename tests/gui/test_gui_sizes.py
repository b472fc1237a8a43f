"""The largest text on a small screen: everything stays within the window and can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QToolButton,
)

from auditdesk.ui.base.flow import FlowLayout
from auditdesk.ui.pages.line_table import LineTable
from auditdesk.ui.pages.parts import Elided, flow, label

SMALL = (1366, 768)


@pytest.fixture
def large(person):
    """The window at twice the size of the text."""
    person.window.change_taste(replace(person.ctx.preferences.now, text_size=200))
    person.settle()
    return person


def fits(window):
    least = window.minimumSizeHint()
    return least.width() <= SMALL[0] and least.height() <= SMALL[1]


def middle(widget):
    return widget.geometry().center().y()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_makes_the_window_larger_than_a_small_screen(large, enter, language):
    no = enter()
    large.window.change_taste(replace(large.ctx.preferences.now, language=language))
    large.settle()
    assert fits(large.window)
    large.sign_in("li")
    for name in large.desk._named_pages():
        large.desk.go(name)
        large.settle()
        assert fits(large.window), name
    large.desk.open_case(no)
    large.settle()
    assert fits(large.window)
    large.desk.tell("✓ " + "a long sentence about a file " * 20)
    assert fits(large.window)


def test_the_bar_keeps_its_buttons_and_drops_their_words(large):
    large.sign_in("li")
    leave = large.desk.nav["sign_out"]
    large.until(lambda: leave.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly)
    assert leave.toolTip() == "退出"
    assert leave.geometry().bottom() <= large.desk.height()
    large.window.resize(1366, 1200)
    large.until(lambda: leave.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextUnderIcon)


def test_stretched_columns_stay_readable(large, enter):
    enter()
    large.sign_in("li")
    large.click(large.desk.nav["cases"])
    large.settle()
    table = large.desk.list_page.table
    assert isinstance(table, LineTable)
    assert min(table.columnWidth(i) for i in range(table.model().columnCount())) >= 150


def test_a_line_of_widgets_wraps_and_fills_what_is_left(qtbot, ctx):
    first, second = Elided("small", grows=True), label("b" * 30, wrap=False)
    first.setText("a" * 30)
    first.setMinimumWidth(200)
    bar = flow(ctx, (first, second))
    qtbot.addWidget(bar)
    bar.show()
    layout = bar.layout()
    assert isinstance(layout, FlowLayout)
    assert layout.heightForWidth(250) > layout.heightForWidth(2000)
    bar.resize(250, 200)
    qtbot.waitUntil(lambda: second.y() > first.y())
    bar.resize(2000, 200)
    qtbot.waitUntil(lambda: abs(middle(second) - middle(first)) <= 1)


def test_a_long_line_ends_in_dots_and_tells_all_in_its_tip(qtbot):
    line = Elided("heading")
    qtbot.addWidget(line)
    line.setText("章丘区" * 30)
    line.resize(100, 30)
    line.show()
    qtbot.waitUntil(lambda: line.toolTip() == line.text())
    line.resize(4000, 30)
    qtbot.waitUntil(lambda: line.toolTip() == "")


# whose words are cut on purpose: they end in dots and say all in their tip
CUT = (Elided,)
ROOM = 1  # a pixel of rounding at large text


def cut(root):
    """What is cut once the layouts have come to rest."""
    QApplication.processEvents()
    return cut_words(root) + cut_lines(root)


def cut_words(root):
    """Buttons, tick boxes and one-line labels whose words need more room than they have."""
    kinds = (QPushButton, QToolButton, QCheckBox, QRadioButton, QLabel)
    return [
        (type(widget).__name__, widget.text(), widget.width(), widget.sizeHint().width())
        for kind in kinds
        for widget in root.findChildren(kind)
        if widget.isVisibleTo(root)
        and not isinstance(widget, CUT)
        and not getattr(widget, "wordWrap", bool)()
        and widget.text().strip()
        and widget.width() + ROOM < widget.minimumSizeHint().width()
    ]


def cut_lines(root):
    """Labels with several lines whose last ones do not show."""
    return [
        (widget.text(), widget.height(), widget.heightForWidth(widget.width()))
        for widget in root.findChildren(QLabel)
        if widget.isVisibleTo(root)
        and widget.wordWrap()
        and widget.text().strip()
        and widget.height() + ROOM < widget.heightForWidth(widget.width())
    ]


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_words_are_cut(person, enter, language, size):
    no = enter()
    taste = replace(person.ctx.preferences.now, language=language, text_size=size)
    person.window.change_taste(taste)
    person.settle()
    assert cut(person.window) == []
    for name in ("admin", "li", "wang"):
        person.sign_in(name)
        for page in person.desk._named_pages():
            person.desk.go(page)
            person.settle()
            assert cut(person.window) == [], page
        person.desk.open_case(no)
        person.settle()
        for tab in range(person.case.tabs.count()):
            person.case.tabs.setCurrentIndex(tab)
            assert cut(person.window) == [], tab
