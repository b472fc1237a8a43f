"""Which editor stands for which kind of field: the one place that knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.domain.declaration import Field, FieldKind
from auditdesk.ui.forms.choices import ChoicesEditor, boolean_editor, choice_editor
from auditdesk.ui.forms.editors import DateEditor, FieldEditor, LineEditor, text_editor
from auditdesk.ui.forms.rows import RowsEditor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from auditdesk.ui.base.context import Context

_EDITORS = {
    FieldKind.TEXT: text_editor,
    FieldKind.INTEGER: LineEditor,
    FieldKind.DECIMAL: LineEditor,
    FieldKind.MONEY: LineEditor,
    FieldKind.DATE: DateEditor,
    FieldKind.BOOLEAN: boolean_editor,
    FieldKind.CHOICE: choice_editor,
    FieldKind.CHOICES: ChoicesEditor,
    FieldKind.TEXTS: LineEditor,
    FieldKind.ROWS: RowsEditor,
}


def make_editor(ctx: Context, field: Field, parent: QWidget) -> FieldEditor:
    """The editor of a field, by its kind."""
    return _EDITORS[field.kind](ctx, field, parent)
