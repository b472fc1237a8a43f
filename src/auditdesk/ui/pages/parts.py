"""Small pieces that several pages are put together from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from auditdesk.ui.base.context import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.ui.base.context import Context


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


def scrolled(widget: QWidget) -> QScrollArea:
    """A widget that scrolls where it finds no room, as at large text."""
    area = QScrollArea()
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
