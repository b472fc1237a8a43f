"""What all lists of the window share: lines under fixed heads, no tree, fetched in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from auditdesk.ui.base.context import Context
    from auditdesk.util.label import Label

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROW_ROLE = Qt.ItemDataRole.UserRole  # the whole line, for who draws or opens it
SORT_ROLE = Qt.ItemDataRole.UserRole + 1  # what a cell sorts by: days as days
Line = TypeVar("Line")
Line_co = TypeVar("Line_co", covariant=True)
Key = TypeVar("Key")
Key_co = TypeVar("Key_co", covariant=True)


class ListingModel(QAbstractTableModel, Generic[Line]):
    """Lines of one kind, of which more may be fetched."""

    def __init__(self, ctx: Context, heads: Sequence[Label]) -> None:
        super().__init__()
        self._ctx, self._heads = ctx, heads
        self._lines: list[Line] = []

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._ctx.text(self._heads[section])
        return None

    def _begin_with(self, lines: Sequence[Line]) -> None:
        """Show these lines in place of all others."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def _go_on_with(self, lines: Sequence[Line]) -> None:
        """Add lines below those that are shown."""
        if lines:
            start = len(self._lines)
            self.beginInsertRows(ROOT, start, start + len(lines) - 1)
            self._lines += lines
            self.endInsertRows()


class Page(Protocol[Line_co, Key_co]):
    """Some lines of a list, and the key to ask for the next ones with (None: the end)."""

    @property
    def rows(self) -> Sequence[Line_co]:
        """The lines."""
        ...

    @property
    def next_key(self) -> Key_co | None:
        """What follows these."""
        ...


if TYPE_CHECKING:
    # asks for the page after a key, and hands it to the function given
    Fetch = Callable[[Key | None, Callable[[Page[Line, Key]], None]], None]


class PagedModel(ListingModel[Line], Generic[Line, Key]):
    """Lines fetched page by page as they are needed, never all at once."""

    loaded = Signal()

    def __init__(self, ctx: Context, heads: Sequence[Label]) -> None:
        super().__init__(ctx, heads)
        self._fetch: Fetch[Key, Line] | None = None
        self._next: Key | None = None
        self._asked = 0
        self._waiting = False

    def show(self, fetch: Fetch[Key, Line]) -> None:
        """Show another list; answers to what was asked for an older one are dropped."""
        self._fetch, self._next = fetch, None
        self._asked += 1
        self._ask(first=True)

    def row(self, place: int) -> Line:
        """The line at a place."""
        return self._lines[place]

    def canFetchMore(self, parent: Index = ROOT) -> bool:
        return not parent.isValid() and self._next is not None and not self._waiting

    def fetchMore(self, _parent: Index = ROOT) -> None:
        if self.canFetchMore():
            self._ask(first=False)

    def _ask(self, *, first: bool) -> None:
        asked, self._waiting = self._asked, True
        if self._fetch is not None:
            self._fetch(self._next, lambda page: self._take(page, asked, first=first))

    def _take(self, page: Page[Line, Key], asked: int, *, first: bool) -> None:
        if asked != self._asked:
            return
        self._waiting = False
        self._next = page.next_key
        (self._begin_with if first else self._go_on_with)(page.rows)
        self.loaded.emit()
