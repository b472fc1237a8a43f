"""The workbook that the city bureau gets every period."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from auditdesk.domain.declaration import FieldKind
from auditdesk.domain.money import fen_from_yuan
from auditdesk.exchange.content import Column, Cover, WorkbookSheet
from auditdesk.operations import bodies, rights, viewing
from auditdesk.operations.changes import Changes
from auditdesk.operations.checkpoints import checkpoint_text
from auditdesk.operations.city_sums import Tally
from auditdesk.operations.words import STATUSES, VERDICTS, word
from auditdesk.regulations.values import read_values
from auditdesk.regulations.wording import written
from auditdesk.store.records import CaseFilter
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from auditdesk.domain.declaration import CaseType, ExportColumn, Field
    from auditdesk.exchange.content import Kind, Value, WorkbookFacts
    from auditdesk.operations.desk import Desk
    from auditdesk.regulations.values import Values
    from auditdesk.store.records import CaseRecord
    from auditdesk.util.progress import Progress

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


def export_city(  # noqa: PLR0913 – which period, where to, and who watches
    desk: Desk,
    first: date,
    last: date,
    path: Path,
    progress: Progress,
    *,
    overwrite: bool = False,
) -> tuple[WorkbookFacts, Changes]:
    """Write all cases accepted from `first` to `last` (both included), a sheet a case type.

    Raises:
        UnusableInputError: the period is upside down, or the file is there already.
        RefusedError: the person at the desk is an administrator, who sees to no cases.
        OfficeFaultError: the file's or the office's disk.
        CancelledError: by `progress`; no file is left behind.
    """
    from auditdesk.exchange.workbook import write_workbook  # noqa: PLC0415 – openpyxl is heavy

    rights.require_role(desk, "clerk", "supervisor")
    if last < first:
        raise UnusableInputError(
            f"起止日期颠倒：{first} 晚于 {last}。",
            f"The period is upside down: {first} is after {last}.",
        )
    sheets = [
        sheet
        for law in desk.library.laws.values()
        for sheet in _sheets(desk, law.case_type, first, last)
    ]
    period = {"from": first.isoformat(), "to": last.isoformat()}
    with desk.office.write("export.city", None, period) as writer:
        facts = write_workbook(
            path, _cover(desk, first, last), sheets, progress, overwrite=overwrite
        )
        writer.note("rows", [[sheet.name, sheet.rows] for sheet in facts.sheets])
    types = {case_type.label.zh for case_type in desk.library.case_types}
    written_as = zip(sheets, facts.sheets, strict=True)
    rows = sum(told.rows for sheet, told in written_as if sheet.title in types)
    summary = Label(f"已导出 {rows} 件案件到 {path}", f"{rows} cases exported to {path}")
    return facts, Changes(summary)


def _cover(desk: Desk, first: date, last: date) -> Cover:
    profile = desk.profile
    district = desk.library.districts.get(profile.district)
    return Cover(
        office=profile.name,
        district=f"{profile.district} {district.zh}" if district else profile.district,
        period_from=first,
        period_to=last,
        made_by=desk.user.full_name,
        made_at=desk.now(),
        lines=(),
        checkpoint=checkpoint_text(desk.office.journal.last_checkpoint()),
        sample=profile.sample,
    )


def _sheets(desk: Desk, case_type: CaseType, first: date, last: date) -> list[WorkbookSheet]:
    """The case type's sheet and, where it declares one, the sheet of its sums behind it."""
    columns = tuple(_column(case_type, column) for column in case_type.export_columns)
    wanted = CaseFilter(case_type=case_type.id, accepted_from=first, accepted_to=last)
    totals = case_type.totals_by
    tally = Tally(case_type, totals, columns) if totals else None
    rows = _rows(desk, case_type, wanted, tally)
    sheets = [WorkbookSheet(case_type.label.zh, columns, rows)]
    return [*sheets, tally.sheet()] if tally else sheets


def _column(case_type: CaseType, column: ExportColumn) -> Column:
    return Column(column.label.zh, _kind(case_type, column), column.width, column.total)


def _kind(case_type: CaseType, column: ExportColumn) -> Kind:
    origin, _, name = column.source.partition(".")
    if origin == "data":
        return _FIELD_KINDS.get(case_type.field(name).kind, "text")
    if origin == "computed":
        kinds = {c.id: c.kind for c in case_type.computed}
        return _COMPUTED_KINDS.get(kinds[name], "text")
    return "date" if name in _CASE_DATES else "text"


def _rows(
    desk: Desk, case_type: CaseType, wanted: CaseFilter, tally: Tally | None
) -> Iterator[list[Value]]:
    for record in desk.office.cases.each(wanted):
        values = read_values(case_type.fields, bodies.body_of(record).data)
        row = [
            _cell(desk, case_type, column, record, values) for column in case_type.export_columns
        ]
        if tally is not None:
            tally.add(record, row)
        yield row


def _cell(
    desk: Desk, case_type: CaseType, column: ExportColumn, record: CaseRecord, values: Values
) -> Value:
    origin, _, name = column.source.partition(".")
    if origin == "data":
        return _data_cell(case_type.field(name), values.get(name))
    if origin == "computed":
        value = record.report["computed"].get(name)
        computed = next(c for c in case_type.computed if c.id == name)
        if isinstance(value, bool) or (value is not None and computed.choices):
            return computed.shown(value).zh
        return _computed_cell(_kind(case_type, column), value)
    return _case_cell(desk, record, name)


def _data_cell(field: Field, value: Any) -> Value:
    if value is None or (field.kind in _FIELD_KINDS and isinstance(value, (int, Decimal, date))):
        return value
    return written(field, value, "")


def _computed_cell(kind: Kind, value: str | int | None) -> Value:
    """A computed value as the report keeps it, exact: money as text with two decimals."""
    if value is None or isinstance(value, int) or kind == "text":
        return value
    match kind:
        case "money":
            return fen_from_yuan(Decimal(value))
        case "date":
            return date.fromisoformat(value)
        case _:
            return Decimal(value)


def _case_cell(desk: Desk, record: CaseRecord, name: str) -> Value:
    match name:
        case "stage":
            return viewing.stage_label(desk, record.case_type, record.stage).zh
        case "status":
            return word(STATUSES, record.status).zh
        case "verdict":
            return word(VERDICTS, record.verdict).zh
        case "accepted_on" | "due_on":
            return record.accepted_on if name == "accepted_on" else record.due_on
        case _:
            return str(getattr(record, name))
