"""The editor of a row table: spreadsheet manners, paste, totals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from auditdesk.domain.declaration import Field, FieldKind
from auditdesk.ui.base.context import named
from auditdesk.ui.forms.editors import FieldEditor
from auditdesk.ui.forms.showing import NO, YES, show_money, show_number
from auditdesk.ui.models.rows import RowsModel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

    from auditdesk.ui.base.context import Context

_CELL = re.compile(r"\[(\d+)\]\.(\w+)$")
_MOST_LINES, _FEWEST_LINES = 10, 2


class _ListDelegate(QStyledItemDelegate):
    """A list to choose from, for cells of choices and of yes or no."""

    def __init__(self, ctx: Context, field: Field) -> None:
        super().__init__()
        self._choices: list[tuple[Any, str]] = [("", "")]
        if field.kind is FieldKind.BOOLEAN:
            self._choices += [(True, ctx.text(YES)), (False, ctx.text(NO))]
        else:
            self._choices += [(c.id, ctx.text(c.label)) for c in field.choices]

    def createEditor(
        self,
        parent: QWidget,
        _option: QStyleOptionViewItem,
        _index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        combo = QComboBox(parent)
        for value, label in self._choices:
            combo.addItem(label, value)
        return combo

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if isinstance(editor, QComboBox):
            place = editor.findData(index.data(Qt.ItemDataRole.EditRole))
            editor.setCurrentIndex(max(place, 0))

    def setModelData(
        self,
        editor: QWidget,
        model: QAbstractItemModel,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)


class _Table(QTableView):
    """A table whose Enter key goes down, adds a row at the end, and whose cells can be pasted."""

    wanted_row = Signal()
    wanted_paste = Signal()
    wanted_clear = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.wanted_paste.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() == Qt.Key.Key_Delete:
            self.wanted_clear.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # a cell that is being typed into takes over its value before the table moves on
            QTimer.singleShot(0, self, self._go_down)
        else:
            super().keyPressEvent(event)

    def _go_down(self) -> None:
        here = self.currentIndex()
        if here.row() + 1 >= self.model().rowCount():
            self.wanted_row.emit()
        self.setCurrentIndex(self.model().index(here.row() + 1, max(here.column(), 0)))

    def _copy(self) -> None:
        cells: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda i: (i.row(), i.column())):
            cells.setdefault(index.row(), []).append(str(index.data()))
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in cells.values()))


class RowsEditor(FieldEditor):
    """A table of rows with its totals and the buttons to add and remove rows."""

    def __init__(self, ctx: Context, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(ctx, field, parent)
        self.model = RowsModel(ctx, field.columns)
        self._given = False
        self.table = _Table()
        self._make_table()
        self.add = self._button("plus", ctx.say("加一行", "Add row"), self.add_row)
        self.remove = self._button("trash", ctx.say("删除所选行", "Remove rows"), self._remove)
        self._totals = QLabel()
        self._totals.setProperty("look", "small")
        self._lay_out()
        self.model.edited.connect(self._edited)

    def _make_table(self) -> None:
        self.table.setModel(self.model)
        named(self.table, self.ctx.text(self.field.label))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self._delegates = []
        for place, column in enumerate(self.field.columns):
            if column.kind in (FieldKind.CHOICE, FieldKind.BOOLEAN):
                delegate = _ListDelegate(self.ctx, column)
                self._delegates.append(delegate)
                self.table.setItemDelegateForColumn(place, delegate)
        self.table.wanted_row.connect(self.model.add_row)
        self.table.wanted_paste.connect(self._paste)
        self.table.wanted_clear.connect(self._clear_cells)

    def _button(self, icon: str, text: str, act: Any) -> QPushButton:
        button = QPushButton(self.ctx.icon(icon, self.ctx.colours.muted), text)
        button.clicked.connect(lambda _: act())
        named(button, f"{self.ctx.text(self.field.label)} {text}")
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addWidget(self.remove)
        row.addStretch(1)
        row.addWidget(self._totals)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        layout.addLayout(row)
        self._fit()

    def value(self) -> Any:
        rows = self.model.rows()
        return rows if rows or self._given else None

    def set_value(self, value: Any) -> None:
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        # an empty list is a value: nobody said anything is something else
        self._given = value == []
        self.model.set_rows(rows)
        self._count()

    def set_read_only(self, read_only: bool) -> None:
        self.model.editable = not read_only
        self.add.setVisible(not read_only)
        self.remove.setVisible(not read_only)

    def set_problem(self, problem: str) -> None:
        self.table.setToolTip(problem)

    def set_cell_problems(self, problems: Mapping[str, str]) -> None:
        """Mark cells, named as the report names them (`rows[0].share`)."""
        cells: dict[tuple[int, str], str] = {}
        for name, reason in problems.items():
            match = _CELL.search(name)
            if match:
                cells[int(match.group(1)), match.group(2)] = reason
        self.model.set_problems(cells)

    def focus_target(self) -> QWidget:
        return self.table

    def take_over(self) -> None:
        """Take what stands in the cell that is being typed into."""
        typed = QApplication.focusWidget()
        if typed is not None and typed is not self.table and self.table.isAncestorOf(typed):
            self.table.commitData(typed)

    def add_row(self) -> None:
        """Add a row and put the keyboard into its first cell."""
        row = self.model.add_row()
        self._fit()
        self.table.setCurrentIndex(self.model.index(row, 0))
        self.table.setFocus()

    def _remove(self) -> None:
        chosen = {index.row() for index in self.table.selectedIndexes()}
        if chosen:
            self.model.remove_rows(chosen)

    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if not (text and self.model.editable):
            return
        here = self.table.currentIndex()
        row = here.row() if here.isValid() else self.model.rowCount()
        self.model.paste(text, row, max(here.column(), 0))

    def _clear_cells(self) -> None:
        if self.model.editable:
            for index in self.table.selectedIndexes():
                self.model.setData(index, "")

    def _edited(self) -> None:
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        self._fit()
        self._totals.setText(self._totals_text())

    def _totals_text(self) -> str:
        say, sums = self.ctx.say, self.model.totals()
        parts = [say(f"共 {self.model.rowCount()} 行", f"{self.model.rowCount()} rows")]
        for column in self.field.columns:
            if column.id in sums:
                show = show_money if column.kind is FieldKind.MONEY else show_number
                unit = self.ctx.text(column.unit) if column.unit else ""
                label = self.ctx.text(column.label)
                total = f"{show(sums[column.id])} {unit}".strip()
                parts.append(say(f"{label}合计 {total}", f"total {label} {total}"))
        return " · ".join(parts)

    def _fit(self) -> None:
        """As high as its rows, within bounds."""
        lines = min(max(self.model.rowCount(), _FEWEST_LINES), _MOST_LINES)
        line = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(
            line * lines + self.table.horizontalHeader().sizeHint().height() + 4
        )
