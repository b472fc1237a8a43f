"""Making an office and signing in to one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from auditdesk.domain.workdays import WorkCalendar
    from auditdesk.operations.desk import Desk
    from auditdesk.regulations.library import Library
    from auditdesk.store.keys import KdfCost
    from auditdesk.util.clock import Clock


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the program is given from outside, built once by the composition root.

    Attributes:
        cost: work of deriving keys from passwords; the default's 256 MiB take about a second.
    """

    library: Library
    calendar: WorkCalendar
    clock: Clock
    cost: KdfCost


@dataclass(frozen=True, slots=True)
class NewOffice:
    """What an office is made from; `settings` may hold any key of `people.SETTINGS`."""

    name: str
    district: str
    admin_name: str
    admin_full_name: str
    admin_password: str
    settings: Mapping[str, str]
    sample: bool = False


@dataclass(frozen=True, slots=True)
class OfficeSign:
    """What a folder says about its office before anybody signs in."""

    name: str
    sample: bool


def create(folder: Path, office: NewOffice, surroundings: Surroundings) -> str:
    """Make an office with its first administrator and its certificate authority.

    Returns:
        The recovery key, to be printed and locked away; it is kept nowhere.

    Raises:
        UnusableInputError: a name, district or password that cannot be used; folder not empty.
        OfficeFaultError: the disk; nothing is left behind.
    """
    raise NotImplementedError


def look_at(folder: Path) -> OfficeSign:
    """The office's name, for the sign-in window; faults as `sign_in`."""
    raise NotImplementedError


def sign_in(folder: Path, user: str, password: str, surroundings: Surroundings) -> Desk:
    """Open the office as one person; the caller closes the desk.

    Raises:
        RefusedError: unknown user or wrong password (one sentence for both), or disabled.
        OfficeFaultError: missing, foreign, newer or damaged office; held by another program.
    """
    raise NotImplementedError
