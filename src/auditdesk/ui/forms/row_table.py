"""The table of a row table: how the keyboard moves in it, and how wide its columns are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView, QWidget

from auditdesk.domain.declaration import Field, FieldKind

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QContextMenuEvent,
        QInputMethodEvent,
        QMouseEvent,
        QResizeEvent,
    )

    from auditdesk.ui.base.context import Context
    from auditdesk.ui.models.rows import Place, RowsModel

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_NONE = Qt.KeyboardModifier.NoModifier
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_DEEDS = (
    (QKeySequence.StandardKey.Paste, "paste"),
    (QKeySequence.StandardKey.Copy, "copy"),
    (QKeySequence.StandardKey.Cut, "cut"),
)
_KEYS = {
    (_NONE, Qt.Key.Key_Delete): "clear",
    (_NONE, Qt.Key.Key_Backspace): "clear",
    (_NONE, Qt.Key.Key_F4): "next",
    (_CTRL, Qt.Key.Key_D): "fill",
    (_CTRL, Qt.Key.Key_Plus): "insert",
    (_CTRL | _SHIFT, Qt.Key.Key_Plus): "insert",
    (_CTRL | _SHIFT, Qt.Key.Key_Equal): "insert",
    (_CTRL, Qt.Key.Key_Minus): "remove",
}
# pixels that a column's values take at 100 % text; a code has eighteen letters
_WIDTHS = {
    FieldKind.TEXT: 150,
    FieldKind.BOOLEAN: 64,
    FieldKind.INTEGER: 80,
    FieldKind.DECIMAL: 100,
    FieldKind.MONEY: 120,
    FieldKind.DATE: 104,
}
_CODE_WIDTH, _OTHER_WIDTH = 186, 110
_HEAD_PAD = 8
_TALL = 1_000
_MOST_LINES, _FEWEST_LINES = 10, 2


class RowTable(QTableView):
    """A table as in a spreadsheet.

    Enter goes down and asks for another row at the end; on an empty last row it is `finished`
    with the table. While cells are being typed into, Tab goes from one to the next, and Enter
    then begins the next row where the typing began; else Tab leads out of the table.

    `wanted` names what the person asks for: `row`, `paste`, `copy`, `cut`, `clear`, `fill`,
    `insert`, `remove` or `next`. `begun` tells that a cell begins to be typed into.
    """

    wanted = Signal(str)
    finished = Signal()
    asked_menu = Signal(QPoint)
    begun = Signal()

    def __init__(self, ctx: Context, model: RowsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx, self.rows = ctx, model
        self._first_column: int | None = None
        self.setModel(model)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        )
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._share_out()

    def _share_out(self) -> None:
        """Give each column what its values take; what is left over goes to the names."""
        columns, head = self.rows.columns, self.horizontalHeader()
        widths = [self._ctx.px(_width(column)) for column in columns]
        names = [n for n, c in enumerate(columns) if c.kind is FieldKind.TEXT and not c.format]
        growing = names or list(range(len(columns)))
        left = self.viewport().width() - sum(widths)
        for place in growing:
            widths[place] += max(left, 0) // len(growing)
        for place, width in enumerate(widths):
            head.resizeSection(place, width)
        head.setFixedHeight(max(self._head_height(place, w) for place, w in enumerate(widths)))
        self.fit()

    def _head_height(self, place: int, width: int) -> int:
        """How high a column's head is when its words are broken into lines."""
        words = str(self.rows.headerData(place, Qt.Orientation.Horizontal))
        room = QRect(0, 0, width - 2 * self._ctx.px(_HEAD_PAD), _TALL)
        metrics = self.horizontalHeader().fontMetrics()
        text = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, words)
        return text.height() + self._ctx.px(_HEAD_PAD)

    def go_to(self, place: Place) -> None:
        """Make a cell the current and only chosen one, whatever keys are held down."""
        there = self.rows.index(*place)
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(there, select)
        self.scrollTo(there)

    def fit(self) -> None:
        """Be as high as the rows under the heads, within bounds, and the bar below them."""
        lines = min(max(self.rows.rowCount(), _FEWEST_LINES), _MOST_LINES)
        head, bar = self.horizontalHeader(), self.horizontalScrollBar()
        wide = head.length() > self.viewport().width()
        room = bar.sizeHint().height() if wide else 0
        line = self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(line * lines + head.height() + room + 4)

    def event(self, event: QEvent) -> bool:
        """Keep the table's own keys from being taken for the window's."""
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and _deed(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take_key(event):
            self._first_column = None
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._first_column = None
        super().mousePressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Begin a cell with what an input method hands over at once, which Qt would drop."""
        at_once = bool(event.commitString()) and not event.preeditString()
        if at_once and self.state() is not QAbstractItemView.State.EditingState:
            self.edit(self.currentIndex())
            line = self.focusWidget()
            if isinstance(line, QLineEdit):
                QCoreApplication.sendEvent(line, event)
                return
        super().inputMethodEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.asked_menu.emit(event.globalPos())

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means to a table of cells, whether one is being typed into or not."""
        deed = _deed(event)
        if deed is not None:
            self.wanted.emit(deed)
        elif event.key() in ENTER:
            self._go_down(-1 if event.modifiers() & _SHIFT else 1)
        elif event.key() in TABS:
            self._go_across(TABS[Qt.Key(event.key())])
        else:
            return False
        return True

    def _go_down(self, step: int) -> None:
        here, column = self.currentIndex(), self._first_column
        self._first_column = None
        row = here.row() + step
        if row >= self.rows.rowCount():
            if here.isValid() and self.rows.is_blank(here.row()):
                self.finished.emit()
                return
            self.wanted.emit("row")
        column = max(here.column(), 0) if column is None else column
        self.go_to((max(row, 0), column))

    def _go_across(self, step: int) -> None:
        here, width = self.currentIndex(), self.rows.columnCount()
        row, column = divmod(here.row() * width + here.column() + step, width)
        if not 0 <= row < self.rows.rowCount():
            self._first_column = None
            self.focusNextPrevChild(step > 0)
            return
        if self._first_column is None:
            self._first_column = here.column()
        self.go_to((row, column))
        self.edit(self.currentIndex())


def _deed(event: QKeyEvent) -> str | None:
    deed = next((name for keys, name in _DEEDS if event.matches(keys)), None)
    return deed or _KEYS.get((event.modifiers() & (_CTRL | _SHIFT), Qt.Key(event.key())))


def _width(column: Field) -> int:
    return _CODE_WIDTH if column.format else _WIDTHS.get(column.kind, _OTHER_WIDTH)
