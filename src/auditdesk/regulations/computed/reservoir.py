"""The computed values of 水库台账 on a day; sources beside each.

What a pond or a downgraded reservoir is asked for: nothing, so no due day, and no to the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.domain.workdays import add_years
from auditdesk.regulations.rules.reservoir import due_on as due_day
from auditdesk.regulations.rules.reservoir import is_small, is_watched, scale_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from auditdesk.regulations.facts import Facts
    from auditdesk.regulations.law import ComputedFunction, FollowUpFunction


def due_on(f: Facts) -> date | None:
    """The last day for the next appraisal (鉴定办法 art. 5)."""
    known = f.has("first_appraisal_years") and f.has("appraisal_cycle_years")
    return due_day(f) if known and is_watched(f) else None


def due_this_year(f: Facts) -> bool | None:
    """Whether it falls due in the calendar year of the day (42号 part 一(一))."""
    due = due_on(f)
    return due.year == f.accepted_on.year if due else _not_watched(f)


def overdue(f: Facts) -> bool | None:
    """Whether the due day is past (鉴定办法 art. 5); on the day itself it is not."""
    due = due_on(f)
    return f.accepted_on > due if due else _not_watched(f)


def _not_watched(f: Facts) -> bool | None:
    """No where nothing is asked for; None where it is not known."""
    return False if is_watched(f) is False else None


def next_window_from(f: Facts) -> date | None:
    """The first day on which the next appraisal may be made (鉴定办法 art. 5)."""
    last = f.day("last_appraisal_on")
    if last is None or not is_watched(f) or not f.has("appraisal_window_years"):
        return None
    return add_years(last, f.number_of("appraisal_window_years"))


def awaiting_reinforcement(f: Facts) -> bool | None:
    """Whether the dam was found defective and no reinforcement accepted since (42号 一(一))."""
    if is_watched(f) is False:
        return False
    found = f.integer("last_appraisal_class")
    if found is None or not f.has("defective_dam_class") or is_watched(f) is None:
        return None
    return found == f.number_of("defective_dam_class") and not _reinforced_since(f)


def _reinforced_since(f: Facts) -> bool:
    reinforced, appraised = f.day("reinforced_on"), f.day("last_appraisal_on")
    return reinforced is not None and (appraised is None or reinforced >= appraised)


def reinforcement_due_year(f: Facts) -> int | None:
    """The year by whose end an awaited reinforcement is made (42号 part 一(一)).

    A small reservoir's is the one after the appraisal; large and medium ones found defective
    up to the year that the text sets have until its end, later ones no year.
    """
    appraised = f.day("last_appraisal_on")
    if appraised is None or not awaiting_reinforcement(f):
        return None
    if is_small(f):
        return appraised.year + f.number_of("reinforcement_lag_years")
    last = f.number_of("large_completion_year")
    return last if appraised.year <= last else None


def reinforcement_late(f: Facts) -> bool | None:
    """Whether that year is over and no reinforcement has been accepted."""
    due = reinforcement_due_year(f)
    if due is not None:
        return f.accepted_on.year > due
    return None if awaiting_reinforcement(f) is None else False


FOLLOW_UPS: Mapping[str, FollowUpFunction] = {}
COMPUTED: Mapping[str, ComputedFunction] = {
    "scale": scale_of,
    "due_on": due_on,
    "due_this_year": due_this_year,
    "overdue": overdue,
    "next_window_from": next_window_from,
    "awaiting_reinforcement": awaiting_reinforcement,
    "reinforcement_due_year": reinforcement_due_year,
    "reinforcement_late": reinforcement_late,
}
