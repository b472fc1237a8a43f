"""The legal periods of one case: how many days are left of each, and what holds them up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from auditdesk.operations import clock_words
from auditdesk.ui.base.context import named
from auditdesk.ui.base.signs import sign_of_clock
from auditdesk.ui.pages.parts import button, flow, label
from auditdesk.ui.panels.cards import CardColumn

if TYPE_CHECKING:
    from auditdesk.operations.clock_views import ClocksView, ClockView, PauseView
    from auditdesk.ui.base.context import Context
    from auditdesk.util.label import Label


class _Card(QFrame):
    """A framed card: lines under each other, and buttons in a row at its foot."""

    wanted = Signal(str, object)

    def __init__(self, ctx: Context, name: str) -> None:
        super().__init__()
        self._ctx, self._name = ctx, name
        self.setProperty("look", "card")
        self.buttons: dict[str, QPushButton] = {}
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(*(ctx.px(n) for n in (10, 7, 10, 8)))
        self._lines.setSpacing(ctx.px(3))

    def _heading(self, text: str) -> None:
        name = label(text)
        name.setStyleSheet("font-weight: bold;")
        self._lines.addWidget(name)

    def _end(self) -> None:
        if self.buttons:
            self._lines.addWidget(flow(self._ctx, self.buttons.values()))

    def _button(
        self, deed: str, icon: str, text: str, about: object, why_not: Label | None = None
    ) -> None:
        made = button(self._ctx, icon, text, lambda: self.wanted.emit(deed, about))
        named(made, f"{self._name} {text}")
        self.buttons[deed] = made
        if why_not is not None:
            reason = self._ctx.text(why_not)
            made.setEnabled(False)
            made.setToolTip(reason)
            made.setAccessibleDescription(reason)


class ClockCard(_Card):
    """One period: sign, word and days left; how it was counted is one click away."""

    def __init__(self, ctx: Context, clock: ClockView) -> None:
        super().__init__(ctx, ctx.text(clock.label))
        self._clock = clock
        text = ctx.text
        self._heading(text(clock.label))
        sign = sign_of_clock(clock.state, clock.days_left)
        self.standing = label(f"{sign.mark} {text(clock_words.standing(clock))}")
        self.standing.setStyleSheet(f"color: {sign.colour(ctx.colours)};")
        self._lines.addWidget(self.standing)
        self._lines.addWidget(label(self._days(), "small"))
        self._lines.addWidget(label(f"{text(clock.sources)} · {text(clock.binds)}", "small"))
        if clock.start is not None:
            self._button("explain", "scale", ctx.say("怎样算的…", "How counted …"), clock)
        self._offer_extension()
        self._end()

    def _days(self) -> str:
        say, clock = self._ctx.say, self._clock
        parts = []
        if clock.last_day is not None:
            parts.append(say(f"至 {clock.last_day}", f"until {clock.last_day}"))
        if clock.length is not None:
            parts.append(self._ctx.text(clock.length))
        if clock.longer is not None:
            longer = self._ctx.text(clock.longer)
            parts.append(say(f"已延长 {longer}", f"extended by {longer}"))
        if clock.ended_on is not None:
            parts.append(say(f"结束于 {clock.ended_on}", f"ended on {clock.ended_on}"))
        if clock.provisional:
            parts.append(say("暂计：当年放假安排未公布", "provisional: holidays not known yet"))
        return " · ".join(parts)

    def _offer_extension(self) -> None:
        say, extension = self._ctx.say, self._clock.extension
        if extension is None or self._clock.ended_on is not None:
            return
        if extension.id is None:
            self._button("extend", "plus", say("延长…", "Extend …"), self._clock, extension.why_not)
        else:
            text = say("撤回延长…", "Take extension back …")
            self._button("unextend", "arrow-back-up", text, extension, extension.why_not)


class PauseCard(_Card):
    """One pause: its days, who set it and why."""

    def __init__(self, ctx: Context, view: PauseView) -> None:
        super().__init__(ctx, ctx.text(view.ground))
        text, say = ctx.text, ctx.say
        self._heading(say(f"‖ 中止：{text(view.ground)}", f"‖ Pause: {text(view.ground)}"))
        self._lines.addWidget(label(text(clock_words.pause_days(view))))
        for deed in clock_words.pause_deeds(view):
            self._lines.addWidget(label(text(deed), "small"))
        self._lines.addWidget(label(text(view.sources), "small"))
        if view.pause.id is not None and view.pause.revoked is None:
            if view.pause.is_open:
                resume = say("恢复计算…", "Count again …")
                self._button("resume", "arrow-right", resume, view, view.why_not_end)
            back = say("撤回…", "Take back …")
            self._button("revoke", "arrow-back-up", back, view, view.why_not_revoke)
        self._end()


class _Head(QWidget):
    """What can be done with all periods together; it scrolls with the cards."""

    def __init__(self, ctx: Context, view: ClocksView | None) -> None:
        super().__init__()
        say = ctx.say
        self.pause = QPushButton(ctx.icon("circle-dashed"), say("中止…", "Pause …"))
        self.print = QPushButton(ctx.icon("printer"), say("计算单…", "On paper …"))
        begun = view is not None and any(clock.start is not None for clock in view.clocks)
        self.print.setEnabled(begun)
        # a case type without a period that can stand still has no such button
        may = view is not None and bool(view.grounds)
        why_not = view.why_not_pause if view is not None and may else None
        self.pause.setEnabled(may and why_not is None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(flow(ctx, (self.pause, self.print) if may else (self.print,)))
        if why_not is not None:
            self.pause.setToolTip(ctx.text(why_not))
            self.pause.setAccessibleDescription(ctx.text(why_not))
            layout.addWidget(label(ctx.text(why_not), "small"))


class ClocksPanel(QWidget):
    """All periods of the case, then all pauses; `wanted` names the deed and what it is about."""

    wanted = Signal(str, object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.clocks: dict[str, ClockCard] = {}
        self.pauses: list[PauseCard] = []
        self.head = _Head(ctx, None)
        empty = ctx.say("本案没有法定期限。", "The case has no legal periods.")
        self._empty = label(empty, "muted")
        self._column = CardColumn(ctx, below=self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._column)

    def show_clocks(self, view: ClocksView | None) -> None:
        """Show the periods of a case; None: of one that nobody has saved yet."""
        shown = view.clocks if view else ()
        self._empty.setVisible(not shown)
        self.clocks = {clock.id: ClockCard(self._ctx, clock) for clock in shown}
        self.pauses = [PauseCard(self._ctx, p) for p in reversed(view.pauses)] if view else []
        cards: list[ClockCard | PauseCard] = [*self.clocks.values(), *self.pauses]
        for card in cards:
            card.wanted.connect(self.wanted)
        self.head = _Head(self._ctx, view)
        self.head.pause.clicked.connect(lambda _: self.wanted.emit("pause", None))
        self.head.print.clicked.connect(lambda _: self.wanted.emit("print", None))
        self._column.show_cards([self.head, *cards] if shown else cards)
