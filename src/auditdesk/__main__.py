"""The entry point: hands the command line what it may build."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from auditdesk.cli.main import run
from auditdesk.cli.program import Outside
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from pathlib import Path

    from auditdesk.operations.offices import Surroundings
    from auditdesk.util.label import Language

# What `util/confined.py` starts this program with, and the module whose `main` is meant.
CONFINED = {
    "read-workbook": "auditdesk.exchange.confined",
    "check-scan": "auditdesk.documents.scan_reader",
    "draw-scan": "auditdesk.documents.scan_drawing",
}


def _build() -> Surroundings:
    from auditdesk.operations.surroundings import shipped_surroundings  # noqa: PLC0415 – see main

    return shipped_surroundings()


def _open_window(office: Path | None, language: Language) -> int:
    _require_screen()
    from auditdesk.app import run_window  # noqa: PLC0415 – Qt is loaded for the window only

    return run_window(office, language)


def _require_screen() -> None:
    """Say that there is no screen before Qt ends the whole program over it.

    Raises:
        UnusableInputError: a Linux machine without a display.
    """
    chosen = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in chosen):
        raise UnusableInputError(
            "这里没有图形界面，打不开窗口；可以用命令办理，见 auditdesk --help。",
            "There is no screen for a window here; use the commands, see auditdesk --help.",
        )


def main() -> int:
    """Run the program; everything heavy is imported by the command that needs it."""
    if getattr(sys, "frozen", False):
        # an installed program starts its second process (documents/workshop.py) as itself
        from multiprocessing import freeze_support  # noqa: PLC0415 – only there

        freeze_support()
    confined = CONFINED.get(sys.argv[1]) if len(sys.argv) > 1 else None
    if confined is not None:
        return int(import_module(confined).main(sys.argv[2:]))
    return run(sys.argv[1:], Outside(_build, _open_window))


if __name__ == "__main__":
    sys.exit(main())
