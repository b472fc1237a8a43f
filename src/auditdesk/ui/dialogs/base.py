"""What all dialogs share: a body, a place for what is wrong, and the two buttons.

Dialogs open without blocking (`open`), so that nothing waits inside a nested event loop.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from auditdesk.operations.guide import START
from auditdesk.ui.base.context import named
from auditdesk.ui.base.helping import explain
from auditdesk.ui.dialogs.guide import on_f1
from auditdesk.util.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from auditdesk.ui.base.context import Context


_AROUND = 40  # pixels of the screen that a dialog leaves free, its frame included


class Dialog(QDialog):
    """A titled dialog with a body, an error line, a confirming button and a cancelling one.

    Attributes:
        topic: what F1 opens of the guide; a dialog that has a topic of its own names it.
    """

    topic: ClassVar[str] = START

    def __init__(
        self, ctx: Context, parent: QWidget | None, title: str, confirm: str, *, width: int = 460
    ) -> None:
        super().__init__(parent)
        self.ctx = ctx
        explain(self, self.topic)
        on_f1(ctx, self)
        self.setWindowTitle(title)
        # large text on a small screen: never wider or higher than what there is
        room = self.screen().availableSize()
        self._room = QSize(room.width() - _AROUND, room.height() - _AROUND)
        self.setMinimumWidth(min(ctx.px(width), self._room.width()))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body = QVBoxLayout()
        self.body.setSpacing(ctx.px(8))
        self.error = QLabel()
        self.error.setWordWrap(True)
        self.error.setProperty("look", "error")
        self.error.hide()
        self.confirm = QPushButton(confirm)
        self.confirm.setProperty("look", "primary")
        self.confirm.setDefault(True)
        # Enter alone begins a new line where there is text to be written
        self.confirm.setShortcut(QKeySequence("Ctrl+Return"))
        self.confirm.clicked.connect(self.confirmed)
        self.dismiss = QPushButton(ctx.say("取消", "Cancel"))
        self.dismiss.clicked.connect(self.reject)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.dismiss)
        self.buttons.addWidget(self.confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(ctx.px(n) for n in (18, 16, 18, 14)))
        layout.setSpacing(ctx.px(12))
        layout.addLayout(self.body, 1)
        layout.addWidget(self.error)
        layout.addLayout(self.buttons)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()
        self._order_keyboard()

    def fit(self) -> None:
        """Grow to the height that the wrapped texts take at this width."""
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            height = max(self.height(), layout.totalHeightForWidth(self.width()))
            self.resize(self.width(), min(height, self._room.height()))

    def _order_keyboard(self) -> None:
        """Tab goes through the body first, the buttons last; typing begins in the first line."""
        places = (self.buttons.itemAt(place) for place in range(self.buttons.count()))
        last = [w for place in places if place is not None and (w := place.widget()) is not None]
        own = (w for w in self.findChildren(QWidget) if w.window() is self)
        body = [w for w in own if _takes_tab(w) and w not in last]
        for before, after in pairwise([*body, *last]):
            QWidget.setTabOrder(before, after)
        self.begin_typing()

    def begin_typing(self) -> None:
        """Put the keyboard into the first line that is shown, or onto the button that confirms."""
        shown = (w for w in self.findChildren(QWidget) if w.isVisible() and w.isEnabled())
        first = next((w for w in shown if isinstance(w, (QLineEdit, QPlainTextEdit))), None)
        cautious = self.dismiss.isDefault() or self.confirm.isHidden()
        chosen = self.dismiss if cautious else self.confirm
        (first or chosen).setFocus()

    def confirmed(self) -> None:
        """What the confirming button does; dialogs with work of their own override it."""
        self.accept()

    def say_wrong(self, text: str) -> None:
        """Show what is wrong and let the person try again."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.set_busy(busy=False)
        if self.isVisible():
            self.fit()

    def failed(self, error: Exception) -> None:
        """Show a fault in the dialog; a bug goes where all bugs go."""
        if not isinstance(error, Fault):
            self.set_busy(busy=False)
            raise error
        self.say_wrong(self.ctx.text(error.message))

    def set_busy(self, *, busy: bool) -> None:
        """Hold the confirming button while its work is being done."""
        self.confirm.setEnabled(not busy)

    def keep_high(self, widget: QWidget, pixels: int) -> None:
        """Give the part that matters a height, as far as the screen has room for it."""
        widget.setMinimumHeight(min(self.ctx.px(pixels), self._room.height() // 2))

    def add_text(self, text: str, look: str = "") -> QLabel:
        """Add a paragraph to the body."""
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if look:
            label.setProperty("look", look)
        self.body.addWidget(label)
        return label

    def add_labelled(self, text: str, widget: QWidget) -> QLabel:
        """Add a control with its label above it; gives the label."""
        label = QLabel(text)
        label.setBuddy(widget)
        named(widget, text)
        box = QVBoxLayout()
        box.setSpacing(self.ctx.px(3))
        box.addWidget(label)
        box.addWidget(widget)
        self.body.addLayout(box)
        return label


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


@dataclass(frozen=True, slots=True)
class Question:
    """What a dialog asks: its title, what follows from yes, and the word on the button."""

    title: str
    consequence: str
    confirm: str
    danger: bool = False


class ConfirmDialog(Dialog):
    """Asks before something that cannot be taken back, and names what follows from it."""

    def __init__(self, ctx: Context, parent: QWidget, question: Question) -> None:
        super().__init__(ctx, parent, question.title, question.confirm)
        self.add_text(question.title, "heading")
        self.add_text(question.consequence)
        if question.danger:
            self.confirm.setProperty("look", "danger")
            self.confirm.setDefault(False)
            self.dismiss.setDefault(True)


def ask(
    ctx: Context, parent: QWidget, question: Question, then: Callable[[], None]
) -> ConfirmDialog:
    """Open a confirmation; `then` runs when the person confirms."""
    dialog = ConfirmDialog(ctx, parent, question)
    dialog.accepted.connect(then)
    dialog.open()
    return dialog


class FaultDialog(Dialog):
    """Tells what went wrong in the surroundings and what to do about it."""

    def __init__(self, ctx: Context, parent: QWidget | None, fault: Fault) -> None:
        super().__init__(ctx, parent, ctx.say("没有办成", "Not done"), ctx.say("知道了", "OK"))
        self.message = self.add_text(ctx.text(fault.message))
        self.dismiss.hide()


class BugDialog(Dialog):
    """Tells of a mistake in the program, with the details for whoever mends it."""

    def __init__(self, ctx: Context, parent: QWidget | None, details: str) -> None:
        title = ctx.say("程序出错", "A mistake in the program")
        super().__init__(ctx, parent, title, ctx.say("关闭", "Close"), width=620)
        self.add_text(
            ctx.say(
                "程序遇到了没有料到的情况。已存盘的案件没有受影响；请把下面的内容交给维护人员。",
                "The program met something unforeseen. What was saved is safe; "
                "please hand the text below to whoever maintains the program.",
            )
        )
        text = QPlainTextEdit(details)
        text.setReadOnly(True)
        named(text, ctx.say("错误详情", "Details"))
        self.body.addWidget(text)
        self.dismiss.hide()
