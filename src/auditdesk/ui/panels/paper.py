"""Looking at a PDF: pages drawn on the worker thread as they come into view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from auditdesk.ui.base.context import named

if TYPE_CHECKING:
    from auditdesk.ui.base.context import Context
    from auditdesk.util.faults import Fault

_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_START = 2
_POINTS = 72.0  # an inch
_MOST_PAGES = 60


def page_image(pdf: bytes, index: int, dpi: int) -> QImage:
    """One page as a picture; for the worker thread only, the renderer knows one thread."""
    from auditdesk.documents.preview import render_page  # noqa: PLC0415 – loads the PDF library

    width, height, rows = render_page(pdf, index, dpi)
    return QImage(rows, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def count_pages(pdf: bytes) -> int:
    """The number of pages; for the worker thread only."""
    from auditdesk.documents.preview import page_count  # noqa: PLC0415 – loads the PDF library

    return page_count(pdf)


def size_of(pdf: bytes) -> tuple[float, float]:
    """Width and height of the first page in points; for the worker thread only."""
    from auditdesk.documents.preview import paper_size  # noqa: PLC0415 – loads the PDF library

    return paper_size(pdf)


class PaperPanel(QWidget):
    """The pages of a PDF under each other, with a zoom."""

    drawn = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._pdf = b""
        self._zoom = _START
        self._sheets: list[QLabel] = []
        self._title = QLabel()
        self._title.setProperty("look", "muted")
        self._column = QVBoxLayout()
        self._column.setSpacing(ctx.px(10))
        self._column.addStretch(1)  # an alignment would give words their widest height only
        desk = QWidget()
        desk.setLayout(self._column)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(desk)
        named(self._scroll, ctx.say("文书预览", "Preview of the document"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head())
        layout.addWidget(self._scroll, 1)

    def _head(self) -> QHBoxLayout:
        ctx = self._ctx
        head = QHBoxLayout()
        head.setContentsMargins(*(ctx.px(n) for n in (10, 4, 6, 4)))
        head.addWidget(self._title, 1)
        for icon, name, act in (
            ("zoom-out", ctx.say("缩小", "Smaller"), lambda: self._zoom_by(-1)),
            ("zoom-in", ctx.say("放大", "Larger"), lambda: self._zoom_by(1)),
        ):
            button = QToolButton()
            button.setIcon(ctx.icon(icon))
            button.setToolTip(name)
            named(button, name)
            button.clicked.connect(act)
            head.addWidget(button)
        return head

    def show_pdf(self, pdf: bytes, title: str) -> None:
        """Show a PDF from its first page."""
        self._pdf = pdf
        self._title.setText(title)
        self._scroll.verticalScrollBar().setValue(0)
        self._draw()

    def show_words(self, words: str) -> None:
        """Say something in place of a paper, as why there is none."""
        self._pdf = b""
        self._clear()
        self._add_words(words)

    def _add_words(self, words: str) -> None:
        label = QLabel(words)
        label.setWordWrap(True)
        label.setProperty("look", "muted")
        self._add(label)

    def show_fault(self, fault: Fault) -> None:
        """Say why the paper cannot be shown."""
        self.show_words(self._ctx.text(fault.message))

    @property
    def pages_shown(self) -> int:
        """How many pages have been drawn."""
        return sum(not sheet.pixmap().isNull() for sheet in self._sheets)

    def _zoom_by(self, step: int) -> None:
        self._zoom = min(max(self._zoom + step, 0), len(_ZOOMS) - 1)
        if self._pdf:
            self._draw()

    def _draw(self) -> None:
        pdf = self._pdf
        self._ctx.worker.run(
            self, lambda: (count_pages(pdf), size_of(pdf)), lambda found: self._begin(pdf, *found)
        )

    def _begin(self, pdf: bytes, count: int, size: tuple[float, float]) -> None:
        if pdf is not self._pdf:
            return
        self._clear()
        dpi = self._dpi(size[0])
        for index in range(min(count, _MOST_PAGES)):
            self._draw_page(pdf, index, dpi)
        if count > _MOST_PAGES:
            say = self._ctx.say
            self._add_words(
                say(
                    f"共 {count} 页，这里只显示前 {_MOST_PAGES} 页。",
                    f"{count} pages; the first {_MOST_PAGES} are shown here.",
                )
            )

    def _dpi(self, width: float) -> int:
        """Dots an inch at which a page of that width is as wide as the panel, times the zoom."""
        room = max(self._scroll.width() - self._ctx.px(40), 200)
        return round(room * self.devicePixelRatioF() / width * _POINTS * _ZOOMS[self._zoom])

    def _draw_page(self, pdf: bytes, index: int, dpi: int) -> None:
        sheet = QLabel()
        sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._add(sheet)

        def put(image: QImage) -> None:
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            sheet.setPixmap(pixmap)
            self.drawn.emit()

        self._ctx.worker.run(sheet, lambda: page_image(pdf, index, dpi), put)

    def _add(self, sheet: QLabel) -> None:
        self._sheets.append(sheet)
        self._column.insertWidget(self._column.count() - 1, sheet)

    def _clear(self) -> None:
        for sheet in self._sheets:
            self._column.removeWidget(sheet)
            sheet.hide()
            sheet.deleteLater()
        self._sheets = []
