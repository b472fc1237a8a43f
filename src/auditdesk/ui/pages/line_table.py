"""A table of lines, drawn plainly: one delegate, no styled items, no per-cell roles."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from auditdesk.ui.base.lists import make_list
from auditdesk.ui.models.listing import ROW_ROLE, Index

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from auditdesk.ui.base.context import Context
    from auditdesk.util.label import Label

    # id, head, width at 100 %
    Columns = Sequence[tuple[str, Label, int]]


_READABLE = 110  # pixels of a stretched column at least, at 100 % text size


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
    """A list of lines that lead somewhere; Enter or a double click opens one.

    The abstract methods are what each kind of list says for itself. mypy holds its subclasses to
    them; ABC cannot, since Qt's classes have a metaclass of their own.
    """

    opened = Signal(str)

    def __init__(self, ctx: Context, model: QAbstractItemModel, name: str) -> None:
        super().__init__()
        self._ctx = ctx
        self.setModel(model)
        make_list(self, name)
        self.setItemDelegate(_PlainDelegate(ctx, self, self.colour_of))
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(ctx.px(32))
        self._stretched: list[int] = []
        self.doubleClicked.connect(self._open)
        model.modelReset.connect(self._select_first)

    @abstractmethod
    def colour_of(self, row: Any, place: int) -> str:
        """The colour of the text in the column at a place."""

    @abstractmethod
    def key_of(self, row: Any) -> str:
        """What `opened` says of a line: the number or code of what it leads to."""

    def set_columns(self, columns: Columns, stretched: set[str]) -> None:
        """Give the columns their widths; the stretched ones share what is left.

        Where that is too little, as at large text, they stay readable and the list scrolls.
        """
        for place, (_, _, width) in enumerate(columns):
            self.setColumnWidth(place, self._ctx.px(width))
        self._stretched = [i for i, (name, _, _) in enumerate(columns) if name in stretched]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        rest = (i for i in range(self.model().columnCount()) if i not in self._stretched)
        room = self.viewport().width() - sum(self.columnWidth(i) for i in rest)
        for place in self._stretched:
            own = max(room // len(self._stretched), self._ctx.px(_READABLE))
            self.setColumnWidth(place, own)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(self.key_of(index.data(ROW_ROLE)))

    def _select_first(self) -> None:
        if self.model().rowCount():
            self.selectRow(0)
