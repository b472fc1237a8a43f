"""The rules of 水库大坝安全鉴定; figures are dated parameters, articles are cited in the pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.regulations.facts import NOT_APPLICABLE, Answer, Facts
from auditdesk.regulations.logic import both, on_occasion
from auditdesk.regulations.rules.common import in_order, regulation_in_force
from auditdesk.regulations.rules.reservoirs import (
    FIRST,
    PERIODIC,
    SPECIAL,
    appraisal_due_on,
    first_due_on,
    is_defective,
    is_small,
    periodic_due_on,
)
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from auditdesk.regulations.law import RuleFunction


def cycle_first(f: Facts) -> Answer:
    """A first appraisal comes within 5 years of accepted completion (art. 5)."""
    return _cycle(f, FIRST, first_due_on(f))


def cycle_periodic(f: Facts) -> Answer:
    """A periodic appraisal comes within 10 years of the one before (art. 5)."""
    return _cycle(f, PERIODIC, periodic_due_on(f))


def _cycle(f: Facts, wanted: str, due: date | None) -> Answer:
    kind, appraised = f.text("appraisal_kind"), f.day("appraised_on")
    if kind not in (None, wanted):
        return NOT_APPLICABLE
    if kind is None or due is None or appraised is None:
        return Answer(None)
    return Answer(appraised > due, {"appraised": appraised, "due": due})


def year_same(f: Facts) -> Answer:
    """The appraisal is made in the calendar year in which it fell due (part 一(一))."""
    if f.text("appraisal_kind") == SPECIAL:
        return NOT_APPLICABLE
    due, appraised = appraisal_due_on(f), f.day("appraised_on")
    if due is None or appraised is None:
        return Answer(None)
    last = due.year + f.number_of("appraisal_grace_years")
    return Answer(appraised.year > last, {"appraised": appraised, "due": due, "last": last})


def verified(f: Facts) -> Answer:
    """The city verifies small reservoirs (part 二(三)); from that stage on emptiness fails."""
    small = is_small(f)
    if small is False or not f.reached("verified"):
        return NOT_APPLICABLE
    return Answer(on_occasion(small, not f.given("verified_on")))


def causes(f: Facts) -> Answer:
    """Causes are found for defective dams built after 2000 (part 二(三)); emptiness fails."""
    built = f.integer("built_year")
    limit = f.number_of("cause_built_after")
    occasion = both(is_defective(f), None if built is None else built > limit)
    if occasion is False:
        return NOT_APPLICABLE
    lacking = on_occasion(occasion, not f.given("defect_causes"))
    return Answer(lacking, {"built": built, "limit": limit})


def dates_order(f: Facts) -> Answer:
    """The appraisal is approved after it is made, and verified after that."""
    return in_order(f, ({name: f.day(name) for name in _DATES},), _DATES)


_DATES: Mapping[str, Label] = {
    "appraised_on": Label("鉴定日期", "the appraisal"),
    "approved_on": Label("审定日期", "its approval"),
    "verified_on": Label("核查日期", "its verification"),
}


RULES: Mapping[str, RuleFunction] = {
    "cycle.first": cycle_first,
    "cycle.periodic": cycle_periodic,
    "year.same": year_same,
    "verified": verified,
    "causes": causes,
    "dates.order": dates_order,
    "regulation.in_force": regulation_in_force,
}
