"""The legal periods of a case: how one is declared, and what may hold it up."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from auditdesk.domain.declaration import Condition

if TYPE_CHECKING:
    from auditdesk.domain.declaration import Citation
    from auditdesk.util.label import Label


class Effect(StrEnum):
    """What its last day means."""

    DEADLINE = "deadline"  # acting on it is in time
    EARLIEST = "earliest"  # what follows may be done on it, not before
    SPAN = "span"  # what follows may be done once it is over


class Binds(StrEnum):
    """Whom it binds."""

    OFFICE = "office"
    APPLICANT = "applicant"
    OTHERS = "others"


class Unit(StrEnum):
    """What its length is counted in."""

    WORKDAYS = "workdays"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    YEAR_ENDS = "year_ends"  # 31 December so many years after the year of its start
    IN_YEAR = "in_year"  # 31 December of the year that the figure names
    GIVEN = "given"  # its last day is a fact of its own


# Only days can be left out of a count; a month that is held up would have no length.
COUNTED_BY_DAYS = frozenset({Unit.WORKDAYS, Unit.DAYS})


@dataclass(frozen=True, slots=True)
class Extension:
    """By how much a period may be extended once.

    Attributes:
        length: the figure of law, in the unit of the period.
    """

    length: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class LegalClock:
    """One legal period of a case; its figures come from the regulations in force.

    Attributes:
        start: the fact with which it begins: `data.x`, `computed.x` or `case.accepted_on`; empty:
            the days of `follow_up` say so.
        first_counts: its first day counts, as in a publicity period; else it does not.
        length: the figure of law; empty where `unit` is `given`, or `follow_up` says it all.
        end: the fact that is its last day, where `unit` is `given`.
        stage: it is shown once the case has reached this stage; empty: from the beginning.
        when: a condition on the case's data.
        until: it ends when the case is handed on from the last of these stages on its route.
        done_on: the fact that tells on which day what it is about was done; empty: `until` does.
        paused: days on which the case is not in the office's hands do not count.
        listed: lists sort by its last day, and tell when it is past.
        extension: whether and by how much it may be extended.
        computed: the value of the check report that is the same day, but knows no pauses.
        follow_up: the follow-up that watches it, and tells how it ended.
    """

    id: str
    label: Label
    effect: Effect
    binds: Binds
    unit: Unit
    citations: tuple[Citation, ...]
    start: str = ""
    first_counts: bool = False
    length: str = ""
    end: str = ""
    stage: str = ""
    when: Condition = field(default_factory=Condition)
    until: tuple[str, ...] = ()
    done_on: str = ""
    paused: bool = False
    listed: bool = False
    extension: Extension | None = None
    computed: str = ""
    follow_up: str = ""


@dataclass(frozen=True, slots=True)
class PauseGround:
    """Why the office's periods may stand still.

    Attributes:
        by: the action on the case that begins such a pause by itself (`return`); empty: a person
            records it.
    """

    id: str
    label: Label
    citations: tuple[Citation, ...]
    by: str = ""
