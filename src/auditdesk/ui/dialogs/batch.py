"""Many documents at once: which kind, how many wait, signing or printing them, an end report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from auditdesk.operations import batches, printing
from auditdesk.ui.dialogs.base import Dialog, Question
from auditdesk.ui.dialogs.progress import ProgressDialog
from auditdesk.ui.dialogs.signing import SigningDialog
from auditdesk.util.progress import NoProgress

if TYPE_CHECKING:
    from auditdesk.operations.batches import BatchReport
    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.documents import SigningKey
    from auditdesk.store.records import CaseFilter
    from auditdesk.ui.base.session import Session


class BatchDialog(Dialog):
    """Acts on the cases of the list's filter; `to_print` gives a PDF and its name."""

    topic = "batch"

    to_print = Signal(bytes, str)

    def __init__(self, session: Session, parent: QWidget, chosen: CaseFilter) -> None:
        ctx, say = session.ctx, session.ctx.say
        title = say("批量办理文书", "Many documents at once")
        super().__init__(ctx, parent, title, say("批量签名…", "Sign all …"), width=520)
        self._session, self._chosen = session, chosen
        self._cases: tuple[str, ...] = ()
        self._wanted: tuple[tuple[str, str], ...] = ()
        self.add_text(title, "heading")
        law = session.library.law(chosen.case_type or "")
        self.add_text(
            say(
                f"范围是列表当前筛选出的“{law.case_type.label.zh}”案件。每份文书逐一编号、留存、"
                "记日志；办不成的列出原因，其余照办。",
                f"For the cases of {law.case_type.label.en} that the list's filter leaves. Each "
                "document is numbered, kept and noted by itself; what cannot be made is told.",
            )
        )
        self.kind = QComboBox()
        for kind in law.case_type.documents:
            self.kind.addItem(ctx.text(kind.label), kind.id)
        self.add_labelled(say("文书", "Document"), self.kind)
        self.count = self.add_text("")
        self.proofs = QPushButton(ctx.icon("printer"), say("打印校样", "Print proofs"))
        self.proofs.clicked.connect(self._print_proofs)
        self.copies = QPushButton(ctx.icon("printer"), say("打印已签发的", "Print issued ones"))
        self.copies.clicked.connect(self._print_copies)
        self.buttons.insertWidget(0, self.proofs)
        self.buttons.insertWidget(1, self.copies)
        self.kind.currentIndexChanged.connect(lambda _: self._look())
        self._look()

    def _look(self) -> None:
        """Count what waits for the person, and what could be printed."""
        kind, chosen = str(self.kind.currentData()), self._chosen
        self.count.setText(self.ctx.say("正在查找……", "Looking …"))
        self._offer(sign=0, issued=0)

        def look(desk: Desk) -> tuple[tuple[str, ...], tuple[str, ...], int]:
            cases = batches.numbers(desk, chosen)
            found = batches.waiting(desk, cases, NoProgress(), kind)
            return cases, tuple(w.no for w in found), len(printing.issued(desk, cases, kind))

        def show(found: tuple[tuple[str, ...], tuple[str, ...], int]) -> None:
            if kind == self.kind.currentData():
                self._show(kind, *found)

        self._session.read(self, look, show, self.failed)

    def _show(
        self, kind: str, cases: tuple[str, ...], waiting: tuple[str, ...], issued: int
    ) -> None:
        self._cases, self._wanted = cases, tuple((no, kind) for no in waiting)
        self.count.setText(
            self.ctx.say(
                f"共 {len(cases)} 件案件：{len(waiting)} 份等您签名，{issued} 份已签发。",
                f"{len(cases)} cases: {len(waiting)} documents wait for you, {issued} are issued.",
            )
        )
        self._offer(sign=len(waiting), issued=issued)

    def _offer(self, *, sign: int, issued: int) -> None:
        self.confirm.setEnabled(sign > 0)
        self.proofs.setEnabled(sign > 0)
        self.copies.setEnabled(issued > 0)

    def confirmed(self) -> None:
        """Ask for the certificate's password, then sign with progress and an end report."""
        say, wanted = self.ctx.say, self._wanted
        label = self.kind.currentText()
        question = Question(
            say(f"批量签名 {label}", f"Sign all: {label}"),
            say(
                f"{len(wanted)} 份文书将由您签名；文号不能收回，内容不能再改。",
                f"You sign {len(wanted)} documents; numbers and contents cannot be taken back.",
            ),
            say("全部签名", "Sign all"),
        )
        dialog = SigningDialog(self.ctx, self, question)
        dialog.given.connect(lambda key: self._sign(dialog, key))
        dialog.open()

    def _sign(self, dialog: SigningDialog, key: SigningKey) -> None:
        dialog.accept()
        wanted = self._wanted
        progress = ProgressDialog(self._session, self, self.windowTitle())
        progress.begin(lambda desk, step: batches.sign(desk, wanted, key, step), self._report)

    def _report(self, answer: tuple[BatchReport, Changes]) -> str:
        say, report = self.ctx.say, answer[0]
        self._look()
        lines = [self.ctx.text(answer[1].summary) + say("。", ".")]
        if report.stopped is not None:
            lines.append(f"✕ {self.ctx.text(report.stopped)}")
        if report.untouched:
            rest = report.untouched
            lines.append(say(f"已停止，{rest} 份没有办。", f"Stopped; {rest} were not begun."))
        if report.done:
            first, last = report.done[0].number, report.done[-1].number
            lines.append(say(f"文号 {first} 至 {last}", f"Numbers {first} to {last}"))
        failed = [f"✕ {no}：{self.ctx.text(why)}" for no, why in report.failed]
        without = say("没有时间戳", "no time stamp")
        unstamped = [f"! {no} {without}：{self.ctx.text(why)}" for no, why in report.unstamped]
        return "\n".join([*lines, *failed, *unstamped])

    def _print_proofs(self) -> None:
        wanted = self._wanted
        progress = ProgressDialog(self._session, self, self.proofs.text())
        progress.begin(lambda desk, step: printing.proofs(desk, wanted, step), self._hand_over)

    def _print_copies(self) -> None:
        cases, kind = self._cases, str(self.kind.currentData())
        progress = ProgressDialog(self._session, self, self.copies.text())
        progress.begin(
            lambda desk, step: printing.copies(desk, printing.issued(desk, cases, kind), step),
            self._hand_over,
        )

    def _hand_over(self, pdf: bytes) -> str:
        self.to_print.emit(pdf, self.kind.currentText())
        return ""
