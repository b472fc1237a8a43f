"""What can be done with the cells of a row table, by key and by menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from auditdesk.domain.declaration import FieldKind
from auditdesk.regulations.values import ValueProblemError, is_empty, read_value
from auditdesk.ui.forms.pasting import lay_over, lines_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from auditdesk.domain.declaration import Field
    from auditdesk.ui.base.context import Context
    from auditdesk.ui.forms.pasting import Block
    from auditdesk.ui.forms.row_table import RowTable
    from auditdesk.ui.models.rows import Place

_LISTS = (FieldKind.CHOICE, FieldKind.BOOLEAN)
# judging reads every cell after every key: with more rows it would be felt in the fingers
MOST_PASTED = 1_000


class RowDeeds(QObject):
    """The deeds on one table's cells.

    Signals: `begun` before something changes that is no typing; `told` with what a paste has to
    say, empty when that is over.
    """

    begun = Signal()
    told = Signal(str)

    def __init__(self, ctx: Context, columns: tuple[Field, ...], table: RowTable) -> None:
        super().__init__(table)
        self._ctx, self._columns = ctx, columns
        self._table, self._model = table, table.rows
        self._deeds: dict[str, Callable[[], None]] = {
            "row": lambda: self._model.insert_row(self._model.rowCount()),
            "insert": self.insert_row,
            "remove": self.remove_rows,
            "copy": self.copy,
            "cut": self.cut,
            "paste": self.paste,
            "clear": self.clear,
            "fill": self.fill_down,
            "spread": self.spread,
            "next": self.go_to_next_mark,
        }
        table.wanted.connect(self.do)
        table.asked_menu.connect(lambda at: self.make_menu().popup(at))

    def do(self, deed: str) -> None:
        """Do what a key asked for; a table that is only read can be copied and searched."""
        if self._model.editable or deed in ("copy", "next"):
            self._deeds[deed]()

    def make_menu(self) -> QMenu:
        """The menu of the table: what can be done with the chosen cells, each with its keys."""
        say = self._ctx.say
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for deed, words, keys in (
            ("cut", say("剪切", "Cut"), "Ctrl+X"),
            ("copy", say("复制", "Copy"), "Ctrl+C"),
            ("paste", say("粘贴", "Paste"), "Ctrl+V"),
            ("clear", say("清除内容", "Clear"), "Del"),
            ("fill", say("向下填充", "Fill down"), "Ctrl+D"),
            ("spread", say("填满所选单元格", "Fill all chosen"), ""),
            ("insert", say("在上方插入一行", "Insert a row above"), "Ctrl++"),
            ("remove", say("删除所选行", "Remove rows"), "Ctrl+-"),
        ):
            action = menu.addAction(f"{words}\t{keys}".rstrip())
            action.setEnabled(self._model.editable or deed == "copy")
            action.triggered.connect(self._deeds[deed])
        return menu

    def add_row(self) -> None:
        """Add a row and put the keyboard into its first cell."""
        row = self._model.rowCount()
        self._model.insert_row(row)
        self.go_to((row, 0))

    def insert_row(self) -> None:
        """Put an empty row above the current one."""
        here = self._table.currentIndex()
        row = max(here.row(), 0)
        self._model.insert_row(row)
        self.go_to((row, max(here.column(), 0)))

    def remove_rows(self) -> None:
        """Take the rows of the chosen cells out."""
        rows = {row for row, _ in self._chosen()}
        if rows:
            self.begun.emit()
            self._model.remove_rows(rows)

    def copy(self) -> None:
        """Hand the chosen cells over as a spreadsheet takes them."""
        chosen = set(self._chosen())
        if not chosen:
            return
        across = sorted({column for _, column in chosen})
        lines = [
            [self._copied((row, column)) if (row, column) in chosen else "" for column in across]
            for row in sorted({row for row, _ in chosen})
        ]
        QGuiApplication.clipboard().setText(text_of(lines))

    def _copied(self, place: Place) -> str:
        """A cell's text; a figure without thousands marks, which not every program reads."""
        value = self._model.value_at(place)
        shown = isinstance(value, bool) or self._columns[place[1]].kind in _LISTS
        return self._model.text_at(place) if shown or value is None else str(value)

    def cut(self) -> None:
        """Hand the chosen cells over and empty them."""
        self.copy()
        self.clear()

    def clear(self) -> None:
        """Empty the chosen cells."""
        self._write(dict.fromkeys(self._chosen(), ""))

    def fill_down(self) -> None:
        """Write the first chosen line into those below; into a single one, the line above."""
        chosen = self._chosen()
        rows = {row for row, _ in chosen}
        first = min(rows, default=0) - (len(rows) == 1)
        if first >= 0:
            cells = [place for place in chosen if place[0] != first]
            self._write({(r, c): self._model.value_at((first, c)) for r, c in cells})

    def spread(self) -> None:
        """Write the first chosen cell into all that are chosen."""
        chosen = self._chosen()
        if chosen:
            self._write(dict.fromkeys(chosen, self._model.value_at(chosen[0])))

    def _write(self, cells: Mapping[Place, Any]) -> None:
        self.begun.emit()
        self.told.emit("")
        self._model.write(cells)

    def paste(self) -> None:
        """Write what a spreadsheet handed over, from the first chosen cell on."""
        lines = lines_of(QGuiApplication.clipboard().text())
        chosen = self._chosen() or [(self._model.rowCount(), 0)]
        if len(lines) == 1 and len(lines[0]) == 1:
            self._write(dict.fromkeys(chosen, lines[0][0]))
            return
        row, column = min(r for r, _ in chosen), min(c for _, c in chosen)
        block = lay_over(lines, self._columns, column)
        if row + len(block.lines) > MOST_PASTED:
            self.told.emit(self._too_many(len(block.lines)))
        elif block.lines:
            cells = {
                (row + n, c): text for n, line in enumerate(block.lines) for c, text in line.items()
            }
            self._write(cells)
            self._choose(cells)
            self.told.emit(self._what_came(block, cells))

    def _too_many(self, rows: int) -> str:
        return self._ctx.say(
            f"这次要粘贴 {rows:,} 行，一张表最多 {MOST_PASTED:,} 行，没有粘贴。请分到几个案件，"
            "或核对所选范围。",
            f"{rows:,} rows were to be pasted, a table takes {MOST_PASTED:,}; nothing was pasted. "
            "Check what was copied.",
        )

    def _what_came(self, block: Block, cells: Mapping[Place, Any]) -> str:
        """One sentence: how much was pasted, and what of it needs a look."""
        say, wrong = self._ctx.say, sum(self._is_wrong(place) for place in cells)
        rows = len(block.lines)
        parts = [say(f"已粘贴 {rows} 行", f"{rows} rows pasted")]
        if block.headings:
            parts.append(say("各列按表头对应", "columns placed by their headings"))
        if wrong:
            parts.append(
                say(
                    f"{wrong} 个单元格有误，已标出，内容原样留着",
                    f"{wrong} cells cannot be right; they are marked and kept as they came",
                )
            )
        if block.spare:
            parts.append(
                say(
                    f"{block.spare} 列没有对应的栏目，没有粘贴",
                    f"{block.spare} columns have no place here and were left out",
                )
            )
        return say("，", "; ").join(parts) + say("。", ".")

    def _is_wrong(self, place: Place) -> bool:
        value = self._model.value_at(place)
        if is_empty(value):
            return False
        try:
            read_value(self._columns[place[1]], value)
        except ValueProblemError:
            return True
        return False

    def go_to_next_mark(self) -> None:
        """Go to the next cell of which something is said; after the last comes the first."""
        marked, here = self._model.marked(), self._table.currentIndex()
        later = (place for place in marked if place > (here.row(), here.column()))
        there = next(later, marked[0] if marked else None)
        if there is not None:
            self.go_to(there)

    def go_to(self, place: Place) -> None:
        """Give a cell the keyboard."""
        self._table.go_to(place)
        self._table.setFocus()

    def _chosen(self) -> list[Place]:
        """The chosen cells in reading order, or else the current one."""
        chosen, here = self._table.selectedIndexes(), self._table.currentIndex()
        if here not in chosen:
            chosen = [here] if here.isValid() else []
        return sorted((index.row(), index.column()) for index in chosen)

    def _choose(self, cells: Collection[Place]) -> None:
        """Choose the rectangle that cells stand in; the first of them is the current one."""
        rows, across = [row for row, _ in cells], [column for _, column in cells]
        first = self._model.index(min(rows), min(across))
        last = self._model.index(max(rows), max(across))
        self._table.go_to((min(rows), min(across)))
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self._table.selectionModel().select(QItemSelection(first, last), select)
