"""The periods that follow from a case: a pure function of the case file, its law, the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from auditdesk.regulations.conditions import holds
from auditdesk.regulations.facts import Facts, NotInForceError
from auditdesk.regulations.judge import situated

if TYPE_CHECKING:
    from datetime import date

    from auditdesk.domain.case import CaseFile
    from auditdesk.domain.follow_up import FollowUp, Period, Settler
    from auditdesk.domain.workdays import WorkCalendar
    from auditdesk.regulations.law import Law
    from auditdesk.regulations.values import Values


@dataclass(frozen=True, slots=True)
class Running:
    """A follow-up of one case with its days; `first_day` is the first on which it is shown."""

    follow_up: FollowUp
    number: int
    first_day: date
    last_day: date


def running(case: CaseFile, law: Law, calendar: WorkCalendar) -> tuple[Running, ...]:
    """The periods that run from a case at its stage, in the order of their declarations.

    Raises:
        UnusableInputError: the case's stage is not on its own route.
    """
    facts = Facts(situated(case, law, calendar))
    return tuple(
        run
        for follow_up in law.case_type.follow_ups
        if _has_begun(follow_up, facts)
        for run in _of(follow_up, law, facts)
    )


def _has_begun(follow_up: FollowUp, facts: Facts) -> bool:
    typed = facts.situation.values.typed
    return facts.reached(follow_up.stage) and holds(follow_up.when, typed)


def _of(follow_up: FollowUp, law: Law, facts: Facts) -> tuple[Running, ...]:
    try:
        periods = law.following[follow_up.id](facts)
    except NotInForceError:  # the regulation of that day sets no such period
        return ()
    return tuple(
        Running(follow_up, p.number, _shown_from(follow_up, p), p.last_day) for p in periods
    )


def _shown_from(follow_up: FollowUp, period: Period) -> date:
    """Never after the last day: what is overdue has been shown."""
    lead = timedelta(days=follow_up.lead_days)
    return min(period.first_day or period.last_day - lead, period.last_day)


def settles(
    settler: Settler,
    own: Values,
    last_day: date,
    later: Values,
    reached: frozenset[str],
) -> bool:
    """Whether a later case settles a follow-up.

    Args:
        settler: what the follow-up's declaration asks of it.
        own: the typed values of the case that the follow-up belongs to.
        last_day: of the follow-up.
        later: the typed values of the later case.
        reached: the stages that it has reached on its own route.
    """
    same = own.get(settler.own) is not None and own.get(settler.own) == later.get(settler.key)
    if not same or settler.stage not in reached or not holds(settler.when, later.typed):
        return False
    if settler.year and later.get(settler.year) != last_day.year:
        return False
    if not settler.later:
        return True
    day, than = later.get(settler.later), own.get(settler.than)
    return day is not None and than is not None and day > than
