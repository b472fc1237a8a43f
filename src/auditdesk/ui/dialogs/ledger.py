"""A register on paper: which columns, a preview of the pages, to the printer or into a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from auditdesk.operations import register_print
from auditdesk.ui.base.context import named
from auditdesk.ui.base.files import write_file
from auditdesk.ui.dialogs.base import Dialog
from auditdesk.ui.dialogs.register_import import save_as
from auditdesk.ui.panels.paper import PaperPanel
from auditdesk.util.progress import CancelledError

if TYPE_CHECKING:
    from pathlib import Path

    from auditdesk.domain.register import Register
    from auditdesk.operations.register_print import Choice, PrintedRegister
    from auditdesk.ui.base.session import Session
    from auditdesk.ui.base.worker import Job

_PAUSE_MS = 400  # ticking several columns lays the pages out once
_WIDTH, _HEIGHT, _LIST = 980, 640, 210


class LedgerDialog(Dialog):
    """The rows that the table shows; ticking a column lays the pages out anew."""

    topic = "register"

    def __init__(
        self, session: Session, parent: QWidget, register: Register, choice: Choice
    ) -> None:
        ctx, say = session.ctx, session.ctx.say
        self.title = ctx.text(register.label)
        heading, word = say("打印台账", "Print the register"), say("打印…", "Print …")
        super().__init__(ctx, parent, heading, word, width=_WIDTH)
        self._session, self._register, self._choice = session, register, choice
        self._job: Job[PrintedRegister] | None = None
        self._asked = 0
        self.made: PrintedRegister | None = None
        self.columns = self._column_list()
        self.paper = PaperPanel(ctx)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        named(self.bar, say("排版进度", "Progress of the layout"))
        self.count = self.add_text("")
        self.body.addLayout(self._sides(), 1)
        self.keep = QPushButton(ctx.icon("download"), say("存为 PDF…", "Save as PDF …"))
        self.keep.clicked.connect(self._ask_keep)
        self.buttons.insertWidget(0, self.keep)
        self.dismiss.setText(say("关闭", "Close"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.lay_out)
        self.resize(ctx.px(_WIDTH), ctx.px(_HEIGHT))
        self.finished.connect(lambda _: self._stop())
        self.lay_out()

    def _column_list(self) -> QListWidget:
        columns = QListWidget()
        named(columns, self.ctx.say("打印的栏目", "Columns to print"))
        for column in self._register.columns:
            item = QListWidgetItem(self.ctx.text(column.label), columns)
            item.setData(Qt.ItemDataRole.UserRole, column.id)
            shown = column.id in self._register.printed
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
        columns.itemChanged.connect(lambda _: self._ticked())
        return columns

    def _sides(self) -> QHBoxLayout:
        left = QVBoxLayout()
        left.addWidget(self.columns, 1)
        self.columns.setFixedWidth(self.ctx.px(_LIST))
        sides = QHBoxLayout()
        sides.addLayout(left)
        right = QVBoxLayout()
        right.addWidget(self.bar)
        right.addWidget(self.paper, 1)
        sides.addLayout(right, 1)
        return sides

    def ticked(self) -> tuple[str, ...]:
        """The ids of the columns that are ticked."""
        items = (self.columns.item(place) for place in range(self.columns.count()))
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def _ticked(self) -> None:
        self._stop()
        self._asked += 1
        nothing = self.ctx.say("至少要选一栏。", "Choose one column at least.")
        self.say_wrong("" if self.ticked() else nothing)
        self._offer(None)
        if self.ticked():
            self._pause.start()

    def lay_out(self) -> None:
        """Lay the pages out beside the window; an older layout is given up."""
        self._stop()
        self._asked += 1
        asked, register = self._asked, self._register.id
        choice = replace(self._choice, columns=self.ticked())

        def show(made: PrintedRegister) -> None:
            if asked == self._asked:
                self._show(made)

        self._job = self._session.long(
            self,
            lambda desk, step: register_print.print_register(desk, register, choice, step),
            show,
            self._stopped,
            self._step,
        )
        self.bar.setRange(0, 0)
        self._offer(None)

    def _stop(self) -> None:
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _step(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)

    def _show(self, made: PrintedRegister) -> None:
        say = self.ctx.say
        self._offer(made)
        self.count.setText(
            say(f"{made.rows} 条，{made.pages} 页", f"{made.rows} rows on {made.pages} pages")
        )
        self.paper.show_pdf(made.pdf, self.title)

    def _stopped(self, error: Exception) -> None:
        if isinstance(error, CancelledError):
            return
        self._job = None
        self.failed(error)
        self._offer(None)

    def _offer(self, made: PrintedRegister | None) -> None:
        """Print and save what is laid out; nothing while it is not."""
        self.made = made
        self.confirm.setEnabled(made is not None)
        self.keep.setEnabled(made is not None)
        self.bar.setVisible(made is None and self._job is not None)
        if made is None:
            self.count.setText("")

    def confirmed(self) -> None:
        """Hand the pages to the system's print dialog."""
        from auditdesk.ui.base.printing import PrintRun  # noqa: PLC0415 – loads QtPrintSupport

        parent = self.parentWidget()
        if self.made is not None and parent is not None:
            run = PrintRun(self.ctx, parent, self.made.pdf, self.title)
            run.ask(parent, self.ctx.tell)
            self.accept()

    def _ask_keep(self) -> None:
        name = f"{self.title}_{self._choice.day}.pdf"
        save_as(self, self.keep.text(), name, self._keep, "PDF (*.pdf)")

    def _keep(self, path: Path) -> None:
        made, say = self.made, self.ctx.say
        if made is None:
            return
        self._session.read(
            self,
            lambda _: write_file(path, made.pdf),
            lambda _: self.count.setText(say(f"已存到 {path}", f"Saved to {path}")),
            self.failed,
        )
