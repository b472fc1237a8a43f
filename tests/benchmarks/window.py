"""From starting the program to the window's first paint."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from measure import Figure, Size, ms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Run in a process of its own: prints the moment of the first paint of a window and ends.
WATCH = """
import os, sys, time

def watch():
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication, QMainWindow

    class FirstPaint(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
                print(time.monotonic(), flush=True)
                os._exit(0)
            return False

    def run(*arguments):
        application = QApplication.instance()
        watcher = FirstPaint(application)
        application.installEventFilter(watcher)
        return start()

    start = QApplication.exec
    QApplication.exec = run
"""
OURS = """
from auditdesk.app import run_window
watch()
sys.exit(run_window(None, "zh"))
"""
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
watch()
application = QApplication([])
window = QMainWindow()
window.show()
sys.exit(QApplication.exec())
"""


def first_paint(size: Size, folder: Path) -> Iterator[Figure]:
    """The program's window without an office, against an empty one of the same library."""
    pairs = [(painted(OURS, folder), painted(BARE, folder)) for _ in range(size.rounds + 1)]
    ours, theirs = (statistics.median(times) for times in zip(*pairs[1:], strict=True))
    yield Figure(
        "from start to the window's first paint",
        ms(ours),
        "an empty window",
        ms(theirs),
        ours / theirs,
    )


def painted(program: str, folder: Path) -> float:
    """Seconds from starting a process to the first paint in it."""
    environment = {**os.environ, "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-P", "-c", WATCH + program],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    if done.returncode or not done.stdout:
        raise RuntimeError(f"no window was painted: {done.stderr[-500:]}")
    return float(done.stdout) - start
