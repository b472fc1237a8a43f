"""Papers on screen and on the printer: every page, at its own size, stamps included."""

from __future__ import annotations

import pytest
from PIL import Image, ImageOps
from PySide6.QtGui import QPageRanges
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from auditdesk.documents.content import Ledger, SheetColumn, SheetTable
from auditdesk.documents.ledger import render_ledger
from auditdesk.documents.preview import page_count, render_page
from auditdesk.operations import documents
from auditdesk.ui.base.printing import PrintRun, in_copies
from auditdesk.ui.panels.paper import PaperPanel
from auditdesk.util.progress import NoProgress
from paper_samples import fonts

A4_AT_72 = (595, 842)


@pytest.fixture
def pdf(at_desk, entered):
    """The preview of a document of several pages."""
    view = entered()
    desk = at_desk("li")
    made = documents.preview(desk, view.no, "review_sheet")
    desk.close()
    return made


def test_every_page_is_drawn_and_the_zoom_makes_it_larger(pdf, qtbot, ctx):
    panel = PaperPanel(ctx)
    qtbot.addWidget(panel)
    panel.resize(500, 600)
    panel.show()
    qtbot.waitExposed(panel)
    panel.show_pdf(pdf, "预览")
    qtbot.waitUntil(lambda: panel.pages_shown == page_count(pdf))
    width = panel._sheets[0].pixmap().width()
    assert 400 < width < 500, "a sheet is as wide as the panel"
    panel._zoom_by(1)
    qtbot.waitUntil(lambda: panel._sheets[0].pixmap().width() > width)
    assert panel._sheets[0].pixmap().width() == pytest.approx(width * 1.25, abs=8)


def test_words_take_the_place_of_a_paper(qtbot, ctx, pdf):
    panel = PaperPanel(ctx)
    qtbot.addWidget(panel)
    panel.show_pdf(pdf, "预览")
    panel.show_words("没有文书")
    qtbot.waitUntil(lambda: ctx.worker.idle)
    assert panel.pages_shown == 0
    assert panel._sheets[0].text() == "没有文书"


def test_every_page_is_printed_at_its_own_size(pdf, qtbot, ctx, tmp_path):
    owner, told = QWidget(), []
    qtbot.addWidget(owner)
    run = PrintRun(ctx, owner, pdf, "批复")
    printed = tmp_path / "printed.pdf"
    run.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    run.printer.setOutputFileName(str(printed))
    dialog = run.ask(owner, told.append)
    dialog.accept()
    qtbot.waitUntil(lambda: told != [], timeout=60_000)
    content = printed.read_bytes()
    assert page_count(content) == page_count(pdf)
    assert render_page(content, 0, 72)[:2] == pytest.approx(A4_AT_72, abs=2)
    for index in range(page_count(pdf)):
        assert ink(content, index) == pytest.approx(ink(pdf, index), abs=2)


def test_a_turned_page_is_shown_whole_and_printed_turned(qtbot, ctx, tmp_path):
    table = SheetTable("", (SheetColumn("水库名称", 1),) * 20, (("卧虎水库",) * 20,) * 3)
    made = render_ledger(Ledger(title="水库台账", table=table), fonts(), NoProgress())
    assert made.turned
    panel, told = PaperPanel(ctx), []
    qtbot.addWidget(panel)
    panel.resize(500, 600)
    panel.show()
    qtbot.waitExposed(panel)
    panel.show_pdf(made.pdf, "预览")
    qtbot.waitUntil(lambda: panel.pages_shown == made.pages)
    shown = panel._sheets[0].pixmap()
    assert 400 < shown.width() < 500
    assert shown.width() > shown.height()
    run = PrintRun(ctx, panel, made.pdf, "水库台账")
    printed = tmp_path / "printed.pdf"
    run.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    run.printer.setOutputFileName(str(printed))
    run.ask(panel, told.append).accept()
    qtbot.waitUntil(lambda: told != [], timeout=60_000)
    content = printed.read_bytes()
    assert render_page(content, 0, 72)[:2] == pytest.approx(A4_AT_72[::-1], abs=2)
    assert ink(content, 0) == pytest.approx(ink(made.pdf, 0), abs=2)


@pytest.mark.parametrize(
    ("both", "collated", "copies", "planned"),
    [
        (False, True, 1, [0, 1, 2]),
        (True, True, 1, [0, 1, 2]),
        (True, True, 2, [0, 1, 2, None, 0, 1, 2]),
        (False, True, 2, [0, 1, 2, 0, 1, 2]),
        (False, False, 2, [0, 0, 1, 1, 2, 2]),
    ],
)
def test_copies_begin_on_sheets_of_their_own(both, collated, copies, planned):
    assert in_copies([0, 1, 2], copies, collated=collated, both=both) == planned


def test_ranges_copies_and_order_are_heeded(pdf, qtbot, ctx, tmp_path):
    owner, told = QWidget(), []
    qtbot.addWidget(owner)
    run = PrintRun(ctx, owner, pdf, "批复")
    printed = tmp_path / "printed.pdf"
    run.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    run.printer.setOutputFileName(str(printed))
    run.printer.setCopyCount(2)
    run.printer.setPageRanges(QPageRanges.fromString("2-3"))
    assert run.plan(9) == [1, 2, 1, 2]
    run.printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert run.plan(9) == [2, 1, 2, 1]
    run._told = told.append
    run.begin()  # the dialog itself would put its own choices over these
    qtbot.waitUntil(lambda: told != [], timeout=60_000)
    content = printed.read_bytes()
    assert page_count(content) == 4
    assert ink(content, 1) == pytest.approx(ink(pdf, 1), abs=2)
    assert ink(content, 2) == pytest.approx(ink(pdf, 2), abs=2)


def ink(pdf, index):
    """The box round everything printed on a page, in dots of 1/72 inch."""
    width, height, rows = render_page(pdf, index, 72)
    return ImageOps.invert(Image.frombytes("RGB", (width, height), rows).convert("L")).getbbox()
