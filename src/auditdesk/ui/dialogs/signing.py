"""Signing: what will be signed is named, and the certificate's password is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from auditdesk.operations.documents import SigningKey
from auditdesk.ui.dialogs.base import Dialog, Question
from auditdesk.ui.pages.parts import labelled

if TYPE_CHECKING:
    from auditdesk.ui.base.context import Context


class SigningDialog(Dialog):
    """Takes the password, and a certificate file or a token of the person's own."""

    topic = "signing"

    given = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget, question: Question) -> None:
        super().__init__(ctx, parent, question.title, question.confirm)
        self._file: Path | None = None
        self.add_text(question.title, "heading")
        self.add_text(question.consequence)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.prompt = self.add_labelled(
            ctx.say("证书密码", "Password of the certificate"), self.password
        )
        self.own = QCheckBox(
            ctx.say("用我自己的证书文件（.p12）", "Use a certificate file of mine (.p12)")
        )
        self.own.toggled.connect(self._choose)
        self.body.addWidget(self.own)
        self.choose = QPushButton(ctx.say("选择证书文件…", "Choose the file …"))
        self.choose.clicked.connect(lambda: self._choose(wanted=True))
        self.choose.hide()
        self.body.addWidget(self.choose)
        self._add_token()
        self.password.setFocus()

    def _add_token(self) -> None:
        say = self.ctx.say
        self.token = QCheckBox(say("用令牌签名（UKey、智能卡）", "Sign with a token (UKey, card)"))
        self.token.toggled.connect(self._show_token)
        self.body.addWidget(self.token)
        self.module = QLineEdit(self.ctx.preferences.now.token_module)
        self.browse = QPushButton(say("选择令牌模块…", "Choose the module …"))
        self.browse.clicked.connect(self._browse)
        self.token_label = QLineEdit()
        self.about_token = QWidget()
        column = QVBoxLayout(self.about_token)
        column.setContentsMargins(0, 0, 0, 0)
        for text, widget in (
            (
                say("厂商的 PKCS#11 模块（.so、.dll）", "The maker's PKCS#11 module"),
                self.module,
            ),
            (
                say("令牌标签（只插一个时可不填）", "Label of the token, if several"),
                self.token_label,
            ),
        ):
            column.addLayout(labelled(self.ctx, text, widget))
        column.insertWidget(1, self.browse)
        self.about_token.hide()
        self.body.addWidget(self.about_token)

    def _show_token(self, wanted: bool) -> None:
        say = self.ctx.say
        if wanted:
            self.own.setChecked(False)
        self.about_token.setVisible(wanted)
        pin, password = say("令牌 PIN", "PIN"), say("证书密码", "Password of the certificate")
        self.prompt.setText(pin if wanted else password)
        self.adjustSize()

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.browse.text(), "", "PKCS#11 (*.so *.dll *.dylib)")
        dialog.fileSelected.connect(self.module.setText)
        dialog.open()

    def confirmed(self) -> None:
        if not self.password.text():
            self.say_wrong(self.ctx.say("请输入证书密码或 PIN。", "Enter the password or the PIN."))
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
        module = self.module.text().strip() if self.token.isChecked() else ""
        if self.token.isChecked() and not module:
            self.say_wrong(self.ctx.say("请选择令牌模块。", "Choose the token's module."))
            return
        self.set_busy(busy=True)
        self.error.hide()
        if module:
            taste = self.ctx.preferences
            taste.change(replace(taste.now, token_module=module))
        self.given.emit(
            SigningKey(
                self.password.text(),
                own,
                Path(module) if module else None,
                self.token_label.text().strip(),
            )
        )

    def _choose(self, wanted: bool) -> None:
        self.choose.setVisible(wanted)
        if not wanted:
            return
        self.token.setChecked(False)
        dialog = QFileDialog(self, self.choose.text(), "", "PKCS#12 (*.p12 *.pfx)")
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, name: str) -> None:
        self._file = Path(name)
        self.choose.setText(self._file.name)
