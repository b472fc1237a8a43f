"""The table of a register's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView

from auditdesk.ui.models.listing import SORT_ROLE
from auditdesk.ui.models.registers import sign_of_entry
from auditdesk.ui.pages.line_table import LineTable

if TYPE_CHECKING:
    from typing import Any

    from auditdesk.operations.register_views import RegisterEntry
    from auditdesk.ui.base.context import Context
    from auditdesk.ui.models.listing import Index
    from auditdesk.ui.models.registers import RegisterModel


_HEAD_ROOM = 30  # pixels beside a head's text, for the arrow that shows the order


class _Order(QSortFilterProxyModel):
    """Sorts by what the cells mean; empty ones come last in either direction."""

    def lessThan(self, left: Index, right: Index) -> bool:
        first, second = left.data(SORT_ROLE), right.data(SORT_ROLE)
        if first is None or second is None:
            ascending = self.sortOrder() is Qt.SortOrder.AscendingOrder
            return (second is None and first is not None) is ascending
        return bool(_comparable(first) < _comparable(second))


def _comparable(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


class RegisterTable(LineTable):
    """The rows; Enter or a double click opens one, a click on a head sorts by it."""

    def __init__(self, ctx: Context, model: RegisterModel, name: str) -> None:
        self.entries = model
        self.order = _Order()
        self.order.setSourceModel(model)
        super().__init__(ctx, self.order, name)
        self.order.setParent(self)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        metrics = QFontMetrics(self.font())
        for place, width in enumerate(model.widths()):
            head = model.headerData(place, Qt.Orientation.Horizontal)
            room = metrics.horizontalAdvance(head) + ctx.px(_HEAD_ROOM)
            self.setColumnWidth(place, max(ctx.px(width), room))

    def colour_of(self, row: RegisterEntry, place: int) -> str:
        colours = self._ctx.colours
        return colours.text if place else sign_of_entry(row).colour(colours)

    def key_of(self, row: RegisterEntry) -> str:
        return row.code

    def sorted_by(self) -> tuple[str, bool]:
        """The column that orders the rows, empty where none does, and whether downwards."""
        header = self.horizontalHeader()
        descending = header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        return self.entries.column_at(header.sortIndicatorSection()), descending

    def select(self, code: str) -> None:
        """Put the selection on a row, if it is shown."""
        place = self.entries.place_of(code)
        if place is not None:
            self.setCurrentIndex(self.order.mapFromSource(self.entries.index(place, 0)))
