"""The list of cases: pages fetched by key as they are needed, never all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from auditdesk.operations.words import CLOCK_STATES, TITLE
from auditdesk.store.records import PageKey
from auditdesk.ui.base.signs import sign_of_verdict
from auditdesk.ui.models.listing import ROW_ROLE, SORT_ROLE, Index, PagedModel
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from auditdesk.operations.views import CaseRow
    from auditdesk.ui.base.context import Context

COLUMNS = (
    ("verdict", Label("结论", "Verdict"), 104),
    ("no", Label("案号", "Number"), 130),
    ("title", TITLE, 240),
    ("place", Label("地点", "Place"), 190),
    ("case_type", Label("事项", "Case type"), 170),
    ("stage", Label("环节", "Stage"), 120),
    ("status", Label("状态", "Status"), 76),
    ("due", Label("剩余工作日", "Days left"), 110),
    ("accepted_on", Label("受理日期", "Accepted on"), 100),
)


class CaseListModel(PagedModel["CaseRow", PageKey]):
    """Rows of a list of cases, growing page by page."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx, [head for _, head, _ in COLUMNS])

    def place_of(self, no: str) -> int | None:
        """Where a case is, among those fetched."""
        return next((i for i, row in enumerate(self._lines) if row.no == no), None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(row, COLUMNS[index.column()][0])
        if role == ROW_ROLE:
            return row
        if role == SORT_ROLE:
            return _native(row, COLUMNS[index.column()][0])
        return None

    def _shown(self, row: CaseRow, column: str) -> str:
        text = self._ctx.text
        if column == "verdict":
            sign = sign_of_verdict(row.verdict)
            return f"{sign.mark} {text(sign.word)}"
        if column == "case_type":
            return text(row.case_type_label)
        if column == "stage":
            return text(row.stage_label)
        if column == "status":
            return text(row.status_label)
        if column == "due":
            paused = text(CLOCK_STATES["paused"])
            return f"‖ {paused}" if row.paused else days_left_text(self._ctx, row.days_left)
        return str(getattr(row, column))


def days_left_text(ctx: Context, days: int | None) -> str:
    """Working days left in words; an overdue case says so."""
    if days is None:
        return ""
    if days < 0:
        return ctx.say(f"逾期 {-days} 天", f"{-days} overdue")
    return ctx.say(f"{days} 天", f"{days} left") if days else ctx.say("今天到期", "due today")


def _native(row: CaseRow, column: str) -> Any:
    """What a list sorts by: days as days, numbers as numbers."""
    names = {"due": "due_on"}
    return getattr(row, names.get(column, column))
