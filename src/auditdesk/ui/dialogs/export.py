"""The city bureau's workbook: a period, a file, progress, an end report."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFormLayout, QPushButton, QWidget

from auditdesk.domain.declaration import Field, FieldKind
from auditdesk.operations import exports
from auditdesk.ui.dialogs.base import Dialog
from auditdesk.ui.dialogs.progress import ProgressDialog
from auditdesk.ui.forms.editors import DateEditor
from auditdesk.ui.forms.showing import date_or_none
from auditdesk.util.clock import today
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from auditdesk.exchange.content import WorkbookFacts
    from auditdesk.operations.changes import Changes
    from auditdesk.ui.base.session import Session

_FROM = Field("from", Label("受理日期从", "Accepted from"), FieldKind.DATE)
_TO = Field("to", Label("受理日期至", "up to"), FieldKind.DATE)


def last_month(day: date) -> tuple[date, date]:
    """The first and the last day of the month before."""
    end = day.replace(day=1) - timedelta(days=1)
    return end.replace(day=1), end


class ExportDialog(Dialog):
    """Asks for the period and the file; the writing itself shows its own progress."""

    topic = "cases"

    def __init__(self, session: Session, parent: QWidget) -> None:
        ctx = session.ctx
        title = ctx.say("市级导出", "City export")
        super().__init__(ctx, parent, title, ctx.say("导出", "Export"), width=520)
        self._session = session
        self.path: Path | None = None
        self.add_text(title, "heading")
        self.add_text(
            ctx.say(
                "把这段时间受理的案件写成 Excel 工作簿，每个事项一张表，附封面。",
                "Writes the cases accepted in the period into a workbook, a sheet a case type, "
                "with a cover.",
            )
        )
        self.first, self.last = DateEditor(ctx, _FROM), DateEditor(ctx, _TO)
        begin, end = last_month(today(ctx.clock))
        self.first.set_value(begin.isoformat())
        self.last.set_value(end.isoformat())
        days = QFormLayout()
        for field, editor in ((_FROM, self.first), (_TO, self.last)):
            days.addRow(ctx.text(field.label), editor)
        self.body.addLayout(days)
        self.choose = QPushButton(ctx.say("选择保存位置…", "Choose where to save …"))
        self.choose.setIcon(ctx.icon("folder-open"))
        self.choose.clicked.connect(self._choose)
        self.body.addWidget(self.choose)

    def _period(self) -> tuple[date, date] | None:
        first, last = date_or_none(self.first.value()), date_or_none(self.last.value())
        if first is None or last is None:
            return None
        return first, last

    def _choose(self) -> None:
        period = self._period()
        name = f"{self._session.profile.name}_{period[0]}_{period[1]}.xlsx" if period else ""
        dialog = QFileDialog(self, self.choose.text(), name, "Excel (*.xlsx)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, name: str) -> None:
        """Take the file that was chosen."""
        self.path = Path(name)
        self.choose.setText(str(self.path))
        self.say_wrong("")

    def confirmed(self) -> None:
        period, path, say = self._period(), self.path, self.ctx.say
        if period is None:
            self.say_wrong(say("起止日期要填完整。", "Give both days of the period."))
            return
        if path is None:
            self.say_wrong(say("请先选择保存位置。", "Choose first where to save."))
            return
        first, last = period
        progress = ProgressDialog(self._session, self.parentWidget() or self, self.windowTitle())
        progress.begin(
            lambda desk, step: exports.export_city(desk, first, last, path, step),
            lambda answer: self._report(answer, path),
        )
        self.accept()

    def _report(self, answer: tuple[WorkbookFacts, Changes], path: Path) -> str:
        say, facts = self.ctx.say, answer[0]
        lines = [say(f"已写入 {path}", f"Written to {path}")]
        lines += [
            say(f"{sheet.name}：{sheet.rows} 行", f"{sheet.name}: {sheet.rows} rows")
            for sheet in facts.sheets
        ]
        return "\n".join(lines)
