"""The form of a case, made from its declaration: sections, fields, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from auditdesk.domain.declaration import Field, FieldKind, Section
from auditdesk.ui.base.signs import INVALID, MISSING
from auditdesk.ui.forms.editors import LineEditor
from auditdesk.ui.forms.field_row import FieldRow
from auditdesk.ui.forms.rows import RowsEditor
from auditdesk.ui.forms.section_list import SectionList
from auditdesk.ui.forms.sections import field_marks, root_of, section_states
from auditdesk.ui.models.rows import CellMark
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from auditdesk.domain.declaration import CaseType
    from auditdesk.domain.report import CheckReport
    from auditdesk.domain.suggestion import Suggestion
    from auditdesk.ui.base.context import Context

_FORM_WIDTH = 780
# at this text size the list of sections would take the form's own room
_WITHOUT_LIST = 175
ACCEPTED_ON = Field("accepted_on", Label("受理日期", "Accepted on"), FieldKind.DATE)


class CaseForm(QWidget):
    """All fields of one case type; built once, filled for each case.

    With `dated` off there is no day of acceptance, as for a register's row.
    """

    changed = Signal()
    asked = Signal(str)

    def __init__(
        self,
        ctx: Context,
        case_type: CaseType,
        parent: QWidget | None = None,
        *,
        dated: bool = True,
    ) -> None:
        # parents are given from the top down: a later change of parent styles a branch anew
        super().__init__(parent)
        self._ctx, self.case_type = ctx, case_type
        self.rows: dict[str, FieldRow] = {}
        self._data: dict[str, Any] = {}
        self.editable: frozenset[str] = frozenset()
        self._blocks: dict[str, QFrame] = {}
        self._foldable: set[str] = set()
        self._idle: set[str] = set()
        self.unfold = QCheckBox(ctx.say("显示后续环节的字段", "Show the fields of later stages"))
        self.unfold.toggled.connect(lambda _: self._show_rows())
        self._scroll = QScrollArea(self)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page = QWidget(self._scroll.viewport())
        self._page.setProperty("look", "plain")
        self._page.setMaximumWidth(ctx.px(_FORM_WIDTH))
        self.accepted_on = FieldRow(ctx, ACCEPTED_ON, self._page)
        self.accepted_on.editor.changed.connect(self.changed)
        if not dated:
            self.accepted_on.hide()
        self._fill_page()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._page)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sections = SectionList(ctx, case_type.sections)
        self.sections.picked.connect(self.go_to_section)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sections)
        if ctx.preferences.now.text_size >= _WITHOUT_LIST:
            self.sections.hide()
        layout.addWidget(self._scroll, 1)

    def _fill_page(self) -> None:
        column = QVBoxLayout(self._page)
        column.setContentsMargins(*(self._ctx.px(n) for n in (10, 8, 14, 24)))
        column.setSpacing(self._ctx.px(14))
        column.addWidget(self.accepted_on)
        for section in self.case_type.sections:
            column.addWidget(self._block(section))
        column.addWidget(self.unfold)
        column.addStretch(1)

    def _block(self, section: Section) -> QFrame:
        block = QFrame(self._page)
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._ctx.px(7))
        heading = QLabel(self._ctx.text(section.label))
        heading.setProperty("look", "heading")
        column.addWidget(heading)
        for field in self.case_type.fields:
            if field.section == section.id:
                column.addWidget(self._row(field, block))
        self._blocks[section.id] = block
        return block

    def _row(self, field: Field, block: QFrame) -> FieldRow:
        row = FieldRow(self._ctx, field, block)
        row.editor.changed.connect(lambda: self._edited(field.id))
        row.asked.connect(self.asked)
        self.rows[field.id] = row
        return row

    def fill(
        self,
        accepted_on: str,
        data: Mapping[str, Any],
        editable: Collection[str],
        later: Collection[str] = (),
    ) -> None:
        """Show a case.

        Args:
            accepted_on: the acceptance date as ISO text.
            data: the fields that have a value.
            editable: the fields that can be typed into.
            later: fields that no stage so far asks for; they stay folded while empty.
        """
        self._data = dict(data)
        self.editable = frozenset(editable)
        self._fold(editable, later)
        self.accepted_on.editor.set_value(accepted_on)
        self.accepted_on.editor.set_read_only(not editable)
        for name, row in self.rows.items():
            row.editor.set_value(data.get(name))
            row.editor.set_read_only(name not in editable)

    def suggest(self, find: Callable[[str], tuple[Suggestion, ...]]) -> None:
        """Let the fields that suggest names suggest those that `find` gives for their table."""
        for row in self.rows.values():
            if row.field.suggest and isinstance(row.editor, LineEditor):
                row.editor.suggest(find(row.field.suggest))

    def _fold(self, editable: Collection[str], later: Collection[str]) -> None:
        self._foldable = {n for n in later if self._data.get(n) is None}
        self._idle = {n for n in self.rows if n not in editable and self._data.get(n) is None}
        self.unfold.setVisible(bool(self._foldable - self._idle))
        self.unfold.setChecked(False)
        self._show_rows()

    def _show_rows(self) -> None:
        """Show the fields there is a use for, and the sections that have any."""
        hidden = self._idle if self.unfold.isChecked() else self._idle | self._foldable
        for name, row in self.rows.items():
            row.setVisible(name not in hidden)
        for section in self.case_type.sections:
            names = {f.id for f in self.case_type.fields if f.section == section.id}
            self._blocks[section.id].setVisible(not names <= hidden)
            self.sections.show_section(section.id, not names <= hidden)

    def data(self) -> dict[str, Any]:
        """What stands in the form, in the form of a case file; empty fields are left out."""
        return {name: value for name, value in self._data.items() if value is not None}

    def enter(self, name: str, value: Any) -> None:
        """Put a value into a field as if a person had typed it."""
        self.rows[name].editor.set_value(value)
        self._edited(name)

    def accepted(self) -> Any:
        """The acceptance date as typed."""
        return self.accepted_on.editor.value()

    def show_report(self, report: CheckReport) -> None:
        """Mark fields and sections by what the judging says."""
        marks = field_marks(report)
        missing = {root_of(name) for name in report.missing_fields}
        reasons = {i.field: self._ctx.text(i.reason) for i in report.invalid_fields}
        cells = self._cell_marks(report)
        for name, row in self.rows.items():
            row.show_mark(marks.get(name), missing=name in missing)
            row.editor.set_problem(reasons.get(name, ""))
            if isinstance(row.editor, RowsEditor):
                row.editor.set_cell_marks(
                    {cell: mark for cell, mark in cells.items() if root_of(cell) == name}
                )
        self.sections.show_states(section_states(self.case_type, self._data, report))

    def _cell_marks(self, report: CheckReport) -> dict[str, CellMark]:
        """What the judging says of single cells: those that are empty, those that are wrong."""
        text = self._ctx.text
        empty = [name for name in report.missing_fields if root_of(name) != name]
        return {
            **{name: CellMark(MISSING, text(MISSING.word)) for name in empty},
            **{i.field: CellMark(INVALID, text(i.reason)) for i in report.invalid_fields},
        }

    def rule_in_focus(self) -> str | None:
        """The rule whose sign stands at the field that has the keyboard."""
        for row in self.rows.values():
            if row.isAncestorOf(self.focusWidget() or self):
                return row.rule
        return None

    def go_to(self, name: str) -> None:
        """Bring a field (or the field of a cell) into view and give it the keyboard."""
        row = self.rows.get(root_of(name))
        if row is not None:
            if root_of(name) in self._foldable:
                self.unfold.setChecked(True)
            self._scroll.ensureWidgetVisible(row, 0, self._ctx.px(60))
            row.editor.focus_target().setFocus()
            if isinstance(row.editor, RowsEditor):
                row.editor.go_to_cell(name)

    def go_to_first(self) -> None:
        """Give the first field the keyboard."""
        first = next((f.id for f in self.case_type.fields if not self.rows[f.id].isHidden()), None)
        if first is not None:
            self.go_to(first)

    def go_to_section(self, section: str) -> None:
        """Scroll a section to the top and give its first field the keyboard."""
        block = self._blocks[section]
        self._scroll.verticalScrollBar().setValue(block.y() - self._ctx.px(6))
        for field in self.case_type.fields:
            if field.section == section and self.rows[field.id].isVisible():
                target = self.rows[field.id].editor.focus_target()
                # the list of sections keeps the keyboard until its click is over
                QTimer.singleShot(0, target, target.setFocus)
                return

    def _edited(self, name: str) -> None:
        self._data[name] = self.rows[name].editor.value()
        self.changed.emit()
