"""One signed-in person at one open office: what every operation is given first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditdesk.util.clock import today

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from auditdesk.domain.workdays import WorkCalendar
    from auditdesk.operations.office_calendar import OfficeCalendar
    from auditdesk.regulations.law import Law
    from auditdesk.regulations.library import Library
    from auditdesk.store.office import Office
    from auditdesk.store.records import OfficeProfile, UserRecord
    from auditdesk.util.clock import Clock


@dataclass(frozen=True, slots=True)
class Desk:
    """The open office, the person signed in, the law at hand, and the time.

    Attributes:
        days: the working days, with those of the office's own years.
        resources: the folder that the program ships with; fonts lie in it.
        laws: former laws that cases are pinned to, by digest, loaded once a sitting.
        tallied: not empty once figures are known to count every case, which stays so for the
            sitting.
    """

    office: Office
    library: Library
    days: OfficeCalendar
    clock: Clock
    resources: Path
    laws: dict[str, Law] = field(default_factory=dict, repr=False)
    tallied: list[bool] = field(default_factory=list, repr=False)

    @property
    def user(self) -> UserRecord:
        """The person signed in."""
        return self.office.user

    @property
    def profile(self) -> OfficeProfile:
        """The office: its name, district, settings, and whether it is a sample."""
        return self.office.profile

    @property
    def calendar(self) -> WorkCalendar:
        """The working days by which the office counts now."""
        return self.days.now

    @property
    def read_only(self) -> bool:
        """Whether the office lies on a medium that cannot be written."""
        return self.office.read_only

    def now(self) -> datetime:
        """The present moment in China Standard Time."""
        return self.clock.now()

    def today(self) -> date:
        """The present day in China."""
        return today(self.clock)

    def close(self) -> None:
        """Close the office and let go of its lock."""
        self.office.close()
