"""The people of the office, for its administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from auditdesk.operations import people
from auditdesk.ui.base.lists import make_list
from auditdesk.ui.dialogs.base import FaultDialog, Question, ask
from auditdesk.ui.dialogs.certificates import CertificatesDialog
from auditdesk.ui.dialogs.people import AddUserDialog, ResetDialog
from auditdesk.ui.pages.parts import button
from auditdesk.util.faults import Fault

if TYPE_CHECKING:
    from auditdesk.operations.changes import Changes
    from auditdesk.operations.views import PersonView
    from auditdesk.ui.base.session import Session


class PeoplePanel(QWidget):
    """A table of the accounts and what can be done with the one chosen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._ctx = session, session.ctx
        self._people: tuple[PersonView, ...] = ()
        self.table = self._make_table()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(self._ctx.px(n) for n in (16, 12, 16, 12)))
        layout.addLayout(self._buttons())
        layout.addWidget(self.table, 1)
        session.changed.connect(self._heard)
        self.refresh()

    def _make_table(self) -> QTableWidget:
        say = self._ctx.say
        heads = (
            say("姓名", "Name"),
            say("用户名", "User name"),
            say("角色", "Role"),
            say("状态", "State"),
            say("证书有效至", "Certificate until"),
        )
        table = QTableWidget(0, len(heads))
        table.setHorizontalHeaderLabels(list(heads))
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.itemSelectionChanged.connect(self._offer)
        make_list(table, say("人员", "People"))
        table.setProperty("look", "spaced")
        return table

    def _buttons(self) -> QHBoxLayout:
        ctx, say = self._ctx, self._ctx.say
        self.add = button(ctx, "user-plus", say("新增人员", "Add a person"), self._add, "primary")
        self.toggle = button(ctx, "ban", say("停用", "Disable"), self._toggle)
        self.reset = button(ctx, "key", say("重设密码", "Reset password"), self._reset)
        self.certify = button(ctx, "certificate", say("签名证书…", "Certificates …"), self._certify)
        row = QHBoxLayout()
        for made in (self.add, self.toggle, self.reset, self.certify):
            row.addWidget(made)
        row.addStretch(1)
        return row

    def refresh(self) -> None:
        """Read the accounts."""
        self._session.read(self, people.people, self._show)

    def _show(self, found: tuple[PersonView, ...]) -> None:
        self._people = found
        self.table.setRowCount(len(found))
        for row, person in enumerate(found):
            for column, text in enumerate(self._cells(person)):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self._offer()

    def _cells(self, person: PersonView) -> tuple[str, ...]:
        say = self._ctx.say
        state = say("在用", "active") if person.active else say("已停用", "disabled")
        until = person.certificate_until.isoformat() if person.certificate_until else "–"
        return person.full_name, person.name, self._ctx.text(person.role_label), state, until

    def _chosen(self) -> PersonView | None:
        rows = {index.row() for index in self.table.selectedIndexes()}
        return self._people[rows.pop()] if len(rows) == 1 else None

    def _offer(self) -> None:
        person, say = self._chosen(), self._ctx.say
        self.toggle.setEnabled(person is not None)
        self.reset.setEnabled(person is not None and person.active)
        signs = person is not None and person.role != "administrator"
        self.certify.setEnabled(signs)
        active = person is None or person.active
        self.toggle.setText(say("停用", "Disable") if active else say("启用", "Enable"))

    def _add(self) -> None:
        AddUserDialog(self._session, self).open()

    def _reset(self) -> None:
        person = self._chosen()
        if person is not None:
            ResetDialog(self._session, self, person.name, certificate=False).open()

    def _certify(self) -> None:
        person = self._chosen()
        if person is not None:
            name = person.name
            dialog = CertificatesDialog(self._session, self, name)
            dialog.renewal_wanted.connect(
                lambda: ResetDialog(self._session, dialog, name, certificate=True).open()
            )
            dialog.open()

    def _toggle(self) -> None:
        person, say = self._chosen(), self._ctx.say
        if person is None:
            return
        if not person.active:
            self._set_active(person.name, active=True)
            return
        question = Question(
            say(f"停用 {person.full_name}", f"Disable {person.full_name}"),
            say(
                f"{person.name} 此后不能登录；已办的案件、签名和日志都不受影响。可以随时再启用。"
                "令牌或证书文件仍在其手中的，请另行吊销证书。",
                f"{person.name} can no longer sign in. Their cases, signatures and journal "
                "entries stay; the account can be enabled again. Revoke the certificate, too, if "
                "they still hold its token or file.",
            ),
            say("停用", "Disable"),
            danger=True,
        )
        ask(self._ctx, self, question, lambda: self._set_active(person.name, active=False))

    def _set_active(self, name: str, *, active: bool) -> None:
        self._session.change(
            self,
            lambda desk: people.set_active(desk, name, active),
            lambda _: self.refresh(),
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Fault):
            raise error
        FaultDialog(self._ctx, self, error).open()

    def _heard(self, changes: Changes, _origin: object) -> None:
        if changes.users:
            self.refresh()
