"""The program as a whole: its start, its faults, its bugs, what is dropped on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from auditdesk.operations import offices
from auditdesk.ui.application import tell_bugs
from auditdesk.ui.dialogs.base import BugDialog, FaultDialog
from auditdesk.ui.dialogs.verify import VerifyDialog
from auditdesk.util.faults import RefusedError
from desk_samples import PASSWORD

START = """
import json, sys
import PySide6.QtWidgets as widgets

HEAVY = ("pydantic", "sqlcipher3", "reportlab", "pikepdf", "pyhanko", "openpyxl", "pypdfium2")

class Short(widgets.QApplication):
    def exec(self):
        # painted, but no time has passed yet
        self.sendPostedEvents()
        window = next(w for w in self.topLevelWidgets() if w.isVisible())
        window.repaint()
        heavy = [name for name in HEAVY if name in sys.modules]
        print(json.dumps([window.windowTitle(), window.welcome.recent.count(), heavy]))
        window.close()
        return 7

widgets.QApplication = Short
from auditdesk.app import run_window
sys.exit(run_window(None, sys.argv[1]))
"""


@pytest.mark.parametrize(("language", "title"), [("zh", "审案台"), ("en", "auditdesk")])
def test_the_window_opens_before_anything_heavy_is_loaded(tmp_path, language, title):
    folders = {name: str(tmp_path) for name in ("XDG_CONFIG_HOME", "APPDATA", "HOME")}
    started = subprocess.run(
        [sys.executable, "-W", "error", "-c", START, language],
        env={**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert started.returncode == 7, started.stderr
    assert json.loads(started.stdout) == [title, 0, []]


@pytest.fixture
def hook(monkeypatch, window, ctx):
    """The hook that tells what nobody caught, as the program installs it."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    tell_bugs(ctx, window)
    return sys.excepthook


def test_a_bug_is_told_with_its_details(hook, person, capfd):
    error = ZeroDivisionError("unforeseen")
    hook(type(error), error, None)
    dialog = person.dialog(BugDialog)
    assert "已存盘的案件没有受影响" in person.words(dialog)
    person.click(dialog.confirm)
    assert "unforeseen" in capfd.readouterr().err


def test_a_fault_that_nobody_caught_is_still_a_sentence(hook, person, capfd):
    error = RefusedError("不行，请先登录。", "No; sign in first.")
    hook(type(error), error, None)
    dialog = person.dialog(FaultDialog)
    assert dialog.message.text() == "不行，请先登录。"
    person.click(dialog.confirm)
    assert "Traceback" not in capfd.readouterr().err


def test_an_office_that_another_program_holds_says_so(person, surroundings):
    desk = offices.sign_in(person.office, "li", PASSWORD, surroundings)
    welcome = person.window.welcome
    welcome.choose(person.office, "wang")
    person.until(welcome.enter.isEnabled)
    person.type_into(welcome.password, PASSWORD)
    person.press(Qt.Key.Key_Return)
    person.until(welcome.error.isVisible)
    assert "li" in welcome.error.text()
    desk.close()
    person.press(Qt.Key.Key_Return)
    person.until(lambda: person.desk is not None)
    person.settle()


def drop(widget, *paths):
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, content, buttons, keys)
    widget.dropEvent(event)


def test_a_pdf_dropped_on_the_window_is_verified_even_before_signing_in(person, tmp_path):
    path = tmp_path / "fremd.pdf"
    path.write_bytes(b"no PDF at all")
    drop(person.window, path)
    dialog = person.dialog(VerifyDialog)
    person.until(dialog.error.isVisible)
    assert "不是 PDF" in dialog.error.text()
    person.click(dialog.confirm)


def test_a_scan_dropped_on_a_material_asks_what_it_shows(person, enter, tmp_path):
    no = enter()
    person.sign_in("li")
    person.open(no)
    row = person.case.materials.rows["title_proof"]
    drop(row, tmp_path / "a.png")
    menus = [child for child in row.children() if child.isWidgetType() and child.isWindow()]
    assert ["原件" in a.text() for a in menus[0].actions()] == [True, False]
    menus[0].close()
