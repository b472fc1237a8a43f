"""The place of one register in the window: its table, and one row at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from auditdesk.operations import register_files
from auditdesk.ui.dialogs.ledger import LedgerDialog
from auditdesk.ui.dialogs.progress import ProgressDialog
from auditdesk.ui.dialogs.register_import import ask_import, save_as
from auditdesk.ui.pages.register_list import RegisterList
from auditdesk.ui.pages.register_row import RegisterRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from auditdesk.exchange.content import WorkbookFacts
    from auditdesk.operations.changes import Changes
    from auditdesk.regulations.law import RegisterLaw
    from auditdesk.ui.base.session import Session


class RegisterPage(QStackedWidget):
    """Table and row of one register.

    Signals: `case_wanted` with a case's number; `begin_wanted` with a case type and a row's code.
    """

    case_wanted = Signal(str)
    begin_wanted = Signal(str, str)

    def __init__(self, session: Session, law: RegisterLaw) -> None:
        super().__init__()
        self._session, self._ctx, self._law = session, session.ctx, law
        self.list = RegisterList(session, law.register)
        self.addWidget(self.list)
        self._row: RegisterRow | None = None
        self.list.opened.connect(self.open_row)
        self.list.new_wanted.connect(self.begin_row)
        self.list.import_wanted.connect(lambda: ask_import(session, self, law.register))
        self.list.export_wanted.connect(self._ask_export)
        self.list.print_wanted.connect(self._ask_print)

    @property
    def row(self) -> RegisterRow:
        """The page of a row, built when it is first wanted."""
        if self._row is None:
            self._row = RegisterRow(self._session, self._law)
            self._row.back_wanted.connect(self.show_list)
            self._row.case_wanted.connect(self.case_wanted)
            self._row.begin_wanted.connect(self.begin_wanted)
            self._row.saved.connect(self.list.wish_for)
            self.addWidget(self._row)
        return self._row

    @property
    def on_row(self) -> bool:
        """Whether a row is shown and not the table."""
        return self._row is not None and self.currentWidget() is self._row

    def seen(self) -> None:
        """The page came into view."""
        if not self.on_row:
            self.list.seen()

    def show_list(self) -> None:
        """Show the table."""
        self.setCurrentWidget(self.list)
        self.list.seen()

    def open_row(self, code: str) -> None:
        """Show a row as it stood on the table's day."""
        self.list.wish_for(code)
        self.row.open_row(code, self.list.day)
        self.setCurrentWidget(self.row)

    def begin_row(self) -> None:
        """Begin a new row."""
        if not self.list.new.isHidden() and not self.on_row:
            self.row.open_new()
            self.setCurrentWidget(self.row)

    def leave(self, then: Callable[[], None]) -> None:
        """Do `then` once nothing unsaved is left."""
        if self.on_row:
            self.row.leave(then)
        else:
            then()

    def escape(self) -> None:
        """Go back from a row to the table."""
        if self.on_row:
            self.row.leave(self.show_list)

    def _ask_print(self) -> None:
        LedgerDialog(self._session, self, self._law.register, self.list.choice()).open()

    def _ask_export(self) -> None:
        say, register, day = self._ctx.say, self._law.register, self.list.day
        name = f"{self._ctx.text(register.label)}_{day}.xlsx"
        save_as(self, say("导出台账", "Export the register"), name, self._export)

    def _export(self, path: Path) -> None:
        register, day = self._law.register, self.list.day
        title = self._ctx.say("导出台账", "Export the register")
        progress = ProgressDialog(self._session, self, title)
        progress.begin(
            lambda desk, step: register_files.export_register(
                desk, register.id, day, path, step, overwrite=True
            ),
            self._report,
        )

    def _report(self, answer: tuple[WorkbookFacts, Changes]) -> str:
        return self._ctx.text(answer[1].summary)
