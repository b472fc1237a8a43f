"""The clocks of a case as windows and commands show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from auditdesk.domain.counting import Stretch
    from auditdesk.domain.legal_clock import LegalClock
    from auditdesk.operations.clock_history import Deed, Pause
    from auditdesk.util.label import Label


@dataclass(frozen=True, slots=True)
class PauseView:
    """A pause with the name of its ground.

    Attributes:
        sources: what the ground rests on.
        workdays: working days that it took so far; of one without an end up to today.
        why_not_end: why the person at the desk cannot end it; None: they can.
        why_not_revoke: the same for taking it back.
    """

    pause: Pause
    ground: Label
    sources: Label
    workdays: int
    why_not_end: Label | None
    why_not_revoke: Label | None


@dataclass(frozen=True, slots=True)
class ExtensionView:
    """Whether a clock was extended, and what may be done about it.

    Attributes:
        id: of the extension; None: there is none.
        length: by how much it is, or could be, extended, with its unit.
        why_not: why the person at the desk cannot extend it, or take that back.
    """

    id: int | None
    deed: Deed | None
    length: Label
    sources: Label
    why_not: Label | None


@dataclass(frozen=True, slots=True)
class ClockView:
    """One legal period of a case.

    Attributes:
        number: which of several of its kind; 0 where there is only one.
        sources: what it rests on, as it stands on the day of acceptance.
        start: the day with which it begins; None: the fact is not there yet.
        start_label: what that fact is called.
        length: by law, in words; None where its last day is a fact of its own.
        by_law: its last day without pauses and extension.
        last_day: its last day; None: not begun, or it stands still.
        days_left: working days left (negative: overdue), of its own length those that are left
            where it stands still; None: it is over, or more than a year away.
        state: `not_begun`, `running`, `paused`, `overdue`, `waiting` (what follows may not be
            done yet), `free` (it may), `unknown` (its last day is not filled in), `in_time`,
            `late`, `ended`.
        ended_on: the day on which it ended, where that is known.
        stretches: how it was counted; empty where it is not counted day by day.
        provisional: a day of it lies in a year whose calendar is not known.
        pauses: those that took days of it.
        report_label: the value of the check report that shows `by_law`; None: there is none.
    """

    clock: LegalClock
    number: int
    label: Label
    sources: Label
    binds: Label
    start: date | None
    start_label: Label
    length: Label | None
    by_law: date | None
    last_day: date | None
    days_left: int | None
    state: str
    state_label: Label
    ended_on: date | None
    stretches: tuple[Stretch, ...]
    provisional: bool
    pauses: tuple[PauseView, ...]
    extension: ExtensionView | None
    report_label: Label | None

    @property
    def id(self) -> str:
        """Its id, with its number where there are several."""
        return f"{self.clock.id}#{self.number}" if self.number else self.clock.id

    @property
    def longer(self) -> Label | None:
        """By how much it was extended; None: it was not."""
        extension = self.extension
        return extension.length if extension and extension.id is not None else None

    @property
    def is_overdue(self) -> bool:
        """Whether its last day is past and nothing was done."""
        return self.state == "overdue"


@dataclass(frozen=True, slots=True)
class ClocksView:
    """All clocks of a case, and all pauses.

    Attributes:
        clocks: in the order in which they are declared.
        pauses: every one that was ever set, those that count for nothing too.
        grounds: what a person may name as the ground of a pause: id and name.
        why_not_pause: why the person at the desk cannot pause now; None: they can.
    """

    clocks: tuple[ClockView, ...]
    pauses: tuple[PauseView, ...]
    grounds: tuple[tuple[str, Label], ...]
    why_not_pause: Label | None

    def clock(self, clock_id: str) -> ClockView | None:
        """The clock of that id, if the case has it."""
        return next((clock for clock in self.clocks if clock.id == clock_id), None)
