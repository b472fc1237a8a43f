"""Which cases a filter lets through, as terms of SQL; lists and figures share them.

What a case counts as (how far it came, its outcome, whether it was decided in time) is worked
out here and nowhere else, so that a list holds exactly the cases that a figure counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditdesk.store import codec

if TYPE_CHECKING:
    from auditdesk.store.records import CaseFilter

NO_DUE_DAY = 9_999_999  # behind every real day (date.toordinal() ends at 3,652,059)
PAUSED_DAY = 9_999_998  # there will be a due day, once a pause has ended

# A case that ended so is counted by how it ended, not by the stage at which it did.
REACHED = "iif(status IN ('refused', 'withdrawn'), status, stage)"
OUTCOME = (
    "CASE WHEN status IN ('refused', 'withdrawn', 'returned') THEN status"
    " WHEN decided_on IS NOT NULL OR status = 'closed' THEN 'approved' ELSE 'open' END"
)
# With one value to bind: the number of the day by which a due day is past. A decided case is told
# by the due day that stood when it was decided; no clock runs while the applicant has the case,
# or while a person paused it.
TIMELINESS = (
    "CASE WHEN decided_on IS NOT NULL THEN"
    " CASE WHEN decided_due IS NULL THEN 'none' WHEN decided_on <= decided_due THEN 'in_time'"
    " ELSE 'late' END"
    " WHEN status IN ('refused', 'withdrawn') THEN 'ended' WHEN status = 'returned' THEN 'waiting'"
    f" WHEN due_day = {PAUSED_DAY} THEN 'waiting'"
    f" WHEN due_day = {NO_DUE_DAY} THEN 'none' WHEN due_day < ? THEN 'overdue' ELSE 'running' END"
)
_EQUAL = (*("case_type", "status", "stage", "district", "town", "place", "verdict", "created_by"),)
_BETWEEN = (
    ("accepted_on >= ?", "accepted_from"),
    ("accepted_on <= ?", "accepted_to"),
    ("decided_on >= ?", "decided_from"),
    ("decided_on <= ?", "decided_to"),
)
# What the search index has no tokens of.
_UNSEARCHED = frozenset(
    {
        *("town", "accepted_from", "accepted_to", "decided_from", "decided_to"),
        *("reached", "outcome", "timeliness", "summed"),
    }
)


def terms_of(case_filter: CaseFilter) -> tuple[list[str], list[Any]]:
    """The terms that must all hold, and the values to bind in their order."""
    asked: list[tuple[str, tuple[Any, ...]]] = [
        (f"{column} = ?", (value,))
        for column in _EQUAL
        if (value := getattr(case_filter, column)) is not None
    ]
    asked += [
        (term, (codec.day_in(day),))
        for term, name in _BETWEEN
        if (day := getattr(case_filter, name)) is not None
    ]
    asked += _counted_as(case_filter)
    return [term for term, _ in asked], [value for _, values in asked for value in values]


def _counted_as(case_filter: CaseFilter) -> list[tuple[str, tuple[Any, ...]]]:
    found: list[tuple[str, tuple[Any, ...]]] = []
    if case_filter.reached is not None:
        found.append((f"{REACHED} = ?", (case_filter.reached,)))
    if case_filter.outcome is not None:
        found.append((f"{OUTCOME} = ?", (case_filter.outcome,)))
    if case_filter.timeliness is not None:
        name, day = case_filter.timeliness
        found.append((f"{TIMELINESS} = ?", (day.toordinal(), name)))
    if case_filter.summed is not None:
        has_sum = "id IN (SELECT case_id FROM case_sum WHERE column_id = ?)"
        found.append((has_sum, (case_filter.summed,)))
    return found


def is_searched(case_filter: CaseFilter) -> bool:
    """Whether the search index itself can hold a search to the filter."""
    return all(getattr(case_filter, name) is None for name in _UNSEARCHED)


def period_index(case_filter: CaseFilter) -> str | None:
    """The index by which a period is found; None where the filter names none."""
    if case_filter.decided_from is not None or case_filter.decided_to is not None:
        return "case_decided"
    if case_filter.accepted_from is not None or case_filter.accepted_to is not None:
        return "case_accepted"
    return None


def where(terms: list[str]) -> str:
    """Terms as the clause of a statement."""
    return f"WHERE {' AND '.join(terms)}" if terms else ""
