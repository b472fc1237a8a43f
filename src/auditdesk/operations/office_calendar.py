"""The working days by which an office counts: those that ship, and the years of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from auditdesk.domain.workdays import WorkCalendar, YearDays


class OfficeCalendar:
    """Read once at the sign-in, and anew when the office takes a year in or back.

    Attributes:
        shipped: what the program knows.
        now: with the office's own years, which go before it.
    """

    def __init__(self, shipped: WorkCalendar, own: Iterable[YearDays] = ()) -> None:
        self.shipped = shipped
        self.now = self.with_years(own)

    def with_years(self, own: Iterable[YearDays]) -> WorkCalendar:
        """What it would be with these years of the office."""
        calendar = self.shipped
        for days in own:
            calendar = calendar.with_year(days)
        return calendar

    def take(self, own: Iterable[YearDays]) -> None:
        """Count by these years of the office from now on."""
        self.now = self.with_years(own)
