"""Whether the tables are what the journal says was written.

The journal's entries are signed, the tables are not. So every entry notes salted hashes of
the rows it wrote, and verifying the journal compares the rows that are there with the last
note of each. A row that was changed, added or removed by other means shows.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import TYPE_CHECKING, Any

from auditdesk.store import codec
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from auditdesk.store.session import Row, Session
    from auditdesk.util.progress import Progress

CASES, OPINIONS, DOCUMENTS, ATTACHMENTS = "cases", "opinions", "documents", "attachments"
FOLLOW_UPS, FOLLOW_UP_EVENTS = "follow_ups", "follow_up_events"
CERTIFICATES, REGISTER_ROWS, SCANS = "certificates", "register_rows", "scans"
CLOCK_EVENTS, CALENDAR_YEARS = "clock_events", "calendar_years"
_TABLES = (
    *(CASES, OPINIONS, DOCUMENTS, ATTACHMENTS, FOLLOW_UPS, FOLLOW_UP_EVENTS),
    *(CERTIFICATES, REGISTER_ROWS, SCANS, CLOCK_EVENTS, CALENDAR_YEARS),
)

CASE_COLUMNS = (
    *("no", "version", "case_type", "district", "stage", "status", "accepted_on", "title"),
    *("place", "due_on", "verdict", "created_by", "law", "body", "report"),
)
OPINION_COLUMNS = ("stage", "action", "by_user", "full_name", "at", "reason", "extra")
FOLLOW_UP_COLUMNS = (
    *("case_id", "kind", "turn", "number", "first_day", "last_day", "state", "settled_case"),
)
FOLLOW_UP_EVENT_COLUMNS = (
    *("follow_up", "deed", "first_day", "last_day", "by_user", "full_name", "at", "reason"),
    "case_id",
)
REGISTER_COLUMNS = (
    *("row_id", "register", "version", "code", "title", "place", "body", "by_user"),
    *("full_name", "at", "source"),
)
CLOCK_EVENT_COLUMNS = (
    *("case_id", "deed", "about", "subject", "day", "by_user", "full_name", "at", "reason"),
)
CALENDAR_COLUMNS = ("year", "body", "source", "by_user", "full_name", "at")
_DOCUMENT_COLUMNS = ("number", "no", "kind", "state", "digest")
_ATTACHMENT_COLUMNS = ("id", "no", "material", "file_name", "digest", "removed_by")
_SCAN_COLUMNS = (
    *("id", "media_type", "size", "pages", "original", "came", "taken_from", "reason"),
    "verdict_before",
)
_CERTIFICATE_COLUMNS = (
    *("serial", "name", "keeper", "pem", "issued_by", "issued_at"),
    *("revoked_since", "revoked_at", "revoked_by", "reason"),
)
_SALT_BYTES = 16
_STEP = 1000


def row_note(name: Any, row: Mapping[str, Any], columns: tuple[str, ...]) -> dict[str, Any]:
    """How an entry notes a row: its name, a fresh salt, and the salted hash of its columns."""
    salt = os.urandom(_SALT_BYTES)
    return {"of": name, "salt": salt.hex(), "sha256": _digest(salt, row, columns)}


def document_note(row: Mapping[str, Any]) -> dict[str, Any]:
    """How an entry notes a document (columns of `DOCUMENT_ROWS`)."""
    return row_note(row["number"], row, _DOCUMENT_COLUMNS)


def attachment_note(row: Mapping[str, Any]) -> dict[str, Any]:
    """How an entry notes a scan (columns of `ATTACHMENT_ROWS`)."""
    return row_note(row["id"], row, _ATTACHMENT_COLUMNS)


def scan_note(row: Mapping[str, Any]) -> dict[str, Any]:
    """How an entry notes what a scan is and how it came to its case (all its columns)."""
    return row_note(row["id"], row, _SCAN_COLUMNS)


def certificate_note(row: Mapping[str, Any]) -> dict[str, Any]:
    """How an entry notes a certificate (all its columns)."""
    return row_note(row["serial"], row, _CERTIFICATE_COLUMNS)


def _digest(salt: bytes, row: Mapping[str, Any], columns: tuple[str, ...]) -> str:
    text = codec.json_in([row[column] for column in columns])
    return hmac.new(salt, text.encode("utf-8"), hashlib.sha256).hexdigest()


class Ledger:
    """The last note of every row, gathered while walking along the journal."""

    def __init__(self) -> None:
        self._notes: dict[tuple[str, Any], tuple[bytes, str]] = {}

    def heed(self, body: Mapping[str, Any]) -> bool:
        """Take in an entry's notes; False where they cannot be read."""
        try:
            for table in _TABLES:
                for note in body.get(table, ()):
                    salted = bytes.fromhex(note["salt"]), str(note["sha256"])
                    self._notes[table, note["of"]] = salted
        except (KeyError, TypeError, ValueError):
            return False
        return True

    def difference(self, session: Session, progress: Progress) -> Label | None:
        """The first row that is not as the journal says, or None.

        Raises:
            CancelledError: the user cancelled.
        """
        open_notes = set(self._notes)
        total = len(open_notes)
        for done, (table, name, row, columns) in enumerate(_rows(session), start=1):
            salt, noted = self._notes.get((table, name), (b"", ""))
            if _digest(salt, row, columns) != noted:
                return _differs(table, name)
            open_notes.discard((table, name))
            if done % _STEP == 0:
                progress.step(min(done, total), total)
        for table, name in sorted(open_notes, key=str):
            return _differs(table, name)
        return None


_CASE_ROWS = "SELECT * FROM case_ JOIN case_content ON case_id = id WHERE id > ? ORDER BY id"
_OPINION_ROWS = "SELECT * FROM opinion WHERE id > ? ORDER BY id"
_FOLLOW_UP_ROWS = "SELECT * FROM follow_up WHERE id > ? ORDER BY id"
_FOLLOW_UP_EVENT_ROWS = "SELECT * FROM follow_up_event WHERE id > ? ORDER BY id"
_CLOCK_EVENT_ROWS = "SELECT * FROM clock_event WHERE id > ? ORDER BY id"
_CALENDAR_ROWS = "SELECT * FROM calendar_year WHERE id > ? ORDER BY id"
# The latest version is compared by what its row says, so that neither can be changed alone.
_REGISTER_ROWS = (
    "SELECT v.id, v.row_id, v.row_id || '.' || v.version AS name, r.register,"
    " iif(v.version = l.latest, r.version, v.version) AS version,"
    " iif(v.version = l.latest, r.code, v.code) AS code,"
    " iif(v.version = l.latest, r.title, v.title) AS title,"
    " iif(v.version = l.latest, r.place, v.place) AS place,"
    " v.body, v.by_user, v.full_name, v.at, v.source"
    " FROM register_version AS v JOIN register_row AS r ON r.id = v.row_id"
    " JOIN (SELECT row_id, max(version) AS latest FROM register_version GROUP BY row_id) AS l"
    " ON l.row_id = v.row_id WHERE v.id > ? ORDER BY v.id"
)
DOCUMENT_ROWS = (
    "SELECT document.id, number, no, kind, state, digest FROM document"
    " JOIN case_ ON case_.id = case_id WHERE document.id > ? ORDER BY document.id"
)
ATTACHMENT_ROWS = (
    "SELECT attachment.id, no, material, file_name, digest, removed_by FROM attachment"
    " JOIN case_ ON case_.id = case_id WHERE attachment.id > ? ORDER BY attachment.id"
)
# Those from before the way of scans was kept were never noted.
_SCAN_ROWS = "SELECT * FROM attachment WHERE id > ? AND came IS NOT NULL ORDER BY id"
# Those from before the register were never noted; a revocation of theirs is.
_CERTIFICATE_ROWS = (
    "SELECT * FROM certificate WHERE id > ?"
    " AND (issued_by IS NOT NULL OR revoked_at IS NOT NULL) ORDER BY id"
)


def _rows(session: Session) -> Iterator[tuple[str, Any, Row, tuple[str, ...]]]:
    tables: tuple[tuple[str, str, Callable[[Row], Any], tuple[str, ...]], ...] = (
        (CASES, _CASE_ROWS, lambda row: row["no"], CASE_COLUMNS),
        (OPINIONS, _OPINION_ROWS, lambda row: row["id"], OPINION_COLUMNS),
        (DOCUMENTS, DOCUMENT_ROWS, lambda row: row["number"], _DOCUMENT_COLUMNS),
        (ATTACHMENTS, ATTACHMENT_ROWS, lambda row: row["id"], _ATTACHMENT_COLUMNS),
        (FOLLOW_UPS, _FOLLOW_UP_ROWS, lambda row: row["id"], FOLLOW_UP_COLUMNS),
        (FOLLOW_UP_EVENTS, _FOLLOW_UP_EVENT_ROWS, lambda row: row["id"], FOLLOW_UP_EVENT_COLUMNS),
        (CERTIFICATES, _CERTIFICATE_ROWS, lambda row: row["serial"], _CERTIFICATE_COLUMNS),
        (REGISTER_ROWS, _REGISTER_ROWS, lambda row: row["name"], REGISTER_COLUMNS),
        (SCANS, _SCAN_ROWS, lambda row: row["id"], _SCAN_COLUMNS),
        (CLOCK_EVENTS, _CLOCK_EVENT_ROWS, lambda row: row["id"], CLOCK_EVENT_COLUMNS),
        (CALENDAR_YEARS, _CALENDAR_ROWS, lambda row: row["id"], CALENDAR_COLUMNS),
    )
    for table, sql, name_of, columns in tables:
        last = 0
        while batch := session.rows(f"{sql} LIMIT 500", (last,)):
            for row in batch:
                yield table, name_of(row), row, columns
            last = batch[-1]["id"]


def _differs(table: str, name: Any) -> Label:
    zh, en = {
        CASES: ("案件", "the case"),
        OPINIONS: ("意见", "the opinion"),
        DOCUMENTS: ("文书", "the document"),
        ATTACHMENTS: ("附件", "the attachment"),
        FOLLOW_UPS: ("后续期限", "the follow-up"),
        FOLLOW_UP_EVENTS: ("后续期限的记录", "the record of a follow-up"),
        CERTIFICATES: ("证书", "the certificate"),
        REGISTER_ROWS: ("台账记录", "the register's row and version"),
        SCANS: ("扫描件的来历", "the origin of the scan"),
        CLOCK_EVENTS: ("期限的中止或延长", "the pause or extension"),
        CALENDAR_YEARS: ("工作日历", "the working-day calendar"),
    }[table]
    return Label(
        f"{zh} {name} 与日志记载不一致（被改动、添加或删除）",
        f"{en} {name} is not what the journal says: it was changed, added or removed",
    )
