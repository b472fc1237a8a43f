"""An office folder: made, opened, written to in whole transactions, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from dataclasses import dataclass
    from pathlib import Path
    from typing import Any, Self

    from auditdesk.store.keys import KdfCost
    from auditdesk.store.records import NewUser, OfficeCard, OfficeProfile, UserRecord
    from auditdesk.util.clock import Clock

    # Readers: see readers.py, cases.py, attachments.py, journal.py for their methods.


@dataclass(frozen=True, slots=True)
class CreatedOffice:
    """The key to print and lock away: it alone helps when every password is lost."""

    recovery_key: str


def read_card(folder: Path) -> OfficeCard:
    """What the folder says of itself before anybody signs in.

    Raises:
        OfficeFaultError: folder missing, not an office, or its card damaged.
    """


def create_office(
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

    Raises:
        UnusableInputError: the folder is not empty, or a name or password cannot be used.
        OfficeFaultError: the disk is full or cannot be written.
    """


def open_office(
    folder: Path, user_name: str, password: str, *, clock: Clock, program: str
) -> Office:
    """Sign a person in and open the office; a read-only medium opens as a viewer.

    Args:
        program: who asks, for the sentence that a second program sees
            ("auditdesk 0.1.0").

    Raises:
        RefusedError: wrong name or password (one sentence for both), or account disabled.
        OfficeFaultError: folder or database missing, foreign, plain, damaged or newer;
            another program holds the office.
    """


def recover(
    folder: Path,
    recovery_key: str,
    user_name: str,
    new_password: str,
    *,
    clock: Clock,
    program: str,
) -> None:
    """Give an administrator a new password and a new journal key by the recovery key.

    Raises:
        RefusedError: wrong recovery key, or the user is no active administrator.
        UnusableInputError: the new password cannot be used.
        OfficeFaultError: as for `open_office`, and a read-only medium.
    """


class Office:
    """One office, open, with one person signed in. A context manager; `close()` ends it.

    May be used from any thread: every read and write takes the same lock.

    Attributes:
        folder: Path; profile: OfficeProfile; user: UserRecord; read_only: bool
        authority_passphrase: str | None – of the office's certificate authority, for
            administrators only
        cases: CaseReader; users: UserReader; documents: DocumentReader;
        attachments: AttachmentReader; journal: JournalReader; laws: LawReader
    """

    folder: Path
    profile: OfficeProfile
    user: UserRecord
    read_only: bool
    authority_passphrase: str | None

    def authority(self) -> bytes | None:
        """The certificate authority's PKCS#12 container, if the office has made one."""

    def write(
        self, kind: str, case_no: str | None, body: Mapping[str, Any]
    ) -> AbstractContextManager[Writer]:
        """One operation: one transaction, one journal entry, appended last.

        Whatever leaves the block as an exception rolls everything back. When the block ends
        without one, the write is on the disk.

        Args:
            kind: of the journal entry, as `case.import`.
            case_no: the case it is about; filled in by `Writer.insert_case`.
            body: public facts for the journal; personal data only by `note_private`.

        Raises:
            OfficeFaultError: read-only, disk full, I/O error, folder swapped.
        """

    def __enter__(self) -> Self: ...
    def __exit__(self, *exc: object) -> None: ...
    def close(self) -> None:
        """Close the database and let go of the lock; closing twice is harmless."""
