"""Periods that follow from a case: how they are declared, and one with its days."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditdesk.domain.declaration import Condition

if TYPE_CHECKING:
    from datetime import date

    from auditdesk.domain.declaration import Citation
    from auditdesk.util.label import Label


@dataclass(frozen=True, slots=True)
class Settler:
    """A later case that settles a follow-up by itself; all that is named must hold.

    Attributes:
        case_type: of the later case; may be the follow-up's own.
        key: field of the later case that tells its matter (one of its duplicate keys).
        own: field of this case that says the same.
        stage: the stage of its route that the later case must have reached.
        when: a condition on the later case's data.
        later: a date of the later case, which must lie behind `than` of this case; empty: none.
        than: see `later`.
        year: a year of the later case, which must be that of the last day; empty: none.
    """

    case_type: str
    key: str
    own: str
    stage: str
    when: Condition = field(default_factory=Condition)
    later: str = ""
    than: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A period that follows from a case; a pure function works out its days.

    Attributes:
        stage: it runs once the case has reached this stage of its route.
        when: a condition on the case's data.
        ends: stages of the case itself that settle it.
        settled_by: later cases that settle it; a person's note always can.
        lead_days: days before its last day from which it is shown, where the function names
            no first day.
    """

    id: str
    label: Label
    stage: str
    citations: tuple[Citation, ...]
    when: Condition = field(default_factory=Condition)
    ends: tuple[str, ...] = ()
    settled_by: tuple[Settler, ...] = ()
    lead_days: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """One period.

    Attributes:
        last_day: acting on it is in time.
        first_day: the first day on which it is shown; None: the declaration's lead time decides.
        number: which of several of one kind it is; 0 where there is only one.
    """

    last_day: date
    first_day: date | None = None
    number: int = 0
