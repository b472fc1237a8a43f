"""Making an office and signing in to one."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditdesk.operations.desk import Desk
from auditdesk.operations.office_calendar import OfficeCalendar
from auditdesk.operations.settings import (
    AUTHORITY_CERTIFICATE,
    REVOCATION_LIST,
    check_settings,
    defaults,
)
from auditdesk.regulations.additions import with_additions, with_losses
from auditdesk.store.office import create_office, open_office
from auditdesk.store.office import recover as reset_by_recovery_key
from auditdesk.store.opening import read_card
from auditdesk.store.records import NewUser
from auditdesk.util.faults import OfficeFaultError, UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from auditdesk.domain.workdays import WorkCalendar
    from auditdesk.regulations.library import Library
    from auditdesk.store.keys import KdfCost
    from auditdesk.store.office import Office
    from auditdesk.store.records import OfficeCard
    from auditdesk.util.clock import Clock

_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the program is given from outside, built once by the composition root.

    Attributes:
        cost: work of deriving keys from passwords; the default's 256 MiB take about a second.
        resources: the folder that the program ships with; fonts lie in it.
    """

    library: Library
    calendar: WorkCalendar
    clock: Clock
    cost: KdfCost
    resources: Path


@dataclass(frozen=True, slots=True)
class NewOffice:
    """What an office is made from; `settings` may hold any key of `settings.SETTINGS`."""

    name: str
    district: str
    admin_name: str
    admin_full_name: str
    admin_password: str = field(repr=False)
    settings: Mapping[str, str] = field(default_factory=dict)
    sample: bool = False


def create(folder: Path, office: NewOffice, surroundings: Surroundings) -> str:
    """Make an office with its first administrator and its certificate authority.

    Returns:
        The recovery key, to be printed and locked away; it is kept nowhere.

    Raises:
        UnusableInputError: a name, district or password that cannot be used; folder not empty.
        OfficeFaultError: the disk; nothing is left behind.
    """
    _check(office)
    settings = defaults(office.name, office.district, surroundings.library) | dict(office.settings)
    check_settings(settings)
    existed = folder.exists()
    created = create_office(
        folder,
        name=office.name.strip(),
        district=office.district,
        sample=office.sample,
        settings=settings,
        admin=NewUser(
            office.admin_name, office.admin_full_name, "administrator", office.admin_password
        ),
        cost=surroundings.cost,
        clock=surroundings.clock,
    )
    with _removed_on_failure(folder, existed):
        _make_authority(folder, office, surroundings)
    return created.recovery_key


def _check(office: NewOffice) -> None:
    if not office.name.strip() or len(office.name) > _LONGEST_NAME:
        raise UnusableInputError(
            f"办公单元名称应为 1–{_LONGEST_NAME} 字。",
            f"The office's name must have 1 to {_LONGEST_NAME} characters.",
        )
    if not (office.district.isascii() and office.district.isdigit() and len(office.district) == 6):  # noqa: PLR2004 – GB/T 2260 codes have six digits
        raise UnusableInputError(
            f"区县代码 {office.district!r} 应为 6 位数字，如 370114。",
            f"The district {office.district!r} must be a code of 6 digits, such as 370114.",
        )


@contextmanager
def _removed_on_failure(folder: Path, existed: bool) -> Iterator[None]:
    """Leave no half-made office: take away what was made, the folder too if it is ours."""
    try:
        yield
    except BaseException:
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if not existed:
            folder.rmdir()
        raise


def _make_authority(folder: Path, new: NewOffice, surroundings: Surroundings) -> None:
    from auditdesk.documents.authority import (  # noqa: PLC0415 – signing in goes without it
        authority_certificate,
        create_authority,
    )
    from auditdesk.documents.revocation import make_list  # noqa: PLC0415 – as above

    with _open(folder, new.admin_name, new.admin_password, surroundings) as office:
        passphrase = office.authority_passphrase
        if passphrase is None:
            raise OfficeFaultError(
                "密钥文件缺少证书机构口令。", "The key file lacks the authority's passphrase."
            )
        authority = create_authority(new.name, passphrase, at=surroundings.clock.now())
        with office.write("authority.create", None, {}) as writer:
            writer.put_authority(authority)
            writer.put_setting(AUTHORITY_CERTIFICATE, authority_certificate(authority, passphrase))
            at = surroundings.clock.now()
            empty = make_list(authority, passphrase, (), at=at, number=1)
            writer.put_setting(REVOCATION_LIST, empty)


def look_at(folder: Path) -> OfficeCard:
    """The office's name and whether it is a sample, for the sign-in window.

    Raises:
        OfficeFaultError: folder missing, not an office, or its card damaged.
    """
    return read_card(folder)


def sign_in(folder: Path, user: str, password: str, surroundings: Surroundings) -> Desk:
    """Open the office as one person; the caller closes the desk.

    New cases are judged by the regulations of the installation and those that lie in the
    office's folder `regulations`; those that cannot be used are `library.problems`.

    Raises:
        RefusedError: unknown user or wrong password (one sentence for both), or disabled.
        OfficeFaultError: missing, foreign, newer or damaged office; held by another program.
    """
    office = _open(folder, user, password, surroundings)
    return Desk(
        office,
        _library(office, folder, surroundings),
        OfficeCalendar(surroundings.calendar, office.calendars.years()),
        surroundings.clock,
        surroundings.resources,
    )


def _library(office: Office, folder: Path, surroundings: Surroundings) -> Library:
    """The law at hand, with the office's own; a file of it that cases know and is gone is told."""
    library = with_additions(surroundings.library, folder)
    used: dict[str, str] = {}
    for text in office.laws.all():
        with suppress(ValueError):  # a text that cannot be read is told with the case it judges
            used.update(json.loads(text))
    return with_losses(library, folder, used)


def recover(
    folder: Path, recovery_key: str, user: str, new_password: str, surroundings: Surroundings
) -> None:
    """Give an administrator a new password by the recovery key that was printed at set-up.

    Raises:
        RefusedError: wrong recovery key, or the user is no active administrator.
        UnusableInputError: the new password cannot be used.
        OfficeFaultError: as `sign_in`, and a read-only medium.
    """
    reset_by_recovery_key(
        folder,
        recovery_key,
        user,
        new_password,
        clock=surroundings.clock,
        program=f"auditdesk ({os.getpid()})",
    )


def _open(folder: Path, user: str, password: str, surroundings: Surroundings) -> Office:
    program = f"auditdesk ({os.getpid()})"
    return open_office(folder, user, password, clock=surroundings.clock, program=program)
