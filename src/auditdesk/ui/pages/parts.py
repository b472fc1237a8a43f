"""Small pieces that several pages are put together from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from auditdesk.ui.base.context import named
from auditdesk.ui.base.flow import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from auditdesk.ui.base.context import Context


class Elided(QLabel):
    """One line that ends in dots where it finds no room; the tool tip has all of it.

    It never makes the window wider than the screen.
    """

    def __init__(self, look: str, *, grows: bool = False) -> None:
        super().__init__()
        self.setProperty("look", look)
        across = QSizePolicy.Policy.Ignored if grows else QSizePolicy.Policy.Maximum
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        room, flags = self.contentsRect(), Qt.AlignmentFlag.AlignVCenter
        dots = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.text(), dots, room.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.drawText(room, flags, shown)


def label(text: str, look: str = "", *, wrap: bool = True) -> QLabel:
    """A text in one of the looks of the style sheet."""
    made = QLabel(text)
    made.setWordWrap(wrap)
    if look:
        made.setProperty("look", look)
    return made


def button(
    ctx: Context, icon: str, text: str, act: Callable[[], object], look: str = ""
) -> QPushButton:
    """A button with an icon and what it does."""
    colour = ctx.colours.on_accent if look == "primary" else ctx.colours.text
    made = QPushButton(text)
    if icon:
        made.setIcon(ctx.icon(icon, colour))
    if look:
        made.setProperty("look", look)
    named(made, text)
    made.clicked.connect(lambda _: act())
    return made


def line(ctx: Context, *, secret: bool = False, width: int = 0) -> QLineEdit:
    """A line to type into."""
    made = QLineEdit()
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    if width:
        made.setFixedWidth(ctx.px(width))
    return made


def labelled(ctx: Context, text: str, widget: QWidget) -> QVBoxLayout:
    """A control under its label."""
    words = QLabel(text)
    words.setBuddy(widget)
    named(widget, text)
    box = QVBoxLayout()
    box.setSpacing(ctx.px(3))
    box.addWidget(words)
    box.addWidget(widget)
    return box


def flow(ctx: Context, widgets: Iterable[QWidget]) -> QWidget:
    """Widgets in a line, or in as many as the width asks for."""
    bar = QWidget()
    layout = FlowLayout(bar, ctx.px(6), ctx.px(6))
    for widget in widgets:
        layout.addWidget(widget)
    return bar


def scrolled(widget: QWidget) -> QScrollArea:
    """A widget that scrolls where it finds no room, as at large text.

    The keyboard goes to the controls inside, and the area follows it.
    """
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(widget)
    return area


def card(ctx: Context) -> tuple[QFrame, QVBoxLayout]:
    """A framed area and the column in it."""
    frame = QFrame()
    frame.setProperty("look", "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(*(ctx.px(n) for n in (22, 18, 22, 20)))
    column.setSpacing(ctx.px(10))
    column.setAlignment(Qt.AlignmentFlag.AlignTop)
    return frame, column
