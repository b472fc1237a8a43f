"""The workbook that the city bureau gets every period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.exchange.content import WorkbookSheet
from auditdesk.operations import bodies, rights, viewing
from auditdesk.operations.changes import Changes
from auditdesk.operations.city_sums import Tally
from auditdesk.operations.covers import cover_of
from auditdesk.operations.register_files import register_sheet
from auditdesk.operations.sheet_cells import cell_of, column_of
from auditdesk.operations.words import STATUSES, VERDICTS, word
from auditdesk.regulations.values import read_values
from auditdesk.store.records import CaseFilter
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from auditdesk.domain.declaration import CaseType, ExportColumn
    from auditdesk.exchange.content import Value, WorkbookFacts
    from auditdesk.operations.desk import Desk
    from auditdesk.regulations.values import Values
    from auditdesk.store.records import CaseRecord
    from auditdesk.util.progress import Progress


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

    Behind them come the registers as they stood on the last day.

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
    sheets += [register_sheet(desk, r.register, last) for r in desk.library.registers.values()]
    period = {"from": first.isoformat(), "to": last.isoformat()}
    with desk.office.write("export.city", None, period) as writer:
        facts = write_workbook(
            path, cover_of(desk, first, last), sheets, progress, overwrite=overwrite
        )
        writer.note("rows", [[sheet.name, sheet.rows] for sheet in facts.sheets])
    types = {case_type.label.zh for case_type in desk.library.case_types}
    written_as = zip(sheets, facts.sheets, strict=True)
    rows = sum(told.rows for sheet, told in written_as if sheet.title in types)
    summary = Label(f"已导出 {rows} 件案件到 {path}", f"{rows} cases exported to {path}")
    return facts, Changes(summary)


def _sheets(desk: Desk, case_type: CaseType, first: date, last: date) -> list[WorkbookSheet]:
    """The case type's sheet and, where it declares one, the sheet of its sums behind it."""
    columns = tuple(column_of(case_type, column) for column in case_type.export_columns)
    wanted = CaseFilter(case_type=case_type.id, accepted_from=first, accepted_to=last)
    totals = case_type.totals_by
    tally = Tally(case_type, totals, columns) if totals else None
    rows = _rows(desk, case_type, wanted, tally)
    sheets = [WorkbookSheet(case_type.label.zh, columns, rows)]
    return [*sheets, tally.sheet()] if tally else sheets


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
    if origin == "case":
        return _case_cell(desk, record, name)
    return cell_of(case_type, column, values, record.report["computed"])


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
