"""From what was counted to lines with names: case types, stages, outcomes, places, months."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from auditdesk.operations import viewing
from auditdesk.operations.figure_views import Group, Line
from auditdesk.operations.words import OUTCOMES, STATUSES, TIMELINESS, word
from auditdesk.store.records import CaseFilter
from auditdesk.store.tallies import Amount, Shared
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from auditdesk.domain.period import Period
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.figure_views import Asked
    from auditdesk.regulations.library import Library
    from auditdesk.store.tallies import Basis, Dimension

MOST_MONTHS = 36  # a longer period is told by years
ENDED = ("refused", "withdrawn")
_UNDECIDED = frozenset({"open", "returned"})
_RUNNING = frozenset({"running", "overdue", "waiting", "ended"})


@dataclass(slots=True)
class Counted:
    """What the store counted in one period: cases and sums by what they share."""

    cases: dict[Shared, int] = field(default_factory=dict)
    amounts: dict[Shared, dict[str, Amount]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, cases: Mapping[Shared, int], amounts: Mapping[tuple[Shared, str], Amount]
    ) -> Counted:
        """Take in what the store's reader gave."""
        made = cls(dict(cases))
        for (shared, column), amount in amounts.items():
            made.amounts.setdefault(shared, {})[column] = amount
        return made

    def count(self, shared: Iterable[Shared]) -> int:
        """How many cases share one of these."""
        return sum(self.cases.get(each, 0) for each in shared)

    def add_up(self, shared: Iterable[Shared]) -> dict[str, Amount]:
        """What those cases add up to, by column."""
        sums: dict[str, Amount] = {}
        for each in shared:
            for column, amount in self.amounts.get(each, {}).items():
                old = sums.get(column, Amount(0, 0))
                sums[column] = Amount(old.cases + amount.cases, old.total + amount.total)
        return sums

    def of_dimension(self, dimension: Dimension) -> Iterator[Shared]:
        """What was found of a dimension."""
        return (shared for shared in self.cases if shared.dimension == dimension)


def filter_of(asked: Asked, period: Period, basis: Basis) -> CaseFilter:
    """The filter that leaves the cases of a period."""
    whole = CaseFilter(case_type=asked.case_type, district=asked.district, town=asked.town)
    return _within(whole, period, basis)


def _within(whole: CaseFilter, period: Period, basis: Basis) -> CaseFilter:
    if basis == "decided_on":
        return replace(whole, decided_from=period.first, decided_to=period.last)
    return replace(whole, accepted_from=period.first, accepted_to=period.last)


@dataclass(frozen=True, slots=True)
class Lines:
    """Makes the lines of the cases received, or of those decided.

    Attributes:
        then: the period before; None: there is none.
    """

    desk: Desk
    asked: Asked
    basis: Basis
    now: Counted
    then: Counted | None

    def total(self) -> Line:
        """All cases."""
        found = {*self.now.of_dimension("case_type")}
        found |= {*self.then.of_dimension("case_type")} if self.then else set()
        return self._line("all", Label("合计", "All"), tuple(found), self._all())

    def groups(self) -> tuple[Group, ...]:
        """The figures of every dimension; of one case type those by type are left out."""
        groups = (
            self._by_type() if self.asked.case_type is None else None,
            self._by_stage(),
            self._by_outcome(),
            self._by_timeliness(),
            self._by_place(),
            self._by_month(),
        )
        return tuple(group for group in groups if group is not None)

    def _all(self) -> CaseFilter:
        return filter_of(self.asked, self.asked.period, self.basis)

    def _line(self, key: str, label: Label, shared: tuple[Shared, ...], wanted: CaseFilter) -> Line:
        then = self.then
        return Line(
            key,
            label,
            self.now.count(shared),
            then.count(shared) if then else None,
            wanted,
            self.now.add_up(shared),
            then.add_up(shared) if then else {},
        )

    def _found(self, dimension: Dimension) -> set[Shared]:
        """What there was of a dimension in either period."""
        then = self.then.of_dimension(dimension) if self.then else ()
        return {*self.now.of_dimension(dimension), *then}

    def _by_type(self) -> Group:
        declared = [case_type.id for case_type in self.desk.library.case_types]
        others = sorted({s.value for s in self._found("case_type")} - {*declared})
        lines = tuple(
            self._line(
                name,
                viewing.case_type_label(self.desk, name),
                (Shared("case_type", name),),
                replace(self._all(), case_type=name),
            )
            for name in (*declared, *others)
        )
        return Group("case_type", Label("按事项", "By case type"), lines)

    def _by_stage(self) -> Group:
        note = Label(
            "不予批准、已撤回的案件按结果单列，不计入所停的环节。",
            "A case that was refused or withdrawn is counted as that, not at the stage where it "
            "stopped.",
        )
        lines = tuple(self._stage(shared) for shared in self._stages())
        return Group("reached", Label("按环节", "By stage"), lines, note)

    def _stages(self) -> Iterator[Shared]:
        """Every stage of the type asked for; of all types those at which there are cases."""
        found, asked = self._found("reached"), self.asked.case_type
        for law in self.desk.library.laws.values():
            if asked in (None, law.case_type.id):
                names = (*(stage.id for stage in law.case_type.stages), *ENDED)
                declared = [Shared("reached", law.case_type.id, name) for name in names]
                yield from (s for s in declared if asked or s in found)
                found -= {*declared}
        yield from sorted(found, key=lambda s: (s.value, s.part))

    def _stage(self, shared: Shared) -> Line:
        name = shared.part
        label = (
            word(STATUSES, name)
            if name in ENDED
            else viewing.stage_label(self.desk, shared.value, name)
        )
        key = name
        if self.asked.case_type is None:
            kind, key = viewing.case_type_label(self.desk, shared.value), f"{shared.value}.{name}"
            label = Label(f"{kind.zh} · {label.zh}", f"{kind.en} · {label.en}")
        narrowed = replace(self._all(), case_type=shared.value, reached=name)
        return self._line(key, label, (shared,), narrowed)

    def _by_outcome(self) -> Group:
        names = [n for n in OUTCOMES if self.basis == "accepted_on" or n not in _UNDECIDED]
        lines = (
            self._line(
                name,
                OUTCOMES[name],
                (Shared("outcome", name),),
                replace(self._all(), outcome=name),
            )
            for name in self._with_found("outcome", names)
        )
        return Group("outcome", Label("按结果", "By outcome"), tuple(lines))

    def _by_timeliness(self) -> Group:
        note = Label(
            "已决定的，按决定当日的法定期限判断；未决定的，按今天判断；补正、中止期间不计时。",
            "A decided case is told by the due day of its day of decision, any other by today; no "
            "clock runs while the applicant has the case or while it is paused.",
        )
        names = [n for n in TIMELINESS if self.basis == "accepted_on" or n not in _RUNNING]
        day = self.desk.today()
        lines = (
            self._line(
                name,
                TIMELINESS[name],
                (Shared("timeliness", name),),
                replace(self._all(), timeliness=(name, day)),
            )
            for name in self._with_found("timeliness", names)
        )
        return Group("timeliness", Label("是否按期", "On time or late"), tuple(lines), note)

    def _with_found(self, dimension: Dimension, names: list[str]) -> list[str]:
        return names + sorted({s.value for s in self._found(dimension)} - {*names})

    def _by_place(self) -> Group:
        """Most cases first, those without a town last."""
        found = self._found("place")
        several = len({shared.value for shared in found}) > 1
        ordered = sorted(
            found,
            key=lambda s: (not s.part, -self.now.cases.get(s, 0), s.value, s.part),
        )
        lines = tuple(self._place(shared, several=several) for shared in ordered)
        return Group("place", Label("按镇街", "By town"), lines)

    def _place(self, shared: Shared, *, several: bool) -> Line:
        label = place_label(self.desk.library, shared.value, shared.part, several=several)
        narrowed = replace(self._all(), district=shared.value, town=shared.part)
        return self._line(f"{shared.value}.{shared.part}", label, (shared,), narrowed)

    def _by_month(self) -> Group:
        received = self.basis == "accepted_on"
        period = self.asked.period
        if period.month_count <= MOST_MONTHS:
            label = (
                Label("按受理月份", "By month received")
                if received
                else Label("按决定月份", "By month decided")
            )
            return Group("month", label, tuple(self._months()))
        label = (
            Label("按受理年份", "By year received")
            if received
            else Label("按决定年份", "By year decided")
        )
        return Group("month", label, tuple(self._years()))

    def _months(self) -> Iterator[Line]:
        """Every month, also without cases; compared with the same place in the period before."""
        before = self.asked.period.before()
        earlier = [*before.months()] if before and self.asked.period.whole_months else []
        for place, month in enumerate(self.asked.period.months()):
            key = f"{month.first:%Y-%m}"
            line = self._line(
                key,
                Label(f"{month.first.year}年{month.first.month}月", key),
                (Shared("month", key),),
                _within(self._all(), month, self.basis),
            )
            if not earlier or self.then is None:
                yield replace(line, before=None, amounts_before={})
                continue
            then = (Shared("month", f"{earlier[place].first:%Y-%m}"),)
            sums = self.then.add_up(then)
            yield replace(line, before=self.then.count(then), amounts_before=sums)

    def _years(self) -> Iterator[Line]:
        """From the first year with cases to the last one."""
        found = sorted(self.now.of_dimension("month"), key=lambda s: s.value)
        if not found:
            return
        first, last = found[0].value[:4], found[-1].value[:4]
        for year in self.asked.period.years():
            key = f"{year.first.year:04d}"
            if first <= key <= last:
                line = self._line(
                    key,
                    Label(f"{key}年", key),
                    tuple(s for s in found if s.value.startswith(key)),
                    _within(self._all(), year, self.basis),
                )
                yield replace(line, before=None, amounts_before={})


def place_label(library: Library, district: str, town: str, *, several: bool) -> Label:
    """A town's name, with its district where there are several."""
    own = library.districts.get(district) or Label(district, district)
    if not town:
        without = Label("未归镇街", "no town")
        return Label(f"{own.zh}（{without.zh}）", f"{own.en} ({without.en})")
    return Label(f"{own.zh} · {town}", f"{own.en} · {town}") if several else Label(town, town)
