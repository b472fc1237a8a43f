"""What the program builds once at its start, from what it ships with."""

from __future__ import annotations

from auditdesk.operations.offices import Surroundings
from auditdesk.regulations.shipped import shipped_calendar, shipped_library
from auditdesk.store.keys import KdfCost
from auditdesk.util.clock import SystemClock
from auditdesk.util.paths import shipped


def shipped_surroundings() -> Surroundings:
    """The shipped law and calendar, the computer's clock, and keys at full cost.

    Raises:
        OfficeFaultError: the installation is incomplete.
    """
    return Surroundings(
        library=shipped_library(),
        calendar=shipped_calendar(),
        clock=SystemClock(),
        cost=KdfCost(),
        resources=shipped("resources"),
    )
