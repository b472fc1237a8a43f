"""Declared columns and values as a workbook's columns and cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from auditdesk.domain.declaration import FieldKind
from auditdesk.domain.money import fen_from_yuan
from auditdesk.exchange.content import Column
from auditdesk.regulations.wording import written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.domain.declaration import CaseType, ExportColumn, Field
    from auditdesk.exchange.content import Kind, Value
    from auditdesk.regulations.values import Values

_FIELD_KINDS: Mapping[FieldKind, Kind] = {
    FieldKind.INTEGER: "integer",
    FieldKind.DECIMAL: "decimal",
    FieldKind.MONEY: "money",
    FieldKind.DATE: "date",
}
_COMPUTED_KINDS: Mapping[str, Kind] = {
    "money": "money",
    "percent": "percent",
    "count": "integer",
    "date": "date",
    "decimal": "decimal",
}
_CASE_DATES = frozenset({"accepted_on", "due_on"})


def column_of(case_type: CaseType, column: ExportColumn) -> Column:
    """A declared column as a sheet has it."""
    return Column(column.label.zh, _kind(case_type, column), column.width, column.total)


def _kind(case_type: CaseType, column: ExportColumn) -> Kind:
    origin, _, name = column.source.partition(".")
    if origin == "data":
        return _FIELD_KINDS.get(case_type.field(name).kind, "text")
    if origin == "computed":
        return _computed_kind(case_type, name)
    return "date" if name in _CASE_DATES else "text"


def _computed_kind(case_type: CaseType, name: str) -> Kind:
    kinds = {computed.id: computed.kind for computed in case_type.computed}
    return _COMPUTED_KINDS.get(kinds[name], "text")


def cell_of(
    case_type: CaseType, column: ExportColumn, values: Values, computed: Mapping[str, Any]
) -> Value:
    """The cell of a column that shows what was entered or computed."""
    origin, _, name = column.source.partition(".")
    if origin == "data":
        return data_cell(case_type.field(name), values.get(name))
    return computed_cell(case_type, name, computed.get(name))


def data_cell(field: Field, value: Any) -> Value:
    """A typed value of a field; empty for none."""
    if value is None or (field.kind in _FIELD_KINDS and isinstance(value, (int, Decimal, date))):
        return value
    return written(field, value, "")


def computed_cell(case_type: CaseType, name: str, value: str | int | None) -> Value:
    """A computed value as a report keeps it, exact: money as text with two decimals."""
    computed = next(c for c in case_type.computed if c.id == name)
    if isinstance(value, bool) or (value is not None and computed.choices):
        return computed.shown(value).zh
    kind = _computed_kind(case_type, name)
    if value is None or isinstance(value, int) or kind == "text":
        return value
    match kind:
        case "money":
            return fen_from_yuan(Decimal(value))
        case "date":
            return date.fromisoformat(value)
        case _:
            return Decimal(value)
