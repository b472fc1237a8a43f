"""The table of a register's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from auditdesk.ui.base.context import named
from auditdesk.ui.base.signs import sign_of_verdict
from auditdesk.ui.models.registers import ENTRY_ROLE, SORT_ROLE, RegisterModel

if TYPE_CHECKING:
    from typing import Any

    from auditdesk.operations.register_views import RegisterEntry
    from auditdesk.ui.base.context import Context
    from auditdesk.ui.models.listing import Index


_HEAD_ROOM = 30  # pixels beside a head's text, for the arrow that shows the order


class _Delegate(QStyledItemDelegate):
    """One line of text a cell; the verdict in its colour."""

    def __init__(self, ctx: Context, table: QTableView) -> None:
        super().__init__(table)
        self._ctx, self._metrics = ctx, QFontMetrics(table.font())

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._ctx.px(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        colours = self._ctx.colours
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.accent_soft))
        entry: RegisterEntry = index.data(ENTRY_ROLE)
        verdict = index.column() == 0
        colour = sign_of_verdict(entry.report.verdict).colour(colours) if verdict else colours.text
        painter.setPen(QColor(colour))
        room = rect.adjusted(self._ctx.px(8), 0, -self._ctx.px(4), 0)
        text = self._metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)


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


class RegisterTable(QTableView):
    """The rows; Enter or a double click opens one, a click on a head sorts by it."""

    opened = Signal(str)

    def __init__(self, ctx: Context, model: RegisterModel, name: str) -> None:
        super().__init__()
        self.entries = model
        self.order = _Order(self)
        self.order.setSourceModel(model)
        self.setModel(self.order)
        self.setItemDelegate(_Delegate(ctx, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ctx.px(32))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        metrics = QFontMetrics(self.font())
        for place, width in enumerate(model.widths()):
            head = model.headerData(place, Qt.Orientation.Horizontal)
            room = metrics.horizontalAdvance(head) + ctx.px(_HEAD_ROOM)
            self.setColumnWidth(place, max(ctx.px(width), room))
        named(self, name)
        self.doubleClicked.connect(self._open)
        model.modelReset.connect(self._select_first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def select(self, code: str) -> None:
        """Put the selection on a row, if it is shown."""
        place = self.entries.place_of(code)
        if place is not None:
            self.setCurrentIndex(self.order.mapFromSource(self.entries.index(place, 0)))

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(index.data(ENTRY_ROLE).code)

    def _select_first(self) -> None:
        if self.entries.rowCount():
            self.selectRow(0)
