"""The composition root of the window: everything is built here and passed on."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from auditdesk.util.clock import SystemClock
from auditdesk.util.paths import shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from auditdesk.operations.offices import Surroundings
    from auditdesk.ui.base.context import Context
    from auditdesk.ui.window import Window
    from auditdesk.util.clock import Clock
    from auditdesk.util.label import Language

_SETTINGS_FILE = "window.json"


def run_window(office: Path | None, language: Language = "zh") -> int:
    """Open the window and run it until it is closed.

    Args:
        office: the office to sign in to, chosen already; None: the one opened last.
        language: `en` for English this time; `zh`: the language chosen last.

    Returns:
        The exit status.
    """
    _prepare_typing()
    # Qt comes last: its import hook slows whatever is imported after it
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from auditdesk.ui.application import tell_bugs  # noqa: PLC0415 – Qt only for the window

    app = QApplication(sys.argv[:1])
    app.setApplicationName("auditdesk")
    ctx = make_context(_settings_folder() / _SETTINGS_FILE, SystemClock())
    if language == "en":
        ctx.preferences.now = replace(ctx.preferences.now, language="en")
    window = make_window(app, ctx, cache(_build))
    tell_bugs(ctx, window)
    if office is not None:
        window.show_welcome(office)
    window.show()
    return int(app.exec())


def make_context(preferences: Path, clock: Clock) -> Context:
    """What the windows stand on, with the preferences kept in that file."""
    from auditdesk.ui.base.context import Context  # noqa: PLC0415 – Qt only for the window
    from auditdesk.ui.base.icons import Icons  # noqa: PLC0415 – as above
    from auditdesk.ui.base.preferences import PreferencesFile  # noqa: PLC0415 – as above
    from auditdesk.ui.base.worker import Worker  # noqa: PLC0415 – as above

    file = PreferencesFile(preferences)
    return Context(file, Icons(shipped("resources") / "icons"), Worker(), clock)


def make_window(app: QApplication, ctx: Context, supply: Callable[[], Surroundings]) -> Window:
    """The window, dressed by the preferences."""
    from auditdesk.ui.application import Wardrobe  # noqa: PLC0415 – as above
    from auditdesk.ui.window import Window  # noqa: PLC0415 – as above

    wardrobe = Wardrobe(app, ctx, shipped("resources"))
    wardrobe.dress()
    window = Window(ctx, supply)
    wardrobe.setParent(window)
    window.dressed.connect(wardrobe.dress)
    return window


def _build() -> Surroundings:
    """The law and the calendar; on the worker's thread, after the first paint."""
    from auditdesk.operations.surroundings import (  # noqa: PLC0415 – loads pydantic
        shipped_surroundings,
    )

    return shipped_surroundings()


def _settings_folder() -> Path:
    from platformdirs import user_config_path  # noqa: PLC0415 – for the window only

    return user_config_path("auditdesk", appauthor=False)


def _prepare_typing() -> None:
    """Chinese typing on Linux: Qt's wheels carry ibus, which fcitx answers to as well."""
    if os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"
