"""All regulations of a library as they stand on one day, for pages and commands that list them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from auditdesk.regulations.figures import figure_text
from auditdesk.regulations.standing import told_in_papers
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from auditdesk.domain.declaration import CaseType, Citation, Rule
    from auditdesk.domain.legal_clock import LegalClock
    from auditdesk.domain.regulation import Parameter, ParameterValue, Regulation
    from auditdesk.regulations.law import InForce, Law
    from auditdesk.regulations.library import Library

# How long before its last day a regulation is pointed at.
WARNING_DAYS = 90


class State(StrEnum):
    """Where a regulation stands on a day; `ending`: in force, its last day within 90 days."""

    IN_FORCE = "in_force"
    ENDING = "ending"
    NOT_YET = "not_yet"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Use:
    """A rule that rests on a regulation, with the articles that it cites of it."""

    case_type: CaseType
    rule: Rule
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClockUse:
    """A legal period that rests on a regulation, with the articles that it cites of it."""

    case_type: CaseType
    clock: LegalClock
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One regulation on one day.

    Attributes:
        days_left: days from the day to its last one, 0 on that day itself; None where it has
            none, or is not in force.
        own: whether the office added it; else it came with the program.
        before: the regulation whose place it took, or None.
        after: the one that takes its place, or None.
        uses: the rules that cite it while it speaks.
        clocks: the legal periods that rest on it while it speaks.
        told: whether papers tell it as on the day of issue, as the time limits of remedies.
    """

    regulation: Regulation
    day: date
    state: State
    days_left: int | None
    own: bool
    before: Regulation | None
    after: Regulation | None
    uses: tuple[Use, ...]
    clocks: tuple[ClockUse, ...]
    told: bool = False

    @property
    def followed_at_once(self) -> bool:
        """Whether its successor's first day is the day after its last."""
        last = self.regulation.last_day
        return bool(self.after and last and self.after.first_day == last + timedelta(days=1))

    def value(self, parameter: Parameter) -> ParameterValue | None:
        """A parameter's value on the day, or None."""
        return self.regulation.parameter(parameter.id, self.day)


def entries(library: Library, day: date) -> tuple[Entry, ...]:
    """Every regulation of the library, those of the city first, each followed by its successor."""
    after = {r.succeeds: r for r in library.regulations.values() if r.succeeds}
    roots = sorted(
        (r for r in library.regulations.values() if r.succeeds not in library.regulations),
        key=lambda r: (r.id.startswith("national"), r.id),
    )
    ordered = [regulation for root in roots for regulation in _line(root, after)]
    told = told_in_papers(library)
    found = (_entry(library, regulation, day, after) for regulation in ordered)
    return tuple(replace(e, told=e.regulation.id in told) for e in found)


def ending_soon(library: Library, day: date) -> tuple[Entry, ...]:
    """The regulations whose last day is near, the nearest first."""
    found = (e for e in entries(library, day) if e.state is State.ENDING)
    return tuple(sorted(found, key=lambda e: e.days_left or 0))


def shown(parameter: Parameter, value: ParameterValue) -> Label:
    """A parameter's value in words; a percentage says so unless its unit does."""
    text = figure_text(parameter.kind, value.value)
    if parameter.kind == "percent" and "%" not in parameter.unit.zh:
        return Label(f"{text.zh} %", f"{text.en} %")
    return text


def _line(root: Regulation, after: dict[str, Regulation]) -> Iterator[Regulation]:
    regulation: Regulation | None = root
    while regulation is not None:
        yield regulation
        regulation = after.get(regulation.id)


def _entry(
    library: Library, regulation: Regulation, day: date, after: dict[str, Regulation]
) -> Entry:
    state = _state(regulation, day)
    judging = [*library.laws.values(), *(kept.law for kept in library.registers.values())]
    return Entry(
        regulation=regulation,
        day=day,
        state=state,
        days_left=_days_left(regulation, day),
        own=regulation.id in library.own,
        before=library.regulations.get(regulation.succeeds or ""),
        after=after.get(regulation.id),
        uses=tuple(use for law in judging for use in _uses(law, regulation, day)),
        clocks=tuple(use for law in judging for use in _clock_uses(law, regulation, day)),
    )


def _days_left(regulation: Regulation, day: date) -> int | None:
    if regulation.last_day is None or not regulation.in_force(day):
        return None
    return (regulation.last_day - day).days


def _state(regulation: Regulation, day: date) -> State:
    if day < regulation.first_day:
        return State.NOT_YET
    if regulation.last_day is None:
        return State.IN_FORCE
    if day > regulation.last_day:
        return State.ENDED
    near = (regulation.last_day - day).days <= WARNING_DAYS
    return State.ENDING if near else State.IN_FORCE


def _uses(law: Law, regulation: Regulation, day: date) -> Iterator[Use]:
    in_force = _speaking(law, regulation, day)
    if in_force is None:
        return
    for rule in law.case_type.rules:
        cited = _of(regulation, in_force.cited_by(rule))
        if cited:
            yield Use(law.case_type, rule, cited)


def _clock_uses(law: Law, regulation: Regulation, day: date) -> Iterator[ClockUse]:
    in_force = _speaking(law, regulation, day)
    if in_force is None:
        return
    for clock in law.case_type.clocks:
        cited = _of(regulation, in_force.citations(clock.citations))
        if cited:
            yield ClockUse(law.case_type, clock, cited)


def _speaking(law: Law, regulation: Regulation, day: date) -> InForce | None:
    """The law on the day, or on the regulation's first; None where it is none behind the law."""
    if law.regulation(regulation.id) is None:
        return None
    return law.on(day if regulation.applies(day) else regulation.first_day)


def _of(regulation: Regulation, citations: tuple[Citation, ...]) -> tuple[str, ...]:
    return tuple(c.article for c in citations if c.regulation == regulation.id)
