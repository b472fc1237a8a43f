"""The journal: who did what when, and whether anybody tampered with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from auditdesk.operations import journals
from auditdesk.ui.base.lists import make_list
from auditdesk.ui.dialogs.progress import ProgressDialog
from auditdesk.ui.models.journal import COLUMNS, JournalModel
from auditdesk.ui.pages.parts import button, label

if TYPE_CHECKING:
    from auditdesk.store.records import JournalVerdict
    from auditdesk.ui.base.session import Session


class JournalPage(QWidget):
    """A table of the entries and the button that checks them all."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._ctx = session, session.ctx
        ctx, say = self._ctx, self._ctx.say
        self.model = JournalModel(session)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.horizontalHeader().setStretchLastSection(True)
        for place, (_, width) in enumerate(COLUMNS):
            self.table.setColumnWidth(place, ctx.px(width))
        make_list(self.table, say("日志", "Journal"), several=True)
        self.table.setProperty("look", "spaced")
        self.verify = button(
            ctx, "shield-check", say("核验全部日志", "Verify the journal"), self._verify
        )
        top = QHBoxLayout()
        top.addWidget(label(say("日志", "Journal"), "title", wrap=False))
        hint = say(
            "只增不改：每条都与前一条相扣，并由当事人签名。",
            "Append-only: each entry is chained to the one before and signed.",
        )
        top.addWidget(label(hint, "muted"), 1)
        top.addWidget(self.verify)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(ctx.px(n) for n in (16, 12, 16, 12)))
        layout.addLayout(top)
        layout.addWidget(self.table, 1)

    def seen(self) -> None:
        """The page came into view: show the newest entries."""
        self.model.refresh()

    def _verify(self) -> None:
        title = self._ctx.say("核验日志", "Verifying the journal")
        ProgressDialog(self._session, self, title).begin(journals.verify, self._report)

    def _report(self, verdict: JournalVerdict) -> str:
        say, text = self._ctx.say, self._ctx.text
        if verdict.ok:
            return say(
                f"✓ 共 {verdict.entries:,} 条，首尾相扣，签名全部有效。",
                f"✓ {verdict.entries:,} entries, the chain and every signature hold.",
            )
        reason = text(verdict.reason) if verdict.reason else ""
        if verdict.first_bad_seq is None:
            return say(f"✕ 日志不可信：{reason}", f"✕ the journal cannot be trusted: {reason}")
        return say(
            f"✕ 第 {verdict.first_bad_seq} 条起不可信：{reason}",
            f"✕ not to be trusted from entry {verdict.first_bad_seq} on: {reason}",
        )
