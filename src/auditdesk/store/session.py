"""The open database of an office: one connection, one lock, one place on the disk."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from auditdesk.store import codec, faults
from auditdesk.store.faults import database_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sqlite_utils import Database

    from auditdesk.store.crypto import OfficeKey

    Parameters = Sequence[Any] | dict[str, Any]

DATABASE_FILE = "office.db"
APPLICATION_ID = 0x41444B31  # "ADK1"
_PLAIN_HEADER = b"SQLite format 3\0"

Row = dict[str, Any]


def connect(path: Path, key: OfficeKey, mode: str) -> Database:
    """Open an encrypted database.

    Transactions are begun and ended by hand (`isolation_level=None`): the driver's own
    ones would let writes wait for a commit that never comes.

    Args:
        path: the file.
        key: of the office; another key shows at the first read.
        mode: `rw` (never makes a file), `rwc`, or `immutable` for read-only media.
    """
    from sqlcipher3 import dbapi2  # noqa: PLC0415 – an opened office only needs the driver
    from sqlite_utils import Database  # noqa: PLC0415 – takes 80 ms to import

    query = "immutable=1&mode=ro" if mode == "immutable" else f"mode={mode}"
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?{query}",
        uri=True,
        timeout=1.0,
        isolation_level=None,
        check_same_thread=False,
    )
    # Damage is told by the faults of this package, not by lines on standard error.
    connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
    connection.execute(f"PRAGMA key = \"x'{key.database()}'\"").fetchall()
    connection.execute("PRAGMA foreign_keys = ON").fetchall()
    connection.execute("PRAGMA trusted_schema = OFF").fetchall()
    # recursive_triggers: else INSERT OR REPLACE gets round the journal's triggers.
    return Database(connection, recursive_triggers=True, execute_plugins=False)


def pragma(database: Database, name: str) -> Any:
    """The value of a pragma."""
    return database.execute(f"PRAGMA {name}").fetchone()[0]


def check_header(path: Path) -> None:
    """A first look at the file, before the driver opens it.

    Raises:
        OfficeFaultError: missing, unreadable, empty or without encryption.
    """
    try:
        with path.open("rb") as file:
            header = file.read(len(_PLAIN_HEADER))
    except FileNotFoundError:
        raise faults.file_missing(path) from None
    except OSError as error:
        raise faults.file_unreadable(path, error) from error
    if header == _PLAIN_HEADER:
        raise faults.plain_database(path)
    if len(header) < len(_PLAIN_HEADER):
        raise faults.file_damaged(path)


class Session:
    """The connection, to be used by one thread at a time under `lock`."""

    def __init__(self, folder: Path, key: OfficeKey, *, read_only: bool) -> None:
        """Open an existing database and make sure that it is an office's.

        Raises:
            OfficeFaultError: missing, foreign, plain or damaged.
        """
        self.folder = folder
        self.path = folder / DATABASE_FILE
        self.key = key
        self.read_only = read_only
        self.lock = threading.RLock()
        check_header(self.path)
        self._identity = _identity(self.path)
        self._database: Database | None = None
        self._failed = False
        self._open()

    def _open(self) -> None:
        log = self.path.with_name(f"{self.path.name}-wal")
        if self.read_only and log.exists() and log.stat().st_size:
            raise faults.left_open_on_read_only()
        with database_faults():
            database = connect(self.path, self.key, "immutable" if self.read_only else "rw")
        try:
            self._prepare(database)
        except BaseException:
            database.close()
            raise
        self._database = database

    def _prepare(self, database: Database) -> None:
        from sqlcipher3 import dbapi2  # noqa: PLC0415 – as in connect

        try:
            if not self.read_only:
                write_ahead(database)
            if pragma(database, "application_id") != APPLICATION_ID:
                raise faults.file_damaged(self.path)
        except dbapi2.DatabaseError as error:
            if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
                raise faults.file_damaged(self.path) from error
            with database_faults():
                raise

    @property
    def database(self) -> Database:
        """The sqlite-utils database; after an I/O error opened again and checked first.

        Raises:
            OfficeFaultError: the disk still fails, or the database is damaged.
            RuntimeError: the office has been closed.
        """
        if self._database is None and self._failed:
            self._reopen()
        if self._database is None:
            raise RuntimeError("the office is closed")
        return self._database

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """All rows of a query, each with its columns by name."""
        with self._guarded():
            cursor = self.database.execute(sql, parameters)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """The first row of a query."""
        return next(iter(self.rows(sql, parameters)), None)

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of a query's first row; None where it has no row."""
        with self._guarded():
            row = self.database.execute(sql, parameters).fetchone()
            return row[0] if row else None

    def digests(self) -> list[str]:
        """The digests of all contents that a row mentions."""
        sql = "SELECT digest FROM attachment UNION SELECT digest FROM document ORDER BY 1"
        return [row["digest"] for row in self.rows(sql)]

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Run one writing statement of a transaction; the number of rows it touched."""
        _check_texts(parameters)
        with self._guarded():
            return int(self._writable().execute(sql, parameters).rowcount)

    def insert(self, table: str, row: Row) -> int:
        """Insert one row; its rowid. A mistyped table or column is an error, never made."""
        _check_texts(row.values())
        marks = ", ".join("?" * len(row))
        names = ", ".join(row)
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 – names of this package
        with self._guarded():
            return int(self._writable().execute(sql, tuple(row.values())).lastrowid or 0)

    def _writable(self) -> Database:
        # An error may have ended the transaction: what follows must not commit by itself.
        if not self.database.conn.in_transaction:
            raise RuntimeError("a write outside a transaction")
        return self.database

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        with self.lock:
            try:
                with database_faults():
                    yield
            except faults.DiskFailedError:
                self.close()
                self._failed = True
                raise

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One whole transaction: committed at the end, or rolled back on any exception.

        Raises:
            OfficeFaultError: read-only, folder swapped, disk full or failed.
            RuntimeError: a transaction is open already.
        """
        if self.read_only:
            raise faults.read_only_office()
        with self.lock:
            if self.database.conn.in_transaction:
                raise RuntimeError("one write inside another")
            self.check_place()
            with self._guarded():
                self.database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    def _roll_back(self) -> None:
        from sqlcipher3 import dbapi2  # noqa: PLC0415 – as in connect

        if self._database is not None and self._database.conn.in_transaction:
            with suppress(dbapi2.Error):  # closing it drops the transaction as well
                self._database.execute("ROLLBACK")

    def check_place(self) -> None:
        """The folder and its database are still those that were opened.

        Raises:
            OfficeFaultError: taken away or replaced by others.
        """
        try:
            same = _identity(self.path) == self._identity
        except OSError:
            same = False
        if not same:
            raise faults.folder_swapped(self.folder)

    def _reopen(self) -> None:
        self.check_place()
        check_header(self.path)
        self._open()
        # Reads every page, through the log: what a failed disk left in the file alone may be
        # half of a page that the log still holds whole.
        if self.value("PRAGMA quick_check") != "ok":
            self.close()
            raise faults.database_damaged()
        self._failed = False

    def settle(self) -> bool:
        """Move everything from the write-ahead log into the database and onto the disk."""
        busy = self.value("PRAGMA wal_checkpoint(TRUNCATE)")
        return bool(busy == 0)

    def close(self) -> None:
        """Close the connection; harmless when done twice."""
        from sqlcipher3 import dbapi2  # noqa: PLC0415 – as in connect

        if self._database is not None:
            with suppress(dbapi2.Error):  # what was committed is on the disk already
                self._database.close()
            self._database = None


def write_ahead(database: Database) -> None:
    """The journal mode that lost nothing in any simulated crash or power cut."""
    # Exclusive, and before the first read: no other tool writes beside us, and no file of
    # shared memory is needed, for which a full disk has no room.
    database.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
    database.execute("PRAGMA journal_mode = WAL").fetchall()
    database.execute("PRAGMA synchronous = FULL").fetchall()


def _check_texts(values: Iterable[Any]) -> None:
    for value in values:
        if isinstance(value, str) and not value.isascii():
            codec.check_text(value)


def _identity(path: Path) -> tuple[int, int, int, int]:
    folder, file = path.parent.stat(), path.stat()
    return folder.st_dev, folder.st_ino, file.st_dev, file.st_ino
