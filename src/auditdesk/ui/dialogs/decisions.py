"""Return, refuse, withdraw, justify, hand on: what a person must say, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from auditdesk.operations.reviews import Reasons
from auditdesk.ui.base.context import named
from auditdesk.ui.dialogs.base import Dialog
from auditdesk.ui.models.findings import FindingsModel

if TYPE_CHECKING:
    from auditdesk.domain.declaration import CaseType
    from auditdesk.domain.report import CheckReport
    from auditdesk.ui.base.context import Context
    from auditdesk.ui.dialogs.base import Question
    from auditdesk.ui.models.findings import Line

_TICKED_GROUPS = ("block", "justify", "missing")


def _text_area(ctx: Context, lines: int) -> QPlainTextEdit:
    area = QPlainTextEdit()
    area.setTabChangesFocus(True)
    area.setFixedHeight(ctx.px(24 * lines))
    return area


class OpinionDialog(Dialog):
    """Hand on or approve: names the consequence and takes an opinion, if there is one."""

    topic = "deciding"

    decided = Signal(str)

    def __init__(self, ctx: Context, parent: QWidget, question: Question) -> None:
        super().__init__(ctx, parent, question.title, question.confirm)
        self.add_text(question.title, "heading")
        self.add_text(question.consequence)
        self.opinion = _text_area(ctx, 4)
        self.add_labelled(ctx.say("意见（可不填）", "Opinion (may be empty)"), self.opinion)

    def confirmed(self) -> None:
        self.decided.emit(self.opinion.toPlainText().strip())
        self.accept()


class ReasonsDialog(Dialog):
    """Return, refuse or withdraw: what is wrong can be ticked, and words added."""

    topic = "deciding"

    decided = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget, question: Question) -> None:
        super().__init__(ctx, parent, question.title, question.confirm, width=560)
        self.add_text(question.title, "heading")
        self.add_text(question.consequence)
        self.ticks = QListWidget()
        self.ticks.setWordWrap(True)
        self.ticks.setMinimumHeight(ctx.px(150))
        named(self.ticks, ctx.say("列入理由的事项", "What goes into the reasons"))
        self._ticks_label = QLabel(ctx.say("勾选列入理由的事项", "Tick what goes into the reasons"))
        self.body.addWidget(self._ticks_label)
        self.body.addWidget(self.ticks, 1)
        self._show_ticks()
        self.reason = _text_area(ctx, 4)
        self.add_labelled(ctx.say("理由", "Reasons in your own words"), self.reason)
        if question.danger:
            self.confirm.setProperty("look", "danger")

    def offer(self, case_type: CaseType, report: CheckReport, *, ticked: bool) -> None:
        """Offer what the report finds wrong, ticked or not."""
        model = FindingsModel(self.ctx, lambda _citation: "")
        model.show_report(case_type, report)
        for line in model.lines():
            if line.group in _TICKED_GROUPS and (line.rule or line.fields or line.material):
                self._add(line, ticked=ticked)
        self._show_ticks()

    def confirmed(self) -> None:
        reasons = self.reasons()
        if not reasons.given():
            self.say_wrong(
                self.ctx.say(
                    "请勾选至少一项，或写明理由。", "Tick at least one item, or write down why."
                )
            )
            return
        self.decided.emit(reasons)
        self.accept()

    def reasons(self) -> Reasons:
        """What was ticked and written."""
        lines: list[Line] = [
            item.data(Qt.ItemDataRole.UserRole)
            for item in (self.ticks.item(row) for row in range(self.ticks.count()))
            if item.checkState() is Qt.CheckState.Checked
        ]
        return Reasons(
            text=self.reason.toPlainText().strip(),
            rules=tuple(line.rule for line in lines if line.rule),
            materials=tuple(line.material for line in lines if line.material),
            fields=tuple(line.fields[0] for line in lines if line.fields and not line.rule),
        )

    def _add(self, line: Line, *, ticked: bool) -> None:
        item = QListWidgetItem(f"{line.sign.mark} {line.text}")
        item.setData(Qt.ItemDataRole.UserRole, line)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.ticks.addItem(item)

    def _show_ticks(self) -> None:
        shown = self.ticks.count() > 0
        self.ticks.setVisible(shown)
        self._ticks_label.setVisible(shown)


class JustifyDialog(Dialog):
    """Why a finding that asks for a justification may stand."""

    topic = "findings"

    decided = Signal(str)

    def __init__(self, ctx: Context, parent: QWidget, finding: str, text: str) -> None:
        title = ctx.say("填写说明", "Write a justification")
        super().__init__(ctx, parent, title, ctx.say("记入说明", "Record it"), width=520)
        self.add_text(title, "heading")
        self.add_text(finding)
        self.add_text(
            ctx.say(
                "说明连同您的姓名和日期记入案卷，并印在审查意见表上。留空则撤回已有说明。",
                "It is recorded with your name and the date and printed in the review sheet. "
                "An empty text takes an earlier one back.",
            ),
            "muted",
        )
        self.reason = _text_area(ctx, 5)
        self.reason.setPlainText(text)
        self.add_labelled(
            ctx.say("为何可以例外，依谁的意见", "Why, and on whose word"), self.reason
        )

    def confirmed(self) -> None:
        self.decided.emit(self.reason.toPlainText().strip())
        self.accept()
