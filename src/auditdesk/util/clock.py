"""The time of day, passed in so that every operation can be tried on any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

CHINA = timezone(timedelta(hours=8), "CST")


class Clock(Protocol):
    """Something that knows the time."""

    def now(self) -> datetime:
        """The present moment, with its zone."""
        ...


class SystemClock:
    """The computer's clock, read in China Standard Time whatever zone the computer is set to."""

    def now(self) -> datetime:
        """The present moment in China Standard Time, to the second."""
        return datetime.now(UTC).astimezone(CHINA).replace(microsecond=0)


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still, for sample data and replays; `moment` may be set anew."""

    moment: datetime

    def now(self) -> datetime:
        """The moment that was set."""
        return self.moment


def today(clock: Clock) -> date:
    """The clock's calendar day in China."""
    return clock.now().astimezone(CHINA).date()
