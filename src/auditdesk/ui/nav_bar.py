"""The narrow bar at the left of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QToolButton

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_ICON = Qt.ToolButtonStyle.ToolButtonIconOnly
_BOTH = Qt.ToolButtonStyle.ToolButtonTextUnderIcon


class NavBar(QFrame):
    """Buttons with their names below; where the window is too low for that, the icons alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "nav")
        self._whole = 0

    def minimumSizeHint(self) -> QSize:
        """The window may be lower than the bar with all its words."""
        return QSize(super().minimumSizeHint().width(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        buttons = self.findChildren(QToolButton)
        if any(made.toolButtonStyle() is _BOTH for made in buttons):
            self._whole = super().minimumSizeHint().height()
        wanted = _BOTH if self.height() >= self._whole else _ICON
        for made in buttons:
            made.setToolButtonStyle(wanted)
