"""Printing through the system's dialog: pages as pictures at the printer's resolution.

Qt's own PDF module leaves signature stamps out, so the pages come from documents/preview.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QObject, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog

from auditdesk.ui.panels.paper import count_pages, page_image
from auditdesk.util.faults import OfficeFaultError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from auditdesk.ui.base.context import Context

PRINT_DPI = 300


class PrintRun(QObject):
    """One PDF on its way to a printer: dialog, pages one by one, end."""

    def __init__(self, ctx: Context, parent: QWidget, pdf: bytes, title: str) -> None:
        super().__init__(parent)
        self._ctx, self._pdf = ctx, pdf
        self._painter = QPainter()
        self._told: Callable[[str], None] = lambda _: None
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.printer.setDocName(title)
        self.printer.setResolution(PRINT_DPI)
        self.printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self.printer.setFullPage(True)
        self.printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)

    def ask(self, parent: QWidget, told: Callable[[str], None]) -> QPrintDialog:
        """Open the system's dialog; `told` hears how it ended."""
        self._told = told
        dialog = QPrintDialog(self.printer, parent)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=True)
        dialog.accepted.connect(self.begin)
        dialog.rejected.connect(self.deleteLater)
        # QPrintDialog hides the plain open() behind one that wants a slot's name
        QDialog.open(dialog)
        return dialog

    def begin(self) -> None:
        """Draw every page that was asked for, each on the worker thread, and print it."""
        pdf = self._pdf
        self._ctx.worker.run(self, lambda: count_pages(pdf), self._begin_pages)

    def _begin_pages(self, count: int) -> None:
        first = self.printer.fromPage() or 1
        last = min(self.printer.toPage() or count, count)
        if not self._painter.begin(self.printer):
            self.deleteLater()
            raise OfficeFaultError(
                "打印机没有接受任务，请检查打印机后重试。",
                "The printer did not take the job; please check it and try again.",
            )
        self._page(first - 1, last)

    def _page(self, index: int, end: int) -> None:
        if index >= end:
            self._painter.end()
            self._told(self._ctx.say("已送打印机", "Sent to the printer"))
            self.deleteLater()
            return
        pdf = self._pdf
        self._ctx.worker.run(
            self,
            lambda: page_image(pdf, index, PRINT_DPI),
            lambda image: self._put(image, index, end),
        )

    def _put(self, image: QImage, index: int, end: int) -> None:
        # the picture's size in the printer's dots: paper size is kept, never fitted
        scale = self.printer.resolution() / PRINT_DPI
        target = QRectF(0, 0, image.width() * scale, image.height() * scale)
        self._painter.drawImage(target, image)
        if index + 1 < end:
            self.printer.newPage()
        self._page(index + 1, end)


def print_text(parent: QWidget, text: str) -> QPrintDialog:
    """Print a short text through the system's dialog."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, parent)
    document = QTextDocument(text, dialog)
    dialog.accepted.connect(lambda: document.print_(printer))
    QDialog.open(dialog)
    return dialog
