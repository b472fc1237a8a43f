"""Somebody at the keyboard: types, clicks, and waits for what the window answers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
)

WAIT = 20_000


class Person:
    """Drives one window as a person would, on an office with a known password."""

    def __init__(self, window, qtbot, ctx, office, password) -> None:
        self.window, self.qtbot, self.ctx = window, qtbot, ctx
        self.office, self.password = office, password

    @property
    def desk(self):
        return self.window.desk

    @property
    def case(self):
        return self.desk.case_page

    def settle(self):
        """Wait until nothing is being done any more."""
        self.qtbot.waitUntil(lambda: self.ctx.worker.idle, timeout=WAIT)

    def until(self, what):
        self.qtbot.waitUntil(what, timeout=WAIT)

    def click(self, button):
        self.until(button.isVisible)
        assert button.isEnabled(), f"{button.text()}: {button.toolTip()}"
        # a tick box answers where its box and its words are, not to the right of them
        middle = button.rect().center()
        if isinstance(button, QCheckBox):
            middle.setX(8)
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=middle)

    def type_into(self, widget, text):
        widget.setFocus()
        if isinstance(widget, QLineEdit):
            widget.selectAll()
            self.qtbot.keyClick(widget, Qt.Key.Key_Delete)
        self.type(text, widget)

    def type(self, text, widget=None):
        """Type into a widget, or key by key into whatever has the keyboard then."""
        for letter in text:
            target = widget or QApplication.focusWidget()
            if letter.isascii():
                self.qtbot.keyClicks(target, letter)
            else:
                # what is no key of the keyboard comes from the input method
                typed = QInputMethodEvent()
                typed.setCommitString(letter)
                QApplication.sendEvent(target, typed)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        if QApplication.activeWindow() is None:
            self.window.activateWindow()
            self.until(self.window.isActiveWindow)
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def dialog(self, kind=QDialog):
        """The dialog of that kind that is open."""

        def found():
            return [
                d for d in QApplication.topLevelWidgets() if isinstance(d, kind) and d.isVisible()
            ]

        self.until(lambda: found() != [])
        return found()[-1]

    def no_dialog(self, kind=QDialog):
        self.until(
            lambda: (
                not any(
                    isinstance(d, kind) and d.isVisible() for d in QApplication.topLevelWidgets()
                )
            )
        )
        # there is no window manager that would hand the keyboard back
        if QApplication.activeModalWidget() is None:
            self.window.activateWindow()
            self.until(self.window.isActiveWindow)

    def judged(self):
        """Wait until what was typed last has been judged."""
        self.until(lambda: not self.case._judging.isActive())

    def choose_file(self, path):
        """Answer the file dialog that is open."""
        dialog = self.dialog(QFileDialog)
        dialog.setDirectory(str(path.parent))
        dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
        dialog.accept()
        self.no_dialog(QFileDialog)

    def sign_in(self, name):
        if self.desk is not None:
            self.click(self.desk.nav["sign_out"])
            self.settle()
        welcome = self.window.welcome
        welcome.choose(self.office, "")
        self.until(welcome.enter.isEnabled)
        self.type_into(welcome.user, name)
        self.type_into(welcome.password, self.password)
        self.click(welcome.enter)
        self.until(lambda: self.desk is not None)
        self.settle()

    def open(self, no):
        self.click(self.desk.nav["cases"])
        self.settle()
        table = self.desk.list_page.table
        self.until(lambda: table.cases.place_of(no) is not None)
        table.selectRow(table.cases.place_of(no))
        table.setFocus()
        self.qtbot.keyClick(table, Qt.Key.Key_Return)
        self.until(lambda: self.case.draft is not None and self.shown_no() == no)
        self.settle()
        # a key of a button counts once the button is shown
        self.until(lambda: all(b.isVisible() for b in self.case.bar.buttons.values()))

    def shown_no(self):
        view = self.case.draft.view
        return view.no if view else None

    def field(self, name):
        return self.case.form.rows[name].editor

    def enter_value(self, name, value):
        """Enter a value of a case file into its field as a person would."""
        editor = self.field(name)
        for kind, act in (
            ("line", self._type_line),
            ("area", self._type_line),
            ("segments", self._click_segment),
            ("combo", self._pick),
            ("boxes", self._tick),
            ("table", self._paste),
        ):
            if hasattr(editor, kind):
                act(editor, value)
                return
        raise AssertionError(name)

    def _type_line(self, editor, value):
        self.type_into(editor.focus_target(), str(value))

    def _click_segment(self, editor, value):
        place = editor.segments._values.index(value)
        self.click(editor.segments.buttons[place])

    def _pick(self, editor, value):
        editor.combo.setFocus()
        wanted = editor.combo.findData(value)
        while editor.combo.currentIndex() < wanted:
            self.qtbot.keyClick(editor.combo, Qt.Key.Key_Down)

    def _tick(self, editor, value):
        for name in value:
            self.click(editor.boxes[name])

    def _paste(self, editor, value):
        columns = [c.id for c in editor.field.columns]
        lines = ["\t".join(str(row.get(c, "")) for c in columns) for row in value]
        QApplication.clipboard().setText("\n".join(lines))
        editor.table.setFocus()
        self.qtbot.keyClick(editor.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def do(self, action):
        """Press a button of the action bar."""
        self.click(self.case.bar.buttons[action])

    def confirm(self, kind=QDialog, text=""):
        """Confirm the dialog that is open, with words if it takes any; what it said."""
        dialog = self.dialog(kind)
        said = self.words(dialog)
        if text:
            self.type_into(dialog.findChild(QPlainTextEdit), text)
        self.click(dialog.confirm)
        self.no_dialog(kind)
        return said

    def words(self, widget):
        """Everything that a widget says in its labels."""
        return "\n".join(label.text() for label in widget.findChildren(QLabel))

    def lines(self):
        """The findings as shown: (group, text)."""
        return [
            (line.group, line.text) for line in self.case.findings.model.lines() if not line.head
        ]
