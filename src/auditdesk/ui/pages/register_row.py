"""One row of a register: its form and findings, the cases about it, who wrote what when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from auditdesk.domain.case import FIRST_STAGE, CaseFile
from auditdesk.operations import registers
from auditdesk.regulations.judge import judge
from auditdesk.regulations.suggestions import suggestions
from auditdesk.ui.base.context import named
from auditdesk.ui.dialogs.base import FaultDialog
from auditdesk.ui.dialogs.finding import FindingDialog, cite
from auditdesk.ui.dialogs.leave import LeaveDialog
from auditdesk.ui.forms.form import CaseForm
from auditdesk.ui.pages.register_header import RowHeader
from auditdesk.ui.panels.findings import FindingsPanel
from auditdesk.ui.panels.row_cases import RowCasesPanel
from auditdesk.ui.panels.row_history import RowHistoryPanel
from auditdesk.util.clock import today
from auditdesk.util.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from auditdesk.domain.declaration import Citation
    from auditdesk.domain.report import CheckReport
    from auditdesk.operations.changes import Changes
    from auditdesk.operations.register_views import RegisterEntryView
    from auditdesk.regulations.law import RegisterLaw
    from auditdesk.ui.base.session import Session

    Then = Callable[[], None]

_PAUSE_MS = 30


class RegisterRow(QWidget):
    """The page of one row at a time; for a day in the past it can only be read.

    Signals: `back_wanted`; `case_wanted` with a case's number; `begin_wanted` with a case type
    and a row's code; `saved` with a row's code.
    """

    back_wanted = Signal()
    case_wanted = Signal(str)
    begin_wanted = Signal(str, str)
    saved = Signal(str)

    def __init__(self, session: Session, law: RegisterLaw) -> None:
        super().__init__()
        self.session, self.ctx = session, session.ctx
        self.law, self.register = law.law, law.register
        self.view: RegisterEntryView | None = None
        self.report: CheckReport | None = None
        self.dirty = False
        self._data: dict[str, Any] = {}
        self._day = today(self.ctx.clock)
        self._judging = QTimer(self)
        self._judging.setSingleShot(True)
        self._judging.setInterval(_PAUSE_MS)
        self._judging.timeout.connect(self.judge_now)
        self._make_parts()
        self._lay_out()
        session.changed.connect(self._heard)

    def _make_parts(self) -> None:
        ctx = self.ctx
        self.header = RowHeader(ctx, self.register)
        self.header.back_wanted.connect(lambda: self.leave(self.back_wanted.emit))
        self.header.save_wanted.connect(self.save)
        self.header.begin_wanted.connect(self._begin)
        self.form = CaseForm(ctx, self.register.row, self, dated=False)
        self.form.changed.connect(self._typed)
        self.findings = FindingsPanel(ctx, self._cite)
        self.findings.allow_justify(allowed=False)
        self.findings.field_wanted.connect(self.form.go_to)
        self.findings.detail_wanted.connect(self._show_finding)
        self.form.asked.connect(self.findings.select_rule)
        self.cases = RowCasesPanel(ctx)
        self.cases.opened.connect(lambda no: self.leave(lambda: self.case_wanted.emit(no)))
        self.history = RowHistoryPanel(ctx)

    def _lay_out(self) -> None:
        say = self.ctx.say
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for part in (self.tabs, self.tabs.tabBar()):
            named(part, say("台账记录", "The row"))
        self.tabs.addTab(self.cases, say("相关案件", "Cases"))
        self.tabs.addTab(self.history, say("修改经过", "History"))
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(self.findings)
        right.addWidget(self.tabs)
        right.setChildrenCollapsible(False)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(self.form)
        self._split.addWidget(right)
        self._split.setChildrenCollapsible(False)
        self._split.setStretchFactor(0, 64)
        self._split.setStretchFactor(1, 36)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._split, 1)

    def open_new(self) -> None:
        """Begin a row that nobody has saved yet."""
        self._show(None, {}, today(self.ctx.clock))
        self.form.go_to(self.register.key)

    def open_row(self, code: str, day: date) -> None:
        """Read a row as it stood on a day, show it, and put the keyboard into it."""
        self._read(code, day, self._enter)

    def _enter(self, view: RegisterEntryView) -> None:
        self._show_view(view)
        self.form.go_to_first()

    def _read(self, code: str, day: date, show: Callable[[RegisterEntryView], None]) -> None:
        name = self.register.id
        self.session.read(self, lambda desk: registers.entry(desk, name, code, day), show)

    def _show_view(self, view: RegisterEntryView) -> None:
        past = view.day < today(self.ctx.clock)
        self._show(view, dict(view.entry.raw if past else view.current), view.day)

    def _show(self, view: RegisterEntryView | None, data: dict[str, Any], day: date) -> None:
        self.view, self._data, self._day, self.dirty = view, data, day, False
        self.form.fill("", data, self._editable())
        self.cases.show_cases(view.cases if view else ())
        self.history.show_versions(self.register, view.versions if view else ())
        self.tabs.setVisible(view is not None)
        self.header.show_row(view, past=self._is_past())
        whole = max(self.width(), self.ctx.px(1100))
        self._split.setSizes([whole * 64 // 100, whole * 36 // 100])
        self.judge_now()

    def _is_past(self) -> bool:
        return self._day < today(self.ctx.clock)

    def _editable(self) -> frozenset[str]:
        """All fields, or none; the key stays what it is once a case is about the row."""
        every = frozenset(field.id for field in self.register.fields)
        if self.view is None:
            return every
        if self._is_past() or not self.view.editable:
            return frozenset()
        return every - {self.register.key} if self.view.cases else every

    def _typed(self) -> None:
        self._data = self.form.data()
        if not self.dirty:
            self.dirty = True
            self.header.show_state(self.view, dirty=True)
        self._judging.start()

    def judge_now(self) -> None:
        """Judge what stands on the page for the day shown."""
        self._judging.stop()
        library, place = self.session.library, self._district()
        self.form.suggest(lambda table: suggestions(library, table, place))
        report = self._judged()
        self.report = report
        self.findings.show_report(self.register.row, report)
        self.form.show_report(report)
        self.header.show_computed(report)

    def _district(self) -> str:
        """The row's district as it stands on the page, else the office's."""
        return str(self._data.get(self.register.district) or self.session.profile.district)

    def _judged(self) -> CheckReport:
        if self.view is not None and not self.dirty:
            return self.view.entry.report
        place = self._district()
        file = CaseFile(self.register.id, self._day, place, FIRST_STAGE, self._data, {}, {})
        return judge(file, self.law, self.session.calendar)

    def save(self, then: Then | None = None) -> None:
        """Bring the row to disk; `then` goes on once it is there."""
        if not self.dirty:
            if then is not None:
                then()
            return
        name, data = self.register.id, self.form.data()
        code = self.view.entry.code if self.view else None
        version = self.view.entry.version if self.view else 0
        keyboard = self.focusWidget()
        self.setEnabled(False)

        def done(answer: tuple[RegisterEntryView, Changes]) -> None:
            self._enable(keyboard)
            self._show_view(answer[0])
            self.saved.emit(answer[0].entry.code)
            if then is not None:
                then()

        self.session.change(
            self,
            lambda desk: registers.save(desk, name, code, version, data),
            done,
            lambda error: self._failed(error, keyboard),
        )

    def _enable(self, keyboard: QWidget | None) -> None:
        """Let the page be used again, with the keyboard where it was."""
        self.setEnabled(True)
        if keyboard is not None:
            keyboard.setFocus()

    def _failed(self, error: Exception, keyboard: QWidget | None) -> None:
        self._enable(keyboard)
        if not isinstance(error, Fault):
            raise error
        FaultDialog(self.ctx, self, error).open()

    def leave(self, then: Then) -> None:
        """Do `then` once nothing unsaved is left; the person may also stay."""
        if not self.dirty:
            then()
            return
        dialog = LeaveDialog(self.ctx, self, self.header.name())
        dialog.save_wanted.connect(lambda: self.save(then))
        dialog.discard_wanted.connect(lambda: self._discard(then))
        dialog.open()

    def _discard(self, then: Then) -> None:
        """Show what is on disk again, so that nobody takes what was thrown away for kept."""
        if self.view is not None:
            self._show_view(self.view)
        else:
            self._show(None, {}, self._day)
        then()

    def help_in_place(self) -> bool:
        """Show the articles behind the field or finding with the keyboard; False without one."""
        rule = self.form.rule_in_focus()
        if self.findings.view.hasFocus():
            rule = self.findings.chosen_rule()
        if rule is not None:
            self._show_finding(rule)
        return rule is not None

    def _show_finding(self, rule: str) -> None:
        if self.report is None:
            return
        finding = self.report.finding(rule)
        dialog = FindingDialog(self.ctx, self, self.law, finding, can_justify=False)
        dialog.field_wanted.connect(self.form.go_to)
        dialog.open()

    def _begin(self, case_type: str) -> None:
        if self.view is not None:
            code = self.view.entry.code
            self.leave(lambda: self.begin_wanted.emit(case_type, code))

    def _cite(self, citation: Citation) -> str:
        return cite(self.ctx, self.law, citation)

    def _heard(self, changes: Changes, origin: object) -> None:
        """Read the row again when somebody else's change may have touched it."""
        if origin is self or self.view is None or self.dirty:
            return
        if self.register.id in changes.registers or changes.cases:
            self._read(self.view.entry.code, self._day, self._show_view)
