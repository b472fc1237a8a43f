"""The follow-ups of one case: its days, what they rest on, what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from auditdesk.ui.base.context import named
from auditdesk.ui.models.follow_ups import far_or_left
from auditdesk.ui.pages.parts import label
from auditdesk.ui.panels.cards import CardColumn

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.domain.declaration import Citation
    from auditdesk.operations.views import FollowUpStep, FollowUpView
    from auditdesk.ui.base.context import Context
    from auditdesk.util.label import Label


class FollowUpCard(QFrame):
    """One follow-up; its button names the deed, with the reason beside it where it cannot be."""

    wanted = Signal(str, object)

    def __init__(
        self, ctx: Context, no: str, period: FollowUpView, cite: Callable[[Citation], str]
    ) -> None:
        """Make the card of a period that follows from the case with that number."""
        super().__init__()
        self._ctx, self._no, self._period = ctx, no, period
        self.setProperty("look", "card")
        self.buttons: dict[str, QPushButton] = {}
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(*(ctx.px(n) for n in (10, 7, 10, 8)))
        self._layout.setVerticalSpacing(ctx.px(3))
        self._layout.setColumnStretch(0, 1)
        name = label(ctx.text(period.label))
        name.setStyleSheet("font-weight: bold;")
        self._layout.addWidget(name, 0, 0)
        self._layout.addWidget(self._days(), 1, 0)
        cited = ctx.say("、", ", ").join(cite(c) for c in period.citations)
        self._layout.addWidget(label(cited, "small"), 2, 0, 1, 2)
        for place, step in enumerate(period.steps, start=4):
            self._layout.addWidget(label(self._step(step), "small"), place, 0, 1, 2)
        self._add_deed()

    def _days(self) -> QWidget:
        ctx, period = self._ctx, self._period
        parts = [ctx.say(f"至 {period.last_day}", f"until {period.last_day}")]
        if period.is_open:
            parts.append(far_or_left(ctx, period.days_left, overdue=period.is_overdue))
        if not period.is_overdue:
            parts.append(ctx.text(period.state))
        if period.settled_by:
            parts.append(ctx.say(f"案件 {period.settled_by}", f"case {period.settled_by}"))
        made = label(" · ".join(parts))
        made.setStyleSheet(f"color: {ctx.colours.block};" if period.is_overdue else "")
        return made

    def _step(self, step: FollowUpStep) -> str:
        ctx = self._ctx
        # that the case itself began the period goes without saying
        other = step.case_no and step.case_no != self._no
        by = ctx.say(f"案件 {step.case_no}", f"case {step.case_no}") if other else ""
        until = ctx.say(f"至 {step.last_day}", f"until {step.last_day}")
        at = f"{step.at:%Y-%m-%d %H:%M} {step.full_name} {ctx.text(step.label)}"
        return " · ".join(part for part in (at, until, by, step.reason) if part)

    def _add_deed(self) -> None:
        """Settle what is open; take back what a person settled."""
        say, period = self._ctx.say, self._period
        if period.is_open:
            self._button("settle", "check", say("了结", "Settle"), period.why_not_settle)
        elif period.can_be_taken_back:
            why_not = period.why_not_reopen
            self._button("reopen", "arrow-back-up", say("收回了结", "Open again"), why_not)

    def _button(self, deed: str, icon: str, text: str, why_not: Label | None) -> None:
        ctx = self._ctx
        made = QPushButton(ctx.icon(icon, ctx.colours.muted), text)
        named(made, f"{ctx.text(self._period.label)} {text}")
        made.setEnabled(why_not is None)
        made.clicked.connect(lambda _: self.wanted.emit(deed, self._period))
        self.buttons[deed] = made
        self._layout.addWidget(made, 0, 1, 2, 1)
        if why_not is not None:
            made.setToolTip(ctx.text(why_not))
            made.setAccessibleDescription(ctx.text(why_not))
            self._layout.addWidget(label(ctx.text(why_not), "small"), 3, 0, 1, 2)


class FollowUpsPanel(QWidget):
    """All follow-ups of the case; `wanted` names the deed and the follow-up."""

    wanted = Signal(str, object)

    def __init__(self, ctx: Context, cite: Callable[[Citation], str]) -> None:
        super().__init__()
        self._ctx, self._cite = ctx, cite
        self.cards: dict[int, FollowUpCard] = {}
        self._empty = label(
            ctx.say(
                "本案目前没有后续期限；案件到了相应环节会自动开始计算。",
                "Nothing follows from this case yet; periods begin by themselves at their stage.",
            ),
            "muted",
        )
        self._column = CardColumn(ctx, below=self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._column)

    def show_periods(self, no: str, periods: tuple[FollowUpView, ...]) -> None:
        """Show what follows from the case with that number, what is open first."""
        self._empty.setVisible(not periods)
        ordered = sorted(periods, key=lambda period: not period.is_open)
        self.cards = {p.id: FollowUpCard(self._ctx, no, p, self._cite) for p in ordered}
        for card in self.cards.values():
            card.wanted.connect(self.wanted)
        self._column.show_cards(self.cards.values())
