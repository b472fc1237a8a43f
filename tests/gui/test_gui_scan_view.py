"""Looking at scans: every page, in any size and turned, by keys; quick, and gone when closed."""

from __future__ import annotations

import io

import pytest
from person import WAIT
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from auditdesk.ui.dialogs.scan import ScanDialog
from auditdesk.ui.panels.scan_geometry import Geometry
from scan_samples import HOSTILE, leaves, pdf_of

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def look(qtbot, ctx):
    """Shows a content in its window and waits until it is drawn exactly."""

    owner = QWidget()
    qtbot.addWidget(owner)

    def show(content, title="证.pdf"):
        dialog = ScanDialog(ctx, owner, title, content)
        dialog.show()
        qtbot.waitExposed(dialog)
        settled(qtbot, dialog.view)
        return dialog

    return show


def settled(qtbot, view):
    """Wait until what is seen is drawn exactly, or why it cannot be is told."""
    opening = "正在打开……"
    qtbot.waitUntil(
        lambda: (
            view.source.idle
            and not view._later.isActive()
            and (view.is_exact or view.words not in ("", opening))
        ),
        timeout=WAIT,
    )


def press(qtbot, view, *keys):
    for key in keys:
        qtbot.keyClick(view, key)
        settled(qtbot, view)


def seen(view):
    """What stands in the middle of the window, as the screen has it."""
    shot = view.viewport().grab().toImage()
    return shot.pixelColor(shot.rect().center())


def test_a_scan_is_paged_through_by_keys(qtbot, look):
    dialog = look(leaves(12))
    view, key = dialog.view, Qt.Key
    assert (view.pages, view.place.page, dialog.tools.page.suffix()) == (12, 0, " / 12")
    assert view.hasFocus()
    press(qtbot, view, key.Key_PageDown, key.Key_Space)
    assert seen(view).red() == 2, "the third leaf is shown"
    assert dialog.tools.page.value() == 3
    press(qtbot, view, key.Key_End)
    assert seen(view).red() == 11
    assert not dialog.tools.after.isEnabled()
    press(qtbot, view, key.Key_PageDown)
    assert view.place.page == 11, "behind the last page there is none"
    press(qtbot, view, key.Key_PageUp, key.Key_Backspace)
    assert seen(view).red() == 9
    press(qtbot, view, key.Key_Home)
    assert seen(view).red() == 0
    assert "第 1 页，共 12 页" in view.accessibleName()


def test_a_page_is_gone_to_by_its_number(qtbot, look):
    dialog = look(leaves(12))
    dialog.tools.page.selectAll()
    qtbot.keyClicks(dialog.tools.page, "7")
    qtbot.keyClick(dialog.tools.page, Qt.Key.Key_Return)
    settled(qtbot, dialog.view)
    assert seen(dialog.view).red() == 6


def test_the_wheel_goes_on_to_the_next_page_and_enlarges(qtbot, look):
    view = look(leaves(3, size=(400, 600))).view

    def wheel(notches, keys=Qt.KeyboardModifier.NoModifier):
        at = QPointF(view.viewport().rect().center())
        event = QWheelEvent(
            at,
            view.viewport().mapToGlobal(at),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view.viewport(), event)
        settled(qtbot, view)

    wheel(-1)
    assert view.place.page == 1
    wheel(1)
    assert view.place.page == 0
    before = view.place.zoom
    wheel(-1, CTRL)
    assert view.place.zoom < before
    wheel(1, CTRL)
    wheel(1, CTRL)
    assert view.place.zoom > before


def quarters():
    """A wide picture, red to the left and blue to the right."""
    made = Image.new("RGB", (2400, 1200), "blue")
    made.paste("red", (0, 0, 1200, 1200))
    target = io.BytesIO()
    made.save(target, "PNG")
    return target.getvalue()


def test_a_page_is_fitted_enlarged_and_turned_and_its_middle_stays(qtbot, look):
    view, key = look(quarters()).view, Qt.Key
    wide, _ = view.place.whole
    assert wide <= view.viewport().width()
    press(qtbot, view, key.Key_W)
    assert abs(view.place.whole[0] - view.viewport().width()) <= 20
    for _ in range(4):
        press(qtbot, view, key.Key_Plus)
    assert view.place.zoom > 1
    assert view.place.middle == pytest.approx((0.5, 0.5), abs=0.01)
    view.horizontalScrollBar().setValue(0)
    settled(qtbot, view)
    assert seen(view).name() == "#ff0000"
    press(qtbot, view, key.Key_R)
    assert view.place.turn_of(0) == 90
    assert view.place.whole[0] < view.place.whole[1]
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    settled(qtbot, view)
    assert seen(view).name() == "#0000ff", "turned to the right, its right is below"
    press(qtbot, view, key.Key_L, key.Key_P)
    assert view.place.turn_of(0) == 0
    assert view.place.whole[0] == wide


def test_the_page_is_dragged_by_the_mouse(qtbot, look):
    view = look(quarters()).view
    for _ in range(6):
        view.zoom_by(1)
    settled(qtbot, view)
    before = view.horizontalScrollBar().value()
    at = view.viewport().rect().center()
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(view.viewport(), left, pos=at)
    qtbot.mouseMove(view.viewport(), at - QPoint(60, 0))
    qtbot.mouseRelease(view.viewport(), left, pos=at - QPoint(60, 0))
    assert view.horizontalScrollBar().value() == before + 60


def test_a_long_scan_keeps_a_few_small_pages_and_one_exact_part(qtbot, look):
    view = look(pdf_of(200)).view
    for _ in range(30):
        qtbot.keyClick(view, Qt.Key.Key_PageDown)
    settled(qtbot, view)
    assert view.place.page == 30
    press(qtbot, view, *[Qt.Key.Key_PageDown] * 12)
    assert len(view._small) <= 8
    kept = sum(image.sizeInBytes() for image in view._small.values())
    assert kept <= 8 * 1200 * 1200 * 4
    exact = view._exact[1]
    assert exact.width() <= view.viewport().width() * view.place.dots
    assert view.place.page == 42


def test_going_on_quickly_draws_what_is_wanted_last(qtbot, look):
    """Pages that were only passed by are not drawn one after the other."""
    view = look(pdf_of(200)).view
    drawn = []
    view.source.drawn.connect(lambda asked, _: drawn.append(asked.page))
    for _ in range(100):
        qtbot.keyClick(view, Qt.Key.Key_PageDown)
    settled(qtbot, view)
    assert drawn[-1] in {99, 100, 101}
    assert len(set(drawn)) < 60


def test_closing_ends_the_process_that_draws(qtbot, look):
    dialog = look(pdf_of(3))
    drawing = dialog.view.source._drawing
    process = drawing._drawer._process
    assert process.poll() is None
    qtbot.keyClick(dialog.view, Qt.Key.Key_Escape)
    assert process.poll() is not None


def test_closing_while_it_is_being_opened_leaves_no_process(qtbot, ctx):
    owner = QWidget()
    qtbot.addWidget(owner)
    dialog = ScanDialog(ctx, owner, "证.pdf", pdf_of(3))
    drawing, worker = dialog.view.source._drawing, dialog.view.source._worker
    dialog.show()
    dialog.reject()
    qtbot.waitUntil(lambda: worker.idle, timeout=WAIT)
    assert drawing._drawer is None


@pytest.mark.parametrize("name", ["text", "a pdf of noise"])
def test_what_cannot_be_shown_says_so_in_its_place(look, name):
    view = look(HOSTILE[name][0]).view
    assert "请" in view.words
    assert view.accessibleName().endswith(view.words)
    assert view.pages == 0


def test_a_page_that_breaks_says_so_and_the_others_are_shown(qtbot, look):
    view = look(pdf_of(3)).view
    view.source._drawing._drawer._process.kill()
    view.go_to(1)
    qtbot.waitUntil(lambda: "显示不了" in view.words, timeout=WAIT)


def test_a_scan_on_a_fine_screen_is_drawn_in_its_dots():
    place = Geometry(sizes=((800, 1000),), room=(400, 516), dots=2.0)
    assert place.zoom == pytest.approx(0.48)
    exact = place.exact()
    assert (exact.width, exact.height) == (768, 960)
    assert (exact.left, exact.top, exact.across, exact.down) == (0, 0, 768, 960)
    place.fit, place.chosen = "", 4.0
    place.scrolled = place.scrolled_to((1.0, 1.0))
    exact = place.exact()
    assert (exact.left + exact.across, exact.top + exact.down) == (6400, 8000)
    assert exact.across == 800


def test_the_largest_page_is_never_enlarged_beyond_what_can_be_drawn():
    place = Geometry(sizes=((65_500, 10),), room=(500, 500), fit="", chosen=8.0)
    assert max(place.whole) <= 32_000
    assert place.small(0).width <= 1200
    assert place.small(1) is None
    assert Geometry().exact() is None
