"""How a period was counted; pausing the periods, and letting them count again."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit, QTextBrowser, QWidget

from auditdesk.domain.declaration import Field, FieldKind
from auditdesk.operations import clock_words
from auditdesk.ui.base.context import named
from auditdesk.ui.base.signs import sign_of_clock
from auditdesk.ui.dialogs.base import Dialog
from auditdesk.ui.forms.editors import DateEditor
from auditdesk.ui.forms.showing import date_or_none
from auditdesk.ui.pages.parts import button
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from auditdesk.operations.clock_views import ClocksView, ClockView, PauseView
    from auditdesk.ui.base.context import Context

_LINES = 3


class DerivationDialog(Dialog):
    """The count of one period, by days in a row; it can be copied, kept as a PDF and printed."""

    topic = "clocks"
    keep_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, ctx: Context, parent: QWidget, clock: ClockView) -> None:
        title = ctx.text(clock.label)
        super().__init__(ctx, parent, title, ctx.say("关闭", "Close"), width=680)
        self._clock = clock
        self.dismiss.hide()
        sign = sign_of_clock(clock.state, clock.days_left)
        head = self.add_text(f"{title}　{sign.mark} {ctx.text(clock_words.standing(clock))}")
        head.setProperty("look", "heading")
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        named(self.text, ctx.say("计算过程", "How it was counted"))
        self.text.setHtml("".join(self._html()))
        self.keep_high(self.text, 380)
        self.body.addWidget(self.text, 1)
        say = ctx.say
        self.copy = button(ctx, "", say("复制", "Copy"), self._copy)
        self.keep = button(
            ctx, "download", say("存为 PDF…", "Save as PDF …"), self.keep_wanted.emit
        )
        self.print = button(ctx, "printer", say("打印…", "Print …"), self.print_wanted.emit)
        for place, made in enumerate((self.copy, self.keep, self.print)):
            self.buttons.insertWidget(place, made)

    def _html(self) -> Iterator[str]:
        text, muted = self.ctx.text, self.ctx.colours.muted
        yield "<table width='100%' cellspacing='0' cellpadding='3'>"
        for name, value in clock_words.facts(self._clock):
            yield (
                f"<tr><td width='26%' style='color:{muted}'>{escape(text(name))}</td>"
                f"<td>{escape(text(value))}</td></tr>"
            )
        yield "</table><hr><table width='100%' cellspacing='0' cellpadding='3'>"
        for step in clock_words.steps(self._clock):
            days, words = clock_words.days_of(step), escape(text(step.words))
            yield f"<tr><td width='38%'>{days}</td><td>{words}</td></tr>"
        yield "</table>"
        if self._clock.pauses:
            yield "<hr>"
        for view in self._clock.pauses:
            lines = "<br>".join(escape(text(line)) for line in clock_words.pause_lines(view))
            yield f"<p>{lines}</p>"

    def _copy(self) -> None:
        lines = (self.ctx.text(line) for line in clock_words.lines(self._clock))
        QApplication.clipboard().setText("\n".join(lines))
        self.ctx.tell(self.ctx.say("计算过程已复制", "Copied how it was counted"))


class _PauseDialog(Dialog):
    """Days and a reason; it stays open until what it asks for is done."""

    topic = "clocks"

    def __init__(self, ctx: Context, parent: QWidget, title: str, words: str) -> None:
        super().__init__(ctx, parent, title, title)
        self.add_text(title, "heading")
        self.add_text(words)

    def _day(self, label: Label, value: date | None = None) -> DateEditor:
        made = DateEditor(self.ctx, Field("day", label, FieldKind.DATE), self)
        made.set_value(value.isoformat() if value else None)
        self.add_labelled(self.ctx.text(label), made)
        return made

    def _add_reason(self) -> None:
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(self.ctx.px(24 * _LINES))
        prompt = self.ctx.say("理由，依据哪份文书", "Why, and by which paper")
        self.add_labelled(prompt, self.reason)

    def _read(self, editor: DateEditor) -> tuple[bool, date | None]:
        """Whether what stands there can be used, and the day; nothing typed is no day."""
        value: Any = editor.value()
        day = date_or_none(value)
        if value and day is None:
            self.say_wrong(self.ctx.say(f"{value} 不是日期。", f"{value} is no day."))
            return False, None
        return True, day


class PauseDialog(_PauseDialog):
    """Asks on which ground, from which day, and why the periods stand still."""

    given = Signal(str, object, object, str)

    def __init__(self, ctx: Context, parent: QWidget, view: ClocksView, today: date) -> None:
        super().__init__(
            ctx,
            parent,
            ctx.say("中止期限", "Pause the periods"),
            ctx.say(
                "约束办理机关的期限在这些日子里不计算，案件照常办理。首末两天都不计。",
                "The periods that bind the office do not count on these days; the case goes on. "
                "Neither the first nor the last day counts.",
            ),
        )
        self.ground = QComboBox()
        for name, label in view.grounds:
            self.ground.addItem(ctx.text(label), name)
        self.add_labelled(ctx.say("事由", "Ground"), self.ground)
        self.first = self._day(Label("自哪一天起", "From which day on"), today)
        self.last = self._day(
            Label("至哪一天止（尚不知道可不填）", "To which day (empty while nobody knows)")
        )
        self._add_reason()

    def confirmed(self) -> None:
        good, first = self._read(self.first)
        fine, last = self._read(self.last) if good else (False, None)
        if good and fine:
            self.set_busy(busy=True)
            reason = self.reason.toPlainText()
            self.given.emit(self.ground.currentData(), first, last, reason)


class ResumeDialog(_PauseDialog):
    """Asks until which day a pause lasted, and why it is over."""

    given = Signal(object, str)

    def __init__(self, ctx: Context, parent: QWidget, view: PauseView, today: date) -> None:
        ground = ctx.text(view.ground)
        super().__init__(
            ctx,
            parent,
            ctx.say("恢复计算", "Let the periods count again"),
            ctx.say(
                f"“{ground}”的中止到这一天为止；这一天仍不计，从次日起继续计算。",
                f"The pause for “{ground}” lasts to this day, which does not count either; the "
                "next one counts again.",
            ),
        )
        self.last = self._day(Label("最后一个不计的日子", "The last day not counted"), today)
        self._add_reason()

    def confirmed(self) -> None:
        good, last = self._read(self.last)
        if good:
            self.set_busy(busy=True)
            self.given.emit(last, self.reason.toPlainText())
