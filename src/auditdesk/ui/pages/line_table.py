"""A table of lines, drawn plainly: one delegate, no styled items, no per-cell roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from auditdesk.ui.base.context import named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QAbstractTableModel
    from PySide6.QtGui import QKeyEvent

    from auditdesk.ui.base.context import Context
    from auditdesk.util.label import Label

    Index = QModelIndex | QPersistentModelIndex
    # id, head, width at 100 %
    Columns = Sequence[tuple[str, Label, int]]

ROW_ROLE = Qt.ItemDataRole.UserRole


class _PlainDelegate(QStyledItemDelegate):
    """Text, and colour where it says something; nothing else."""

    def __init__(self, ctx: Context, view: QTableView, colour: Callable[[Any, int], str]) -> None:
        super().__init__(view)
        self._ctx, self._colour = ctx, colour
        self._metrics = QFontMetrics(view.font())

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._ctx.px(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(self._ctx.colours.accent_soft))
        painter.setPen(QColor(self._colour(index.data(ROW_ROLE), index.column())))
        room = rect.adjusted(self._ctx.px(8), 0, -self._ctx.px(4), 0)
        text = self._metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)


class LineTable(QTableView):
    """A list of lines that lead to cases; Enter or a double click opens one.

    `colour_of` and `case_of` are what each kind of list says for itself.
    """

    opened = Signal(str)

    def __init__(
        self, ctx: Context, model: QAbstractTableModel, columns: Columns, stretched: set[str]
    ) -> None:
        super().__init__()
        self._ctx, self._names = ctx, [name for name, _, _ in columns]
        self.setModel(model)
        self.setItemDelegate(_PlainDelegate(ctx, self, self._colour))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ctx.px(32))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, (name, _, width) in enumerate(columns):
            self.setColumnWidth(place, ctx.px(width))
            if name in stretched:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._open)
        model.modelReset.connect(self._select_first)

    def colour_of(self, row: Any, column: str) -> str:
        """The colour of a cell's text."""
        raise NotImplementedError

    def case_of(self, row: Any) -> str:
        """The number of the case that a line leads to."""
        raise NotImplementedError

    def call(self, name: str) -> None:
        """Give the table the name by which a screen reader calls it."""
        named(self, name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _colour(self, row: Any, column: int) -> str:
        return self.colour_of(row, self._names[column])

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(self.case_of(index.data(ROW_ROLE)))

    def _select_first(self) -> None:
        if self.model().rowCount():
            self.selectRow(0)
