"""The journal as a table, newest first, fetched in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from auditdesk.operations import journals
from auditdesk.operations.words import deed
from auditdesk.ui.models.listing import ROOT, Index, ListingModel
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from auditdesk.store.records import JournalEntry
    from auditdesk.ui.base.session import Session

_PAGE = 100
COLUMNS = (
    (Label("序号", "No."), 70),
    (Label("时间", "When"), 170),
    (Label("何人", "Who"), 130),
    (Label("何事", "What"), 220),
    (Label("案号", "Case"), 150),
    (Label("哈希（前 16 位）", "Hash (first 16)"), 190),
)


class JournalModel(ListingModel["JournalEntry"]):
    """Entries of the journal."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.ctx, [head for head, _ in COLUMNS])
        self._session = session
        self._more, self._waiting = True, False

    def refresh(self) -> None:
        """Begin again with the newest entry."""
        self._waiting = True
        self._session.read(self, lambda desk: journals.page(desk, None, _PAGE), self._begin)

    def canFetchMore(self, parent: Index = ROOT) -> bool:
        return not parent.isValid() and self._more and not self._waiting and bool(self._lines)

    def fetchMore(self, _parent: Index = ROOT) -> None:
        if self.canFetchMore():
            self._waiting = True
            before = self._lines[-1].seq
            self._session.read(self, lambda desk: journals.page(desk, before, _PAGE), self._add)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        entry = self._lines[index.row()]
        return (
            str(entry.seq),
            f"{entry.at:%Y-%m-%d %H:%M:%S}",
            entry.actor,
            self._ctx.text(deed(entry)),
            entry.case_no or "",
            entry.hash[:16],
        )[index.column()]

    def _begin(self, entries: tuple[JournalEntry, ...]) -> None:
        self._waiting, self._more = False, len(entries) == _PAGE
        self._begin_with(entries)

    def _add(self, entries: tuple[JournalEntry, ...]) -> None:
        self._waiting, self._more = False, len(entries) == _PAGE
        self._go_on_with(entries)
