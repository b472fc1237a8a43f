"""A register as a workbook: out with everything it shows on a day, and in again, line by line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from auditdesk.exchange.content import Column, WorkbookSheet
from auditdesk.operations import register_import, registers, rights
from auditdesk.operations.changes import Changes
from auditdesk.operations.covers import cover_of
from auditdesk.operations.register_cells import column_title, register_cell
from auditdesk.operations.sheet_cells import column_of
from auditdesk.util.label import Label
from auditdesk.util.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from auditdesk.domain.declaration import ExportColumn
    from auditdesk.domain.register import Register
    from auditdesk.exchange.content import Cover, Value, WorkbookFacts
    from auditdesk.exchange.tables import Heading, TextTable
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.register_views import ImportLine, ImportPlan
    from auditdesk.util.progress import Progress

REASONS = "不收原因"  # the first column of a workbook of refused rows; passed over when read
_REASONS_WIDTH = 60


@dataclass(frozen=True, slots=True)
class FilePlan:
    """What importing a workbook would do, and what was read from it."""

    path: Path
    table: TextTable
    plan: ImportPlan


def export_register(  # noqa: PLR0913 – which register, which day, where to, and who watches
    desk: Desk,
    register_id: str,
    day: date,
    path: Path,
    progress: Progress,
    *,
    overwrite: bool = False,
) -> tuple[WorkbookFacts, Changes]:
    """Write a register as it stood on a day; what is written can be imported again.

    Raises:
        UnusableInputError: there is no such register, or the file is there already.
        RefusedError: the person at the desk is an administrator, who sees to no cases.
        OfficeFaultError: the file's or the office's disk.
        CancelledError: by `progress`; no file is left behind.
    """
    from auditdesk.exchange.workbook import write_workbook  # noqa: PLC0415 – openpyxl is heavy

    rights.require_role(desk, "clerk", "supervisor")
    register = desk.library.register(register_id).register
    sheet = register_sheet(desk, register, day)
    cover = _cover(desk, register, day)
    asked = {"register": register_id, "day": day.isoformat()}
    with desk.office.write("export.register", None, asked) as writer:
        facts = write_workbook(path, cover, [sheet], progress, overwrite=overwrite)
        writer.note("rows", facts.sheets[0].rows)
    rows, name = facts.sheets[0].rows, register.label
    summary = Label(
        f"已把{name.zh}的 {rows} 行导出到 {path}", f"{name.en}: {rows} rows exported to {path}"
    )
    return facts, Changes(summary)


def register_sheet(desk: Desk, register: Register, day: date) -> WorkbookSheet:
    """A register as it stood on a day, with every column that it declares."""
    columns = tuple(_column(register, column) for column in register.columns)
    entries = registers.entries(desk, register.id, day)
    rows = [
        [register_cell(register, column, entry) for column in register.columns] for entry in entries
    ]
    return WorkbookSheet(register.label.zh, columns, rows)


def _cover(desk: Desk, register: Register, day: date) -> Cover:
    return replace(cover_of(desk, day, day), name=register.label.zh, period_name="截至")


def _column(register: Register, column: ExportColumn) -> Column:
    """A column under the name that an import knows it by, with its unit; sums stay out."""
    made = column_of(register.row, column)
    return replace(made, title=column_title(register, column), total=False)


def plan_file(desk: Desk, register_id: str, path: Path, progress: Progress) -> FilePlan:
    """Read a workbook and say what importing it would do; nothing is written.

    Raises:
        UnusableInputError: there is no such register, or the workbook cannot be used.
        RefusedError: the person at the desk may not write the register.
        CancelledError: by `progress`.
    """
    from auditdesk.exchange.tables import read_table  # noqa: PLC0415 – only for reading

    register = desk.library.register(register_id).register
    table = read_table(path, headings(register), register.key, progress)
    plan = register_import.plan_import(
        desk,
        register_id,
        [row.cells for row in table.rows],
        numbers=[row.number for row in table.rows],
        progress=progress,
    )
    lines = tuple(
        _with_problems(line, row.problems) for line, row in zip(plan.lines, table.rows, strict=True)
    )
    return FilePlan(path, table, replace(plan, lines=lines))


def headings(register: Register) -> tuple[Heading, ...]:
    """Every column that a workbook of the register may have, by all names it goes by."""
    from auditdesk.exchange.tables import Heading  # noqa: PLC0415 – only for reading

    names: dict[str, list[str]] = {f"data.{field.id}": [] for field in register.fields}
    for column in register.columns:
        called = (column_title(register, column), column.label.zh, column.label.en)
        names.setdefault(column.source, []).extend(called)
    for field in register.fields:
        names[f"data.{field.id}"] += [field.label.zh, field.label.en, field.id]
    found = [Heading(REASONS, (REASONS,), taken=False)]
    for source, every in names.items():
        origin, _, name = source.partition(".")
        found.append(Heading(name, tuple(dict.fromkeys(every)), taken=origin == "data"))
    return tuple(found)


def _with_problems(line: ImportLine, problems: tuple[Label, ...]) -> ImportLine:
    """A line whose cells could not all be taken over is refused, whatever the rest says."""
    if not problems:
        return line
    return replace(line, state="refused", changes=(), reasons=(*problems, *line.reasons))


def write_refused(desk: Desk, file: FilePlan, path: Path) -> WorkbookFacts:
    """Write the refused rows with their reasons, to be mended and imported again.

    Raises:
        OfficeFaultError: the file's disk.
    """
    from auditdesk.exchange.workbook import write_workbook  # noqa: PLC0415 – openpyxl is heavy

    register = desk.library.register(file.plan.register).register
    title = {heading.id: heading.names[0] for heading in headings(register) if heading.taken}
    columns = (
        Column(REASONS, "text", _REASONS_WIDTH),
        *(Column(title[name], "text") for name in file.table.columns),
    )
    sheet = WorkbookSheet(register.label.zh, columns, list(_refused(file)))
    cover = _cover(desk, register, desk.today())
    return write_workbook(path, cover, [sheet], NoProgress(), overwrite=True)


def _refused(file: FilePlan) -> Iterator[list[Value]]:
    for line, row in zip(file.plan.lines, file.table.rows, strict=True):
        if line.state == "refused":
            reasons = "；".join(reason.zh for reason in line.reasons)
            cells = [row.cells.get(name, "") for name in file.table.columns]
            yield [f"第 {line.number} 行：{reasons}", *cells]
