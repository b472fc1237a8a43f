"""The rows of a row table, as a Qt model; cells are understood as they are typed."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from auditdesk.domain.declaration import Field, FieldKind
from auditdesk.ui.forms.manners import Manner, manner_of
from auditdesk.ui.forms.reading import half_width
from auditdesk.ui.forms.showing import NO, YES, decimal_or_none, show_value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from auditdesk.ui.base.context import Context

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_FIGURES = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)


class RowsModel(QAbstractTableModel):
    """Rows of cells, each cell a value in the form of a case file."""

    edited = Signal()

    def __init__(self, ctx: Context, columns: tuple[Field, ...]) -> None:
        super().__init__()
        self.columns = columns
        self._ctx = ctx
        self._manners = [manner_of(column) for column in columns]
        self._rows: list[dict[str, Any]] = []
        self._problems: Mapping[tuple[int, str], str] = {}
        self.editable = True

    def rows(self) -> list[dict[str, Any]]:
        """The rows as a case file has them; rows without any cell filled are left out."""
        return [dict(row) for row in self._rows if row]

    def set_rows(self, rows: list[dict[str, Any]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = [{k: v for k, v in row.items() if v is not None} for row in rows]
        self.endResetModel()

    def set_problems(self, problems: Mapping[tuple[int, str], str]) -> None:
        """Mark cells (row as listed, column id) that cannot be right."""
        if problems != self._problems:
            self._problems = problems
            self._refresh()

    def totals(self) -> dict[str, Decimal]:
        """The sum of each column of figures."""
        sums: dict[str, Decimal] = {}
        for column in self.columns:
            if column.kind in _FIGURES:
                cells = (decimal_or_none(row.get(column.id)) for row in self._rows)
                numbers = [number for number in cells if number is not None]
                if numbers:
                    sums[column.id] = sum(numbers[1:], numbers[0])
        return sums

    def add_row(self) -> int:
        """Add an empty row at the end; its place."""
        place = len(self._rows)
        self.beginInsertRows(_ROOT, place, place)
        self._rows.append({})
        self.endInsertRows()
        return place

    def remove_rows(self, places: set[int]) -> None:
        """Take rows out."""
        self.beginResetModel()
        self._rows = [row for place, row in enumerate(self._rows) if place not in places]
        self.endResetModel()
        self.edited.emit()

    def paste(self, text: str, row: int, column: int) -> int:
        """Write cells copied from a spreadsheet, from a cell on; the number of rows written."""
        table = list(csv.reader(io.StringIO(text), delimiter="\t"))
        self.beginResetModel()
        for down, cells in enumerate(table):
            while row + down >= len(self._rows):
                self._rows.append({})
            for across, cell in enumerate(cells[: len(self.columns) - column]):
                self._write(row + down, column + across, cell)
        self.endResetModel()
        self.edited.emit()
        return len(table)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        column = self.columns[section]
        label = self._ctx.text(column.label)
        return f"{label} ({self._ctx.text(column.unit)})" if column.unit else label

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        value = self._rows[index.row()].get(column.id)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(column, self._manners[index.column()], value)
        if role == Qt.ItemDataRole.EditRole:
            return "" if value is None else value
        return self._decoration(index, role)

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        self._write(index.row(), index.column(), value)
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def _shown(self, column: Field, manner: Manner, value: Any) -> str:
        if column.kind in (FieldKind.CHOICE, FieldKind.BOOLEAN):
            return show_value(column, value, self._ctx.language)
        return manner.show(value)

    def _decoration(self, index: _Index, role: int) -> Any:
        problem = self._problems.get((index.row(), self.columns[index.column()].id))
        if role == Qt.ItemDataRole.ToolTipRole:
            return problem
        if role == Qt.ItemDataRole.BackgroundRole and problem:
            return QColor(self._ctx.colours.block_soft)
        if role == Qt.ItemDataRole.TextAlignmentRole and self._manners[index.column()].figures:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _write(self, row: int, column: int, typed: Any) -> None:
        field = self.columns[column]
        value = self._understood(field, self._manners[column], typed)
        if value in (None, ""):
            self._rows[row].pop(field.id, None)
        else:
            self._rows[row][field.id] = value

    def _understood(self, field: Field, manner: Manner, typed: Any) -> Any:
        if not isinstance(typed, str):
            return typed
        if field.kind is FieldKind.CHOICE:
            return _choice(field, typed)
        if field.kind is FieldKind.BOOLEAN:
            return _truth(typed)
        return manner.read(typed)

    def _refresh(self) -> None:
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def _choice(field: Field, typed: str) -> str:
    wanted = half_width(typed)
    for choice in field.choices:
        if wanted in (choice.id, choice.label.zh, choice.label.en):
            return choice.id
    return wanted


def _truth(typed: str) -> bool | str:
    wanted = half_width(typed).lower()
    if wanted in (YES.zh, YES.en, "true", "1", "y", "√", "✓"):
        return True
    return False if wanted in (NO.zh, NO.en, "false", "0", "n", "×") else wanted
