"""The pages of a scan as pictures, drawn beside the window on a thread and by a process of its own.

The database's thread is left alone: a page that takes long to draw holds up nobody's saving.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from auditdesk.ui.base.worker import Worker
from auditdesk.util.faults import Fault
from auditdesk.util.progress import CancelledError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from auditdesk.documents.drawer import Drawer, View


class ScanPages(QObject):
    """One scan at a time; what is wanted last is drawn first."""

    opened = Signal()
    drawn = Signal(object, object)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.sizes: tuple[tuple[int, int], ...] = ()
        self._worker = Worker()
        self._drawing: _Drawing | None = None
        self._wanted: list[View] = []
        self._busy = False

    def open(self, content: bytes) -> None:
        """Show a content; `opened` or `failed` tells when it can be drawn."""
        self.close()
        drawing = self._drawing = _Drawing()
        # for a window that goes without being closed; a method alone would not be held
        self.destroyed.connect(lambda: drawing.close())  # noqa: PLW0108 – see above

        def done(sizes: tuple[tuple[int, int], ...]) -> None:
            if drawing is self._drawing:
                self.sizes = sizes
                self.opened.emit()

        def failed(error: Exception) -> None:
            if drawing is self._drawing:
                self._fail(error)

        self._worker.run(self, lambda: drawing.open(content), done, failed)

    def want(self, views: Iterable[View]) -> None:
        """Ask for pages or parts of them, the most urgent first; what was asked before is not."""
        self._wanted = list(views)
        self._next()

    def _next(self) -> None:
        drawing = self._drawing
        if self._busy or not self._wanted or drawing is None:
            return
        view = self._wanted.pop(0)
        self._busy = True

        def done(image: QImage) -> None:
            self._busy = False
            if drawing is self._drawing:
                self.drawn.emit(view, image)
            self._next()

        def failed(error: Exception) -> None:
            self._busy = False
            if drawing is self._drawing:
                self._wanted = []
                self._fail(error)
            self._next()

        self._worker.run(self, lambda: drawing.draw(view), done, failed)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, Fault):
            raise error
        self.failed.emit(error)

    @property
    def idle(self) -> bool:
        """Whether nothing is being drawn, or waits to be."""
        return self._worker.idle and not self._wanted

    def close(self) -> None:
        """End the process that draws; nothing decrypted outlives it."""
        self._wanted, self.sizes = [], ()
        if self._drawing is not None:
            self._drawing.close()
            self._drawing = None


class _Drawing:
    """A drawer that may be given up by the window while it is still being made."""

    def __init__(self) -> None:
        self._drawer: Drawer | None = None
        self._lock = threading.Lock()
        self._given_up = False

    def open(self, content: bytes) -> tuple[tuple[int, int], ...]:
        from auditdesk.documents.drawer import Drawer  # noqa: PLC0415 – a scan that is looked at

        drawer = Drawer(content)
        with self._lock:
            if self._given_up:
                drawer.close()
                raise CancelledError
            self._drawer = drawer
        return drawer.sizes

    def draw(self, view: View) -> QImage:
        drawer = self._drawer
        if drawer is None:
            raise CancelledError
        drawn = drawer.draw(view)
        image = QImage(
            drawn.rows, drawn.width, drawn.height, 3 * drawn.width, QImage.Format.Format_RGB888
        )
        return image.convertToFormat(QImage.Format.Format_RGB32)  # a copy, and quick to paint

    def close(self) -> None:
        with self._lock:
            self._given_up = True
            if self._drawer is not None:
                self._drawer.close()
