"""What held up a case's clocks: returns to the applicant, pauses by hand, extensions.

A return and the taking in again are decisions on the case and stand in its opinions; the rest a
person recorded. How days are counted: docs/decisions/0015-clocks.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from auditdesk.domain.counting import Gap
from auditdesk.regulations.clocks import HeldUp
from auditdesk.util.clock import CHINA

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from auditdesk.domain.legal_clock import PauseGround
    from auditdesk.store.clocks import ClockEvent
    from auditdesk.store.records import Opinion

RETURN = "return"
_TAKEN_IN = frozenset({"advance", "approve", "withdraw", "refuse"})
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did something when, and what they wrote."""

    at: datetime
    full_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the office's periods stand still.

    Attributes:
        id: number of the event; None: the case's own way (a return) began it.
        ground: id of the ground, as the case type declares it.
        gap: the days that do not count.
        begun: who began it.
        ended: who ended it; None: nobody yet.
        revoked: who took it back; it counts for nothing then.
    """

    id: int | None
    ground: str
    gap: Gap
    begun: Deed
    ended: Deed | None = None
    revoked: Deed | None = None

    @property
    def is_open(self) -> bool:
        """Whether it goes on until somebody ends it."""
        return self.gap.again is None and self.revoked is None


@dataclass(frozen=True, slots=True)
class Extended:
    """An extension of one clock; `revoked`: it was taken back."""

    id: int
    clock: str
    deed: Deed
    revoked: Deed | None = None


@dataclass(frozen=True, slots=True)
class History:
    """All of it, in the order in which it came."""

    pauses: tuple[Pause, ...]
    extensions: tuple[Extended, ...]

    def held_up(self) -> HeldUp:
        """What of it the counting heeds."""
        return HeldUp(
            tuple(pause.gap for pause in self.pauses if pause.revoked is None),
            frozenset(e.clock for e in self.extensions if e.revoked is None),
        )

    def open_pause(self) -> Pause | None:
        """The pause that goes on now."""
        return next((pause for pause in reversed(self.pauses) if pause.is_open), None)


def history(
    grounds: Iterable[PauseGround], opinions: Iterable[Opinion], events: Sequence[ClockEvent]
) -> History:
    """What held up the clocks of a case."""
    ground = next((g.id for g in grounds if g.by == RETURN), None)
    returns = _returns(ground, opinions) if ground else ()
    pauses = sorted((*returns, *_by_hand(events)), key=lambda pause: pause.begun.at)
    return History(tuple(pauses), _extensions(events))


def _returns(ground: str, opinions: Iterable[Opinion]) -> tuple[Pause, ...]:
    """The times with the applicant: from each return until the case was taken in again."""
    found: list[Pause] = []
    for opinion in opinions:
        day = opinion.at.astimezone(CHINA).date()
        if opinion.action == RETURN:
            found.append(Pause(None, ground, Gap(day, None), _decided(opinion)))
        elif found and found[-1].is_open and opinion.action in _TAKEN_IN:
            gap = Gap(found[-1].gap.first, _counts_again(found[-1].gap.first, day))
            found[-1] = replace(found[-1], gap=gap, ended=_decided(opinion))
    return tuple(found)


def _counts_again(first: date, taken_in: date) -> date:
    """The first day that counts again after a return.

    The day on which the case comes back is one on which a period begins anew, and does not
    count (Civil Code art. 201); a case that came back on the day on which it went, or before it
    by a clock that was set back, was never away.
    """
    return taken_in + _ONE_DAY if taken_in > first else first


def _decided(opinion: Opinion) -> Deed:
    return Deed(opinion.at, opinion.full_name, opinion.reason)


def _recorded(event: ClockEvent | None) -> Deed | None:
    return Deed(event.at, event.full_name, event.reason) if event else None


def _by_hand(events: Sequence[ClockEvent]) -> tuple[Pause, ...]:
    later = {(event.about, event.deed): event for event in events if event.about is not None}
    found = []
    for event in events:
        if event.deed == "paused":
            end = later.get((event.id, "resumed"))
            gap = Gap(event.day, end.day if end else None)
            begun = Deed(event.at, event.full_name, event.reason)
            revoked = _recorded(later.get((event.id, "revoked")))
            found.append(Pause(event.id, event.subject, gap, begun, _recorded(end), revoked))
    return tuple(found)


def _extensions(events: Sequence[ClockEvent]) -> tuple[Extended, ...]:
    revoked = {event.about: event for event in events if event.deed == "revoked"}
    return tuple(
        Extended(
            event.id,
            event.subject,
            Deed(event.at, event.full_name, event.reason),
            _recorded(revoked.get(event.id)),
        )
        for event in events
        if event.deed == "extended"
    )
