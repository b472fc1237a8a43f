"""Editors for what is chosen: yes or no, one of a list, several of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from auditdesk.ui.base.context import named
from auditdesk.ui.base.flow import FlowLayout
from auditdesk.ui.forms.editors import FieldEditor, restyle
from auditdesk.ui.forms.showing import NO, YES, show_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QWheelEvent

    from auditdesk.domain.declaration import Field
    from auditdesk.ui.base.context import Context

_FEW = 4
# what fits beside a label; Latin letters are half as wide
_MOST_LETTERS = {"zh": 18, "en": 30}


class Segments(QWidget):
    """A row of buttons of which at most one is down; the arrow keys walk along it."""

    picked = Signal()

    def __init__(
        self, name: str, choices: Sequence[tuple[object, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._values = [value for value, _ in choices]
        self.buttons: list[QPushButton] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for place, (_, label) in enumerate(choices):
            layout.addWidget(self._button(place, len(choices), name, label))
        layout.addStretch(1)
        self._group.idClicked.connect(self._clicked)

    def _button(self, place: int, count: int, name: str, label: str) -> QPushButton:
        button = QPushButton(label, self)
        button.setCheckable(True)
        button.setProperty("look", "segment")
        edges = {0: "first", count - 1: "last"}
        button.setProperty("edge", edges.get(place, "inner"))
        named(button, f"{name} {label}")
        self._group.addButton(button, place)
        self.buttons.append(button)
        return button

    def value(self) -> object | None:
        """The value of the button that is down, or None."""
        return next(
            (v for v, b in zip(self._values, self.buttons, strict=True) if b.isChecked()), None
        )

    def set_value(self, value: object | None) -> None:
        """Press the button of a value without telling."""
        for own, button in zip(self._values, self.buttons, strict=True):
            button.setChecked(own == value and type(own) is type(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        focus = next((i for i, b in enumerate(self.buttons) if b.hasFocus()), None)
        if step is None or focus is None:
            super().keyPressEvent(event)
            return
        self.buttons[(focus + step) % len(self.buttons)].setFocus()

    def _clicked(self, place: int) -> None:
        for other, button in enumerate(self.buttons):
            if other != place:
                button.setChecked(False)
        self.picked.emit()


class SegmentEditor(FieldEditor):
    """Yes or no, or one of a few: buttons side by side; a second click takes it back."""

    def __init__(
        self,
        ctx: Context,
        field: Field,
        choices: Sequence[tuple[object, str]],
        parent: QWidget,
    ) -> None:
        super().__init__(ctx, field, parent)
        self._stray: Any = None
        self.segments = Segments(ctx.text(field.label), choices, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.segments)
        self.segments.picked.connect(self._picked)

    def value(self) -> Any:
        picked = self.segments.value()
        return self._stray if picked is None else picked

    def set_value(self, value: Any) -> None:
        self.segments.set_value(value)
        # a value that no button stands for is kept until a person picks another
        self._stray = value if self.segments.value() is None else None

    def set_read_only(self, read_only: bool) -> None:
        for button in self.segments.buttons:
            button.setEnabled(not read_only)

    def set_problem(self, problem: str) -> None:
        self.setToolTip(problem)

    def focus_target(self) -> QWidget:
        down = (b for b in self.segments.buttons if b.isChecked())
        return next(down, self.segments.buttons[0])

    def _picked(self) -> None:
        self._stray = None
        self.changed.emit()


class _Combo(QComboBox):
    """A list that the wheel does not change while the page is being scrolled."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChoiceEditor(FieldEditor):
    """One of a longer list."""

    def __init__(self, ctx: Context, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(ctx, field, parent)
        self.combo = _Combo(self)
        named(self.combo, ctx.text(field.label))
        self.combo.addItem("", None)
        for choice in field.choices:
            self.combo.addItem(ctx.text(choice.label), choice.id)
        self.combo.setFixedWidth(ctx.px(220))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.combo)
        layout.addStretch(1)
        self.combo.currentIndexChanged.connect(lambda _: self.changed.emit())

    def value(self) -> Any:
        return self.combo.currentData()

    def set_value(self, value: Any) -> None:
        with QSignalBlocker(self.combo):
            # a value of another case that the list does not have goes with that case
            while self.combo.count() > len(self.field.choices) + 1:
                self.combo.removeItem(self.combo.count() - 1)
            place = self.combo.findData(value) if value is not None else 0
            if place < 0:
                self.combo.addItem(show_plain(value), value)
                place = self.combo.count() - 1
            self.combo.setCurrentIndex(place)

    def set_read_only(self, read_only: bool) -> None:
        self.combo.setEnabled(not read_only)

    def set_problem(self, problem: str) -> None:
        restyle(self.combo, "wrong", bool(problem))
        self.combo.setToolTip(problem)

    def focus_target(self) -> QWidget:
        return self.combo


class ChoicesEditor(FieldEditor):
    """Several of a list: a tick box each."""

    def __init__(self, ctx: Context, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(ctx, field, parent)
        self.boxes: dict[str, QCheckBox] = {}
        self._stray: list[Any] = []
        layout = FlowLayout(self, ctx.px(12), ctx.px(4))
        for choice in field.choices:
            box = QCheckBox(ctx.text(choice.label))
            named(box, f"{ctx.text(field.label)} {ctx.text(choice.label)}")
            box.toggled.connect(lambda _: self.changed.emit())
            layout.addWidget(box)
            self.boxes[choice.id] = box

    def value(self) -> Any:
        ticked: list[Any] = [name for name, box in self.boxes.items() if box.isChecked()]
        return (ticked + self._stray) or None

    def set_value(self, value: Any) -> None:
        wanted = list(value) if isinstance(value, (list, tuple)) else []
        self._stray = [item for item in wanted if item not in self.boxes]
        for name, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(name in wanted)

    def set_read_only(self, read_only: bool) -> None:
        for box in self.boxes.values():
            box.setEnabled(not read_only)

    def set_problem(self, problem: str) -> None:
        self.setToolTip(problem)

    def focus_target(self) -> QWidget:
        return next(iter(self.boxes.values()))


def boolean_editor(ctx: Context, field: Field, parent: QWidget) -> FieldEditor:
    """Yes or no; neither, as long as nobody has said."""
    return SegmentEditor(ctx, field, ((True, ctx.text(YES)), (False, ctx.text(NO))), parent)


def choice_editor(ctx: Context, field: Field, parent: QWidget) -> FieldEditor:
    """Buttons for a few short choices, a list for more or longer ones."""
    letters = sum(len(ctx.text(choice.label)) for choice in field.choices)
    if len(field.choices) > _FEW or letters > _MOST_LETTERS[ctx.language]:
        return ChoiceEditor(ctx, field, parent)
    return SegmentEditor(ctx, field, [(c.id, ctx.text(c.label)) for c in field.choices], parent)
