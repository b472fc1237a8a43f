"""Looking at a scan or a paper, inside the program: nothing decrypted is written to disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QToolButton, QWidget

from auditdesk.ui.base.context import named
from auditdesk.ui.dialogs.base import Dialog
from auditdesk.ui.panels.scan_view import ScanView

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent

    from auditdesk.ui.base.context import Context

_WIDTH, _HEIGHT = 900, 720


class ScanTools(QWidget):
    """The bar above a scan: pages, zoom, fit, turn."""

    def __init__(self, ctx: Context, view: ScanView) -> None:
        super().__init__()
        self._ctx, self._view = ctx, view
        say = ctx.say
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(ctx.px(2))
        self.before = self._tool("chevron-left", say("上一页（PgUp）", "Page before (PgUp)"))
        self.page = QSpinBox()
        self.page.setKeyboardTracking(False)
        self.page.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        named(self.page, say("页码", "Page"))
        self.page.valueChanged.connect(lambda number: view.go_to(number - 1))
        self.row.addWidget(self.page)
        self.after = self._tool("chevron-right", say("下一页（PgDn）", "Next page (PgDn)"))
        self.row.addSpacing(ctx.px(10))
        self.smaller = self._tool("zoom-out", say("缩小（-）", "Smaller (-)"))
        self.zoom = QLabel()
        self.zoom.setMinimumWidth(ctx.px(48))
        self.row.addWidget(self.zoom)
        self.larger = self._tool("zoom-in", say("放大（+）", "Larger (+)"))
        self.wide = self._tool("arrow-autofit-width", say("适合宽度（W）", "Fit the width (W)"))
        self.whole = self._tool("maximize", say("整页（P）", "Whole page (P)"))
        self.row.addSpacing(ctx.px(10))
        self.left = self._tool("rotate", say("向左转（L）", "Turn left (L)"))
        self.right = self._tool("rotate-clockwise", say("向右转（R）", "Turn right (R)"))
        self._shapers = (
            *(self.smaller, self.larger, self.wide, self.whole),
            *(self.left, self.right),
        )
        self.row.addStretch(1)
        for button, act in (
            (self.before, lambda: view.go_to(view.place.page - 1)),
            (self.after, lambda: view.go_to(view.place.page + 1)),
            (self.smaller, lambda: view.zoom_by(-1)),
            (self.larger, lambda: view.zoom_by(1)),
            (self.wide, lambda: view.fit_to("width")),
            (self.whole, lambda: view.fit_to("page")),
            (self.left, lambda: view.turn(-90)),
            (self.right, lambda: view.turn(90)),
        ):
            button.clicked.connect(_once(act))
        view.changed.connect(self._follow)
        self._follow()

    def _tool(self, icon: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(self._ctx.icon(icon))
        button.setToolTip(text)
        named(button, text)
        self.row.addWidget(button)
        return button

    def _follow(self) -> None:
        """Say what the view shows."""
        view, pages = self._view, self._view.pages
        with QSignalBlocker(self.page):
            self.page.setRange(1, max(pages, 1))
            self.page.setValue(view.place.page + 1)
            self.page.setSuffix(f" / {pages}" if pages else "")
        self.zoom.setText(f"{round(100 * view.place.zoom)} %")
        for widget in (self.page, *self._shapers):
            widget.setEnabled(pages > 0)
        self.before.setEnabled(view.place.page > 0)
        self.after.setEnabled(view.place.page + 1 < pages)


def _once(act: Callable[[], None]) -> Callable[[bool], None]:
    return lambda _: act()


class ScanDialog(Dialog):
    """A scan or a paper in a window of its own: page by page, enlarged, turned."""

    topic = "materials"

    def __init__(self, ctx: Context, parent: QWidget, title: str, content: bytes = b"") -> None:
        super().__init__(ctx, parent, title, ctx.say("关闭", "Close"), width=_WIDTH // 2)
        self.dismiss.hide()
        self.confirm.setAutoDefault(False)  # Enter goes to the page that was typed
        self.confirm.setDefault(False)
        self.view = ScanView(ctx)
        self.tools = ScanTools(ctx, self.view)
        self.body.addWidget(self.tools)
        self.body.addWidget(self.view, 1)
        width, height = ctx.px(_WIDTH), ctx.px(_HEIGHT)
        self.resize(min(width, self._room.width()), min(height, self._room.height()))
        if content:
            self.view.show_content(content, title)

    def begin_typing(self) -> None:
        """Keys go through the pages."""
        self.view.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.view.close_content()
