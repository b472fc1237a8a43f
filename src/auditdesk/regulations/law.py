"""The law that one case is judged by: its case type and regulations, as texts and loaded.

A case keeps the digest of its law for ever; the texts are stored once by digest, so that the
case can be judged again exactly as it was, whatever packs come later.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from auditdesk.domain.declaration import Citation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from auditdesk.domain.declaration import CaseType, Rule
    from auditdesk.domain.follow_up import Period
    from auditdesk.domain.register import Register
    from auditdesk.domain.regulation import Regulation
    from auditdesk.regulations.facts import Answer, Facts

    RuleFunction = Callable[[Facts], Answer]
    ComputedFunction = Callable[[Facts], Any]
    FollowUpFunction = Callable[[Facts], tuple[Period, ...]]
    Line = tuple[Regulation, ...]

# Sources that are no regulation: arithmetic and the order of dates, and office custom.
ALWAYS_IN_FORCE = frozenset({"logic", "practice"})
# What is cited where a successor's file does not say which article sets its days.
_ORDER_OF_DAYS = Citation("logic", "受理日与施行日的先后")


@dataclass(frozen=True, slots=True)
class Figure:
    """A parameter's value on one day, and where it stands."""

    value: Any
    source: Citation
    succeeding: bool


@dataclass(frozen=True, slots=True)
class InForce:
    """The law as it holds for cases accepted on one day.

    Attributes:
        speaking: a regulation that the case type names to the one that speaks in its place on
            that day: itself, or a successor; those without one are left out.
        regulations: one for each that the case type names: the one that speaks; where none
            does, the last that ran out, or the first to come.
        figures: the figures of law by name; where several regulations set one, the first that
            the case type names speaks.
        parameters: the same as bare values.
        dropped: figures that an earlier regulation set and its speaking successor does not.
        known: every figure that any regulation sets on any day.
    """

    day: date
    speaking: Mapping[str, Regulation]
    regulations: tuple[Regulation, ...]
    figures: Mapping[str, Figure]
    parameters: Mapping[str, Any]
    dropped: frozenset[str]
    known: frozenset[str]
    _lines: Mapping[str, Line]
    _cited: dict[str, tuple[Citation, ...]] = field(default_factory=dict, repr=False)

    def applies(self, regulation: str) -> bool:
        """Whether a source holds on that day, itself or in a successor."""
        return regulation in ALWAYS_IN_FORCE or regulation in self.speaking

    def holds(self, citation: Citation) -> bool:
        """Whether a citation, as a report has it, is of a source that holds on that day."""
        name = citation.regulation
        return name in ALWAYS_IN_FORCE or any(r.id == name for r in self.speaking.values())

    def citations(self, citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
        """The citations as they stand on that day; what nothing answers to is left out."""
        found = (c for citation in citations for c in self._standing(citation))
        return tuple(dict.fromkeys(found))

    def cited_by(self, rule: Rule) -> tuple[Citation, ...]:
        """What a rule rests on that day; with the articles where a successor sets its figures."""
        if rule.id not in self._cited:  # asked for every rule at every keystroke
            self._cited[rule.id] = self._resting(rule)
        return self._cited[rule.id]

    def _resting(self, rule: Rule) -> tuple[Citation, ...]:
        citations = self.citations(rule.citations)
        named = {c.regulation for c in rule.citations}
        figures = (self.figures[name] for name in rule.parameters if name in self.figures)
        own = {self.speaking[name].id for name in named if name in self.speaking}
        added = (f.source for f in figures if f.succeeding and f.source.regulation in own)
        return tuple(dict.fromkeys((*citations, *added)))

    def successors(self, citations: tuple[Citation, ...]) -> tuple[Regulation, ...]:
        """Those that speak in the place of a regulation that is cited."""
        named = dict.fromkeys(c.regulation for c in citations)
        return tuple(
            self.speaking[name]
            for name in named
            if name in self.speaking and self.speaking[name].id != name
        )

    def sources_of_days(self, citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
        """The articles that set the days of those successors."""
        found = (
            Citation(r.id, r.days_article) if r.days_article else _ORDER_OF_DAYS
            for r in self.successors(citations)
        )
        return tuple(dict.fromkeys(found))

    def _standing(self, citation: Citation) -> tuple[Citation, ...]:
        name = citation.regulation
        if name in ALWAYS_IN_FORCE:
            return (citation,)
        speaking = self.speaking.get(name)
        if speaking is None:
            return ()
        numbers: tuple[str, ...] = (citation.article,)
        for successor in self._lines[name][1:] if speaking.id != name else ():
            numbers = tuple(dict.fromkeys(a for n in numbers for a in successor.replacing(n)))
            if successor.id == speaking.id:
                break
        return tuple(Citation(speaking.id, number) for number in numbers)


@dataclass(frozen=True, slots=True)
class Law:
    """One case type with the regulations behind it, in the order in which they speak.

    Attributes:
        lines: each regulation that the case type names, with those that came after it.
        texts: path under `forms/` or `regulations/` to the text that was loaded.
        digest: SHA-256 over the texts; names this version of the law.
        functions: rule id to the function that judges it.
        computing: computed value's id to the function that works it out.
        readable: rule id to the fields and materials that its function may look at.
        following: follow-up's id to the function that works out its days.
    """

    case_type: CaseType
    lines: tuple[Line, ...]
    texts: Mapping[str, str]
    digest: str
    functions: Mapping[str, RuleFunction]
    computing: Mapping[str, ComputedFunction]
    readable: Mapping[str, frozenset[str]]
    following: Mapping[str, FollowUpFunction] = field(default_factory=dict)
    _days: dict[date, InForce] = field(default_factory=dict, repr=False, compare=False)

    @property
    def regulations(self) -> tuple[Regulation, ...]:
        """Every regulation behind the case type, each followed by its successors."""
        return tuple(regulation for line in self.lines for regulation in line)

    def regulation(self, regulation_id: str) -> Regulation | None:
        """The regulation of that id, if the case type rests on it."""
        return next((r for r in self.regulations if r.id == regulation_id), None)

    def on(self, day: date) -> InForce:
        """The law for cases accepted on a day; worked out once a day and kept."""
        if day not in self._days:
            self._days[day] = in_force_on(self.lines, day)
        return self._days[day]


def in_force_on(lines: tuple[Line, ...], day: date) -> InForce:
    """What holds of some lines of regulations for a day."""
    speaking = {line[0].id: r for line in lines for r in line if r.applies(day)}
    figures: dict[str, Figure] = {}
    for line in lines:
        if line[0].id in speaking:
            _add_figures(figures, speaking[line[0].id], day, root=line[0])
    known = {p.id for line in lines for r in line for p in r.parameters}
    earlier = {
        p.id
        for line in lines
        if line[0].id in speaking
        for r in line[: line.index(speaking[line[0].id])]
        for p in r.parameters
    }
    return InForce(
        day=day,
        speaking=speaking,
        regulations=tuple(speaking.get(line[0].id) or _silent(line, day) for line in lines),
        figures=figures,
        parameters={name: figure.value for name, figure in figures.items()},
        dropped=frozenset(earlier - set(figures)),
        known=frozenset(known),
        _lines={line[0].id: line for line in lines},
    )


def _add_figures(
    figures: dict[str, Figure], regulation: Regulation, day: date, root: Regulation
) -> None:
    for parameter in regulation.parameters:
        value = regulation.parameter(parameter.id, day)
        if value is not None:
            source = Citation(regulation.id, value.article)
            figures.setdefault(parameter.id, Figure(value.value, source, regulation.id != root.id))


def _silent(line: Line, day: date) -> Regulation:
    """The regulation that ran out last; where none has begun yet, the first."""
    return next((r for r in reversed(line) if r.first_day <= day), line[0])


@dataclass(frozen=True, slots=True)
class RegisterLaw:
    """A register and the present law that its rows are judged by, never a pinned one."""

    register: Register
    law: Law
