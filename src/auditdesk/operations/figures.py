"""Counting cases and sums of a period, each figure with the filter that leaves its very cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from auditdesk.operations import figure_lines, tallies, viewing
from auditdesk.operations.figure_lines import Counted, Lines
from auditdesk.operations.figure_views import Added, Figures, Line, Part, SumColumn
from auditdesk.operations.sheet_cells import column_of
from auditdesk.operations.words import FIGURE_BASES
from auditdesk.store.tallies import DIMENSIONS, Amount, Shared
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditdesk.domain.declaration import CaseType
    from auditdesk.domain.period import Period
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.figure_views import Asked
    from auditdesk.store.tallies import Basis, Dimension
    from auditdesk.util.progress import Progress

BASES: tuple[Basis, ...] = ("accepted_on", "decided_on")
# Of all case types only these sums are asked for: other columns would not be of one kind.
_BY_TYPE: tuple[Dimension, ...] = ("case_type",)


def read(desk: Desk, asked: Asked, progress: Progress) -> Figures:
    """Count the cases received and those decided in a period, and in the one before.

    Raises:
        UnusableInputError: there is no such case type, or a town without its district.
        RefusedError: an older office on a read-only medium (see `tallies.catch_up`).
        CancelledError: by `progress`.
    """
    types = _types(desk, asked)
    if asked.town is not None and asked.district is None:
        raise UnusableInputError(
            "选了镇街就要同时指明区县。", "A town needs its district beside it."
        )
    tallies.catch_up(desk, progress)
    before = asked.period.before()
    counting = _Counting(desk, asked, progress)
    return Figures(
        asked=asked,
        before=before,
        day=desk.today(),
        about=_about(desk, asked),
        parts=tuple(_part(counting, basis, before) for basis in BASES),
        columns=sum_columns(types[0]) if asked.case_type else (),
        notes=tuple(_notes(desk, asked, before)),
    )


def _types(desk: Desk, asked: Asked) -> tuple[CaseType, ...]:
    if asked.case_type is None:
        return desk.library.case_types
    return (desk.library.law(asked.case_type).case_type,)


def sum_columns(case_type: CaseType) -> tuple[SumColumn, ...]:
    """What the city's workbook adds up of a case type."""
    return tuple(
        SumColumn(case_type.id, c.id, column_of(case_type, c).kind, c.label)
        for c in tallies.summed(case_type)
    )


@dataclass(slots=True)
class _Counting:
    """Counts one period after the other and tells how far it is."""

    desk: Desk
    asked: Asked
    progress: Progress
    done: int = 0

    def count(self, period: Period, basis: Basis) -> Counted:
        self.progress.step(self.done, 2 * len(BASES))
        self.done += 1
        wanted = figure_lines.filter_of(self.asked, period, basis)
        reader, day = self.desk.office.tallies, self.desk.today()
        dimensions = DIMENSIONS if self.asked.case_type else _BY_TYPE
        return Counted.of(
            reader.counts(wanted, basis, day), reader.amounts(wanted, basis, day, dimensions)
        )


def _part(counting: _Counting, basis: Basis, before: Period | None) -> Part:
    desk, asked = counting.desk, counting.asked
    now = counting.count(asked.period, basis)
    then = counting.count(before, basis) if before else None
    lines = Lines(desk, asked, basis, now, then)
    total = lines.total()
    sums = tuple(_sums(desk, asked, total, now, then))
    return Part(basis, FIGURE_BASES[basis], total, lines.groups(), sums)


def _sums(
    desk: Desk, asked: Asked, total: Line, now: Counted, then: Counted | None
) -> Iterator[Added]:
    """The sums of each case type that has any declared, column by column."""
    none = Amount(0, 0)
    for case_type in _types(desk, asked):
        shared = Shared("case_type", case_type.id)
        own = now.amounts.get(shared, {})
        earlier = then.amounts.get(shared, {}) if then else {}
        for column in sum_columns(case_type):
            wanted = replace(total.wanted, case_type=case_type.id, summed=column.id)
            cases = own.get(column.id, none).cases
            cases_then = earlier.get(column.id, none).cases if then else None
            key = f"{case_type.id}.{column.id}"
            line = Line(key, column.label, cases, cases_then, wanted, own, earlier)
            yield Added(case_type.label, column, line)


def _about(desk: Desk, asked: Asked) -> Label:
    """What was asked for, as it stands over a table."""
    kind = Label("全部事项", "all case types")
    if asked.case_type is not None:
        kind = viewing.case_type_label(desk, asked.case_type)
    if asked.district is None:
        return kind
    place = figure_lines.place_label(desk.library, asked.district, asked.town or "", several=True)
    if asked.town is None:
        place = desk.library.districts.get(asked.district) or Label(asked.district, asked.district)
    return Label(f"{kind.zh}，{place.zh}", f"{kind.en}, {place.en}")


def _notes(desk: Desk, asked: Asked, before: Period | None) -> Iterator[Label]:
    if before is not None:
        days = f"{before.first} – {before.last}"
        yield Label(f"上期为 {days}。", f"The period before is {days}.")
    if asked.period.last > desk.today():
        yield Label(
            "本期尚未结束，与上期不能等量比较。",
            "The period is not over yet: it cannot be held against a whole one.",
        )
    yield Label(
        "一件案件在每组中只计一次，不论在同一环节停过几次；金额、面积为市级报表的合计栏，逐位准确。",
        "A case counts once in each group, however often it was at a stage; sums are those of the "
        "city's workbook, exact to the last digit.",
    )
