"""Long work: how far it is, and a button that stops it with nothing half-done."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QPlainTextEdit, QProgressBar, QWidget

from auditdesk.ui.base.context import named
from auditdesk.ui.dialogs.base import Dialog
from auditdesk.util.progress import CancelledError

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.operations.desk import Desk
    from auditdesk.ui.base.session import Session
    from auditdesk.util.progress import Progress

_Answer = TypeVar("_Answer")
_LINES = 10  # of an end report that fits the dialog as it is
_HEAD = 3  # lines that stand over a longer one's list
_HIGH = 260


class ProgressDialog(Dialog):
    """Runs one long operation; shows its end in the dialog itself, or closes."""

    def __init__(self, session: Session, parent: QWidget, title: str) -> None:
        ctx = session.ctx
        super().__init__(ctx, parent, title, ctx.say("关闭", "Close"))
        self._session = session
        self.text = self.add_text(title)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        named(self.bar, title)
        self.body.addWidget(self.bar)
        self.confirm.hide()
        self.dismiss.clicked.disconnect()
        self.dismiss.clicked.connect(self._cancel)

    def begin(
        self,
        work: Callable[[Desk, Progress], _Answer],
        finished: Callable[[_Answer], str],
    ) -> None:
        """Start the work; `finished` turns its answer into the sentence of the end report."""
        self._job = self._session.long(
            self,
            work,
            lambda answer: self._end(finished(answer)),
            self._stopped,
            self._step,
        )
        self.open()

    def reject(self) -> None:
        """Escape and the window's cross cancel; the dialog goes when the work has stopped."""
        if self.confirm.isHidden():
            self._cancel()
        else:
            super().reject()

    def _cancel(self) -> None:
        self._job.cancel()
        self.text.setText(self.ctx.say("正在停止……", "Stopping …"))

    def _step(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)

    def _end(self, report: str) -> None:
        if not report:
            self.accept()
            return
        lines = report.splitlines()
        short = len(lines) <= _LINES
        self.text.setText(report if short else "\n".join(lines[:_HEAD]))
        if not short:
            self._show_all(lines[_HEAD:])
        self.bar.hide()
        self.dismiss.hide()
        self.confirm.show()
        self.confirm.setFocus()

    def _show_all(self, lines: list[str]) -> None:
        """What would make the dialog higher than the screen is scrolled through."""
        self.lines = QPlainTextEdit("\n".join(lines))
        self.lines.setReadOnly(True)
        named(self.lines, self.ctx.say("报告", "Report"))
        self.body.addWidget(self.lines)
        self.keep_high(self.lines, _HIGH)

    def _stopped(self, error: Exception) -> None:
        if isinstance(error, CancelledError):
            cancelled = self.ctx.say("已取消，没有留下任何文件。", "Cancelled; nothing was left.")
            self._end(cancelled)
            return
        self._end(self.ctx.say("没有办成。", "Not done."))
        self.failed(error)
