"""What the clocks of a pack must agree on: facts, figures, stages, and what may pause them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.domain.declaration import FieldKind
from auditdesk.domain.legal_clock import COUNTED_BY_DAYS, Binds, Unit
from auditdesk.regulations.crosscheck import citation_problems, condition_problems
from auditdesk.regulations.packs import PackError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from auditdesk.domain.declaration import CaseType
    from auditdesk.domain.legal_clock import LegalClock
    from auditdesk.domain.regulation import Regulation

    Problems = Iterator[tuple[str, str]]

ACCEPTED_ON = "case.accepted_on"
_INTEGER, _DATE = "integer", "date"


def check_clocks(folder: str, case_type: CaseType, regulations: Iterable[Regulation]) -> None:
    """Refuse clocks that do not fit their own pack; each has to cite what it rests on.

    Raises:
        PackError: with the first thing that does not fit.
    """
    by_id = {regulation.id: regulation for regulation in regulations}
    for key, reason in _problems(case_type, by_id):
        raise PackError(folder, key, reason)


def _problems(case_type: CaseType, regulations: dict[str, Regulation]) -> Problems:
    figures = {p.id for r in regulations.values() for p in r.parameters if p.kind == _INTEGER}
    yield from _twice("clocks", [clock.id for clock in case_type.clocks])
    yield from _twice("pauses", [ground.id for ground in case_type.pauses])
    for clock in case_type.clocks:
        key = f"clocks[{clock.id}]"
        yield from citation_problems(key, clock.citations, regulations)
        yield from condition_problems(f"{key}.when", case_type.fields, clock.when, ())
        yield from ((f"{key}.{part}", reason) for part, reason in _facts(clock, case_type))
        yield from ((f"{key}.{part}", reason) for part, reason in _length(clock, figures))
        yield from ((f"{key}.{part}", reason) for part, reason in _pauses(clock, case_type))
        if clock.extension:
            yield from citation_problems(f"{key}.extension", clock.extension.citations, regulations)
    for ground in case_type.pauses:
        yield from citation_problems(f"pauses[{ground.id}]", ground.citations, regulations)


def _twice(name: str, ids: list[str]) -> Problems:
    for one in sorted({one for one in ids if ids.count(one) > 1}):
        yield f"{name}[{one}]", "given twice"


def _facts(clock: LegalClock, case_type: CaseType) -> Problems:
    """What a clock looks at is there, and is a day."""
    days = {f"data.{f.id}" for f in case_type.fields if f.kind is FieldKind.DATE}
    computed = {c.id for c in case_type.computed if c.kind == _DATE}
    days |= {f"computed.{name}" for name in computed} | {ACCEPTED_ON}
    for part, name in (("start", clock.start), ("end", clock.end), ("done_on", clock.done_on)):
        if name and name not in days:
            yield part, f"no date {name}"
    if clock.computed and clock.computed not in computed:
        yield "computed", f"no computed date {clock.computed}"
    stages = {stage.id for stage in case_type.stages}
    for stage in (*clock.until, *([clock.stage] if clock.stage else ())):
        if stage not in stages:
            yield "until", f"no stage {stage}"
    if clock.follow_up and clock.follow_up not in {f.id for f in case_type.follow_ups}:
        yield "follow_up", f"no follow-up {clock.follow_up}"


def _length(clock: LegalClock, figures: set[str]) -> Problems:
    """A length is a figure of law; a last day that is given needs none."""
    if not (clock.start or clock.follow_up):
        yield "start", "must say when it begins"
    if (clock.unit is Unit.GIVEN) != bool(clock.end):
        yield "end", "a last day of its own and the unit given go together"
    if not (clock.length or clock.end or clock.follow_up):
        yield "length", "must say how long it is"
    longer = clock.extension.length if clock.extension else ""
    for name in (clock.length, longer):
        if name and name not in figures:
            yield "length", f"no regulation sets {name} as a whole number"


def _pauses(clock: LegalClock, case_type: CaseType) -> Problems:
    """Only what binds the office stands still, and only days can be left out."""
    by_days = clock.unit in COUNTED_BY_DAYS
    if clock.paused and not (by_days and clock.binds is Binds.OFFICE):
        yield "paused", "only a period of days that binds the office can be paused"
    if clock.paused and not case_type.pauses:
        yield "paused", "a case type whose clocks are paused says why they may be (pauses)"
    if clock.extension and not by_days:
        yield "extension", "only a period of days can be extended"
