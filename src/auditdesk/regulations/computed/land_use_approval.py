"""集体建设用地使用权审批 computes nothing: its text sets no figure that follows from another.

What follows from an approval are the two days that it sets itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.domain.follow_up import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.regulations.facts import Facts
    from auditdesk.regulations.law import ComputedFunction, FollowUpFunction


def _by(f: Facts, field: str) -> tuple[Period, ...]:
    day = f.day(field)
    return () if day is None else (Period(day),)


def start(f: Facts) -> tuple[Period, ...]:
    """The day by which the approved works begin (art. 11)."""
    return _by(f, "start_on")


def completion(f: Facts) -> tuple[Period, ...]:
    """The day by which the approved works are complete (art. 11)."""
    return _by(f, "complete_on")


FOLLOW_UPS: Mapping[str, FollowUpFunction] = {"start": start, "completion": completion}
COMPUTED: Mapping[str, ComputedFunction] = {}
