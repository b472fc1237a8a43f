"""Reading the working-day calendars that the office took in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from auditdesk.domain.workdays import YearDays
from auditdesk.store import codec

if TYPE_CHECKING:
    from datetime import datetime

    from auditdesk.store.session import Row, Session


@dataclass(frozen=True, slots=True)
class CalendarRecord:
    """One taking in of a year, or its taking back.

    Attributes:
        days: what the year is; None: from here on it is again as the program knows it.
        source: the name of the file; of a taking back the reason.
    """

    id: int
    year: int
    days: YearDays | None
    source: str
    by: str
    full_name: str
    at: datetime


class CalendarReader:
    """Reading the calendars of an open office."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def history(self) -> tuple[CalendarRecord, ...]:
        """Everything that was taken in and taken back, oldest first."""
        rows = self._session.rows("SELECT * FROM calendar_year ORDER BY id")
        return tuple(map(_record_out, rows))

    def present(self) -> dict[int, CalendarRecord]:
        """The years that the office has of its own now."""
        latest = {record.year: record for record in self.history()}
        return {year: latest[year] for year in sorted(latest) if latest[year].days is not None}

    def years(self) -> tuple[YearDays, ...]:
        """What those years are."""
        return tuple(r.days for r in self.present().values() if r.days is not None)


def body_in(days: YearDays | None) -> str:
    """A year as the office keeps it."""
    if days is None:
        return codec.json_in({})
    return codec.json_in(
        {name: sorted(d.isoformat() for d in getattr(days, name)) for name in _LISTS}
    )


_LISTS = ("holidays", "workdays")


def _days_out(year: int, kept: dict[str, Any]) -> YearDays | None:
    if not kept:
        return None
    off, on = (frozenset(map(date.fromisoformat, kept[name])) for name in _LISTS)
    return YearDays(year, off, on)


def _record_out(row: Row) -> CalendarRecord:
    return CalendarRecord(
        id=row["id"],
        year=row["year"],
        days=_days_out(row["year"], codec.json_out(row["body"])),
        source=row["source"],
        by=row["by_user"],
        full_name=row["full_name"],
        at=codec.moment_out(row["at"]),
    )
