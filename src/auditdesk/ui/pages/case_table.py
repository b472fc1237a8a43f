"""A table of cases, drawn plainly: one delegate, no styled items, no per-cell roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from auditdesk.ui.base.signs import sign_of_verdict
from auditdesk.ui.models.cases import COLUMNS, ROW_ROLE, CaseListModel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from auditdesk.operations.views import CaseRow
    from auditdesk.ui.base.context import Context

_Index = QModelIndex | QPersistentModelIndex
_SOON = 5


class _PlainDelegate(QStyledItemDelegate):
    """Text, and colour where it says something; nothing else."""

    def __init__(self, ctx: Context, view: QTableView) -> None:
        super().__init__(view)
        self._ctx = ctx
        self._metrics = QFontMetrics(view.font())

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, self._ctx.px(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(self._ctx.colours.accent_soft))
        painter.setPen(QColor(self._colour(index.data(ROW_ROLE), COLUMNS[index.column()][0])))
        room = rect.adjusted(self._ctx.px(8), 0, -self._ctx.px(4), 0)
        text = self._metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _colour(self, row: CaseRow, column: str) -> str:
        colours = self._ctx.colours
        if column == "verdict":
            return sign_of_verdict(row.verdict).colour(colours)
        if column == "due" and row.days_left is not None:
            if row.days_left < 0:
                return colours.block
            return colours.justify if row.days_left <= _SOON else colours.text
        if column == "status" and row.status == "returned":
            return colours.justify
        return colours.text if column in ("no", "title") else colours.muted


class CaseTable(QTableView):
    """The list; Enter or a double click opens a case."""

    opened = Signal(str)

    def __init__(self, ctx: Context, model: CaseListModel) -> None:
        super().__init__()
        self.cases = model
        self.setModel(model)
        self.setItemDelegate(_PlainDelegate(ctx, self))
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
        for place, (name, _, width) in enumerate(COLUMNS):
            self.setColumnWidth(place, ctx.px(width))
            if name in ("title", "place"):
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        named(self, ctx.say("案件列表", "List of cases"))
        self.doubleClicked.connect(self._open)
        model.modelReset.connect(self._select_first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: _Index) -> None:
        if index.isValid():
            self.opened.emit(self.cases.row(index.row()).no)

    def _select_first(self) -> None:
        if self.cases.rowCount():
            self.selectRow(0)
