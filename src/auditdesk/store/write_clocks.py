"""Writing pauses and extensions of periods, and working-day calendars; all of it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.store import codec
from auditdesk.store.calendars import body_in
from auditdesk.store.conformity import (
    CALENDAR_COLUMNS,
    CALENDAR_YEARS,
    CLOCK_EVENT_COLUMNS,
    CLOCK_EVENTS,
    row_note,
)
from auditdesk.store.write_base import WriteBase

if TYPE_CHECKING:
    from auditdesk.domain.workdays import YearDays
    from auditdesk.store.clocks import NewClockEvent


class ClockWrites(WriteBase):
    """The part of `Writer` that writes what the clocks go by."""

    def add_clock_event(self, case_no: str, event: NewClockEvent) -> int:
        """Keep what a person did to the periods of a case; its number.

        Raises:
            RefusedError: no such case.
        """
        row = {
            "case_id": self._case_id(case_no),
            "deed": event.deed,
            "about": event.about,
            "subject": event.subject,
            "day": codec.day_in(event.day),
            **self._signed_by(),
            "reason": event.reason,
        }
        event_id = self._session.insert("clock_event", row)
        self._note_item(CLOCK_EVENTS, row_note(event_id, row, CLOCK_EVENT_COLUMNS))
        return event_id

    def put_calendar_year(self, year: int, days: YearDays | None, source: str) -> None:
        """Take in a year's calendar from a file; None: take the office's own back."""
        row = {"year": year, "body": body_in(days), "source": source, **self._signed_by()}
        record_id = self._session.insert("calendar_year", row)
        self._note_item(CALENDAR_YEARS, row_note(record_id, row, CALENDAR_COLUMNS))

    def _signed_by(self) -> dict[str, str]:
        user = self._context.user
        return {"by_user": user.name, "full_name": user.full_name, "at": self._at}
