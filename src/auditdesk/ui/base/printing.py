"""Printing through the system's dialog: pages as pictures at the printer's resolution.

Qt's own PDF module leaves signature stamps out, so the pages come from documents/preview.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QObject, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog

from auditdesk.ui.panels.paper import count_pages, page_image, size_of
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
        # official papers are printed on both sides (GB/T 9704-2012, 5.3); the dialog may change it
        self.printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
        self.printer.setCollateCopies(True)
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
        self._ctx.worker.run(
            self, lambda: (count_pages(pdf), size_of(pdf)), lambda found: self._begin_pages(*found)
        )

    def _begin_pages(self, count: int, size: tuple[float, float]) -> None:
        pages = self.plan(count)
        if size[0] > size[1]:  # a ledger: its pages go onto the paper as they are laid out
            self.printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        if not pages or not self._painter.begin(self.printer):
            self.deleteLater()
            raise OfficeFaultError(
                "打印机没有接受任务，请检查打印机和页码范围后重试。",
                "The printer did not take the job; check it and the range of pages, try again.",
            )
        self._page(pages, 0)

    def plan(self, count: int) -> list[int | None]:
        """The pages to print one after the other, as the dialog was told; None is empty."""
        printer, ranges = self.printer, self.printer.pageRanges()
        chosen = [n for n in range(count) if ranges.isEmpty() or ranges.contains(n + 1)]
        if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
            chosen.reverse()
        copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
        both = printer.duplex() is not QPrinter.DuplexMode.DuplexNone
        return in_copies(chosen, copies, collated=printer.collateCopies(), both=both)

    def _page(self, pages: list[int | None], at: int) -> None:
        if at >= len(pages):
            self._painter.end()
            self._told(self._ctx.say("已送打印机", "Sent to the printer"))
            self.deleteLater()
            return
        pdf, index = self._pdf, pages[at]
        if index is None:
            self._next(pages, at)
            return
        self._ctx.worker.run(
            self,
            lambda: page_image(pdf, index, PRINT_DPI),
            lambda image: self._put(image, pages, at),
        )

    def _put(self, image: QImage, pages: list[int | None], at: int) -> None:
        # the picture's size in the printer's dots: paper size is kept, never fitted
        scale = self.printer.resolution() / PRINT_DPI
        target = QRectF(0, 0, image.width() * scale, image.height() * scale)
        self._painter.drawImage(target, image)
        self._next(pages, at)

    def _next(self, pages: list[int | None], at: int) -> None:
        if at + 1 < len(pages):
            self.printer.newPage()
        self._page(pages, at + 1)


def in_copies(pages: list[int], copies: int, *, collated: bool, both: bool) -> list[int | None]:
    """The pages so many times, where the printer does not make copies itself.

    On `both` sides of the paper each copy begins on a sheet of its own: None is an empty page.
    """
    if not collated:
        return [page for page in pages for _ in range(copies)]
    between = [None] * (len(pages) % 2 if both else 0)
    return [*([*pages, *between] * (copies - 1)), *pages]


def print_text(parent: QWidget, text: str) -> QPrintDialog:
    """Print a short text through the system's dialog."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, parent)
    document = QTextDocument(text, dialog)
    dialog.accepted.connect(lambda: document.print_(printer))
    QDialog.open(dialog)
    return dialog
