"""Scans of what the applicant handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.views import CaseView


def attach(
    desk: Desk, no: str, material: str, path: Path, *, original: bool = False
) -> tuple[CaseView, Changes]:
    """Keep a scan (PDF, JPEG, PNG, TIFF) with the case and mark the material present.

    Args:
        desk: who and where.
        no: the case number.
        material: id of the material that the scan shows.
        path: the file; it is copied, encrypted, into the office.
        original: the original was seen, not a copy.

    Raises:
        UnusableInputError: no such file, case or material; not a scan; too large.
        RefusedError: the case may not be changed by this person now.
        OfficeFaultError: disk full or broken; nothing was kept.
    """
    raise NotImplementedError


def open_attachment(desk: Desk, attachment_id: int) -> bytes:
    """The scan's bytes, decrypted and compared with its digest."""
    raise NotImplementedError
