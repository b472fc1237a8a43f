"""What a register's columns show of a row, for workbooks and for paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.exchange.content import AsTyped
from auditdesk.operations.sheet_cells import computed_cell, data_cell
from auditdesk.regulations.values import is_empty

if TYPE_CHECKING:
    from auditdesk.domain.declaration import ExportColumn
    from auditdesk.domain.register import Register
    from auditdesk.exchange.content import Value
    from auditdesk.operations.register_views import RegisterEntry


def column_title(register: Register, column: ExportColumn) -> str:
    """The name of a column with its unit, as an import knows it."""
    origin, _, name = column.source.partition(".")
    unit = register.row.field(name).unit if origin == "data" else None
    return f"{column.label.zh}（{unit.zh}）" if unit else column.label.zh


def register_cell(register: Register, column: ExportColumn, entry: RegisterEntry) -> Value:
    """An exact value; one that is wrong as it was typed."""
    origin, _, name = column.source.partition(".")
    if origin == "computed":
        return computed_cell(register.row, name, entry.computed.get(name))
    raw, typed = entry.raw.get(name), entry.data.get(name)
    if typed is None and not is_empty(raw):
        return AsTyped(str(raw))
    return data_cell(register.row.field(name), typed)
