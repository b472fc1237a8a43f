"""The database's form, one function a step; `user_version` counts the steps taken.

A step that has been released is never edited: a new one is added at the end. Each runs in
a transaction of its own together with its version number.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from auditdesk.store.certificates import serial_of
from auditdesk.store.session import APPLICATION_ID, pragma

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlite_utils import Database

    Migration = Callable[[Database], None]


def m01_office_people_journal(database: Database) -> None:
    """The office itself, its accounts, and the journal with its guards."""
    _run(
        database,
        """CREATE TABLE office (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            id TEXT NOT NULL, name TEXT NOT NULL, district TEXT NOT NULL,
            sample INTEGER NOT NULL CHECK (sample IN (0, 1)),
            created_at TEXT NOT NULL, kdf TEXT NOT NULL, authority BLOB) STRICT""",
        """CREATE TABLE setting (
            key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID""",
        """CREATE TABLE user (
            name TEXT PRIMARY KEY, full_name TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('clerk', 'supervisor', 'administrator')),
            active INTEGER NOT NULL CHECK (active IN (0, 1)),
            public_key TEXT NOT NULL, slot TEXT NOT NULL,
            certificate_pem TEXT, pkcs12 BLOB, created_at TEXT NOT NULL) STRICT""",
        """CREATE TABLE journal (
            seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, kind TEXT NOT NULL,
            case_no TEXT, body TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL UNIQUE,
            alg TEXT NOT NULL, signature TEXT NOT NULL,
            clock_back INTEGER NOT NULL CHECK (clock_back IN (0, 1))) STRICT""",
        "CREATE INDEX journal_case ON journal (case_no, seq)",
        """CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN
            SELECT RAISE(ABORT, 'the journal is append-only'); END""",
        """CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN
            SELECT RAISE(ABORT, 'the journal is append-only'); END""",
        """CREATE TRIGGER journal_in_order BEFORE INSERT ON journal
            WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
              OR (NEW.seq > 1 AND NEW.prev IS NOT
                  (SELECT hash FROM journal WHERE seq = NEW.seq - 1))
            BEGIN SELECT RAISE(ABORT, 'the journal is in order'); END""",
        """CREATE TRIGGER user_no_delete BEFORE DELETE ON user BEGIN
            SELECT RAISE(ABORT, 'accounts stay'); END""",
    )


def m02_cases(database: Database) -> None:
    """Cases: columns for lists apart from contents, law snapshots, opinions, search.

    Every index on `case_` carries all columns that a list filters on, so that lines which
    do not match are passed over without being read.
    """
    filters = "case_type, stage, district, verdict, created_by"
    _run(
        database,
        """CREATE TABLE law (
            digest TEXT PRIMARY KEY, text TEXT NOT NULL, added_at TEXT NOT NULL) STRICT""",
        """CREATE TABLE serial (
            scope TEXT NOT NULL, year INTEGER NOT NULL, last INTEGER NOT NULL,
            PRIMARY KEY (scope, year)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE case_ (
            id INTEGER PRIMARY KEY CHECK (id < 10000000), no TEXT NOT NULL UNIQUE,
            case_type TEXT NOT NULL, district TEXT NOT NULL, stage TEXT NOT NULL,
            status TEXT NOT NULL CHECK
                (status IN ('open', 'returned', 'refused', 'withdrawn', 'closed')),
            accepted_on TEXT NOT NULL, title TEXT NOT NULL, place TEXT NOT NULL,
            due_on TEXT, due_day INTEGER NOT NULL, verdict TEXT NOT NULL,
            created_by TEXT NOT NULL REFERENCES user (name), created_at TEXT NOT NULL,
            updated_at TEXT NOT NULL, version INTEGER NOT NULL) STRICT""",
        f"CREATE INDEX case_due ON case_ (due_day, id, status, {filters})",
        f"CREATE INDEX case_status_due ON case_ (status, due_day, id, {filters})",
        f"CREATE INDEX case_no ON case_ (no, status, {filters})",
        f"CREATE INDEX case_updated ON case_ (updated_at, id, status, {filters})",
        "CREATE INDEX case_accepted ON case_ (accepted_on, id, case_type, status)",
        """CREATE TABLE case_content (
            case_id INTEGER PRIMARY KEY REFERENCES case_ (id),
            law TEXT NOT NULL REFERENCES law (digest), body TEXT NOT NULL,
            report TEXT NOT NULL, words TEXT NOT NULL, initials TEXT NOT NULL) STRICT""",
        """CREATE TABLE case_key (
            key TEXT NOT NULL, case_id INTEGER NOT NULL REFERENCES case_ (id),
            PRIMARY KEY (key, case_id)) STRICT, WITHOUT ROWID""",
        "CREATE INDEX case_key_case ON case_key (case_id)",
        """CREATE TABLE opinion (
            id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES case_ (id),
            stage TEXT NOT NULL, action TEXT NOT NULL,
            by_user TEXT NOT NULL REFERENCES user (name), full_name TEXT NOT NULL,
            at TEXT NOT NULL, reason TEXT NOT NULL, extra TEXT NOT NULL) STRICT""",
        "CREATE INDEX opinion_case ON opinion (case_id)",
        """CREATE VIRTUAL TABLE case_search USING fts5 (
            words, initials, filters, content='', contentless_delete=1,
            tokenize='unicode61 remove_diacritics 0')""",
        """CREATE TRIGGER law_no_update BEFORE UPDATE ON law BEGIN
            SELECT RAISE(ABORT, 'law snapshots stay as they are'); END""",
        """CREATE TRIGGER opinion_no_update BEFORE UPDATE ON opinion BEGIN
            SELECT RAISE(ABORT, 'opinions stay as they are'); END""",
        *(
            f"CREATE TRIGGER {table.rstrip('_')}_no_delete BEFORE DELETE ON {table} BEGIN "
            f"SELECT RAISE(ABORT, 'nothing is deleted'); END"
            for table in ("law", "case_", "case_content", "opinion")
        ),
    )


def m03_scans_and_documents(database: Database) -> None:
    """Scans attached to materials, and the documents that the office issued."""
    _run(
        database,
        """CREATE TABLE attachment (
            id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES case_ (id),
            material TEXT NOT NULL, file_name TEXT NOT NULL, media_type TEXT NOT NULL,
            size INTEGER NOT NULL, pages INTEGER,
            original INTEGER NOT NULL CHECK (original IN (0, 1)), digest TEXT NOT NULL,
            added_by TEXT NOT NULL REFERENCES user (name), added_at TEXT NOT NULL,
            removed_by TEXT REFERENCES user (name), removed_at TEXT) STRICT""",
        "CREATE INDEX attachment_case ON attachment (case_id)",
        "CREATE INDEX attachment_digest ON attachment (digest)",
        """CREATE TABLE document (
            id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES case_ (id),
            kind TEXT NOT NULL, number TEXT NOT NULL UNIQUE, year INTEGER NOT NULL,
            serial INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('certified', 'issued', 'void')),
            digest TEXT NOT NULL,
            created_by TEXT NOT NULL REFERENCES user (name), created_at TEXT NOT NULL,
            issued_by TEXT REFERENCES user (name), issued_at TEXT, void_reason TEXT,
            UNIQUE (kind, year, serial)) STRICT""",
        "CREATE INDEX document_case ON document (case_id)",
        """CREATE TRIGGER attachment_no_delete BEFORE DELETE ON attachment BEGIN
            SELECT RAISE(ABORT, 'nothing is deleted'); END""",
        """CREATE TRIGGER document_no_delete BEFORE DELETE ON document BEGIN
            SELECT RAISE(ABORT, 'nothing is deleted'); END""",
        """CREATE TRIGGER document_issued_stays BEFORE UPDATE ON document
            WHEN OLD.state <> 'certified' AND NEW.digest IS NOT OLD.digest
              OR NEW.number IS NOT OLD.number OR NEW.kind IS NOT OLD.kind
              OR NEW.case_id IS NOT OLD.case_id
            BEGIN SELECT RAISE(ABORT, 'an issued document never changes'); END""",
    )


def m04_follow_ups(database: Database) -> None:
    """Periods that follow from cases, and the record of what became of each.

    The two indexes hold the open ones only, with all that the lists ask of them.
    """
    _run(
        database,
        """CREATE TABLE follow_up (
            id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES case_ (id),
            kind TEXT NOT NULL, turn INTEGER NOT NULL, number INTEGER NOT NULL,
            first_day TEXT NOT NULL, last_day TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'settled', 'dropped')),
            settled_case INTEGER REFERENCES case_ (id),
            UNIQUE (case_id, kind, turn, number)) STRICT""",
        """CREATE INDEX follow_up_open ON follow_up (last_day, id, first_day)
            WHERE state = 'open'""",
        """CREATE INDEX follow_up_coming ON follow_up (first_day, id) WHERE state = 'open'""",
        """CREATE INDEX follow_up_settled ON follow_up (settled_case)
            WHERE settled_case IS NOT NULL""",
        """CREATE TABLE follow_up_key (
            key TEXT NOT NULL, follow_up INTEGER NOT NULL REFERENCES follow_up (id),
            PRIMARY KEY (key, follow_up)) STRICT, WITHOUT ROWID""",
        "CREATE INDEX follow_up_key_of ON follow_up_key (follow_up)",
        """CREATE TABLE follow_up_event (
            id INTEGER PRIMARY KEY, follow_up INTEGER NOT NULL REFERENCES follow_up (id),
            deed TEXT NOT NULL CHECK
                (deed IN ('opened', 'moved', 'settled', 'reopened', 'dropped')),
            first_day TEXT NOT NULL, last_day TEXT NOT NULL,
            by_user TEXT NOT NULL REFERENCES user (name), full_name TEXT NOT NULL,
            at TEXT NOT NULL, reason TEXT NOT NULL,
            case_id INTEGER REFERENCES case_ (id)) STRICT""",
        "CREATE INDEX follow_up_event_of ON follow_up_event (follow_up)",
        """CREATE TRIGGER follow_up_no_delete BEFORE DELETE ON follow_up BEGIN
            SELECT RAISE(ABORT, 'nothing is deleted'); END""",
        """CREATE TRIGGER follow_up_event_no_delete BEFORE DELETE ON follow_up_event BEGIN
            SELECT RAISE(ABORT, 'nothing is deleted'); END""",
        """CREATE TRIGGER follow_up_event_no_update BEFORE UPDATE ON follow_up_event BEGIN
            SELECT RAISE(ABORT, 'what became of a follow-up stays as it is'); END""",
    )


def m05_certificates(database: Database) -> None:
    """The register of the certificates to sign with, and of their revocations.

    Certificates from before the register have no `issued_by`: no journal entry notes them.
    """
    _run(
        database,
        """CREATE TABLE certificate (
            id INTEGER PRIMARY KEY, serial TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL REFERENCES user (name),
            keeper TEXT NOT NULL CHECK (keeper IN ('container', 'token')), pem TEXT NOT NULL,
            issued_by TEXT REFERENCES user (name), issued_at TEXT NOT NULL,
            revoked_since TEXT, revoked_at TEXT, revoked_by TEXT REFERENCES user (name),
            reason TEXT,
            CHECK ((revoked_at IS NULL) = (revoked_since IS NULL)
               AND (revoked_at IS NULL) = (revoked_by IS NULL)
               AND (revoked_at IS NULL) = (reason IS NULL))) STRICT""",
        "CREATE INDEX certificate_name ON certificate (name)",
        """CREATE TRIGGER certificate_no_delete BEFORE DELETE ON certificate BEGIN
            SELECT RAISE(ABORT, 'nothing is deleted'); END""",
        """CREATE TRIGGER certificate_stays BEFORE UPDATE ON certificate
            WHEN OLD.revoked_at IS NOT NULL OR NEW.serial IS NOT OLD.serial
              OR NEW.name IS NOT OLD.name OR NEW.pem IS NOT OLD.pem
            BEGIN SELECT RAISE(ABORT, 'a certificate is revoked once and for all'); END""",
    )
    for row in database.query(
        "SELECT name, certificate_pem, created_at FROM user WHERE certificate_pem IS NOT NULL"
    ):
        with suppress(ValueError):  # a text that is no certificate cannot have signed anything
            database.execute(
                "INSERT OR IGNORE INTO certificate (serial, name, keeper, pem, issued_at)"
                " VALUES (?, ?, 'container', ?, ?)",
                (
                    serial_of(row["certificate_pem"]),
                    row["name"],
                    row["certificate_pem"],
                    row["created_at"],
                ),
            )


def m06_registers(database: Database) -> None:
    """Registers: the rows as lists show them, and what each held from version to version.

    What a row holds stands in its versions only, which are never changed.
    """
    _run(
        database,
        """CREATE TABLE register_row (
            id INTEGER PRIMARY KEY, register TEXT NOT NULL, code TEXT NOT NULL,
            title TEXT NOT NULL, place TEXT NOT NULL, version INTEGER NOT NULL,
            words TEXT NOT NULL, initials TEXT NOT NULL, UNIQUE (register, code)) STRICT""",
        """CREATE TABLE register_version (
            id INTEGER PRIMARY KEY, row_id INTEGER NOT NULL REFERENCES register_row (id),
            version INTEGER NOT NULL, code TEXT NOT NULL, title TEXT NOT NULL,
            place TEXT NOT NULL, body TEXT NOT NULL,
            by_user TEXT NOT NULL REFERENCES user (name), full_name TEXT NOT NULL,
            at TEXT NOT NULL, source TEXT NOT NULL, UNIQUE (row_id, version)) STRICT""",
        """CREATE TRIGGER register_row_no_delete BEFORE DELETE ON register_row BEGIN
            SELECT RAISE(ABORT, 'nothing is deleted'); END""",
        """CREATE TRIGGER register_row_forward BEFORE UPDATE ON register_row
            WHEN NEW.id IS NOT OLD.id OR NEW.register IS NOT OLD.register
              OR NEW.version IS NOT OLD.version + 1
            BEGIN SELECT RAISE(ABORT, 'a row goes on from version to version'); END""",
        """CREATE TRIGGER register_version_no_delete BEFORE DELETE ON register_version BEGIN
            SELECT RAISE(ABORT, 'nothing is deleted'); END""",
        """CREATE TRIGGER register_version_no_update BEFORE UPDATE ON register_version BEGIN
            SELECT RAISE(ABORT, 'what a row held stays as it is'); END""",
    )


def m07_ways_of_scans(database: Database) -> None:
    """How a scan came to its case, from where and why, and what verdict it found there.

    Scans from before have no `came`: no journal entry notes these columns of theirs. A move to
    another case is one entry that is about both.
    """
    _run(
        database,
        """ALTER TABLE attachment ADD COLUMN came TEXT
            CHECK (came IN ('attached', 'moved', 'reused'))""",
        "ALTER TABLE attachment ADD COLUMN taken_from INTEGER REFERENCES attachment (id)",
        "ALTER TABLE attachment ADD COLUMN reason TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE attachment ADD COLUMN verdict_before TEXT NOT NULL DEFAULT ''",
        """CREATE INDEX journal_to_case ON journal (json_extract(body, '$.to_case'), seq)
            WHERE kind = 'material.move'""",
        """CREATE TRIGGER attachment_stays BEFORE UPDATE ON attachment
            WHEN NEW.case_id IS NOT OLD.case_id OR NEW.material IS NOT OLD.material
              OR NEW.digest IS NOT OLD.digest OR NEW.came IS NOT OLD.came
              OR OLD.removed_at IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'a scan stays where it came to, or is taken off'); END""",
    )


def m08_tallies(database: Database) -> None:
    """What figures count and add up: columns, sums of each case, and two indexes that hold all.

    Cases from before are filled in by the first who asks for figures (`Writer.tally_case`): what
    counts as a town or a sum is declared by the packs, which no migration knows.
    """
    counted = "case_type, status, stage, district, town, decided_due"
    _run(
        database,
        "ALTER TABLE case_ ADD COLUMN town TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE case_ ADD COLUMN decided_on TEXT",
        "ALTER TABLE case_ ADD COLUMN decided_due TEXT",
        "ALTER TABLE case_ ADD COLUMN tallied TEXT NOT NULL DEFAULT ''",
        """CREATE TABLE case_sum (
            case_id INTEGER NOT NULL REFERENCES case_ (id), column_id TEXT NOT NULL,
            high INTEGER NOT NULL, low INTEGER NOT NULL,
            PRIMARY KEY (case_id, column_id)) STRICT, WITHOUT ROWID""",
        "DROP INDEX case_accepted",
        f"CREATE INDEX case_accepted ON case_ (accepted_on, id, {counted}, decided_on, due_day,"
        " tallied)",
        f"CREATE INDEX case_decided ON case_ (decided_on, id, {counted}, accepted_on, due_day)"
        " WHERE decided_on IS NOT NULL",
    )


def m09_codes(database: Database) -> None:
    """Documents by the short code that their papers carry, as the journal noted it."""
    _run(
        database,
        """CREATE INDEX journal_code ON journal (json_extract(body, '$.code'))
            WHERE kind = 'document.certify'""",
    )


def m10_clocks_and_calendar(database: Database) -> None:
    """What held up a case's periods, and the working-day calendars that the office took in.

    Both are written once and stay; what takes an earlier line back names it, or comes later.
    """
    _run(
        database,
        """CREATE TABLE clock_event (
            id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES case_ (id),
            deed TEXT NOT NULL CHECK (deed IN ('paused', 'resumed', 'extended', 'revoked')),
            about INTEGER REFERENCES clock_event (id), subject TEXT NOT NULL,
            day TEXT NOT NULL, by_user TEXT NOT NULL REFERENCES user (name),
            full_name TEXT NOT NULL, at TEXT NOT NULL, reason TEXT NOT NULL,
            CHECK ((about IS NULL) = (deed IN ('paused', 'extended')))) STRICT""",
        "CREATE INDEX clock_event_case ON clock_event (case_id)",
        """CREATE UNIQUE INDEX clock_event_once ON clock_event (about, deed)
            WHERE about IS NOT NULL""",
        """CREATE TABLE calendar_year (
            id INTEGER PRIMARY KEY, year INTEGER NOT NULL, body TEXT NOT NULL,
            source TEXT NOT NULL, by_user TEXT NOT NULL REFERENCES user (name),
            full_name TEXT NOT NULL, at TEXT NOT NULL) STRICT""",
        *(
            f"CREATE TRIGGER {table}_no_{deed} BEFORE {deed.upper()} ON {table} BEGIN "
            f"SELECT RAISE(ABORT, '{why}'); END"
            for table in ("clock_event", "calendar_year")
            for deed, why in (
                ("update", "what was recorded stays as it is"),
                ("delete", "nothing is deleted"),
            )
        ),
    )


MIGRATIONS: tuple[Migration, ...] = (
    m01_office_people_journal,
    m02_cases,
    m03_scans_and_documents,
    m04_follow_ups,
    m05_certificates,
    m06_registers,
    m07_ways_of_scans,
    m08_tallies,
    m09_codes,
    m10_clocks_and_calendar,
)


def upgrade(database: Database, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Take the steps that the database has not taken yet."""
    for number, migration in enumerate(migrations, start=1):
        if number > int(pragma(database, "user_version")):
            _take(database, migration, number)


def _take(database: Database, migration: Migration, number: int) -> None:
    database.execute("BEGIN IMMEDIATE")
    try:
        migration(database)
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {number}")
        database.execute("COMMIT")
    except BaseException:
        if database.conn.in_transaction:
            database.execute("ROLLBACK")
        raise


def _run(database: Database, *statements: str) -> None:
    for statement in statements:
        database.execute(statement)
