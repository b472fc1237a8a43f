"""The editor of a row table: the table, its totals, and what is said of its cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from auditdesk.domain.declaration import Field, FieldKind
from auditdesk.ui.base.context import named
from auditdesk.ui.base.flow import FlowLayout
from auditdesk.ui.forms.cells import CellDelegate, ListDelegate
from auditdesk.ui.forms.editors import FieldEditor
from auditdesk.ui.forms.row_deeds import RowDeeds
from auditdesk.ui.forms.row_table import RowTable
from auditdesk.ui.forms.showing import show_money, show_number
from auditdesk.ui.models.rows import RowsModel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auditdesk.ui.base.context import Context
    from auditdesk.ui.models.rows import CellMark

_CELL = re.compile(r"\[(\d+)\]\.(\w+)$")
_LISTS = (FieldKind.CHOICE, FieldKind.BOOLEAN)


class RowsEditor(FieldEditor):
    """A table of rows with its totals and the buttons to add and remove rows.

    `finished` tells that Enter was pressed where there is nothing more to type.
    """

    finished = Signal()

    def __init__(self, ctx: Context, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(ctx, field, parent)
        self.model = RowsModel(ctx, field.columns)
        self._given = False
        self.table = RowTable(ctx, self.model, self)
        self.deeds = RowDeeds(ctx, field.columns, self.table)
        self._make_table()
        self._make_words()
        self._lay_out()
        self.model.edited.connect(self._edited)
        self.model.rowsInserted.connect(lambda *_: self._count())
        self.deeds.told.connect(lambda text: self._show(self._told, text))

    def _make_table(self) -> None:
        named(self.table, self.ctx.text(self.field.label))
        for place, column in enumerate(self.field.columns):
            kind = ListDelegate if column.kind in _LISTS else CellDelegate
            delegate = kind(self.ctx, column, self.table)
            self.table.setItemDelegateForColumn(place, delegate)
        self.table.finished.connect(self.finished)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._say_mark())

    def _make_words(self) -> None:
        say, deeds = self.ctx.say, self.deeds
        self.add = self._button("plus", say("加一行", "Add row"), deeds.add_row)
        self.remove = self._button("trash", say("删除所选行", "Remove rows"), deeds.remove_rows)
        self.next = self._button("", "", deeds.go_to_next_mark)
        self.next.setProperty("look", "link")
        self._said, self._told, self._totals = (QLabel(self) for _ in range(3))
        for words in (self._said, self._told, self._totals):
            words.setWordWrap(True)
            words.setProperty("look", "small")
            words.hide()

    def _button(self, icon: str, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        if icon:
            button.setIcon(self.ctx.icon(icon, self.ctx.colours.muted))
        button.clicked.connect(lambda _: act())
        named(button, f"{self.ctx.text(self.field.label)} {text}")
        return button

    def _lay_out(self) -> None:
        buttons = QWidget(self)
        row = FlowLayout(buttons, self.ctx.px(6), self.ctx.px(4))
        for button in (self.add, self.remove, self.next):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.ctx.px(4))
        for part in (self.table, self._totals, self._said, self._told, buttons):
            layout.addWidget(part)
        self._count()
        self._say_mark()

    def value(self) -> Any:
        rows = self.model.rows()
        return rows if rows or self._given else None

    def set_value(self, value: Any) -> None:
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        # an empty list is a value: nobody said anything is something else
        self._given = value == []
        self.model.set_rows(rows)
        self._show(self._told, "")
        self._say_mark()
        self._count()

    def set_read_only(self, read_only: bool) -> None:
        self.model.editable = not read_only
        self.add.setVisible(not read_only)
        self.remove.setVisible(not read_only)

    def set_problem(self, problem: str) -> None:
        self.table.setToolTip(problem)

    def set_cell_marks(self, marks: Mapping[str, CellMark]) -> None:
        """Mark cells, named as the report names them (`rows[0].share`)."""
        cells = {}
        for name, mark in marks.items():
            match = _CELL.search(name)
            if match:
                cells[int(match.group(1)), match.group(2)] = mark
        self.model.set_marks(cells)
        self._say_mark()

    def focus_target(self) -> QWidget:
        return self.table

    def go_to_cell(self, name: str) -> None:
        """Give the cell of that name (`rows[0].share`) the keyboard."""
        match = _CELL.search(name)
        place = self.model.place_of(int(match.group(1)), match.group(2)) if match else None
        if place is not None:
            self.deeds.go_to(place)

    def _edited(self) -> None:
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        self.table.fit()
        self._show(self._totals, self._totals_text())

    def _show(self, words: QLabel, text: str) -> None:
        words.setText(text)
        words.setVisible(bool(text))

    def _say_mark(self) -> None:
        """Say below the table what is wrong with the current cell, and how many are wrong."""
        here, count = self.table.currentIndex(), len(self.model.marked())
        mark = self.model.mark_at((here.row(), here.column())) if here.isValid() else None
        self._show(self._said, f"{mark.sign.mark} {mark.sentence}" if mark else "")
        self._said.setStyleSheet(f"color: {mark.sign.colour(self.ctx.colours)};" if mark else "")
        text = self.ctx.say(f"{count} 格要改，看下一处 F4", f"{count} cells to mend, next F4")
        self.next.setText(text)
        named(self.next, f"{self.ctx.text(self.field.label)} {text}")
        self.next.setVisible(count > 0)

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
