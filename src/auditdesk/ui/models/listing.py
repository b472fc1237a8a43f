"""What all lists of the window share: lines under fixed heads, no tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditdesk.ui.base.context import Context
    from auditdesk.util.label import Label

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
Line = TypeVar("Line")


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
