"""The editors of a row table's cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QComboBox,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from auditdesk.domain.declaration import Field, FieldKind
from auditdesk.ui.base.context import named
from auditdesk.ui.forms.pasting import is_block
from auditdesk.ui.forms.row_table import ENTER, TABS
from auditdesk.ui.forms.showing import NO, YES

if TYPE_CHECKING:
    from auditdesk.ui.base.context import Context
    from auditdesk.ui.forms.row_table import RowTable

_Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """A line to type into; each key is written through, Escape takes the cell's typing back."""

    def __init__(self, ctx: Context, column: Field, table: RowTable) -> None:
        super().__init__(table)
        self._ctx, self._column, self._table = ctx, column, table
        self._place = QPersistentModelIndex()
        self._before: Any = None

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index
    ) -> QWidget:
        self._place = QPersistentModelIndex(index)
        self._before = index.data(Qt.ItemDataRole.EditRole)
        self._table.begun.emit()
        editor = self._made(parent)
        named(editor, self._ctx.text(self._column.label))
        return editor

    def _made(self, parent: QWidget) -> QWidget:
        line = QLineEdit(parent)
        line.setFrame(False)
        line.textEdited.connect(self._write)
        return line

    def _write(self, value: Any) -> None:
        place, rows = self._place, self._table.rows
        if place.isValid():
            rows.write({(place.row(), place.column()): value})

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        # what a key wrote through must not come back and overwrite what is being typed
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, _editor: QWidget, _model: QAbstractItemModel, _index: _Index) -> None:
        """Nothing: each key has been written through."""

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter, Tab, Escape and the paste of several cells belong to the table."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self._write(self._before)
            elif self._is_the_tables(event):
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                self._table.take_key(event)
                return True
        return super().eventFilter(editor, event)

    def _is_the_tables(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Paste):
            return is_block(QGuiApplication.clipboard().text())
        return event.key() in (*ENTER, *TABS)


class ListDelegate(CellDelegate):
    """A list to choose from, for cells of choices and of yes or no."""

    def _made(self, parent: QWidget) -> QWidget:
        combo = QComboBox(parent)
        for value, label in self._choices():
            combo.addItem(label, value)
        combo.currentIndexChanged.connect(lambda _: self._write(combo.currentData()))
        return combo

    def _choices(self) -> list[tuple[Any, str]]:
        text = self._ctx.text
        if self._column.kind is FieldKind.BOOLEAN:
            return [("", ""), (True, text(YES)), (False, text(NO))]
        return [("", ""), *((c.id, text(c.label)) for c in self._column.choices)]

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        if isinstance(editor, QComboBox):
            with QSignalBlocker(editor):
                place = editor.findData(index.data(Qt.ItemDataRole.EditRole))
                editor.setCurrentIndex(max(place, 0))
