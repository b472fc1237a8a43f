"""Figures as windows, commands and papers show them: counts and sums with what they count."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from auditdesk.domain.money import yuan_grouped
from auditdesk.store.tallies import DECIMALS, SCALE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from auditdesk.domain.period import Period
    from auditdesk.exchange.content import Kind
    from auditdesk.store.records import CaseFilter
    from auditdesk.store.tallies import Amount, Basis, Dimension
    from auditdesk.util.label import Label


@dataclass(frozen=True, slots=True)
class Asked:
    """What figures are asked for; without a type or a place: of all.

    Attributes:
        town: needs a district; empty: the cases of the district without a town.
    """

    period: Period
    case_type: str | None = None
    district: str | None = None
    town: str | None = None


@dataclass(frozen=True, slots=True)
class SumColumn:
    """A column that the city's workbook adds up.

    Attributes:
        id: the declared column.
        kind: `money` in 分, `integer` or `decimal`.
        label: with its unit.
    """

    case_type: str
    id: str
    kind: Kind
    label: Label

    def value(self, amount: Amount | None) -> int | Decimal | None:
        """What the cases add up to, exactly: 分 for money; None where no case has a value."""
        if amount is None:
            return None
        if self.kind == "decimal":
            return Decimal(amount.total).scaleb(-DECIMALS)
        return amount.total // SCALE

    def shown(self, amount: Amount | None) -> str:
        """The same for people to read; 0 where no case has a value."""
        return self._written(self.value(amount) or 0)

    def shown_change(self, now: Amount | None, then: Amount | None) -> str:
        """By how much a sum has changed, with the sign."""
        change = (self.value(now) or 0) - (self.value(then) or 0)
        return f"+{self._written(change)}" if change > 0 else self._written(change)

    def _written(self, value: int | Decimal) -> str:
        if self.kind == "money":
            return yuan_grouped(int(value))
        if isinstance(value, int):
            return f"{value:,d}"
        whole, point, rest = f"{value:,f}".partition(".")
        decimals = rest.rstrip("0")
        return f"{whole}{point}{decimals}" if decimals else whole


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: so many cases, and which.

    Attributes:
        key: as it is called in data: a stage, an outcome, a month and so on.
        before: the same in the period before; None: there is nothing to compare with.
        amounts: sums of these cases by column id.
        wanted: the filter that leaves exactly these cases.
    """

    key: str
    label: Label
    cases: int
    before: int | None
    wanted: CaseFilter
    amounts: Mapping[str, Amount] = field(default_factory=dict)
    amounts_before: Mapping[str, Amount] = field(default_factory=dict)

    @property
    def change(self) -> int | None:
        """By how many cases it changed; None: there is nothing to compare with."""
        return None if self.before is None else self.cases - self.before


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of one dimension, which together count every case once; `note` says how."""

    id: Dimension
    label: Label
    lines: tuple[Line, ...]
    note: Label | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What the cases of one type add up to in one column; `line` counts those with a value."""

    case_type: Label
    column: SumColumn
    line: Line

    @property
    def amount(self) -> Amount | None:
        """The sum."""
        return self.line.amounts.get(self.column.id)

    @property
    def amount_before(self) -> Amount | None:
        """The sum in the period before."""
        return self.line.amounts_before.get(self.column.id)


@dataclass(frozen=True, slots=True)
class Part:
    """The cases received, or those decided, in the period.

    Attributes:
        total: all of them.
        sums: what they add up to, by case type and column.
    """

    basis: Basis
    label: Label
    total: Line
    groups: tuple[Group, ...]
    sums: tuple[Added, ...]

    def group(self, dimension: Dimension) -> Group | None:
        """The figures of a dimension, where they are given."""
        return next((group for group in self.groups if group.id == dimension), None)


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that was asked for.

    Attributes:
        before: the period compared with; None: the calendar does not go back so far.
        day: the day by which a due day is past.
        about: what was asked for in words: case type and place.
        columns: the sums that each line has; none unless one case type was asked for.
        notes: how to read it.
    """

    asked: Asked
    before: Period | None
    day: date
    about: Label
    parts: tuple[Part, ...]
    columns: tuple[SumColumn, ...]
    notes: tuple[Label, ...]
