"""Signing: what will be signed is named, and the certificate's password is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QPushButton, QWidget

from auditdesk.operations.documents import SigningKey
from auditdesk.ui.dialogs.base import Dialog, Question

if TYPE_CHECKING:
    from auditdesk.ui.base.context import Context


class SigningDialog(Dialog):
    """Takes the password, and a certificate file of the person's own where there is one."""

    given = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget, question: Question) -> None:
        super().__init__(ctx, parent, question.title, question.confirm)
        self._file: Path | None = None
        self.add_text(question.title, "heading")
        self.add_text(question.consequence)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.add_labelled(ctx.say("证书密码", "Password of the certificate"), self.password)
        self.own = QCheckBox(
            ctx.say("用我自己的证书文件（.p12）", "Use a certificate file of mine (.p12)")
        )
        self.own.toggled.connect(self._choose)
        self.body.addWidget(self.own)
        self.choose = QPushButton(ctx.say("选择证书文件…", "Choose the file …"))
        self.choose.clicked.connect(lambda: self._choose(wanted=True))
        self.choose.hide()
        self.body.addWidget(self.choose)
        self.password.setFocus()

    def confirmed(self) -> None:
        if not self.password.text():
            self.say_wrong(self.ctx.say("请输入证书密码。", "Enter the certificate's password."))
            return
        try:
            own = self._file.read_bytes() if self.own.isChecked() and self._file else None
        except OSError:
            self.say_wrong(
                self.ctx.say(
                    "证书文件读不出来，请重新选择。", "The file cannot be read; choose again."
                )
            )
            return
        self.set_busy(busy=True)
        self.error.hide()
        self.given.emit(SigningKey(self.password.text(), own))

    def _choose(self, wanted: bool) -> None:
        self.choose.setVisible(wanted)
        if not wanted:
            return
        dialog = QFileDialog(self, self.choose.text(), "", "PKCS#12 (*.p12 *.pfx)")
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, name: str) -> None:
        self._file = Path(name)
        self.choose.setText(self._file.name)
