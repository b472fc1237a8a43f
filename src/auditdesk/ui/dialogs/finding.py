"""What a finding rests on: the rule, the articles and their gist, the days in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from auditdesk.domain.declaration import Severity
from auditdesk.domain.report import Outcome
from auditdesk.regulations import law_words
from auditdesk.ui.base.signs import sign_of_finding
from auditdesk.ui.dialogs.base import Dialog

if TYPE_CHECKING:
    from auditdesk.domain.declaration import Citation
    from auditdesk.domain.regulation import Regulation
    from auditdesk.domain.report import Finding
    from auditdesk.regulations.law import Law
    from auditdesk.ui.base.context import Context


def cite(ctx: Context, law: Law, citation: Citation) -> str:
    """A citation in short, in the language in use."""
    return ctx.text(law_words.cited(law, citation))


class FindingDialog(Dialog):
    """One finding, whole; from here to the field or to the justification."""

    topic = "findings"

    field_wanted = Signal(str)
    justify_wanted = Signal(str)

    def __init__(
        self, ctx: Context, parent: QWidget, law: Law, finding: Finding, *, can_justify: bool
    ) -> None:
        rule = law.case_type.rule(finding.rule)
        super().__init__(ctx, parent, ctx.text(rule.title), ctx.say("关闭", "Close"), width=560)
        self._finding = finding
        sign = sign_of_finding(finding)
        self.add_text(ctx.text(rule.title), "heading")
        verdict = self.add_text(f"{sign.mark} {ctx.text(sign.word)}　{ctx.text(finding.message)}")
        verdict.setStyleSheet(f"color: {sign.colour(ctx.colours)};")
        for citation in finding.citations:
            self.body.addWidget(self._article(law, citation))
        self.add_text(finding.rule, "small")
        self.dismiss.hide()
        self._add_ways(can_justify=can_justify)

    def _article(self, law: Law, citation: Citation) -> QFrame:
        card = QFrame()
        card.setProperty("look", "card")
        box = QVBoxLayout(card)
        box.setSpacing(self.ctx.px(4))
        head = QLabel(cite(self.ctx, law, citation))
        head.setStyleSheet("font-weight: bold;")
        box.addWidget(head)
        regulation = law.regulation(citation.regulation)
        for text, look in self._lines(regulation, citation):
            label = QLabel(text)
            label.setWordWrap(True)
            label.setProperty("look", look)
            box.addWidget(label)
        return card

    def _lines(self, regulation: Regulation | None, citation: Citation) -> list[tuple[str, str]]:
        if regulation is None:
            return []
        ctx = self.ctx
        lines = [(f"{ctx.text(regulation.issuer)} · {ctx.text(regulation.title)}", "small")]
        article = regulation.article(citation.article)
        if article is not None:
            lines.insert(0, (ctx.text(article.gist), ""))
        last = regulation.last_day.isoformat() if regulation.last_day else ""
        first = regulation.first_day.isoformat()
        days = ctx.say(f"施行 {first} 至 {last or '今'}", f"in force {first} – {last}")
        return [*lines, (days, "small")]

    def _add_ways(self, *, can_justify: bool) -> None:
        ctx, finding = self.ctx, self._finding
        if finding.fields:
            go = QPushButton(ctx.say("到字段", "To the field"))
            go.clicked.connect(self._to_field)
            self.buttons.insertWidget(0, go)
        stands = finding.outcome in (Outcome.FAIL, Outcome.JUSTIFIED)
        if can_justify and stands and finding.severity is Severity.JUSTIFY:
            justify = QPushButton(ctx.say("填写说明", "Justify"))
            justify.clicked.connect(self._to_justify)
            self.buttons.insertWidget(0, justify)

    def _to_field(self) -> None:
        self.accept()
        self.field_wanted.emit(self._finding.fields[0])

    def _to_justify(self) -> None:
        self.accept()
        self.justify_wanted.emit(self._finding.rule)
