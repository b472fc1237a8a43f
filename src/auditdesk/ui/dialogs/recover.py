"""A new password for an administrator, by the recovery key that was printed at set-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.ui.dialogs.base import Dialog
from auditdesk.ui.pages.parts import line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from auditdesk.operations.offices import Surroundings
    from auditdesk.ui.base.context import Context


class RecoverDialog(Dialog):
    """Asks for the administrator, the recovery key and a new password, typed twice."""

    topic = "settings"

    def __init__(
        self, ctx: Context, parent: QWidget, folder: Path, supply: Callable[[], Surroundings]
    ) -> None:
        say = ctx.say
        title = say("用恢复密钥重设管理员密码", "New administrator password by recovery key")
        super().__init__(ctx, parent, title, say("重设", "Reset"))
        self._folder, self._supply = folder, supply
        self.name, self.key = line(ctx), line(ctx)
        self.password, self.again = line(ctx, secret=True), line(ctx, secret=True)
        self.add_text(title, "heading")
        self.add_text(
            say(
                "恢复密钥在新建办公单元时显示并打印，共八组。其他人员的密码由管理员在“设置”里重设。",
                "The recovery key was shown and printed when the office was made: eight groups. "
                "Other people's passwords are reset by an administrator in the settings.",
            ),
            "muted",
        )
        self.add_labelled(say("管理员用户名", "Administrator's user name"), self.name)
        self.add_labelled(say("恢复密钥", "Recovery key"), self.key)
        self.add_labelled(say("新密码（至少 8 位）", "New password (8 or more)"), self.password)
        self.add_labelled(say("再输一次", "Once more"), self.again)

    def confirmed(self) -> None:
        if self.password.text() != self.again.text():
            self.say_wrong(self.ctx.say("两次输入的密码不同。", "The two passwords differ."))
            return
        folder, key = self._folder, self.key.text()
        name, password = self.name.text().strip(), self.password.text()
        self.set_busy(busy=True)

        def work() -> None:
            from auditdesk.operations import offices  # noqa: PLC0415 – loads the database

            offices.recover(folder, key, name, password, self._supply())

        self.ctx.worker.run(self, work, lambda _: self.accept(), self.failed)
