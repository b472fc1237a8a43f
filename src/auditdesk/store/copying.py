"""A copy of an open database, made by SQLite's backup: whole, encrypted, on the disk."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from auditdesk.store.faults import database_faults
from auditdesk.store.session import connect
from auditdesk.util.atomic import TEMPORARY, disk_fault, fsync_folder

if TYPE_CHECKING:
    from pathlib import Path

    from auditdesk.store.session import Session


def copy_database(session: Session, target: Path) -> None:
    """Copy the database into a new file under the same key, and onto the disk.

    The copy is one single file: its write-ahead log is folded in.

    Raises:
        OfficeFaultError: the disk is full or failed; no copy is left.
    """
    temporary = target.with_name(f"{TEMPORARY}{target.name}")
    try:
        with session.lock, database_faults():
            copy = connect(temporary, session.key, "rwc")
            try:
                session.database.conn.backup(copy.conn)
                copy.execute("PRAGMA journal_mode = DELETE").fetchall()
            finally:
                copy.close()
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
        fsync_folder(target.parent)
    except OSError as error:
        raise disk_fault(error, target) from error
    finally:
        if temporary.exists():
            temporary.unlink()
