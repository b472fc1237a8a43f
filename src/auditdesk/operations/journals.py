"""Reading and verifying the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditdesk.operations.desk import Desk
    from auditdesk.store.records import JournalEntry, JournalVerdict
    from auditdesk.util.progress import Progress


def verify(desk: Desk, progress: Progress) -> JournalVerdict:
    """Check the whole journal, chain and signatures, from the first entry to the last.

    Raises:
        CancelledError: by `progress`.
    """
    return desk.office.journal.verify(progress)


def page(desk: Desk, before: int | None = None, limit: int = 100) -> tuple[JournalEntry, ...]:
    """Entries newest first, before sequence number `before`."""
    return desk.office.journal.page(before, limit)
