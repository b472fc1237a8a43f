"""A person's certificates: listed, renewed, revoked, issued for a token."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from auditdesk.operations import certificates
from auditdesk.ui.base.lists import make_list
from auditdesk.ui.dialogs.base import Dialog
from auditdesk.ui.pages.parts import button
from auditdesk.util.clock import CHINA
from auditdesk.util.reading import read_limited

if TYPE_CHECKING:
    from auditdesk.operations.certificates import CertificateView
    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.store.records import IssuedDocument
    from auditdesk.ui.base.session import Session

_LARGEST_REQUEST = 100_000


class CertificatesDialog(Dialog):
    """The certificates of one person, the newest first, and what can be done with them."""

    topic = "signing"

    renewal_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget, name: str) -> None:
        ctx, say = session.ctx, session.ctx.say
        title = say(f"{name} 的签名证书", f"Certificates of {name}")
        super().__init__(ctx, parent, title, say("关闭", "Close"), width=720)
        self._session, self._name = session, name
        self.found: tuple[CertificateView, ...] = ()
        self.dismiss.hide()
        self.add_text(title, "heading")
        self.table = self._make_table()
        self.body.addWidget(self.table, 1)
        self.told = self.add_text("", "muted")
        self.told.hide()
        self.renew = button(ctx, "certificate", say("换发", "Renew"), self.renewal_wanted.emit)
        self.request = button(
            ctx, "key", say("按令牌的申请签发…", "Issue for a token …"), self._choose_request
        )
        self.revoke = button(ctx, "ban", say("吊销…", "Revoke …"), self._revoke)
        row = QHBoxLayout()
        for made in (self.renew, self.request, self.revoke):
            row.addWidget(made)
        row.addStretch(1)
        self.body.addLayout(row)
        session.changed.connect(self._heard)
        self.refresh()

    def _make_table(self) -> QTableWidget:
        say = self.ctx.say
        heads = (
            *(say("状态", "State"), say("密钥所在", "Key"), say("自", "From")),
            *(say("至", "Until"), say("序列号", "Serial")),
        )
        table = QTableWidget(0, len(heads))
        table.setHorizontalHeaderLabels(list(heads))
        resized = QHeaderView.ResizeMode.ResizeToContents
        table.horizontalHeader().setSectionResizeMode(resized)
        table.horizontalHeader().setStretchLastSection(True)
        table.itemSelectionChanged.connect(self._offer)
        make_list(table, say("证书", "Certificates"))
        table.setProperty("look", "spaced")
        return table

    def refresh(self) -> None:
        """Read the register."""
        name = self._name
        self._session.read(
            self, lambda desk: certificates.certificates(desk, name), self._show, self.failed
        )

    def _show(self, found: tuple[CertificateView, ...]) -> None:
        self.found = found
        self.table.setRowCount(len(found))
        for row, view in enumerate(found):
            for column, text in enumerate(self._cells(view)):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self._offer()

    def _cells(self, view: CertificateView) -> tuple[str, ...]:
        text, record = self.ctx.text, view.record
        state = text(certificates.STATES[view.state])
        if record.revoked_since is not None:
            since = f"{record.revoked_since.astimezone(CHINA):%Y-%m-%d}"
            state = f"{state} {since}（{text(certificates.REASONS[record.reason])}）"
        days = (f"{day.astimezone(CHINA):%Y-%m-%d}" for day in (view.valid_from, view.valid_to))
        return state, text(certificates.KEEPERS[record.keeper]), *days, record.serial

    def _chosen(self) -> CertificateView | None:
        rows = {index.row() for index in self.table.selectedIndexes()}
        return self.found[rows.pop()] if len(rows) == 1 else None

    def _offer(self) -> None:
        chosen = self._chosen()
        self.revoke.setEnabled(chosen is not None and chosen.state != "revoked")

    def _choose_request(self) -> None:
        say = self.ctx.say
        title = say("选择证书申请", "Choose the request")
        dialog = QFileDialog(self, title, "", "PKCS#10 (*.csr *.pem *.req)")
        dialog.fileSelected.connect(lambda path: self.issue_for(Path(path)))
        dialog.open()

    def issue_for(self, path: Path) -> None:
        """Issue a certificate for the request in a file."""
        name = self._name
        self.error.hide()
        self._session.change(
            self,
            lambda desk: certificates.issue_for_request(desk, name, _text_of(path)),
            lambda answer: self._tell(answer[1]),
            self.failed,
        )

    def _revoke(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            dialog = RevokeDialog(self._session, self, chosen)
            dialog.done_with.connect(self._tell)
            dialog.open()

    def _tell(self, changes: Changes) -> None:
        self.told.setText(self.ctx.text(changes.summary))
        self.told.show()

    def _heard(self, changes: Changes, _origin: object) -> None:
        if changes.users:
            self.refresh()


def _text_of(path: Path) -> str:
    return read_limited(path, _LARGEST_REQUEST).decode("utf-8", errors="replace")


class RevokeDialog(Dialog):
    """Why a certificate is revoked, and from which day on."""

    topic = "signing"

    done_with = Signal(object)

    def __init__(self, session: Session, parent: QWidget, view: CertificateView) -> None:
        ctx, say = session.ctx, session.ctx.say
        title = say(f"吊销证书 {view.record.serial}", f"Revoke {view.record.serial}")
        super().__init__(ctx, parent, title, say("吊销", "Revoke"))
        self._session, self._serial = session, view.record.serial
        self.confirm.setProperty("look", "danger")
        self.confirm.setDefault(False)
        self.dismiss.setDefault(True)
        self.add_text(title, "heading")
        self.add_text(
            say(
                "吊销不能撤回。吊销之前签的文书仍然有效，之后签的一律无效。",
                "This cannot be undone. What was signed before stays good, what was signed after "
                "does not count.",
            )
        )
        self.reason = QComboBox()
        for key, name in certificates.REASONS.items():
            self.reason.addItem(ctx.text(name), key)
        self.add_labelled(say("理由", "Reason"), self.reason)
        self.since = QLineEdit()
        self.since.setPlaceholderText(say("现在", "now"))
        prompt = say("自哪一天起不可信（如 2026-03-01，可不填）", "From which day on (2026-03-01)")
        self.add_labelled(prompt, self.since)

    def confirmed(self) -> None:
        serial, reason, text = self._serial, self.reason.currentData(), self.since.text().strip()
        try:
            since = datetime.fromisoformat(text).date() if text else None
        except ValueError:
            wrong = self.ctx.say("日期应如 2026-03-01。", "Write the day as 2026-03-01.")
            self.say_wrong(wrong)
            return
        moment = None if since is None else datetime.combine(since, time(), CHINA)
        self.set_busy(busy=True)
        self.error.hide()

        def revoke(desk: Desk) -> tuple[tuple[IssuedDocument, ...], Changes]:
            return certificates.revoke(desk, serial, reason, since=moment)

        def done(answer: tuple[tuple[IssuedDocument, ...], Changes]) -> None:
            self.done_with.emit(answer[1])
            self.accept()

        self._session.change(self, revoke, done, self.failed)
