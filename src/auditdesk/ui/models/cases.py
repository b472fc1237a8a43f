"""The list of cases: pages fetched by key as they are needed, never all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt, Signal

from auditdesk.operations.words import TITLE
from auditdesk.ui.base.signs import sign_of_verdict
from auditdesk.ui.models.listing import ROOT, Index, ListingModel
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.operations.views import CasePage, CaseRow
    from auditdesk.store.records import PageKey
    from auditdesk.ui.base.context import Context

    # asks for the page after a key, and hands it to the function given
    Fetch = Callable[[PageKey | None, Callable[[CasePage], None]], None]

ROW_ROLE = Qt.ItemDataRole.UserRole
SORT_ROLE = Qt.ItemDataRole.UserRole + 1

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


class CaseListModel(ListingModel["CaseRow"]):
    """Rows of a list of cases, growing page by page."""

    loaded = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx, [head for _, head, _ in COLUMNS])
        self._next: PageKey | None = None
        self._fetch: Fetch | None = None
        self._asked = 0
        self._waiting = False

    def show(self, fetch: Fetch) -> None:
        """Show another list; answers to what was asked for an older one are dropped."""
        self._fetch, self._next = fetch, None
        self._asked += 1
        self._ask(first=True)

    def row(self, place: int) -> CaseRow:
        """The case at a place."""
        return self._lines[place]

    def place_of(self, no: str) -> int | None:
        """Where a case is, among those fetched."""
        return next((i for i, row in enumerate(self._lines) if row.no == no), None)

    def canFetchMore(self, parent: Index = ROOT) -> bool:
        return not parent.isValid() and self._next is not None and not self._waiting

    def fetchMore(self, _parent: Index = ROOT) -> None:
        if self.canFetchMore():
            self._ask(first=False)

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
            return days_left_text(self._ctx, row.days_left)
        return str(getattr(row, column))

    def _ask(self, *, first: bool) -> None:
        asked, self._waiting = self._asked, True
        if self._fetch is not None:
            self._fetch(self._next, lambda page: self._take(page, asked, first=first))

    def _take(self, page: CasePage, asked: int, *, first: bool) -> None:
        if asked != self._asked:
            return
        self._waiting = False
        self._next = cast("PageKey | None", page.next_key)
        (self._begin_with if first else self._go_on_with)(page.rows)
        self.loaded.emit()


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
