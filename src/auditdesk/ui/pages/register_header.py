"""The head of a register's row: which one, how it stands on the day, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from auditdesk.ui.base.context import named
from auditdesk.ui.forms.editors import restyle
from auditdesk.ui.pages.parts import Elided, button, label

if TYPE_CHECKING:
    from auditdesk.domain.register import Register
    from auditdesk.domain.report import CheckReport
    from auditdesk.operations.register_views import RegisterEntryView
    from auditdesk.ui.base.context import Context


class RowHeader(QFrame):
    """Back, name, saving; below, what is worked out for the day.

    Signals: `back_wanted`; `save_wanted`; `begin_wanted` with a case type.
    """

    back_wanted = Signal()
    save_wanted = Signal()
    begin_wanted = Signal(str)

    def __init__(self, ctx: Context, register: Register) -> None:
        super().__init__()
        self._ctx, self._register = ctx, register
        self.setProperty("look", "bar")
        self.back = QToolButton()
        self.back.setIcon(ctx.icon("chevron-left"))
        self.back.setToolTip(ctx.say("返回台账（Esc）", "Back to the register (Esc)"))
        named(self.back, ctx.say("返回台账", "Back to the register"))
        self.back.clicked.connect(self.back_wanted)
        self.title, self.facts = Elided("heading"), Elided("muted", grows=True)
        self.state = QLabel()
        self.computed = label("", "muted")
        self.notice = label("", "warning")
        self.save = button(
            ctx, "device-floppy", ctx.say("保存", "Save"), self.save_wanted.emit, "primary"
        )
        self.save.setToolTip("Ctrl+S")
        self.begin = QPushButton(ctx.icon("plus"), ctx.say("新建案件", "New case"))
        self.begins = QMenu(self.begin)
        self.begin.setMenu(self.begins)
        self._lay_out()

    def _lay_out(self) -> None:
        px = self._ctx.px
        line = QHBoxLayout()
        line.setSpacing(px(8))
        for widget, share in (
            (self.back, 0),
            (self.title, 0),
            (self.facts, 1),
            (self.state, 0),
            (self.begin, 0),
            (self.save, 0),
        ):
            line.addWidget(widget, share)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(8), px(6), px(12), px(6))
        layout.setSpacing(px(4))
        layout.addLayout(line)
        self.computed.setContentsMargins(px(34), 0, 0, 0)
        layout.addWidget(self.computed)
        layout.addWidget(self.notice)

    def name(self) -> str:
        """What the row is called, for a question about it."""
        return self.title.text()

    def show_row(self, view: RegisterEntryView | None, *, past: bool) -> None:
        """Show which row it is and what can be done with it."""
        ctx, say = self._ctx, self._ctx.say
        if view is None:
            self.title.setText(say("新增记录", "A new row"))
            self.facts.setText(ctx.text(self._register.label))
        else:
            self.title.setText(f"{view.entry.code}　{view.entry.title}")
            self.facts.setText(" · ".join((ctx.text(self._register.label), view.entry.place)))
        editable = view is None or (view.editable and not past)
        self.save.setVisible(editable)
        self._offer_cases(view)
        why = ctx.text(view.why_not) if view is not None and view.why_not else ""
        if past and view is not None:
            why = say(
                f"这是 {view.day} 的情况，只供查看；要修改，请把台账的日期改回今天。",
                f"As it stood on {view.day}, to be read only. Set the register's day back to "
                "today to change it.",
            )
        self.notice.setText(why)
        self.notice.setVisible(bool(why) and not editable)
        self.show_state(view, dirty=False)

    def show_state(self, view: RegisterEntryView | None, *, dirty: bool) -> None:
        """Show whether what was typed is on disk."""
        say = self._ctx.say
        text, look = "", "small"
        if dirty:
            text, look = say("● 未保存", "● not saved"), "problem"
        elif view is not None:
            at = f"{view.entry.updated_at:%Y-%m-%d %H:%M}"
            text, look = say(f"✓ 已存盘 {at}", f"✓ on disk {at}"), "good"
        self.state.setText(text)
        restyle(self.state, "look", look)
        colours = self._ctx.colours
        self.save.setEnabled(dirty)
        colour = colours.on_accent if dirty else colours.muted
        self.save.setIcon(self._ctx.icon("device-floppy", colour))

    def show_computed(self, report: CheckReport) -> None:
        """Show what is worked out, each value under its name; what is not, is left out."""
        ctx = self._ctx
        parts = []
        for computed in self._register.computed:
            value = report.computed.get(computed.id)
            if value is not None and value is not False:
                shown = ctx.text(computed.shown(value))
                parts.append(f"{ctx.text(computed.label)} <b>{shown}</b>")
        day = ctx.say(f"截至 {report.accepted_on}", f"as of {report.accepted_on}")
        self.computed.setText("　·　".join([day, *parts]))

    def _offer_cases(self, view: RegisterEntryView | None) -> None:
        self.begins.clear()
        for case_type in view.begins if view else ():
            name = case_type.id
            action = self.begins.addAction(self._ctx.text(case_type.label))
            action.triggered.connect(lambda _=False, name=name: self.begin_wanted.emit(name))
        self.begin.setVisible(bool(view and view.begins))
