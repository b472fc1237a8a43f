"""An office: made, opened by a person, read, written to in whole transactions, closed."""

from __future__ import annotations

import uuid
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from auditdesk.store import faults, journal, recovery
from auditdesk.store.attachments import ATTACHMENTS, AttachmentReader, ContentFiles
from auditdesk.store.calendars import CalendarReader
from auditdesk.store.cases import CaseReader
from auditdesk.store.certificates import CertificateReader
from auditdesk.store.clocks import ClockReader
from auditdesk.store.copying import copy_database
from auditdesk.store.crypto import SigningKey
from auditdesk.store.documents import DocumentReader
from auditdesk.store.faults import DiskFailedError
from auditdesk.store.follow_ups import FollowUpReader
from auditdesk.store.founding import Plan, found
from auditdesk.store.journal import Actor, Draft, JournalReader
from auditdesk.store.keys import check_password
from auditdesk.store.opening import (
    check_files,
    drop_unnamed_slots,
    load_keys,
    locked,
    new_folder,
    open_session,
    read_card,
)
from auditdesk.store.people import LawReader, UserReader
from auditdesk.store.records import OfficeCard, OfficeProfile
from auditdesk.store.registers import RegisterReader
from auditdesk.store.sweep import drop_temporary_files, move_unmentioned
from auditdesk.store.tallies import TallyReader
from auditdesk.store.write_base import WriteContext
from auditdesk.store.write_people import check_new_user
from auditdesk.store.writer import Writer
from auditdesk.util.atomic import disk_fault
from auditdesk.util.faults import OfficeFaultError, UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from auditdesk.store.crypto import OfficeKey
    from auditdesk.store.keys import KdfCost, Secrets
    from auditdesk.store.lock import OfficeLock
    from auditdesk.store.records import JournalEntry, NewUser, UserRecord
    from auditdesk.store.session import Session
    from auditdesk.util.clock import Clock


class Office:
    """One office with one person signed in. A context manager; `close()` ends it.

    Made by `open_office`. May be used from any thread: every read
    and every write takes the same lock.

    Attributes:
        folder: the office's folder.
        cases, users, documents, attachments, journal, laws, follow_ups, certificates, tallies,
            clocks, calendars: its readers.
    """

    def __init__(
        self, session: Session, lock: OfficeLock, user_name: str, secrets: Secrets, clock: Clock
    ) -> None:
        """Take over an opened session and its lock; `close` gives both back."""
        self._session = session
        self._lock = lock
        self._secrets = secrets
        self._clock = clock
        self._user_name = user_name
        self._actor = Actor(user_name, SigningKey(secrets.signing_seed))
        self._files = ContentFiles(session.folder / ATTACHMENTS, session.key)
        self._id = str(session.value("SELECT id FROM office"))
        self.folder: Path = session.folder
        self.cases = CaseReader(session)
        self.users = UserReader(session)
        self.documents = DocumentReader(session, self._files)
        self.attachments = AttachmentReader(session, self._files)
        self.journal = JournalReader(session, self._id)
        self.laws = LawReader(session)
        self.registers = RegisterReader(session)
        self.follow_ups = FollowUpReader(session)
        self.certificates = CertificateReader(session)
        self.tallies = TallyReader(session)
        self.clocks = ClockReader(session)
        self.calendars = CalendarReader(session)

    @property
    def read_only(self) -> bool:
        """The office lies on a medium that cannot be written: it can only be looked at."""
        return self._session.read_only

    @property
    def user(self) -> UserRecord:
        """The person signed in."""
        return self.users.get(self._user_name)

    @property
    def profile(self) -> OfficeProfile:
        """The office as it calls itself now."""
        return read_profile(self._session)

    @property
    def key(self) -> OfficeKey:
        """The office's key, to check a backup with (`backup.verify_backup`)."""
        return self._secrets.office_key

    @property
    def authority_passphrase(self) -> str | None:
        """The passphrase of the certificate authority; administrators only."""
        return self._secrets.authority_passphrase

    def authority(self) -> bytes | None:
        """The certificate authority's PKCS#12 container, if the office has made one."""
        found: bytes | None = self._session.value("SELECT authority FROM office")
        return found

    def copy_database(self, target: Path) -> None:
        """Copy the database into one new encrypted file (for backups).

        Raises:
            OfficeFaultError: the disk is full or failed; no copy is left.
        """
        copy_database(self._session, target)

    def sweep(self, now: datetime) -> int:
        """Move contents that no row has mentioned for a day into the trash; how many.

        Raises:
            OfficeFaultError: the disk.
        """
        with self._session.lock:
            self._session.check_place()
            mentioned = {self.key.address(digest) for digest in self._session.digests()}
            try:
                return move_unmentioned(self.folder, mentioned, now)
            except OSError as error:
                raise disk_fault(error, self.folder / ATTACHMENTS) from error

    @contextmanager
    def write(self, kind: str, case_no: str | None, body: Mapping[str, Any]) -> Iterator[Writer]:
        """One operation: one transaction, one journal entry, appended last.

        Whatever leaves the block as an exception rolls everything back. When the block ends
        without one, the write is on the disk.

        Args:
            kind: of the journal entry, as `case.import`.
            case_no: the case it is about; filled in by `Writer.insert_case`.
            body: public facts for the journal; personal data only by `note_private`.

        Raises:
            OfficeFaultError: read-only, disk full, I/O error, folder swapped.
            RuntimeError: the office is closed, or a write is open already.
        """
        entry: JournalEntry | None = None
        writer: Writer | None = None
        try:
            with self._session.transaction():
                context = self._context()
                writer = Writer(context, case_no, body)
                yield writer
                draft = Draft(kind, writer.case_no, writer.body, context.now)
                entry = journal.append(self._session, self._id, self._actor, draft)
        except DiskFailedError:
            if entry is None or not self._arrived(entry):
                raise
        finally:
            if writer is not None and writer.slots_changed:
                drop_unnamed_slots(self._session)

    def _context(self) -> WriteContext:
        now = self._clock.now()
        return WriteContext(self._session, self._files, self._id, self._secrets, self.user, now)

    def _arrived(self, entry: JournalEntry) -> bool:
        """Whether a transaction whose commit met an I/O error is there all the same.

        Opening the database again decides it: what it now holds is moved out of the log and
        onto the disk before anybody is told that it was saved.
        """
        with suppress(OfficeFaultError):
            return self.journal.holds(entry.seq, entry.hash) and self._session.settle()
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and let go of the lock; closing twice is harmless."""
        with self._session.lock:
            self._session.close()
            self._lock.release()


def read_profile(session: Session) -> OfficeProfile:
    """The office as its database describes it."""
    (row,) = session.rows("SELECT id, name, district, sample FROM office")
    settings = {s["key"]: s["value"] for s in session.rows("SELECT key, value FROM setting")}
    return OfficeProfile(row["id"], row["name"], row["district"], bool(row["sample"]), settings)


@dataclass(frozen=True, slots=True)
class CreatedOffice:
    """The key to print and lock away: it alone helps when every password is lost."""

    recovery_key: str = field(repr=False)


def create_office(  # noqa: PLR0913 – everything an office is made from, by name
    folder: Path,
    *,
    name: str,
    district: str,
    sample: bool,
    settings: Mapping[str, str],
    admin: NewUser,
    cost: KdfCost,
    clock: Clock,
) -> CreatedOffice:
    """Make an office with its first administrator; leaves nothing behind on failure.

    Args:
        folder: does not exist yet, or is empty.
        name: the office's, as documents print it.
        district: its code.
        sample: everything printed carries the word 样例.
        settings: what only the office can know.
        admin: the first account; its role must be administrator.
        cost: of deriving keys from passwords.
        clock: the time.

    Raises:
        UnusableInputError: the folder is not empty, or a name or password cannot be used.
        OfficeFaultError: the disk is full or cannot be written.
    """
    if not name.strip() or not district.strip():
        raise UnusableInputError(
            "办公单元名称和区划代码不能为空，请填写。",
            "The office's name and district code must not be blank; fill them in.",
        )
    check_new_user(admin)
    if admin.role != "administrator":
        raise ValueError("the first account is an administrator's")
    card = OfficeCard(str(uuid.uuid4()), name.strip(), sample)
    plan = Plan(card, district.strip(), settings, admin, cost, clock.now())
    with new_folder(folder):
        return CreatedOffice(found(folder, plan))


def open_office(
    folder: Path, user_name: str, password: str, *, clock: Clock, program: str
) -> Office:
    """Sign a person in and open the office; a read-only medium opens as a viewer.

    Args:
        folder: the office's.
        user_name: as typed at sign-in.
        password: as typed at sign-in.
        clock: the time.
        program: who asks, for the sentence that a second program sees, as "auditdesk 0.1.0".

    Raises:
        RefusedError: wrong name or password (one sentence for both), or account disabled.
        OfficeFaultError: folder or database missing, foreign, plain, damaged or newer;
            another program holds the office.
    """
    card = read_card(folder)
    now = clock.now()
    with locked(folder, program=program, user=user_name, since=now) as lock:
        check_files(folder)
        keys = load_keys(folder, card)
        slots = dict(keys.unlock(user_name, password))
        key = next(iter(slots.values())).office_key
        session = open_session(folder, key, card.id, read_only=lock.read_only, now=now)
        try:
            secrets = _sign_in(session, user_name, slots)
            if not session.read_only:
                drop_unnamed_slots(session)
                drop_temporary_files(folder)
            return Office(session, lock, user_name, secrets, clock)
        except BaseException:
            session.close()
            raise


def _sign_in(session: Session, user_name: str, slots: Mapping[str, Secrets]) -> Secrets:
    row = session.row("SELECT slot, active, public_key FROM user WHERE name = ?", (user_name,))
    if row is None or row["slot"] not in slots:
        raise faults.wrong_password()  # an old password, or an account never committed
    if not row["active"]:
        raise faults.account_disabled()
    secrets = slots[row["slot"]]
    if SigningKey(secrets.signing_seed).public != row["public_key"]:
        raise OfficeFaultError(
            f"账号 {user_name} 的签名密钥与数据库登记的不一致，已拒绝登录。"
            "请管理员核验日志并恢复备份。",
            f"The signing key of the account {user_name} is not the one in the database; the"
            " sign-in was refused. Have an administrator verify the journal and restore a backup.",
        )
    return secrets


def recover(  # noqa: PLR0913 – who, with what, where and when
    folder: Path,
    recovery_key: str,
    user_name: str,
    new_password: str,
    *,
    clock: Clock,
    program: str,
) -> None:
    """Give an administrator a new password and a new journal key by the recovery key.

    Args:
        folder: the office's.
        recovery_key: as it was printed; spaces, hyphens and case do not matter.
        user_name: of an active administrator.
        new_password: at least 8 characters.
        clock: the time.
        program: as for `open_office`.

    Raises:
        RefusedError: wrong recovery key, or the user is no active administrator.
        UnusableInputError: the new password cannot be used.
        OfficeFaultError: as for `open_office`, and a read-only medium.
    """
    check_password(new_password)
    card = read_card(folder)
    now = clock.now()
    with locked(folder, program=program, user=user_name, since=now) as lock:
        check_files(folder)
        keys = load_keys(folder, card)
        found = keys.unlock_recovery(recovery_key)
        session = open_session(folder, found.office_key, card.id, read_only=lock.read_only, now=now)
        try:
            recovery.give_password(session, keys, found, (user_name, new_password), now)
            drop_unnamed_slots(session)
        finally:
            session.close()
    lock.release()
