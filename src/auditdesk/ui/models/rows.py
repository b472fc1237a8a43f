"""The rows of a row table, as a Qt model; cells are understood as they are typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from auditdesk.domain.declaration import Field, FieldKind
from auditdesk.ui.forms.manners import Manner, manner_of
from auditdesk.ui.forms.reading import half_width
from auditdesk.ui.forms.showing import NO, YES, decimal_or_none, show_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from auditdesk.ui.base.context import Context
    from auditdesk.ui.base.signs import Sign

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_FIGURES = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)
_ICONS = {"block": "circle-x", "justify": "circle-dashed"}

# a cell's place: its row as shown, and its column
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CellMark:
    """What is said of one cell."""

    sign: Sign
    sentence: str


class RowsModel(QAbstractTableModel):
    """Rows of cells, each cell a value in the form of a case file."""

    edited = Signal()

    def __init__(self, ctx: Context, columns: tuple[Field, ...]) -> None:
        super().__init__()
        self.columns = columns
        self._ctx = ctx
        self._manners = [manner_of(column) for column in columns]
        self._rows: list[dict[str, Any]] = []
        self._marks: Mapping[tuple[int, str], CellMark] = {}
        self.editable = True

    def rows(self) -> list[dict[str, Any]]:
        """The rows as a case file has them; rows without any cell filled are left out."""
        return [dict(row) for row in self._rows if row]

    def set_rows(self, rows: list[dict[str, Any]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = [{k: v for k, v in row.items() if v is not None} for row in rows]
        self._marks = {}
        self.endResetModel()

    def place_of(self, row: int, column: str) -> Place | None:
        """Where a cell is shown that a report names by its row among the filled ones."""
        filled = [place for place, cells in enumerate(self._rows) if cells]
        across = next((n for n, c in enumerate(self.columns) if c.id == column), None)
        return None if across is None or row >= len(filled) else (filled[row], across)

    def name_of(self, place: Place) -> str:
        """The name by which a report calls a cell: `[0].share`."""
        row = sum(bool(cells) for cells in self._rows[: place[0]])
        return f"[{row}].{self.columns[place[1]].id}"

    def set_marks(self, marks: Mapping[tuple[int, str], CellMark]) -> None:
        """Mark cells, each named by its row among the filled ones and its column's id."""
        filled = [place for place, cells in enumerate(self._rows) if cells]
        here = {(filled[row], name): m for (row, name), m in marks.items() if row < len(filled)}
        if here != self._marks:
            self._marks = here
            self._refresh()

    def mark_at(self, place: Place) -> CellMark | None:
        """What is said of a cell."""
        return self._marks.get((place[0], self.columns[place[1]].id))

    def marked(self) -> list[Place]:
        """The cells of which something is said, in reading order."""
        across = {column.id: place for place, column in enumerate(self.columns)}
        return sorted((row, across[name]) for row, name in self._marks if name in across)

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

    def is_blank(self, row: int) -> bool:
        """Whether nothing stands in a row."""
        return not self._rows[row]

    def insert_row(self, place: int) -> None:
        """Put an empty row at a place; the rows from there on move down."""
        self._marks = {(row + (row >= place), name): m for (row, name), m in self._marks.items()}
        self.beginInsertRows(_ROOT, place, place)
        self._rows.insert(place, {})
        self.endInsertRows()

    def remove_rows(self, places: Iterable[int]) -> None:
        """Take rows out; what is said of the others is said anew after the next judging."""
        self._marks = {}
        for first, last in reversed(_runs(sorted(places))):
            self.beginRemoveRows(_ROOT, first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
        self.edited.emit()

    def write(self, cells: Mapping[Place, Any]) -> None:
        """Write cells as one change; rows that are not there yet are added at the end."""
        if not cells:
            return
        last = max(row for row, _ in cells)
        if last >= len(self._rows):
            self.beginInsertRows(_ROOT, len(self._rows), last)
            self._rows += ({} for _ in range(last + 1 - len(self._rows)))
            self.endInsertRows()
        for (row, column), typed in cells.items():
            self._write(row, column, typed)
        first = min(row for row, _ in cells)
        across = [column for _, column in cells]
        self.dataChanged.emit(self.index(first, min(across)), self.index(last, max(across)))
        self.edited.emit()

    def text_at(self, place: Place) -> str:
        """A cell as it is shown and copied."""
        column, row = self.columns[place[1]], self._rows[place[0]]
        return self._shown(column, self._manners[place[1]], row.get(column.id))

    def value_at(self, place: Place) -> Any:
        """A cell's value in the form of a case file; None where it is empty."""
        return self._rows[place[0]].get(self.columns[place[1]].id)

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
        place = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text_at(place)
        if role == Qt.ItemDataRole.EditRole:
            value = self.value_at(place)
            return "" if value is None else value
        if role == Qt.ItemDataRole.TextAlignmentRole and self._manners[place[1]].figures:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return self._decoration(place, role)

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        self.write({(index.row(), index.column()): value})
        return True

    def _shown(self, column: Field, manner: Manner, value: Any) -> str:
        if column.kind in (FieldKind.CHOICE, FieldKind.BOOLEAN):
            return show_value(column, value, self._ctx.language)
        return manner.show(value)

    def _decoration(self, place: Place, role: int) -> Any:
        mark, colours = self.mark_at(place), self._ctx.colours
        if mark is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return mark.sentence
        if role == Qt.ItemDataRole.BackgroundRole:
            return QColor(mark.sign.ground(colours))
        if role == Qt.ItemDataRole.DecorationRole:
            return self._ctx.icon(_ICONS[mark.sign.tone], mark.sign.colour(colours))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{mark.sign.mark} {mark.sentence} {self.text_at(place)}".strip()
        return None

    def _write(self, row: int, column: int, typed: Any) -> None:
        field = self.columns[column]
        value = self.understood(column, typed)
        if value in (None, "", []):
            self._rows[row].pop(field.id, None)
        else:
            self._rows[row][field.id] = value

    def understood(self, column: int, typed: Any) -> Any:
        """What a column makes of typed text; the text itself where it makes nothing of it."""
        field = self.columns[column]
        if not isinstance(typed, str):
            return typed
        if field.kind is FieldKind.CHOICE:
            return _choice(field, typed)
        if field.kind is FieldKind.BOOLEAN:
            return _truth(typed)
        return self._manners[column].read(typed)

    def _refresh(self) -> None:
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def _runs(places: list[int]) -> list[Place]:
    """Numbers in order as first and last of those that follow each other."""
    runs: list[Place] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = runs[-1][0], place
        else:
            runs.append((place, place))
    return runs


def _choice(field: Field, typed: str) -> str:
    wanted = half_width(typed)
    for choice in field.choices:
        if wanted in (choice.id, choice.label.zh, choice.label.en):
            return choice.id
    return typed.strip()


def _truth(typed: str) -> bool | str:
    wanted = half_width(typed).lower()
    if wanted in (YES.zh, YES.en, "true", "1", "y", "√", "✓"):
        return True
    return False if wanted in (NO.zh, NO.en, "false", "0", "n", "×") else typed.strip()
