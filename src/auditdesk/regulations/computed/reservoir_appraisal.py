"""The computed values of 水库大坝安全鉴定; sources beside each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from auditdesk.domain.follow_up import Period
from auditdesk.domain.workdays import add_years
from auditdesk.regulations.rules.reservoirs import appraisal_due_on, is_defective, is_small

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.regulations.facts import Facts
    from auditdesk.regulations.law import ComputedFunction, FollowUpFunction


def due_on(f: Facts) -> date | None:
    """The day by which this appraisal fell due (鉴定办法 art. 5)."""
    has = f.has("first_appraisal_years") and f.has("appraisal_cycle_years")
    return appraisal_due_on(f) if has else None


def next_due_on(f: Facts) -> date | None:
    """The day by which the next appraisal is due (鉴定办法 art. 5)."""
    return _after_appraisal(f, "appraisal_cycle_years")


def next_window_from(f: Facts) -> date | None:
    """The first day on which the next appraisal may be made (鉴定办法 art. 5)."""
    return _after_appraisal(f, "appraisal_window_years")


def _after_appraisal(f: Facts, parameter: str) -> date | None:
    appraised = f.day("appraised_on")
    if appraised is None or not f.has(parameter):
        return None
    return add_years(appraised, f.number_of(parameter))


def reinforcement_required(f: Facts) -> bool | None:
    """Whether the dam is defective and has to be reinforced (42号 part 一(一))."""
    return is_defective(f) if f.has("defective_dam_class") else None


def reinforcement_due_year(f: Facts) -> int | None:
    """For a small defective reservoir the year after the appraisal (42号 part 一(一))."""
    appraised = f.day("appraised_on")
    if appraised is None or not is_small(f) or not reinforcement_required(f):
        return None
    return appraised.year + f.number_of("reinforcement_lag_years")


def next_appraisal(f: Facts) -> tuple[Period, ...]:
    """The next appraisal, shown once its window is open (鉴定办法 art. 5)."""
    due = next_due_on(f)
    return () if due is None else (Period(due, next_window_from(f)),)


def reinforcement(f: Facts) -> tuple[Period, ...]:
    """The year in which a small defective reservoir is reinforced (42号 part 一(一)).

    Shown at once: the design and the yearly plan come before the works.
    """
    year = reinforcement_due_year(f)
    return () if year is None else (Period(date(year, 12, 31), f.day("appraised_on")),)


FOLLOW_UPS: Mapping[str, FollowUpFunction] = {
    "next_appraisal": next_appraisal,
    "reinforcement": reinforcement,
}
COMPUTED: Mapping[str, ComputedFunction] = {
    "due_on": due_on,
    "next_due_on": next_due_on,
    "next_window_from": next_window_from,
    "reinforcement_required": reinforcement_required,
    "reinforcement_due_year": reinforcement_due_year,
}
