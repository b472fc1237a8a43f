"""One field on the case page: label, editor, and the sign of what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from auditdesk.domain.declaration import FieldKind
from auditdesk.ui.base.context import named
from auditdesk.ui.base.signs import MISSING, Sign, sign_of_severity
from auditdesk.ui.forms.registry import make_editor

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.domain.declaration import Field
    from auditdesk.ui.base.context import Context
    from auditdesk.ui.forms.sections import Mark

_STACKED = 150
_LABEL_WIDTH = {"zh": 128, "en": 190}


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said below a field: of where its value comes from, or what it differs from.

    Attributes:
        word: what stands on the button that answers it; empty: there is none.
    """

    text: str
    bad: bool = False
    word: str = ""
    act: Callable[[], None] | None = None


class FieldRow(QWidget):
    """A field of the form; `asked` tells that a person clicked its sign."""

    asked = Signal(str)

    def __init__(self, ctx: Context, field: Field, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.field = field
        self.editor = make_editor(ctx, field, self)
        self.rule: str | None = None
        self._sign: Sign | None = None
        self._remark: QWidget | None = None
        self._mark = QToolButton(self)
        self._mark.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._mark.setFixedWidth(ctx.px(22))
        named(self._mark, ctx.say("审查结论", "Finding"))
        self._mark.clicked.connect(self._clicked)
        self._lay_out()

    def _lay_out(self) -> None:
        # large text leaves no room beside the label
        stacked = self._ctx.preferences.now.text_size >= _STACKED
        label = QLabel(self._ctx.text(self.field.label), self)
        label.setWordWrap(True)
        label.setBuddy(self.editor.focus_target())
        if not stacked:
            label.setFixedWidth(self._ctx.px(_LABEL_WIDTH[self._ctx.language]))
        label.setContentsMargins(0, self._ctx.px(5), 0, 0)
        layout = self._grid = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(self._ctx.px(8))
        top = Qt.AlignmentFlag.AlignTop
        layout.addWidget(self._mark, 0, 0, top)
        if self.field.kind is FieldKind.ROWS:
            layout.addWidget(label, 0, 1, top)
            layout.addWidget(self.editor, 1, 1, 1, 2)
        else:
            layout.addWidget(label, 0, 1, top)
            layout.addWidget(self.editor, *((1, 1) if stacked else (0, 2)))
        self._below = (2, 1) if stacked or self.field.kind is FieldKind.ROWS else (1, 2)
        layout.setColumnStretch(1 if stacked else 2, 1)
        self.show_mark(None, missing=False)

    def show_mark(self, mark: Mark | None, *, missing: bool) -> None:
        """Show the worst finding of the field, or that it is still needed."""
        sign = sign_of_severity(mark.severity) if mark else MISSING if missing else None
        self.rule = mark.rule if mark else None
        if sign is self._sign:
            return
        self._sign = sign
        if sign is None:
            self._mark.setText("")
            self._mark.setEnabled(False)
            return
        self._mark.setEnabled(mark is not None)
        self._mark.setText(sign.mark)
        word = self._ctx.text(sign.word)
        self._mark.setToolTip(word)
        named(self._mark, f"{self._ctx.text(self.field.label)}: {word}")
        colour = sign.colour(self._ctx.colours)
        self._mark.setStyleSheet(f"QToolButton {{ color: {colour}; font-weight: bold; }}")

    def show_remark(self, remark: Remark | None) -> None:
        """Say something below the field; None takes it back."""
        if self._remark is not None:
            self._remark.hide()
            self._remark.deleteLater()
            self._remark = None
        if remark is not None:
            self._remark = self._made(remark)
            row, column = self._below
            self._grid.addWidget(self._remark, row, column)
            self._remark.show()

    def _made(self, remark: Remark) -> QWidget:
        made = QWidget(self)
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._ctx.px(8))
        words = QLabel(remark.text, made)
        words.setWordWrap(True)
        words.setProperty("look", "problem" if remark.bad else "small")
        line.addWidget(words, 0 if remark.word else 1)
        self.editor.focus_target().setAccessibleDescription(remark.text)
        if remark.word and remark.act is not None:
            answer = QPushButton(remark.word, made)
            answer.setProperty("look", "link")
            named(answer, f"{self._ctx.text(self.field.label)}: {remark.word}")
            act = remark.act
            answer.clicked.connect(lambda _: act())
            line.addWidget(answer)
            line.addStretch(1)
        return made

    def _clicked(self) -> None:
        if self.rule:
            self.asked.emit(self.rule)
