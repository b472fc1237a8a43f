"""Files that nothing mentions: what a kill or a cancelled step left behind.

Temporary files go when the office is next opened. A content that no row mentions is moved
to the trash folder, and only when it is older than a day: between keeping a content and the
transaction that mentions it, it is unmentioned for good reason.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from auditdesk.store.attachments import ATTACHMENTS
from auditdesk.util.atomic import TEMPORARY, fsync_folder

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from pathlib import Path

TRASH = "trash"
_OLD_ENOUGH = 24 * 60 * 60


def drop_temporary_files(folder: Path) -> None:
    """Remove temporary files; only under the office's lock, when nobody is writing any."""
    for place in (folder, folder / ATTACHMENTS):
        for path in place.glob(f"{TEMPORARY}*"):
            with suppress(OSError):  # one that stays does no harm
                path.unlink()


def move_unmentioned(folder: Path, mentioned: Collection[str], now: datetime) -> int:
    """Move contents that nothing mentions, and that are older than a day, into the trash.

    Args:
        folder: the office's.
        mentioned: the file names (addresses) of all contents that rows mention.
        now: the moment; a content's age counts from its file's last change.

    Returns:
        How many were moved.

    Raises:
        OSError: the disk.
    """
    kept = frozenset(mentioned)
    oldest = now.timestamp() - _OLD_ENOUGH
    unmentioned = [
        path
        for path in (folder / ATTACHMENTS).glob("??/*")
        if path.name not in kept and path.stat().st_mtime < oldest
    ]
    for path in unmentioned:
        path.replace(folder / TRASH / path.name)
    if unmentioned:
        fsync_folder(folder / TRASH)
    return len(unmentioned)
