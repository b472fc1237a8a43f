"""What the store hands out and takes in: frozen values, no database.

Moments are aware datetimes in China Standard Time, days are dates; both are kept as ISO
text. JSON values hold only objects, lists, text, integers, booleans and null: decimals and
money are text or integers long before they come here, never floats.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from auditdesk.util.label import Label

Role = Literal["clerk", "supervisor", "administrator"]
CaseStatus = Literal["open", "returned", "refused", "withdrawn", "closed"]
Came = Literal["attached", "moved", "reused"]
DocumentState = Literal["certified", "issued", "void"]
Keeper = Literal["container", "token"]
CaseSort = Literal["due", "no", "updated"]


@dataclass(frozen=True, slots=True)
class OfficeProfile:
    """An office as it calls itself.

    Attributes:
        id: UUID given when the office was made.
        district: six-digit code, or a code that a functional area set for itself.
        sample: everything printed carries the word 样例.
        settings: what only the office can know (`number_prefix`, names of bodies …).
    """

    id: str
    name: str
    district: str
    sample: bool
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OfficeCard:
    """What an office folder says of itself before anybody has signed in."""

    id: str
    name: str
    sample: bool


@dataclass(frozen=True, slots=True)
class NewUser:
    """An account to be made; `name` is what is typed at sign-in."""

    name: str
    full_name: str
    role: Role
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class UserRecord:
    """An account.

    Attributes:
        public_key: 64 hexadecimal characters, the Ed25519 key of journal signatures.
        certificate_pem: certificate for documents, issued by the office's own authority.
        pkcs12: container of key and certificate, encrypted under the person's passphrase.
    """

    name: str
    full_name: str
    role: Role
    active: bool
    public_key: str
    certificate_pem: str | None
    pkcs12: bytes | None = field(repr=False)
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CertificateRecord:
    """A certificate to sign with.

    Attributes:
        serial: its number in capital hexadecimal letters.
        name: whose it is.
        keeper: where the key is: in the container that the office keeps, or with the person,
            as in a token.
        issued_by: None for those from before the register.
        revoked_since: from this moment on it signs nothing; None: it was not revoked.
        revoked_at: when the office took the revocation in.
    """

    serial: str
    name: str
    keeper: Keeper
    pem: str
    issued_by: str | None
    issued_at: datetime
    revoked_since: datetime | None = None
    revoked_at: datetime | None = None
    revoked_by: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case to be kept; its number is given inside the transaction.

    Attributes:
        code: the case type's letters in the number, as LRS in LRS-2026-0001; the number's
            year is the year of `accepted_on`.
        body: the JSON object of data, materials and justifications.
        report: the check report `auditdesk.check/1` in Chinese.
        law: digest of a law snapshot put before (`Writer.put_law`).
        search: texts that answer a search (names, places, numbers).
        keys: texts that two cases of the same matter share, as `parcel_no=…`.
        town: what figures group it by below the district; may be empty.
        sums: what figures add up, by column: the exact number times 10^8 (see `tallies`).
        tallied: by which declaration town and sums were worked out.
    """

    case_type: str
    code: str
    district: str
    stage: str
    status: CaseStatus
    accepted_on: date
    title: str
    place: str
    due_on: date | None
    verdict: str
    law: str
    body: Mapping[str, Any]
    report: Mapping[str, Any]
    search: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    town: str = ""
    sums: Mapping[str, int] = field(default_factory=dict)
    tallied: str = ""


class CaseChanges(TypedDict, total=False):
    """What `Writer.save_case` may change; what is left out stays as it is.

    `decided_due` is the due day that stood on the day of the decision; `paused` goes with a
    `due_on` that is not known because it stands still.
    """

    district: str
    stage: str
    status: CaseStatus
    accepted_on: date
    title: str
    place: str
    due_on: date | None
    paused: bool
    verdict: str
    law: str
    body: Mapping[str, Any]
    report: Mapping[str, Any]
    search: tuple[str, ...]
    keys: tuple[str, ...]
    town: str
    sums: Mapping[str, int]
    tallied: str
    decided_on: date
    decided_due: date | None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of a list of cases.

    Attributes:
        paused: it has no due day because its periods stand still.
    """

    id: int
    no: str
    case_type: str
    district: str
    stage: str
    status: CaseStatus
    accepted_on: date
    title: str
    place: str
    due_on: date | None
    verdict: str
    created_by: str
    created_at: datetime
    updated_at: datetime
    version: int
    paused: bool


@dataclass(frozen=True, slots=True)
class CaseRecord(CaseRow):
    """One case, whole. `version` counts its writings, beginning with 1."""

    law: str
    body: Mapping[str, Any]
    report: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases; None asks for all. Days of acceptance and of decision: both ends included.

    Attributes:
        town: as it is grouped by in figures; empty: those without one.
        reached: the stage, or `refused` or `withdrawn` where the case ended so.
        outcome: `open`, `returned`, `approved`, `refused` or `withdrawn`.
        timeliness: what `tallies.TIMELINESS` calls it, and the day that is asked for.
        summed: column of which the case has a sum.
    """

    case_type: str | None = None
    status: CaseStatus | None = None
    stage: str | None = None
    district: str | None = None
    place: str | None = None
    verdict: str | None = None
    created_by: str | None = None
    accepted_from: date | None = None
    accepted_to: date | None = None
    decided_from: date | None = None
    decided_to: date | None = None
    town: str | None = None
    reached: str | None = None
    outcome: str | None = None
    timeliness: tuple[str, date] | None = None
    summed: str | None = None

    @property
    def is_counted(self) -> bool:
        """Whether it asks for what figures count by, which is worked out by tallying."""
        asked = (self.decided_from, self.decided_to, self.town, self.outcome, self.timeliness)
        return any(value is not None for value in (*asked, self.summed))


PageKey = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of a list, and the key to ask for the next ones with (None: the end)."""

    rows: tuple[CaseRow, ...]
    next_key: PageKey | None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a named person decided at a stage; never changed afterwards."""

    id: int
    case_no: str
    stage: str
    action: str
    by: str
    full_name: str
    at: datetime
    reason: str
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeptContent:
    """A file's content that lies safely, encrypted, in the office's folder.

    Attributes:
        digest: SHA-256 of the content as it was handed over.
        size: bytes of that content.
    """

    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """A scan attached to a material of a case.

    Attributes:
        original: the paper original was seen.
        size: bytes.
        pages: of a PDF or a TIFF, 1 of other pictures; None: nobody counted them.
        removed_by: who took it off the case; the content stays in the office.
        came: how it came to the case; None: before that was noted.
        taken_from: the scan of the same content that it was moved or taken over from.
        reason: why it was moved.
        verdict_before: what the material's verdict was before its first scan came.
    """

    id: int
    case_no: str
    material: str
    file_name: str
    media_type: str
    size: int
    pages: int | None
    original: bool
    digest: str
    added_by: str
    added_at: datetime
    removed_by: str | None = None
    removed_at: datetime | None = None
    came: Came | None = None
    taken_from: int | None = None
    reason: str = ""
    verdict_before: str = ""


@dataclass(frozen=True, slots=True)
class ScanWay:
    """How a scan comes to a case; see `Attachment`."""

    came: Came = "attached"
    taken_from: int | None = None
    reason: str = ""
    verdict_before: str = ""


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """A document with its number: certified by the clerk, then issued (or void)."""

    id: int
    case_no: str
    kind: str
    number: str
    year: int
    serial: int
    state: DocumentState
    digest: str
    created_by: str
    created_at: datetime
    issued_by: str | None
    issued_at: datetime | None
    void_reason: str | None


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One entry of the journal.

    Attributes:
        prev: hash of the entry before.
        hash: SHA-256 over the canonical JSON (RFC 8785) of everything but the signature.
        signature: Ed25519 over the hash, hexadecimal.
        clock_back: the computer's clock stood before the previous entry's.
    """

    seq: int
    at: datetime
    actor: str
    kind: str
    case_no: str | None
    body: Mapping[str, Any]
    prev: str
    hash: str
    alg: str
    signature: str
    clock_back: bool


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The journal's end at some moment: what is printed on whatever leaves the office."""

    seq: int
    hash: str
    signature: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class JournalVerdict:
    """What verifying the journal found.

    Attributes:
        entries: how many there are.
        first_bad_seq: where it first goes wrong; None where it holds, or where what is
            wrong lies outside the entries (a key swapped in the table of accounts).
        reason: what is wrong there.
        last: the journal's end.
    """

    ok: bool
    entries: int
    first_bad_seq: int | None
    reason: Label | None
    last: Checkpoint | None
