"""Figures as JSON and as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditdesk.cli.narrowing import arguments
from auditdesk.domain.money import yuan_text
from auditdesk.operations.figure_words import HEADS, SUMS, empty, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditdesk.cli.program import Program
    from auditdesk.operations.figure_views import (
        Added,
        Figures,
        Group,
        Line,
        Part,
        SumColumn,
    )
    from auditdesk.store.tallies import Amount

FORMAT = "auditdesk.figures/1"
_BASES = {"accepted_on": "received", "decided_on": "decided"}


def as_json(program: Program, read: Figures) -> dict[str, Any]:
    """Figures for programs; sums as text, money in 元 with two decimals."""
    asked, before = read.asked, read.before
    return {
        "format": FORMAT,
        "from": asked.period.first.isoformat(),
        "to": asked.period.last.isoformat(),
        "before": before and {"from": before.first.isoformat(), "to": before.last.isoformat()},
        "case_type": asked.case_type,
        "district": asked.district,
        "town": asked.town,
        "day": read.day.isoformat(),
        "about": program.text(read.about),
        "notes": [program.text(note) for note in read.notes],
        "parts": [_part_json(program, read, part) for part in read.parts],
    }


def _part_json(program: Program, read: Figures, part: Part) -> dict[str, Any]:
    return {
        "basis": _BASES[part.basis],
        "label": program.text(part.label),
        "total": _line_json(program, read, part.total),
        "groups": [_group_json(program, read, group) for group in part.groups],
        "sums": [_added_json(program, added) for added in part.sums],
    }


def _group_json(program: Program, read: Figures, group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "label": program.text(group.label),
        "note": group.note and program.text(group.note),
        "lines": [_line_json(program, read, line) for line in group.lines],
    }


def _line_json(program: Program, read: Figures, line: Line) -> dict[str, Any]:
    return {
        "key": line.key,
        "label": program.text(line.label),
        "cases": line.cases,
        "before": line.before,
        "sums": {c.id: number(c, line.amounts.get(c.id)) for c in read.columns},
        "list": arguments(line.wanted),
    }


def _added_json(program: Program, added: Added) -> dict[str, Any]:
    column = added.column
    return {
        "case_type": column.case_type,
        "column": column.id,
        "label": program.text(column.label),
        "kind": column.kind,
        "cases": added.line.cases,
        "sum": number(column, added.amount),
        "before": number(column, added.amount_before),
        "list": arguments(added.line.wanted),
    }


def number(column: SumColumn, amount: Amount | None) -> str | None:
    """A sum as programs read it: exact, without marks; None where no case has a value."""
    value = column.value(amount)
    if value is None:
        return None
    return yuan_text(int(value)) if column.kind == "money" else f"{value}"


def lines(
    program: Program, read: Figures, column: SumColumn | None
) -> Iterator[str | list[tuple[str, ...]]]:
    """Figures for people: headings, and tables as lists of rows."""
    period = read.asked.period
    yield f"{period.first} – {period.last}　{program.text(read.about)}"
    if column is not None:
        yield program.text(column.label)
    for part in read.parts:
        yield f"\n{program.text(part.label)}"
        heads = (program.text(head) for head in HEADS)
        yield [("", *heads), (program.text(part.total.label), *told(part.total, column))]
        if not part.total.cases:
            yield program.text(empty(part))
        for group in part.groups:
            yield f"\n  {program.text(group.label)}"
            yield [(f"    {program.text(line.label)}", *told(line, column)) for line in group.lines]
        yield from _sums(program, part)
    yield ""
    yield from (program.text(note) for note in read.notes)


def _sums(program: Program, part: Part) -> Iterator[str | list[tuple[str, ...]]]:
    if part.sums:
        yield f"\n  {program.text(SUMS)}"
        yield [
            (
                f"    {program.text(added.case_type)}",
                program.text(added.column.label),
                added.column.shown(added.amount),
                str(added.line.cases),
            )
            for added in part.sums
        ]
