"""Accounts: adding one, a new password, a new certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from auditdesk.domain.roles import ROLES
from auditdesk.operations import certificates, people
from auditdesk.ui.dialogs.base import Dialog
from auditdesk.ui.pages.parts import line

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.ui.base.session import Session


class _PeopleDialog(Dialog):
    """A dialog whose confirming button does one operation."""

    topic = "settings"

    def __init__(self, session: Session, parent: QWidget, title: str, confirm: str) -> None:
        super().__init__(session.ctx, parent, title, confirm)
        self._session = session
        self.add_text(title, "heading")

    def do(self, work: Callable[[Desk], Changes]) -> None:
        """Do the operation and close; a fault stays in the dialog."""
        self.set_busy(busy=True)
        self.error.hide()
        self._session.change(self, work, lambda _: self.accept(), self.failed)

    def twice(self, first: QLineEdit, second: QLineEdit) -> bool:
        """Whether a new password was typed the same way twice."""
        if first.text() == second.text():
            return True
        self.say_wrong(self.ctx.say("两次输入的密码不同。", "The two passwords differ."))
        return False


class AddUserDialog(_PeopleDialog):
    """A new account."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        ctx, say = session.ctx, session.ctx.say
        super().__init__(session, parent, say("新增人员", "Add a person"), say("新增", "Add"))
        self.name, self.full_name = line(ctx), line(ctx)
        self.role = QComboBox()
        for role, label in ROLES.items():
            self.role.addItem(ctx.text(label), role)
        self.password, self.again = line(ctx, secret=True), line(ctx, secret=True)
        self.add_labelled(say("用户名（登录用，字母数字）", "User name (to sign in)"), self.name)
        self.add_labelled(say("姓名（印在文书上）", "Full name (as printed)"), self.full_name)
        self.add_labelled(say("角色", "Role"), self.role)
        self.add_labelled(say("初始密码（至少 8 位）", "First password (8 or more)"), self.password)
        self.add_labelled(say("再输一次", "Once more"), self.again)
        self.add_text(
            say(
                "经办人和审批人同时得到一张签名证书，证书密码就是这个密码。",
                "Clerks and supervisors also get a certificate to sign with, under this password.",
            ),
            "muted",
        )

    def confirmed(self) -> None:
        if not self.twice(self.password, self.again):
            return
        name, full_name = self.name.text().strip(), self.full_name.text().strip()
        role, password = self.role.currentData(), self.password.text()
        self.do(lambda desk: people.add_user(desk, name, full_name, role, password))


class ChangePasswordDialog(_PeopleDialog):
    """The signed-in person's own password."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        ctx, say = session.ctx, session.ctx.say
        super().__init__(session, parent, say("修改密码", "Change password"), say("修改", "Change"))
        self.old = line(ctx, secret=True)
        self.password, self.again = line(ctx, secret=True), line(ctx, secret=True)
        self.add_labelled(say("现在的密码", "Present password"), self.old)
        self.add_labelled(say("新密码（至少 8 位）", "New password (8 or more)"), self.password)
        self.add_labelled(say("再输一次", "Once more"), self.again)

    def confirmed(self) -> None:
        if self.twice(self.password, self.again):
            old, new = self.old.text(), self.password.text()
            self.do(lambda desk: people.change_password(desk, old, new))


class ResetDialog(_PeopleDialog):
    """A new password, or a new certificate, for somebody else."""

    def __init__(self, session: Session, parent: QWidget, name: str, *, certificate: bool) -> None:
        ctx, say = session.ctx, session.ctx.say
        if certificate:
            title = say(f"为 {name} 签发新证书", f"A new certificate for {name}")
            prompt = say("证书密码（由本人输入）", "Password of the certificate (typed by them)")
        else:
            title = say(f"重设 {name} 的密码", f"A new password for {name}")
            prompt = say("新密码（至少 8 位）", "New password (8 or more)")
        super().__init__(session, parent, title, say("确定", "OK"))
        self._name, self._certificate = name, certificate
        self.password, self.again = line(ctx, secret=True), line(ctx, secret=True)
        self.add_labelled(prompt, self.password)
        self.add_labelled(say("再输一次", "Once more"), self.again)

    def confirmed(self) -> None:
        if not self.twice(self.password, self.again):
            return
        name, password = self._name, self.password.text()
        work = certificates.renew if self._certificate else people.reset_password
        self.do(lambda desk: work(desk, name, password))
