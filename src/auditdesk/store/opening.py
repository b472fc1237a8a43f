"""The steps of opening an office folder, and of making one."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from auditdesk.store import faults
from auditdesk.store.attachments import ATTACHMENTS
from auditdesk.store.copying import copy_database
from auditdesk.store.keys import KEYS_FILE, KeyFile
from auditdesk.store.lock import LOCK_FILE, OfficeLock
from auditdesk.store.migrations import MIGRATIONS, upgrade
from auditdesk.store.records import OfficeCard
from auditdesk.store.session import DATABASE_FILE, Session, check_header, pragma
from auditdesk.store.sweep import TRASH
from auditdesk.util.atomic import disk_fault, write_atomic
from auditdesk.util.faults import OfficeFaultError, UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from auditdesk.store.crypto import OfficeKey
    from auditdesk.store.migrations import Migration

CARD_FILE = "office.json"
BACKUPS = "backups"
_FORMAT = "auditdesk.office/1"


def read_card(folder: Path) -> OfficeCard:
    """What the folder says of itself before anybody signs in.

    Raises:
        OfficeFaultError: folder missing, not an office, or its card unreadable or damaged.
    """
    path = folder / CARD_FILE
    try:
        plain = json.loads(path.read_bytes())
        card = OfficeCard(str(plain["id"]), str(plain["name"]), plain["sample"] is True)
        known = plain["format"] == _FORMAT
    except FileNotFoundError:
        missing = faults.not_an_office if folder.is_dir() else faults.folder_missing
        raise missing(folder) from None
    except NotADirectoryError:
        raise faults.not_an_office(folder) from None
    except OSError as error:
        raise faults.file_unreadable(path, error) from error
    except (ValueError, KeyError, TypeError) as error:
        raise faults.file_damaged(path) from error
    if not known:
        raise faults.file_damaged(path)
    return card


def write_card(folder: Path, card: OfficeCard) -> None:
    """Write what a folder says of itself: the last step of making an office."""
    plain = {"format": _FORMAT, "id": card.id, "name": card.name, "sample": card.sample}
    write_atomic(folder / CARD_FILE, json.dumps(plain, ensure_ascii=False, indent=1).encode())


@contextmanager
def locked(folder: Path, *, program: str, user: str, since: datetime) -> Iterator[OfficeLock]:
    """The office's lock, given back only if the block fails: the open office keeps it."""
    lock = OfficeLock.acquire(folder, program=program, user=user, since=since)
    try:
        yield lock
    except BaseException:
        lock.release()
        raise


def check_files(folder: Path) -> None:
    """A first look, before a password is worked on.

    Raises:
        OfficeFaultError: the database is missing, unreadable, plain or too short.
    """
    check_header(folder / DATABASE_FILE)


def open_session(  # noqa: PLR0913 – which office, how, and when
    folder: Path,
    key: OfficeKey,
    office_id: str,
    *,
    read_only: bool,
    now: datetime,
    migrations: Sequence[Migration] = MIGRATIONS,
) -> Session:
    """Open the database, after a copy upgrade it, and make sure whose it is.

    Raises:
        OfficeFaultError: foreign, damaged, newer, or older on a read-only medium.
    """
    session = Session(folder, key, read_only=read_only)
    try:
        with faults.database_faults():
            _bring_up_to_date(session, now, migrations)
            _check_id(session, office_id)
    except BaseException:
        session.close()
        raise
    return session


def _check_id(session: Session, office_id: str) -> None:
    if session.value("SELECT id FROM office") != office_id:
        raise faults.file_damaged(session.path)


def _bring_up_to_date(session: Session, now: datetime, migrations: Sequence[Migration]) -> None:
    version, known = int(pragma(session.database, "user_version")), len(migrations)
    if version > known:
        raise faults.newer_office(version, known)
    if version < 1:
        raise faults.file_damaged(session.path)
    if version == known:
        return
    if session.read_only:
        raise faults.older_on_read_only(version)
    stamp = now.strftime("%Y%m%dT%H%M%S")
    copy_database(session, session.folder / BACKUPS / f"before-upgrade-{version}-{stamp}.db")
    upgrade(session.database, migrations)


def load_keys(folder: Path, card: OfficeCard) -> KeyFile:
    """The key slots, which must be those of the office that the card names.

    Raises:
        OfficeFaultError: missing, unreadable, damaged, or another office's.
    """
    keys = KeyFile.load(folder)
    if keys.office_id != card.id:
        raise faults.file_damaged(folder / KEYS_FILE)
    return keys


def drop_unnamed_slots(session: Session) -> None:
    """Remove key slots that the database does not name, as a changed password's old one.

    One that cannot be removed now is removed at the next opening; it lets nobody in.
    """
    with suppress(OfficeFaultError, OSError):
        valid = {row["name"]: row["slot"] for row in session.rows("SELECT name, slot FROM user")}
        keys = KeyFile.load(session.folder)
        kept = keys.only(valid)
        if kept != keys:
            kept.save(session.folder)


@contextmanager
def new_folder(folder: Path) -> Iterator[None]:
    """An empty folder for a new office; if the block fails, nothing is left of it.

    Raises:
        UnusableInputError: there is something in it, or it is a file.
        OfficeFaultError: it cannot be made or written.
    """
    made = _make(folder)
    try:
        for name in (ATTACHMENTS, BACKUPS, TRASH):
            (folder / name).mkdir()
        yield
    except BaseException as error:
        _clear(folder)
        if made:
            with suppress(OSError):  # the disk itself may be gone
                folder.rmdir()
        if isinstance(error, OSError):
            raise disk_fault(error, folder) from error
        raise


def _make(folder: Path) -> bool:
    try:
        folder.mkdir()
    except FileExistsError:
        if not folder.is_dir() or any(folder.iterdir()):
            raise UnusableInputError(
                f"{folder} 不是空文件夹，没有新建。请选择一个空文件夹或新的文件夹名。",
                f"{folder} is not an empty folder; nothing was made. Choose an empty folder or a"
                " new name.",
            ) from None
        return False
    except OSError as error:
        raise disk_fault(error, folder) from error
    return True


def _clear(folder: Path) -> None:
    for name in (ATTACHMENTS, BACKUPS, TRASH):
        shutil.rmtree(folder / name, ignore_errors=True)
    files = (DATABASE_FILE, f"{DATABASE_FILE}-wal", f"{DATABASE_FILE}-shm")
    for name in (*files, KEYS_FILE, CARD_FILE, LOCK_FILE):
        (folder / name).unlink(missing_ok=True)
