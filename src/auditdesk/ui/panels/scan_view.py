"""A scan on the screen: one page at a time, fitted, enlarged, turned; by keys, wheel and mouse.

At once a page is shown as it is kept in a small size; the part that is seen follows in the exact
size as soon as it is drawn. A few pages are kept, in memory only.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPalette
from PySide6.QtWidgets import QAbstractScrollArea

from auditdesk.ui.base.context import named
from auditdesk.ui.base.pages import ScanPages
from auditdesk.ui.panels.scan_geometry import Fit, Geometry

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from auditdesk.documents.drawer import View
    from auditdesk.ui.base.context import Context
    from auditdesk.util.faults import Fault

_KEPT = 8  # pages that are kept small; 40 MB at most
_PAUSE_MS = 30  # after the last step, before the exact part is drawn
_NOTCH = 120  # what a wheel tells for one step of it
_EDGE = 24  # beside words in place of a page
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class ScanView(QAbstractScrollArea):
    """Shows a scan; `changed` tells what a tool bar shows: page, pages, zoom."""

    changed = Signal()
    drawn = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._title, self._words = ctx, "", ""
        self.place = Geometry()
        self._small: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._exact: tuple[View, QImage] | None = None
        self._held: tuple[QPoint, QPoint] | None = None
        self.source = ScanPages(self)
        self.source.opened.connect(self._opened)
        self.source.drawn.connect(self._take)
        self.source.failed.connect(self._failed)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE_MS)
        self._later.timeout.connect(self._ask)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        named(self, ctx.say("扫描件", "Scan"))
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self._scrolled)

    # ---------------------------------------------------------------- what is shown

    def show_content(self, content: bytes, title: str) -> None:
        """Show a scan from its first page."""
        self.show_words(self._ctx.say("正在打开……", "Opening …"))
        self._title = title
        self.source.open(content)

    def show_words(self, words: str) -> None:
        """Say something in place of a page."""
        self.source.close()
        self._small.clear()
        self._exact, self._words = None, words
        self.place.sizes, self.place.page, self.place.turns = (), 0, {}
        self._lay_out()

    @property
    def pages(self) -> int:
        """How many pages the scan has; 0 while it is being opened."""
        return len(self.place.sizes)

    @property
    def words(self) -> str:
        """What is said in place of a page; empty where one is shown."""
        return self._words

    @property
    def is_exact(self) -> bool:
        """Whether what is seen is drawn in its exact size."""
        now = self.place.exact()
        return now is not None and self._has(now)

    def close_content(self) -> None:
        """Let go of the scan; its process ends."""
        self.show_words("")

    def _opened(self) -> None:
        self._words = ""
        self.place.sizes = self.source.sizes
        self._lay_out()
        self._ask()

    def _failed(self, fault: Fault) -> None:
        self._words = self._ctx.text(fault.message)
        self._exact = None
        self._lay_out()
        self.drawn.emit()

    # ---------------------------------------------------------------- going about

    def go_to(self, page: int) -> None:
        """Show another page from its top."""
        page = min(max(page, 0), max(self.pages - 1, 0))
        if page != self.place.page:
            self.place.page = page
            self._words = ""
            self._lay_out()
            self.verticalScrollBar().setValue(0)
            self._later.start()

    def turn(self, degrees: int) -> None:
        """Turn the page clockwise on the screen; the scan stays as it is."""
        self._keeping_the_middle(lambda: self.place.turn(degrees))

    def fit_to(self, fit: Fit) -> None:
        """Show whole pages, or their whole width, whatever the size of the window."""
        self.place.fit = fit
        self._keeping_the_middle(lambda: None)

    def zoom_by(self, steps: int) -> None:
        """Enlarge or reduce to the next of the fixed sizes."""
        self._keeping_the_middle(lambda: self.place.zoom_by(steps))

    def _keeping_the_middle(self, change: Callable[[], object]) -> None:
        middle = self.place.middle
        change()
        self._lay_out()
        left, top = self.place.scrolled_to(middle)
        self.horizontalScrollBar().setValue(left)
        self.verticalScrollBar().setValue(top)
        self._later.start()

    def _lay_out(self) -> None:
        """Measure anew, and say where one is."""
        place, policy = self.place, Qt.ScrollBarPolicy
        # fitted to a width that a bar takes from, it would come and go without end
        fitted = place.fit == "width" and self.pages
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOn if fitted else policy.ScrollBarAsNeeded
        )
        place.dots = self.devicePixelRatioF()
        place.room = self.viewport().width(), self.viewport().height()
        bars = (self.horizontalScrollBar(), self.verticalScrollBar())
        for bar, seen, travel in zip(bars, place.room, place.travel, strict=True):
            bar.setRange(0, travel)
            bar.setPageStep(seen)
            bar.setSingleStep(max(seen // 12, 1))
        told = self._ctx.say(
            f"第 {place.page + 1} 页，共 {self.pages} 页", f"page {place.page + 1} of {self.pages}"
        )
        self.setAccessibleName(f"{self._title} {self._words or told}".strip())
        self.viewport().update()
        self.changed.emit()

    def _scrolled(self) -> None:
        self.place.scrolled = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.viewport().update()
        self._later.start()

    # ---------------------------------------------------------------- drawing

    def _ask(self) -> None:
        """What is seen, small if it was never seen and then exactly; then the pages beside it."""
        place = self.place
        beside = (place.small(place.page + step) for step in (1, -1))
        wanted = [place.small(place.page), place.exact(), *beside]
        self.source.want(v for v in wanted if v is not None and not self._has(v))

    def _has(self, view: View) -> bool:
        if self._exact is not None and self._exact[0] == view:
            return True
        return view == self.place.small(view.page) and (view.page, view.turn) in self._small

    def _take(self, view: View, image: QImage) -> None:
        if view == self.place.small(view.page):
            self._small[view.page, view.turn] = image
            self._small.move_to_end((view.page, view.turn))
            if len(self._small) > _KEPT:
                self._small.popitem(last=False)
        if self._fits(view):
            self._exact = view, image
        self.viewport().update()
        self.drawn.emit()

    def _fits(self, view: View) -> bool:
        """Whether something was drawn in the size in which the page is shown now."""
        now = self.place.exact()
        return now is not None and (view.page, view.turn, view.width, view.height) == (
            now.page,
            now.turn,
            now.width,
            now.height,
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        colours = self.palette()
        painter.fillRect(self.viewport().rect(), colours.color(QPalette.ColorRole.Window))
        if self._words:
            room = self.viewport().rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.setPen(colours.color(QPalette.ColorRole.WindowText))
            painter.drawText(room, int(flags), self._words)
        elif self.pages:
            self._paint_page(painter)

    def _paint_page(self, painter: QPainter) -> None:
        place = self.place
        page = QRect(QPoint(*place.origin), QSize(*place.whole))
        painter.fillRect(page, Qt.GlobalColor.white)
        kept = self._small.get((place.page, place.turn_of(place.page)))
        if kept is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(page, kept)
        if self._exact is not None and self._fits(self._exact[0]):
            view, image = self._exact
            image.setDevicePixelRatio(place.dots)
            corner = QPointF(view.left / place.dots, view.top / place.dots)
            painter.drawImage(corner + QPointF(page.topLeft()), image)

    # ---------------------------------------------------------------- hands

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        self._later.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._keys().get(Qt.Key(event.key()))
        if act is None or event.modifiers() & ~_PLAIN:
            super().keyPressEvent(event)
            return
        act()

    def _keys(self) -> dict[Qt.Key, Callable[[], None]]:
        key = Qt.Key
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        return {
            key.Key_PageDown: lambda: self.leaf(1),
            key.Key_Space: lambda: self.leaf(1),
            key.Key_PageUp: lambda: self.leaf(-1),
            key.Key_Backspace: lambda: self.leaf(-1),
            key.Key_Home: lambda: self.go_to(0),
            key.Key_End: lambda: self.go_to(self.pages - 1),
            key.Key_Plus: lambda: self.zoom_by(1),
            key.Key_Equal: lambda: self.zoom_by(1),
            key.Key_Minus: lambda: self.zoom_by(-1),
            key.Key_P: lambda: self.fit_to("page"),
            key.Key_W: lambda: self.fit_to("width"),
            key.Key_R: lambda: self.turn(90),
            key.Key_L: lambda: self.turn(-90),
            key.Key_Left: lambda: across.setValue(across.value() - across.singleStep()),
            key.Key_Right: lambda: across.setValue(across.value() + across.singleStep()),
            key.Key_Up: lambda: down.setValue(down.value() - down.singleStep()),
            key.Key_Down: lambda: down.setValue(down.value() + down.singleStep()),
        }

    def leaf(self, step: int) -> None:
        """On by a window's height; from the end of a page to the next one."""
        bar = self.verticalScrollBar()
        at_end = bar.value() == (bar.maximum() if step > 0 else bar.minimum())
        if not at_end:
            bar.setValue(bar.value() + step * bar.pageStep())
        elif 0 <= self.place.page + step < self.pages:
            self.go_to(self.place.page + step)
            bar.setValue(bar.minimum() if step > 0 else bar.maximum())

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / _NOTCH
        bar = self.verticalScrollBar()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if notches > 0 else -1)
        elif notches and bar.value() == (bar.minimum() if notches > 0 else bar.maximum()):
            self.leaf(-1 if notches > 0 else 1)
        else:
            super().wheelEvent(event)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        bars = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        self._held = event.position().toPoint(), bars
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            start, bars = self._held
            moved = bars + start - event.position().toPoint()
            self.horizontalScrollBar().setValue(moved.x())
            self.verticalScrollBar().setValue(moved.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = None
        self.viewport().unsetCursor()
