"""Reading what held up the periods of cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from auditdesk.store import codec

if TYPE_CHECKING:
    from datetime import date, datetime

    from auditdesk.store.session import Row, Session

ClockDeed = Literal["paused", "resumed", "extended", "revoked"]


@dataclass(frozen=True, slots=True)
class NewClockEvent:
    """Something that a person does to the periods of a case.

    Attributes:
        deed: `paused`, `extended`; `resumed` ends a pause; `revoked` takes either back.
        day: of a pause its first day; of its end the first day that counts again; else today.
        reason: in the person's own words.
        about: the event that is ended or taken back; None: it begins something.
        subject: the ground of a pause, or the clock that is extended; else empty.
    """

    deed: ClockDeed
    day: date
    reason: str
    about: int | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEvent(NewClockEvent):
    """The same as it was recorded; never changed afterwards."""

    id: int
    by: str
    full_name: str
    at: datetime


class ClockReader:
    """Reading the pauses and extensions of an open office."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def events(self, no: str) -> tuple[ClockEvent, ...]:
        """What was done to the periods of a case, oldest first."""
        rows = self._session.rows(
            "SELECT e.* FROM clock_event AS e JOIN case_ AS c ON c.id = e.case_id"
            " WHERE c.no = ? ORDER BY e.id",
            (no,),
        )
        return tuple(map(_event_out, rows))


def _event_out(row: Row) -> ClockEvent:
    return ClockEvent(
        deed=row["deed"],
        day=codec.a_day_out(row["day"]),
        reason=row["reason"],
        about=row["about"],
        subject=row["subject"],
        id=row["id"],
        by=row["by_user"],
        full_name=row["full_name"],
        at=codec.moment_out(row["at"]),
    )
