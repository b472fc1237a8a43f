"""Backups of the office and checking that they can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.operations.changes import Changes
from auditdesk.store.backup import create_backup, verify_backup
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from pathlib import Path

    from auditdesk.operations.desk import Desk
    from auditdesk.store.backup import BackupFacts
    from auditdesk.util.progress import Progress

OWN_FOLDER = "backups"


def create(desk: Desk, folder: Path | None, progress: Progress) -> tuple[BackupFacts, Changes]:
    """Back the office up into `folder` (None: the office's own), verified after writing.

    Raises:
        UnusableInputError: the folder is missing, or has a backup of this second.
        OfficeFaultError: a disk is full or failed, or a scan of the office is damaged.
        CancelledError: by `progress`; no backup is left.
    """
    target = folder if folder is not None else desk.office.folder / OWN_FOLDER
    facts = create_backup(desk.office, target, now=desk.now(), progress=progress)
    if not desk.read_only:
        body = {
            "name": facts.folder.name,
            "case_count": facts.cases,
            "content_count": facts.contents,
            "regulation_count": facts.regulations,
        }
        with desk.office.write("backup.create", None, body):
            """The journal says that a backup was made; nothing else changes."""
    summary = Label(
        f"备份已完成并核验：{facts.folder}", f"Backup made and verified: {facts.folder}"
    )
    return facts, Changes(summary)


def verify(desk: Desk, folder: Path, progress: Progress) -> BackupFacts:
    """Check that a backup is whole and opens with this office's key.

    Raises:
        UnusableInputError: the folder is no backup.
        FallsShortError: it is one, but not whole or not this office's; says what is wrong.
        CancelledError: by `progress`.
    """
    return verify_backup(folder, desk.office.key, progress)
