"""Editors for the kinds of field that are typed: one line, or several."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from auditdesk.ui.base.context import named
from auditdesk.ui.forms.completion import Completion
from auditdesk.ui.forms.manners import manner_of
from auditdesk.ui.forms.showing import check_code, date_or_none, show_plain

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from auditdesk.domain.declaration import Field
    from auditdesk.domain.suggestion import Suggestion
    from auditdesk.ui.base.context import Context

_LONG_TEXT = 600
_NUMBER_WIDTH = 170
_CODE_WIDTH = 330


class FieldEditor(QWidget):
    """An editor of one field: a value in, a value out, `changed` when a person changed it.

    mypy holds its subclasses to the abstract methods; ABC cannot, since Qt's classes have a
    metaclass of their own.
    """

    changed = Signal()

    def __init__(self, ctx: Context, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.field = ctx, field

    @abstractmethod
    def value(self) -> Any:
        """The value in the form of a case file; None for empty."""

    @abstractmethod
    def set_value(self, value: Any) -> None:
        """Show a value without telling of a change."""

    @abstractmethod
    def set_read_only(self, read_only: bool) -> None:
        """Let the value be changed, or only be read and copied."""

    @abstractmethod
    def set_problem(self, problem: str) -> None:
        """Mark the value as one that cannot be right (empty text: take the mark away)."""

    @abstractmethod
    def focus_target(self) -> QWidget:
        """The widget that takes the keyboard."""


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and have it look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class _Line(QLineEdit):
    """A line that selects everything when the Tab key enters it, as spreadsheets do."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class LineEditor(FieldEditor):
    """One line of text, a number, a sum of money, an area, a date.

    A `terse` one says below the line only what is wrong.
    """

    def __init__(self, ctx: Context, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(ctx, field, parent)
        self._manner = manner_of(field)
        self._value: Any = None
        self._problem = ""
        self.terse = False
        self.line = _Line(self)
        named(self.line, ctx.text(field.label))
        if field.hint:
            self.line.setPlaceholderText(ctx.text(field.hint))
        if self._manner.figures:
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.setMaxLength(max(field.length, 40) * 2)
        self._note = QLabel(self)
        self._note.setWordWrap(True)
        self._note.setProperty("look", "small")
        self._note.hide()
        self._lay_out()
        self.line.textEdited.connect(self._typed)
        self.line.left.connect(self._tidy)
        self._completion = Completion(self.line) if field.suggest else None
        if self._completion is not None:
            self._completion.taken.connect(self._typed)

    def _lay_out(self) -> None:
        row = self._row = QHBoxLayout()
        row.setSpacing(self.ctx.px(6))
        row.addWidget(self.line)
        if self.field.unit:
            unit = QLabel(self.ctx.text(self.field.unit))
            unit.setProperty("look", "muted")
            row.addWidget(unit)
        self._narrow(row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(self.ctx.px(2))
        outer.addLayout(row)
        outer.addWidget(self._note)

    def _narrow(self, row: QHBoxLayout) -> None:
        """Figures and codes get a line of their own length, not the width of the page."""
        width = _NUMBER_WIDTH if self._manner.figures else _CODE_WIDTH if self.field.format else 0
        if width:
            self.line.setFixedWidth(self.ctx.px(width))
            row.addStretch(1)

    def value(self) -> Any:
        return self._value

    def set_value(self, value: Any) -> None:
        self._value = value
        self.line.setText(self._manner.show(value))
        self._comment()

    def suggest(self, suggestions: tuple[Suggestion, ...]) -> None:
        """Suggest these names from now on, where the field's declaration asks for any."""
        if self._completion is not None:
            self._completion.offer(suggestions)

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)

    def set_problem(self, problem: str) -> None:
        if problem != self._problem:
            self._problem = problem
            self._comment()

    def focus_target(self) -> QWidget:
        return self.line

    def _typed(self, text: str) -> None:
        value = self._manner.read(text)
        self._value = None if value == "" else value
        self._comment()
        self.changed.emit()

    def _tidy(self) -> None:
        """Write what was understood, once the keyboard has left."""
        if not self.line.isReadOnly():
            self.line.setText(self._manner.show(self._value))

    def _comment(self) -> None:
        note, look = self._small_print()
        restyle(self._note, "look", look)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        restyle(self.line, "wrong", look == "problem")
        self.line.setAccessibleDescription(note)

    def _small_print(self) -> tuple[str, str]:
        if self._problem:
            return f"✕ {self._problem}", "problem"
        if self.terse:
            return "", "small"
        if self.field.format and self._value:
            return self._check_result()
        return self._manner.note(self._value, self.ctx.language), "small"

    def _check_result(self) -> tuple[str, str]:
        wrong = check_code(self.field, self._value)
        if wrong is not None:
            return f"✕ {self.ctx.text(wrong)}", "problem"
        return self.ctx.say("✓ 校验通过", "✓ passes the check"), "good"


class DateEditor(LineEditor):
    """A date, typed or picked from a calendar."""

    def _lay_out(self) -> None:
        super()._lay_out()
        self.line.setFixedWidth(self.ctx.px(_NUMBER_WIDTH))
        self._button = QToolButton()
        self._button.setIcon(self.ctx.icon("calendar", self.ctx.colours.muted))
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        named(self._button, self.ctx.say("选择日期", "Pick a date"))
        self._menu = QMenu(self._button)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._button.setMenu(self._menu)
        self._row.insertWidget(1, self._button)
        self._row.addStretch(1)

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self._button.setVisible(not read_only)

    def _fill_menu(self) -> None:
        """Make the calendar when it is wanted: dozens of them would slow the form down."""
        self._menu.clear()
        calendar = QCalendarWidget()
        day = date_or_none(self._value)
        if day is not None:
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.clicked.connect(self._picked)
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(calendar)
        self._menu.addAction(action)

    def _picked(self, day: QDate) -> None:
        self._menu.close()
        self.set_value(day.toString(Qt.DateFormat.ISODate))
        self.changed.emit()


class LongTextEditor(FieldEditor):
    """Several lines of text."""

    def __init__(self, ctx: Context, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(ctx, field, parent)
        self.area = QPlainTextEdit(self)
        self.area.setTabChangesFocus(True)
        self.area.setFixedHeight(ctx.px(84))
        named(self.area, ctx.text(field.label))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.area.textChanged.connect(self.changed)

    def value(self) -> Any:
        return self.area.toPlainText().strip() or None

    def set_value(self, value: Any) -> None:
        blocked = self.area.blockSignals(True)
        self.area.setPlainText(show_plain(value))
        self.area.blockSignals(blocked)

    def set_read_only(self, read_only: bool) -> None:
        self.area.setReadOnly(read_only)

    def set_problem(self, problem: str) -> None:
        restyle(self.area, "wrong", bool(problem))
        self.area.setToolTip(problem)

    def focus_target(self) -> QWidget:
        return self.area


def text_editor(ctx: Context, field: Field, parent: QWidget) -> FieldEditor:
    """One line, or several where the declaration allows long texts."""
    long = field.length >= _LONG_TEXT and not field.format
    return LongTextEditor(ctx, field, parent) if long else LineEditor(ctx, field, parent)
