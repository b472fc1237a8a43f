"""The head of the case page: which case, where it is, whether it is on disk."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QToolButton

from auditdesk.operations import clock_words
from auditdesk.ui.base.context import named
from auditdesk.ui.base.signs import sign_of_clock
from auditdesk.ui.forms.editors import restyle
from auditdesk.ui.pages.parts import Elided
from auditdesk.ui.panels.stages import StageBar

if TYPE_CHECKING:
    from auditdesk.operations.views import CaseView
    from auditdesk.ui.base.context import Context
    from auditdesk.ui.pages.draft import Draft


_NAMED = 3


class CaseHeader(QFrame):
    """Back, number, title, place, days left, the stage bar, and the state of saving."""

    back_wanted = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.setProperty("look", "bar")
        self.back = QToolButton()
        self.back.setIcon(ctx.icon("chevron-left"))
        self.back.setToolTip(ctx.say("返回列表（Esc）", "Back to the list (Esc)"))
        named(self.back, ctx.say("返回列表", "Back to the list"))
        self.back.clicked.connect(self.back_wanted)
        self.title, self.facts = Elided("heading"), Elided("muted", grows=True)
        self.saved = QLabel()
        self.notice = QLabel()
        self.notice.setProperty("look", "warning")
        self.notice.setWordWrap(True)
        self.stages = StageBar(ctx)
        self._lay_out()

    def _lay_out(self) -> None:
        px = self._ctx.px
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self.back)
        line.addWidget(self.title)
        line.addWidget(self.facts, 1)
        line.addWidget(self.saved)
        layout = QGridLayout(self)
        layout.setContentsMargins(px(8), px(6), px(12), px(4))
        layout.setVerticalSpacing(px(4))
        layout.addLayout(line, 0, 0)
        layout.addWidget(self.stages, 1, 0)
        layout.addWidget(self.notice, 2, 0)

    def show_draft(self, draft: Draft) -> None:
        """Show which case it is, and its state."""
        say, text, view = self._ctx.say, self._ctx.text, draft.view
        label = text(draft.case_type.label)
        if view is None:
            self.title.setText(say("新案件", "New case"))
            self.facts.setText(label)
        else:
            record = view.record
            self.title.setText(f"{record.no}　{record.title}")
            parts = [label, record.place, self._clock(view)]
            self.facts.setText(" · ".join(part for part in parts if part))
        self._show_notice(draft)
        self.show_state(draft)

    def _clock(self, view: CaseView) -> str:
        """The most urgent of the periods that lists sort by: sign, name, days left."""
        listed = [c for c in view.clocks.clocks if c.clock.listed and c.ended_on is None]
        begun = [clock for clock in listed if clock.start is not None]
        first = min(begun, key=lambda clock: clock.last_day or date.max, default=None)
        if first is None:
            return ""
        sign, text = sign_of_clock(first.state, first.days_left), self._ctx.text
        return f"{sign.mark} {text(first.label)} {text(clock_words.standing(first))}"

    def show_state(self, draft: Draft) -> None:
        """Show the route, and whether everything typed is on disk."""
        say = self._ctx.say
        self.stages.show_stages(draft.stages(), draft.stage)
        if draft.dirty:
            text, look = say("● 未保存", "● not saved"), "problem"
        elif draft.view is None:
            text, look = "", "small"
        else:
            at = f"{draft.view.record.updated_at:%Y-%m-%d %H:%M}"
            text, look = say(f"✓ 已存盘 {at}", f"✓ on disk {at}"), "good"
        self.saved.setText(text)
        restyle(self.saved, "look", look)

    def _show_notice(self, draft: Draft) -> None:
        duplicates = draft.view.duplicates if draft.view else ()
        self.notice.setVisible(bool(duplicates))
        if duplicates:
            numbers = self._ctx.say("、", ", ").join(duplicates[:_NAMED])
            if len(duplicates) > _NAMED:
                more = len(duplicates)
                numbers = self._ctx.say(f"{numbers} 等 {more} 件", f"{numbers} … ({more})")
            self.notice.setText(
                self._ctx.say(
                    f"可能重复：{numbers} 与本案有相同的要素，请核对。",
                    f"Perhaps a duplicate: {numbers} share something with this case.",
                )
            )
