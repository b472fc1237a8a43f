"""Figures on paper and in a workbook; both count anew, so that they say what holds now."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from auditdesk.documents.content import Sheet, SheetColumn, SheetTable
from auditdesk.exchange.content import Column, WorkbookSheet
from auditdesk.operations import figure_words, figures
from auditdesk.operations.checkpoints import checkpoint_text
from auditdesk.operations.covers import cover_of
from auditdesk.util.atomic import disk_fault, write_atomic
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from auditdesk.exchange.content import Value
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.figure_views import (
        Added,
        Asked,
        Figures,
        Group,
        Line,
        Part,
        SumColumn,
    )
    from auditdesk.util.progress import Progress

_BAR = 60  # its column takes most of the width that no other needs
TITLE = "案件统计表"
_SHEETS = {"accepted_on": "本期受理", "decided_on": "本期决定"}
_HEADS = (
    Column("分组", "text", 16),
    Column("项目", "text", 40),
    Column("件数", "integer", 10),
    Column("上期件数", "integer", 10),
    Column("增减", "integer", 10),
)
_SUM_HEADS = (
    Column("统计口径", "text", 16),
    Column("事项", "text", 34),
    Column("栏目", "text", 34),
    Column("有数的案件", "integer", 12),
    Column("上期有数的案件", "integer", 16),
    Column("金额（元）", "money", 20),
    Column("上期金额（元）", "money", 20),
    Column("数量", "decimal", 18),
    Column("上期数量", "decimal", 18),
)


def write_book(desk: Desk, asked: Asked, path: Path, progress: Progress) -> Label:
    """Write the figures into a workbook: received, decided, and the sums; says where.

    A file that is there is replaced.

    Raises:
        UnusableInputError: as `figures.read`.
        OfficeFaultError: the file's disk.
        CancelledError: by `progress`; no file is left behind.
    """
    from auditdesk.exchange.workbook import write_workbook  # noqa: PLC0415 – openpyxl is heavy

    read = figures.read(desk, asked, progress)
    period = asked.period
    cover = replace(
        cover_of(desk, period.first, period.last),
        name=TITLE,
        period_name="统计期间",
        rows_name="行数",
        lines=(
            ("统计范围", read.about.zh),
            *((f"说明 {n}", note.zh) for n, note in enumerate(read.notes, 1)),
        ),
    )
    sheets = [_sheet(read, part) for part in read.parts]
    sums = [_sum_row(part, added) for part in read.parts for added in part.sums]
    sheets.append(WorkbookSheet(figure_words.SUMS.zh, _SUM_HEADS, sums))
    write_workbook(path, cover, sheets, progress, overwrite=True)
    return Label(f"统计表已写入 {path}", f"The figures are written to {path}")


def _sheet(read: Figures, part: Part) -> WorkbookSheet:
    columns = [*_HEADS]
    for column in read.columns:
        columns.append(Column(column.label.zh, column.kind, 20))
        columns.append(Column(f"上期{column.label.zh}", column.kind, 20))
    rows = [_row(read, "合计", part.total)]
    rows += [_row(read, group.label.zh, line) for group in part.groups for line in group.lines]
    return WorkbookSheet(_SHEETS[part.basis], tuple(columns), rows)


def _row(read: Figures, group: str, line: Line) -> list[Value]:
    row: list[Value] = [group, line.label.zh, line.cases, line.before, line.change]
    for column in read.columns:
        row.append(column.value(line.amounts.get(column.id)))
        row.append(column.value(line.amounts_before.get(column.id)))
    return row


def _sum_row(part: Part, added: Added) -> list[Value]:
    line, column = added.line, added.column
    values = column.value(added.amount), column.value(added.amount_before)
    money = values if column.kind == "money" else (None, None)
    others = (None, None) if column.kind == "money" else values
    kinds = [None if value is None else Decimal(value) for value in others]
    head: list[Value] = [_SHEETS[part.basis], added.case_type.zh, column.label.zh]
    return [*head, line.cases, line.before, *money, *kinds]


def paper(desk: Desk, asked: Asked, measure: str | None, progress: Progress) -> bytes:
    """The figures as a PDF in the form of official papers, with bars.

    Args:
        desk: who and where.
        asked: which figures.
        measure: the column whose sums the bars show; None: how many cases.
        progress: told of the countings; may cancel.

    Raises:
        UnusableInputError: as `figures.read`; or no such column of the case type asked for.
        CancelledError: by `progress`.
    """
    from auditdesk.documents.fonts import load_fonts  # noqa: PLC0415 – the layout is heavy
    from auditdesk.documents.sheet import render_sheet  # noqa: PLC0415 – as above

    read = figures.read(desk, asked, progress)
    column = figure_words.measured(read, measure)
    content = _paper(desk, read, column)
    progress.step(1, 1)
    return render_sheet(content, load_fonts(desk.resources / "fonts"))


def write_paper(
    desk: Desk, asked: Asked, measure: str | None, path: Path, progress: Progress
) -> Label:
    """Write that PDF into a file, whole or not at all; says where. One that is there is replaced.

    Raises:
        UnusableInputError: as `paper`.
        OfficeFaultError: the file's disk.
        CancelledError: by `progress`; no file is left behind.
    """
    content = paper(desk, asked, measure, progress)
    try:
        write_atomic(path, content)
    except OSError as error:
        raise disk_fault(error, path) from error
    return Label(f"统计表已写入 {path}", f"The figures are written to {path}")


def _paper(desk: Desk, read: Figures, column: SumColumn | None) -> Sheet:
    period = read.asked.period
    facts = [("统计期间", f"{period.first} 至 {period.last}")]
    if read.before is not None:
        facts.append(("上期", f"{read.before.first} 至 {read.before.last}"))
    facts += [
        ("统计范围", read.about.zh),
        ("柱形所示", column.label.zh if column else "件数"),
        ("制表人", desk.user.full_name),
        ("制表时间", f"{desk.now():%Y-%m-%d %H:%M}"),
    ]
    notes = [note.zh for note in read.notes]
    notes += [group.note.zh for group in read.parts[0].groups if group.note]
    notes += [figure_words.empty(part).zh for part in read.parts if not part.total.cases]
    return Sheet(
        title=TITLE,
        office=desk.profile.name,
        facts=tuple(facts),
        tables=tuple(table for part in read.parts for table in _tables(part, column)),
        notes=tuple(notes),
        sample=desk.profile.sample,
        checkpoint=checkpoint_text(desk.office.journal.last_checkpoint()),
    )


def _tables(part: Part, column: SumColumn | None) -> Iterator[SheetTable]:
    heading = part.label.zh
    for group in part.groups:
        yield _table(f"{heading}　{group.label.zh}", part, group, column)
        heading = _SHEETS[part.basis]
    if part.sums:
        yield _sums_table(f"{heading}　{figure_words.SUMS.zh}", part)


def _table(title: str, part: Part, group: Group, column: SumColumn | None) -> SheetTable:
    """Counts with their change; sums are longer, and leave the change to the reader."""
    columns = [
        SheetColumn("项目", 1),
        SheetColumn(column.label.zh if column else "件数", 1, "right"),
        SheetColumn("上期", 1, "right"),
        *([] if column else [SheetColumn("增减", 1, "right")]),
        SheetColumn("", _BAR),
    ]
    rows = [(line.label.zh, *_told(line, column), "") for line in group.lines]
    sums = ("合计", *_told(part.total, column), "")
    bars = figure_words.shares(group.lines, column)
    return SheetTable(title, tuple(columns), tuple(rows), sums, bars)


def _told(line: Line, column: SumColumn | None) -> tuple[str, ...]:
    now, then, change = figure_words.told(line, column)
    return (now, then) if column else (now, then, change)


def _sums_table(title: str, part: Part) -> SheetTable:
    columns = (
        SheetColumn("事项", 26),
        SheetColumn("栏目", 24),
        SheetColumn("案件", 8, "right"),
        SheetColumn("本期", 21, "right"),
        SheetColumn("上期", 21, "right"),
    )
    return SheetTable(title, columns, tuple(_sum_cells(added) for added in part.sums))


def _sum_cells(added: Added) -> tuple[str, ...]:
    column, then = added.column, added.amount_before
    before = "—" if added.line.before is None else column.shown(then)
    told = (str(added.line.cases), column.shown(added.amount), before)
    return (added.case_type.zh, column.label.zh, *told)
