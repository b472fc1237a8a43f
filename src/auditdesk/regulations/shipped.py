"""The law and the calendar that an installation ships with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.regulations.calendars import load_calendar
from auditdesk.regulations.library import load_library
from auditdesk.util.paths import shipped

if TYPE_CHECKING:
    from auditdesk.domain.workdays import WorkCalendar
    from auditdesk.regulations.library import Library


def shipped_library() -> Library:
    """Every case type and regulation of the installation."""
    return load_library(shipped("forms"), shipped("resources"))


def shipped_calendar() -> WorkCalendar:
    """The working days of the known years."""
    return load_calendar()
