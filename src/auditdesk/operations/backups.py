"""Backups of the office and checking that they can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.store.backup import BackupFacts
    from auditdesk.util.progress import Progress


def create(desk: Desk, folder: Path | None, progress: Progress) -> tuple[BackupFacts, Changes]:
    """Back the office up into `folder` (None: the office's own), verified after writing."""
    raise NotImplementedError


def verify(desk: Desk, folder: Path, progress: Progress) -> BackupFacts:
    """Check that a backup is whole and opens with the office's key."""
    raise NotImplementedError
