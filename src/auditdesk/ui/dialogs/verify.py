"""Verifying a PDF: who signed, when, whether anything changed, told in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from auditdesk.operations import verification
from auditdesk.ui.dialogs.base import Dialog
from auditdesk.ui.forms.editors import restyle
from auditdesk.ui.pages.parts import card, label
from auditdesk.util.clock import CHINA

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from auditdesk.documents.examine import SignatureFacts
    from auditdesk.operations.verification import FileVerification
    from auditdesk.ui.base.context import Context
    from auditdesk.ui.base.session import Session


class VerifyDialog(Dialog):
    """The verdict on one file, its signatures, and what is wrong with it."""

    topic = "verify"

    def __init__(self, ctx: Context, parent: QWidget, path: Path, session: Session | None) -> None:
        title = ctx.say("核验 PDF 文书", "Verify a PDF")
        super().__init__(ctx, parent, title, ctx.say("关闭", "Close"), width=560)
        self.dismiss.hide()
        self.add_text(title, "heading")
        self.add_text(path.name, "muted")
        self.verdict = self.add_text(ctx.say("正在核验……", "Checking …"))
        if session is None:
            ctx.worker.run(self, lambda: verification.verify_file(path), self._show, self.failed)
        else:
            session.read(
                self, lambda desk: verification.verify_file(path, desk), self._show, self.failed
            )

    def failed(self, error: Exception) -> None:
        self.verdict.hide()
        super().failed(error)

    def _show(self, found: FileVerification) -> None:
        say, text, result = self.ctx.say, self.ctx.text, found.verification
        self.verdict.setText(self._verdict(found))
        restyle(self.verdict, "look", "fine" if found.good else "error")
        if result.number:
            self.add_text(say(f"文号 {result.number}", f"Number {result.number}"))
        for problem in result.problems:
            self.add_text(f"✕ {text(problem)}", "problem")
        for remark in result.remarks:
            self.add_text(f"i {text(remark)}", "muted")
        if found.journal is not None:
            self.add_text(text(found.journal), "" if found.journal_ok else "problem")
        if found.register is not None:
            self.add_text(text(found.register), "" if found.register_ok else "problem")
        if found.kept is not None:
            self.add_text(*self._kept(found.kept))
        for signature in result.signatures:
            self._add_signature(signature)
        # what was just added takes its room with the next turn of the loop
        QTimer.singleShot(0, self, self.fit)

    def _kept(self, kept: bool) -> tuple[str, str]:
        say = self.ctx.say
        if kept:
            same = say("与本单元留存的文件逐字节相同", "byte for byte what this office keeps")
            return f"✓ {same}", ""
        other = say(
            "与本单元留存的同号文件不同", "not the file that this office keeps under this number"
        )
        return f"✕ {other}", "problem"

    def _verdict(self, found: FileVerification) -> str:
        say, result = self.ctx.say, found.verification
        known = result.trusted or not result.trust_checked
        verdicts = (
            (result.intact, say("✕ 文件无效或被改动过", "✕ not valid, or changed after signing")),
            (result.complete, say("! 签名还不齐", "! intact, but not everybody has signed")),
            (
                result.in_force,
                say("✕ 签名所用证书当时已被吊销", "✕ signed with a revoked certificate"),
            ),
            (
                result.consistent,
                say("✕ 页面与内含数据不符", "✕ the pages are not what the data inside say"),
            ),
            (known, say("✕ 签名人不为本单元所知", "✕ signed by people this office does not know")),
            (found.good, say("✕ 与本单元的登记不符", "✕ not what this office has on its records")),
        )
        wrong = next((text for holds, text in verdicts if not holds), None)
        return wrong or say("✓ 文件完整，签名有效", "✓ intact, the signatures hold")

    def _add_signature(self, signature: SignatureFacts) -> None:
        say = self.ctx.say
        frame, column = card(self.ctx)
        mark = "✓" if signature.intact else "✕"
        column.addWidget(label(f"{mark} {signature.name}　{signature.organisation}"))
        at = f"{signature.at:%Y-%m-%d %H:%M:%S}" if signature.at else say("时间不明", "no time")
        column.addWidget(label(f"{at}　{signature.reason}", "small"))
        if signature.stamped_at is not None:
            stamped = f"{signature.stamped_at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
            column.addWidget(label(say(f"时间戳 {stamped}", f"time stamp {stamped}"), "small"))
        column.addWidget(label(" ← ".join(signature.path), "small"))
        known = (
            say("证书为已知机构签发", "certificate of a known authority")
            if signature.trusted
            else say("证书来源未经确认", "origin of the certificate not confirmed")
        )
        column.addWidget(label(known, "small"))
        self.body.addWidget(frame)
