"""The working-day calendars in the settings: the years known, what the office changed, import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from auditdesk.operations import calendars
from auditdesk.regulations.calendars import LARGEST_FILE
from auditdesk.ui.base.lists import make_list
from auditdesk.ui.dialogs.base import Question
from auditdesk.ui.dialogs.decisions import ReasonsDialog
from auditdesk.ui.dialogs.progress import ProgressDialog
from auditdesk.ui.pages.parts import button, label
from auditdesk.util.reading import read_limited

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.operations.calendars import CalendarYear
    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.reviews import Reasons
    from auditdesk.ui.base.session import Session
    from auditdesk.util.progress import Progress


class CalendarPanel(QWidget):
    """A table of the years; an administrator takes one in from a file, or takes it back."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._ctx = session, session.ctx
        self.found: tuple[CalendarYear, ...] = ()
        ctx, say = self._ctx, self._ctx.say
        self._may = session.user.role == "administrator" and not session.read_only
        self.take = button(ctx, "calendar", say("导入一年…", "Take a year in …"), self._choose)
        self.back = button(ctx, "arrow-back-up", say("撤回…", "Take back …"), self._ask_back)
        self.take.setEnabled(self._may)
        self.table = self._make_table()
        self.differs = label("", "")
        self.differs.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.addWidget(self.take)
        row.addWidget(self.back)
        if not self._may:
            row.addWidget(label(say("由管理员导入。", "For administrators."), "muted", wrap=False))
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(ctx.px(n) for n in (16, 12, 16, 12)))
        layout.addLayout(row)
        layout.addWidget(self._words())
        layout.addWidget(self.table, 1)
        layout.addWidget(self.differs)
        self.differs.hide()
        session.changed.connect(self._heard)
        self.refresh()

    def _words(self) -> QWidget:
        return label(
            self._ctx.say(
                "国务院公布次年放假安排后导入：TOML 文件，写明 year、holidays（放假日）、"
                "workdays（调休上班的周末）。没有列出的年份按周一至周五暂计，期限标明“暂计”。",
                "Take in the State Council's days once they are published: a TOML file with year, "
                "holidays (days off) and workdays (weekends that are worked). Years that are not "
                "listed count Monday to Friday for now, and periods say so.",
            ),
            "muted",
        )

    def _make_table(self) -> QTableWidget:
        say = self._ctx.say
        heads = (
            *(say("年份", "Year"), say("来源", "Origin"), say("放假", "Days off")),
            *(say("调休上班", "Moved days"), say("与内置不同", "Differs")),
            *(say("文件", "File"), say("导入", "Taken in")),
        )
        table = QTableWidget(0, len(heads))
        table.setHorizontalHeaderLabels(list(heads))
        resized = QHeaderView.ResizeMode.ResizeToContents
        table.horizontalHeader().setSectionResizeMode(resized)
        table.horizontalHeader().setStretchLastSection(True)
        table.itemSelectionChanged.connect(self._offer)
        make_list(table, say("工作日历", "Working-day calendars"))
        table.setProperty("look", "spaced")
        return table

    def refresh(self) -> None:
        """Read the years."""
        self._session.read(self, calendars.years, self._show)

    def _show(self, found: tuple[CalendarYear, ...]) -> None:
        self.found = found
        self.table.setRowCount(len(found))
        for row, year in enumerate(found):
            for column, text in enumerate(self._cells(year)):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self._offer()

    def _cells(self, year: CalendarYear) -> tuple[str, ...]:
        say = self._ctx.say
        origin = say("本单元", "office") if year.own else say("内置", "built in")
        if year.own and not year.shipped:
            differs = say("内置没有这一年", "not built in")
        else:
            count = len(year.differs)
            differs = say(f"{count} 天", f"{count} days") if count else ""
        days = year.days
        counts = (str(len(days.holidays)), str(len(days.workdays)))
        return (str(year.year), origin, *counts, differs, year.source, year.by)

    def _chosen(self) -> CalendarYear | None:
        rows = {index.row() for index in self.table.selectedIndexes()}
        return self.found[rows.pop()] if len(rows) == 1 else None

    def _offer(self) -> None:
        chosen = self._chosen()
        self.back.setEnabled(self._may and chosen is not None and chosen.own)
        self.differs.setText(self._differs(chosen) if chosen else "")
        self.differs.setVisible(bool(self.differs.text()))

    def _differs(self, year: CalendarYear) -> str:
        """Which days the office sees otherwise, each kind in a line."""
        say = self._ctx.say
        off = say("、", ", ").join(str(c.day) for c in year.differs if not c.works)
        on = say("、", ", ").join(str(c.day) for c in year.differs if c.works)
        base = say("与内置日历不同，", "Other than built in, ")
        if not year.shipped:
            base = say("与周一至周五不同，", "Other than Monday to Friday, ")
        lines = [base + say(f"放假：{off}", f"off: {off}")] if off else []
        lines += [base + say(f"上班：{on}", f"worked: {on}")] if on else []
        return "\n".join(lines)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.take.text(), "", "TOML (*.toml)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.import_from(Path(name)))
        dialog.open()

    def import_from(self, path: Path) -> None:
        """Take the year of that file in; what is open is counted anew."""
        self._work(
            self._ctx.say("正在导入工作日历", "Taking the calendar in"),
            lambda desk, progress: calendars.import_year(
                desk, path.name, read_limited(path, LARGEST_FILE), progress
            ),
        )

    def _ask_back(self) -> None:
        chosen, say = self._chosen(), self._ctx.say
        if chosen is None:
            return
        year = chosen.year
        question = Question(
            say(f"撤回 {year} 年工作日历", f"Take the calendar of {year} back"),
            say(
                "这一年恢复按内置日历（没有的，按周一至周五）计算，在办案件随之重新计算；"
                "导入过的内容留在记录里。",
                "The year counts as built in again, or Monday to Friday where it is not; what is "
                "open is counted anew. What was taken in stays on record.",
            ),
            say("撤回", "Take back"),
        )
        dialog = ReasonsDialog(self._ctx, self, question)
        dialog.decided.connect(lambda reasons: self._take_back(year, reasons))
        dialog.open()

    def _take_back(self, year: int, reasons: Reasons) -> None:
        self._work(
            self._ctx.say("正在撤回工作日历", "Taking the calendar back"),
            lambda desk, progress: calendars.remove_year(desk, year, reasons.text, progress),
        )

    def _work(self, title: str, work: Callable[[Desk, Progress], Changes]) -> None:
        ProgressDialog(self._session, self, title).begin(
            work, lambda changes: self._ctx.text(changes.summary)
        )

    def _heard(self, changes: Changes, _origin: object) -> None:
        if changes.settings:
            self.refresh()
