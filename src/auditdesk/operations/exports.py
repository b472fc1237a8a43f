"""The workbook that the city bureau gets every period."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from auditdesk.exchange.workbook import WorkbookFacts
    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.util.progress import Progress


def export_city(
    desk: Desk, first: date, last: date, path: Path, progress: Progress
) -> tuple[WorkbookFacts, Changes]:
    """Write all cases accepted from `first` to `last` (both included), a sheet a case type.

    Raises:
        UnusableInputError: the period is upside down, or the target cannot be written.
        CancelledError: by `progress`; no file is left behind.
    """
    raise NotImplementedError
