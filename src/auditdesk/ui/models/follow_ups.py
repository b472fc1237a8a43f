"""The list of follow-ups: pages fetched by key as they are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal

from auditdesk.operations import follow_ups
from auditdesk.operations.words import TITLE
from auditdesk.ui.models.cases import ROW_ROLE, days_left_text
from auditdesk.ui.models.listing import ROOT, Index, ListingModel
from auditdesk.util.label import Label

if TYPE_CHECKING:
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


class FollowUpModel(ListingModel["FollowUpRow"]):
    """Open follow-ups of one group, the most urgent first."""

    loaded = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session.ctx, [head for _, head, _ in COLUMNS])
        self._session = session
        self._group: FollowUpGroup = "overdue"
        self._next: FollowUpKey | None = None
        self._asked = 0
        self._waiting = False

    def show_group(self, group: FollowUpGroup) -> None:
        """Show a group; answers to what was asked for another one are dropped."""
        self._group, self._next = group, None
        self._asked += 1
        self._ask(first=True)

    def row(self, place: int) -> FollowUpRow:
        """The follow-up at a place."""
        return self._lines[place]

    def canFetchMore(self, parent: Index = ROOT) -> bool:
        return not parent.isValid() and self._next is not None and not self._waiting

    def fetchMore(self, _parent: Index = ROOT) -> None:
        if self.canFetchMore():
            self._ask(first=False)

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

    def _ask(self, *, first: bool) -> None:
        asked, group, after = self._asked, self._group, self._next
        self._waiting = True
        self._session.read(
            self,
            lambda desk: follow_ups.page(desk, group, after=after, limit=_PAGE),
            lambda page: self._take(page, asked, first=first),
        )

    def _take(self, page: FollowUpList, asked: int, *, first: bool) -> None:
        if asked != self._asked:
            return
        self._waiting = False
        self._next = page.next_key
        (self._begin_with if first else self._go_on_with)(page.rows)
        self.loaded.emit()


def far_or_left(ctx: Context, days: int | None, *, overdue: bool) -> str:
    """Working days left in words; what is more than a year away is not counted in days."""
    if days is not None:
        return days_left_text(ctx, days)
    if overdue:
        return ctx.say("逾期一年以上", "over a year late")
    return ctx.say("一年以上", "over a year")
