"""The list of follow-ups: pages fetched by key as they are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from auditdesk.operations import follow_ups
from auditdesk.operations.words import TITLE
from auditdesk.ui.models.cases import days_left_text
from auditdesk.ui.models.listing import ROW_ROLE, Index, PagedModel
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.operations.views import FollowUpList, FollowUpRow
    from auditdesk.store.follow_ups import FollowUpGroup, FollowUpKey
    from auditdesk.ui.base.context import Context
    from auditdesk.ui.base.session import Session

_PAGE = 50
COLUMNS = (
    ("last_day", Label("最后日期", "Last day"), 110),
    ("left", Label("剩余工作日", "Days left"), 120),
    ("label", Label("期限", "Follow-up"), 210),
    ("case_no", Label("案号", "Number"), 130),
    ("title", TITLE, 220),
    ("case_type", Label("事项", "Case type"), 210),
    ("first_day", Label("提示自", "Shown from"), 110),
)


class FollowUpModel(PagedModel["FollowUpRow", "FollowUpKey"]):
    """Open follow-ups of one group, the most urgent first."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.ctx, [head for _, head, _ in COLUMNS])
        self._session = session
        self._group: FollowUpGroup = "overdue"

    def show_group(self, group: FollowUpGroup) -> None:
        """Show a group."""
        self._group = group

        def fetch(after: FollowUpKey | None, take: Callable[[FollowUpList], None]) -> None:
            self._session.read(
                self, lambda desk: follow_ups.page(desk, group, after=after, limit=_PAGE), take
            )

        self.show(fetch)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(row, COLUMNS[index.column()][0])
        return row if role == ROW_ROLE else None

    def _shown(self, row: FollowUpRow, column: str) -> str:
        if column == "left":
            return far_or_left(self._ctx, row.days_left, overdue=self._group == "overdue")
        if column == "label":
            return self._ctx.text(row.label)
        if column == "case_type":
            return self._ctx.text(row.case_type_label)
        return str(getattr(row, column))


def far_or_left(ctx: Context, days: int | None, *, overdue: bool) -> str:
    """Working days left in words; what is more than a year away is not counted in days."""
    if days is not None:
        return days_left_text(ctx, days)
    if overdue:
        return ctx.say("逾期一年以上", "over a year late")
    return ctx.say("一年以上", "over a year")
