"""Writing what leaves the office: whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.util.atomic import disk_fault, write_atomic

if TYPE_CHECKING:
    from pathlib import Path


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole.

    Raises:
        OfficeFaultError: the target cannot be written; what was there before is still there.
    """
    try:
        write_atomic(path, content)
    except OSError as error:
        raise disk_fault(error, path) from None
