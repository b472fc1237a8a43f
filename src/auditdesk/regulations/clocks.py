"""The clocks of a case: a pure function of the case file, its law, the calendar, its pauses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from auditdesk.domain.counting import Counter
from auditdesk.domain.legal_clock import COUNTED_BY_DAYS, Unit
from auditdesk.domain.workdays import add_months, add_years
from auditdesk.regulations.clock_check import ACCEPTED_ON
from auditdesk.regulations.conditions import holds
from auditdesk.regulations.facts import Facts, NotInForceError
from auditdesk.regulations.followups import running
from auditdesk.regulations.judge import situated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from auditdesk.domain.case import CaseFile
    from auditdesk.domain.counting import Count, Gap
    from auditdesk.domain.declaration import Citation
    from auditdesk.domain.legal_clock import LegalClock
    from auditdesk.domain.workdays import WorkCalendar
    from auditdesk.regulations.law import Law

_LAST_MONTH, _LAST_DAY = 12, 31


@dataclass(frozen=True, slots=True)
class HeldUp:
    """What a person or the case's way did to its clocks.

    Attributes:
        gaps: days that do not count for what can be paused.
        extended: ids of the clocks that were extended.
    """

    gaps: Sequence[Gap] = ()
    extended: AbstractSet[str] = frozenset()


NOTHING = HeldUp()


@dataclass(frozen=True, slots=True)
class Counted:
    """A clock of one case and where it ends.

    Attributes:
        number: which of several of its kind; 0 where there is only one.
        citations: what it rests on, as it stands on the day of acceptance.
        start: the day with which it begins; None: that fact is not there yet.
        length: by law, in its unit; None where its last day is a fact of its own.
        longer: by how much it was extended.
        by_law: its last day without pause and extension; None: it has not begun.
        last_day: its last day; None: it has not begun, or stands still.
        count: how it was counted, where it is counted by days.
        done_on: the day on which what it is about was done, where a fact tells.
    """

    clock: LegalClock
    number: int
    citations: tuple[Citation, ...]
    start: date | None
    length: int | None
    longer: int
    by_law: date | None
    last_day: date | None
    count: Count | None
    done_on: date | None


def clocks_of(
    case: CaseFile,
    law: Law,
    declared: Iterable[LegalClock],
    calendar: WorkCalendar,
    held_up: HeldUp = NOTHING,
) -> tuple[Counted, ...]:
    """The clocks that a case has at its stage, in the order of their declarations.

    Args:
        case: the case file.
        law: that it is judged by; the figures are its own.
        declared: the clocks of its case type.
        calendar: the working days.
        held_up: pauses and extensions.

    Raises:
        UnusableInputError: the case's stage is not on its own route.
    """
    reading = _Reading(case, law, calendar, held_up, Facts(situated(case, law, calendar)))
    return tuple(counted for clock in declared for counted in reading.of(clock))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One case, looked at for its clocks."""

    case: CaseFile
    law: Law
    calendar: WorkCalendar
    held_up: HeldUp
    facts: Facts

    def of(self, clock: LegalClock) -> Iterator[Counted]:
        """A clock of the case; none where its occasion or its law is another."""
        in_force = self.law.on(self.case.accepted_on)
        citations = in_force.citations(clock.citations)
        reached = not clock.stage or self.facts.reached(clock.stage)
        length = in_force.parameters.get(clock.length) if clock.length else None
        lacking = clock.length and length is None
        typed = self.facts.situation.values.typed
        if not citations or not reached or lacking or not holds(clock.when, typed):
            return
        if clock.follow_up:
            yield from self._followed(clock, citations, length)
        else:
            yield self._counted(clock, citations, length)

    def _followed(
        self, clock: LegalClock, citations: tuple[Citation, ...], length: int | None
    ) -> Iterator[Counted]:
        """What a follow-up watches has its days from there."""
        for run in running(self.case, self.law, self.calendar):
            if run.follow_up.id == clock.follow_up:
                start = self._day(clock.start) if clock.start else run.first_day
                day = run.last_day
                done = self._day(clock.done_on)
                yield Counted(clock, run.number, citations, start, length, 0, day, day, None, done)

    def _counted(
        self, clock: LegalClock, citations: tuple[Citation, ...], length: int | None
    ) -> Counted:
        start, done = self._day(clock.start), self._day(clock.done_on)
        if start is None:
            return Counted(clock, 0, citations, None, length, 0, None, None, None, done)
        if clock.unit not in COUNTED_BY_DAYS:
            last = self._last_day(clock, start, length)
            return Counted(clock, 0, citations, start, length, 0, last, last, None, done)
        days, longer = length or 0, self._longer(clock)
        by_workdays = clock.unit is Unit.WORKDAYS
        plain = Counter(self.calendar, by_workdays)
        by_law = plain.count(start, days, first_counts=clock.first_counts).last_day
        gaps = self.held_up.gaps if clock.paused else ()
        count = Counter(self.calendar, by_workdays, gaps).count(
            start, days + longer, first_counts=clock.first_counts
        )
        return Counted(
            clock, 0, citations, start, length, longer, by_law, count.last_day, count, done
        )

    def _last_day(self, clock: LegalClock, start: date, length: int | None) -> date | None:
        """The last day of what is not counted day by day (Civil Code art. 202)."""
        figure = length or 0
        match clock.unit:
            case Unit.MONTHS:
                return add_months(start, figure)
            case Unit.YEARS:
                return add_years(start, figure)
            case Unit.YEAR_ENDS:
                return date(start.year + figure, _LAST_MONTH, _LAST_DAY)
            case Unit.IN_YEAR:
                return date(figure, _LAST_MONTH, _LAST_DAY)
            case _:
                return self._day(clock.end)

    def _longer(self, clock: LegalClock) -> int:
        """By how many days the clock was extended."""
        if clock.extension is None or clock.id not in self.held_up.extended:
            return 0
        in_force = self.law.on(self.case.accepted_on)
        return int(in_force.parameters.get(clock.extension.length, 0))

    def _day(self, source: str) -> date | None:
        """A day that a clock names; None while it is empty."""
        kind, _, name = source.partition(".")
        if source == ACCEPTED_ON:
            return self.case.accepted_on
        if kind == "data":
            return self.facts.day(name)
        function = self.law.computing.get(name)
        try:
            found = function(self.facts) if function else None
        except NotInForceError:
            return None
        return found if isinstance(found, date) else None
