"""What concerns the program as a whole: its clothes, Qt's own words, and bugs."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QLibraryInfo, QLocale, QObject, QTranslator

from auditdesk.ui.base.theme import dress, load_fonts
from auditdesk.ui.dialogs.base import BugDialog, FaultDialog
from auditdesk.util.faults import Fault

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtWidgets import QApplication

    from auditdesk.ui.base.context import Context
    from auditdesk.ui.window import Window

_QT_WORDS = "qtbase_zh_CN"


class Wardrobe(QObject):
    """Dresses the program by the preferences: colours, text size, Qt's own language."""

    def __init__(self, app: QApplication, ctx: Context, resources: Path) -> None:
        """Load the fonts and Qt's Chinese words once."""
        super().__init__()
        self._app, self._ctx = app, ctx
        QDir.addSearchPath("icons", str(resources / "icons"))
        self._family = load_fonts(resources / "fonts")
        self._words = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._words.load(_QT_WORDS, folder)

    def dress(self) -> None:
        """Follow the preferences."""
        taste = self._ctx.preferences.now
        if taste.language == "zh":
            QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
            self._app.installTranslator(self._words)
        else:
            QLocale.setDefault(QLocale(QLocale.Language.English))
            self._app.removeTranslator(self._words)
        dress(self._app, self._ctx.colours, taste.text_size, self._family)


def tell_bugs(ctx: Context, window: Window) -> None:
    """Have whatever nobody caught told in a dialog; a fault as a fault, a bug as a bug."""

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Fault):
            FaultDialog(ctx, window, error).open()
            return
        sys.__excepthook__(kind, error, trace)
        details = "".join(traceback.format_exception(kind, error, trace))
        BugDialog(ctx, window, details).open()

    sys.excepthook = tell
