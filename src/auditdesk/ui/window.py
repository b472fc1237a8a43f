"""The one window: signing in, then the desk; built anew when the taste changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMainWindow, QStackedWidget, QWidget

from auditdesk.ui.base.dropping import dropped_pdfs
from auditdesk.ui.base.session import Session
from auditdesk.ui.dialogs.base import FaultDialog
from auditdesk.ui.pages.welcome import WelcomePage
from auditdesk.util.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from auditdesk.operations.desk import Desk
    from auditdesk.operations.offices import Surroundings
    from auditdesk.ui.base.context import Context
    from auditdesk.ui.base.preferences import Preferences
    from auditdesk.ui.desk_view import DeskView
    from auditdesk.util.label import Language

_SIZE = (1320, 720)


class Window(QMainWindow):
    """Shows the sign-in page or the desk of whoever is signed in.

    `dressed` asks for the program's colours and text size to follow the preferences.
    """

    dressed = Signal()

    def __init__(self, ctx: Context, supply: Callable[[], Surroundings]) -> None:
        """Make the window; `supply` is called on the worker's thread only."""
        super().__init__()
        self._ctx, self._supply = ctx, supply
        self.session: Session | None = None
        self._closing = False
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.setAcceptDrops(True)
        self.setWindowIcon(ctx.icon("folders", ctx.colours.accent))
        self.resize(*_SIZE)
        ctx.worker.fault.connect(self._tell_fault)
        self.show_welcome()

    @property
    def desk(self) -> DeskView | None:
        """The desk, while somebody is signed in."""
        from auditdesk.ui.desk_view import DeskView  # noqa: PLC0415 – first paint goes without

        shown = self.stack.currentWidget()
        return shown if isinstance(shown, DeskView) else None

    @property
    def welcome(self) -> WelcomePage | None:
        """The sign-in page, while nobody is signed in."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, WelcomePage) else None

    def show_welcome(self, folder: Path | None = None, user: str = "") -> None:
        """Show the sign-in page, with an office chosen already if one is given."""
        page = WelcomePage(self._ctx, self._supply)
        page.signed_in.connect(self.show_desk)
        page.new_wanted.connect(self._new_office)
        page.verify_wanted.connect(self.ask_verify)
        page.language_wanted.connect(self._speak)
        self._replace(page)
        self.setWindowTitle(self._ctx.say("审案台", "auditdesk"))
        if folder is not None:
            page.choose(folder, user)

    def show_desk(self, desk: Desk) -> None:
        """Show the desk of the person who has just signed in."""
        self.session = Session(self._ctx, desk)
        self._show_desk(self.session, "desk")

    def _show_desk(self, session: Session, page: str) -> None:
        from auditdesk.ui.desk_view import DeskView  # noqa: PLC0415 – first paint goes without

        view = DeskView(session)
        view.sign_out_wanted.connect(self.sign_out)
        view.verify_wanted.connect(self.ask_verify)
        view.taste_changed.connect(self.change_taste)
        self._ctx.listeners[:] = [view.tell]
        self._replace(view)
        view.show_page(page)
        name = session.profile.name
        self.setWindowTitle(self._ctx.say(f"{name} – 审案台", f"{name} – auditdesk"))

    def _replace(self, page: QWidget) -> None:
        old = self.stack.currentWidget()
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        if old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()

    def change_taste(self, preferences: Preferences) -> None:
        """Take over another language, theme or text size, and build the page anew."""
        self._ctx.preferences.change(preferences)
        self.dressed.emit()
        if self.session is not None:
            self._show_desk(self.session, "settings")
        else:
            self.show_welcome()

    def _speak(self, language: Language) -> None:
        self.change_taste(replace(self._ctx.preferences.now, language=language))

    def sign_out(self) -> None:
        """Close the office and go back to signing in."""
        if self.session is not None:
            self._ctx.listeners.clear()
            self.session.close()
            self.session = None
        self.show_welcome()

    def _new_office(self) -> None:
        from auditdesk.ui.dialogs.new_office import NewOfficeDialog  # noqa: PLC0415 – as above

        dialog = NewOfficeDialog(self._ctx, self, self._supply)
        dialog.made.connect(self._made)
        dialog.open()

    def _made(self, folder: Path, user: str) -> None:
        if self.welcome is not None:
            self.welcome.choose(folder, user)

    def ask_verify(self) -> None:
        """Ask for a PDF and verify it."""
        dialog = QFileDialog(
            self, self._ctx.say("选择 PDF 文书", "Choose a PDF"), "", "PDF (*.pdf)"
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.verify(*map(Path, names)))
        dialog.open()

    def verify(self, *paths: Path) -> None:
        """Verify PDFs and show what was found."""
        from auditdesk.ui.dialogs.verify import VerifyDialog  # noqa: PLC0415 – as above

        VerifyDialog(self._ctx, self, paths, self.session).open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_pdfs(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.verify(*dropped_pdfs(event))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close when nothing unsaved is left; else ask first and close afterwards."""
        desk = self.desk
        if self._closing or desk is None:
            self._close_office()
            event.accept()
            return
        event.ignore()
        desk.leave(self._close_now)

    def _close_now(self) -> None:
        self._closing = True
        self.close()

    def _close_office(self) -> None:
        if self.session is not None:
            self._ctx.listeners.clear()
            self.session.close()
            self.session = None
        self._ctx.worker.close()

    def _tell_fault(self, error: Exception) -> None:
        if not isinstance(error, Fault):
            raise error
        FaultDialog(self._ctx, self, error).open()
