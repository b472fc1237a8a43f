"""Verifying a PDF that came back: signatures, and with an office its journal and archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditdesk.operations.checkpoints import compare
from auditdesk.operations.settings import AUTHORITY_CERTIFICATE
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.hashing import sha256_hex

if TYPE_CHECKING:
    from pathlib import Path

    from auditdesk.documents.verify import Verification
    from auditdesk.operations.desk import Desk
    from auditdesk.util.label import Label

LARGEST_FILE = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileVerification:
    """The verification of a PDF, with the comparison with an office.

    Attributes:
        journal_ok: the office's journal holds the printed checkpoint; None: nothing to compare.
        journal: that comparison in words; None where no office was asked.
        kept: the office keeps the very same bytes under the document's number; None: no
            office was asked, or it has no document of that number.
    """

    verification: Verification
    journal_ok: bool | None
    journal: Label | None
    kept: bool | None

    @property
    def good(self) -> bool:
        """Everything that could be checked is as it should be."""
        return self.verification.good and self.journal_ok is not False and self.kept is not False


def verify_file(path: Path, desk: Desk | None = None) -> FileVerification:
    """Who signed a PDF, when, whether anything changed; with an office also its journal.

    Raises:
        UnusableInputError: no such file, not a PDF, or too large to be one of ours.
    """
    return verify_bytes(_read(path), desk)


def verify_bytes(pdf: bytes, desk: Desk | None = None) -> FileVerification:
    """As `verify_file`, of bytes at hand."""
    from auditdesk.documents.verify import verify  # noqa: PLC0415 – pyHanko is heavy

    if desk is None:
        return FileVerification(verify(pdf), None, None, None)
    root = desk.profile.settings.get(AUTHORITY_CERTIFICATE)
    verification = verify(pdf, (root,) if root else ())
    journal_ok, journal = compare(desk, verification.checkpoint)
    return FileVerification(verification, journal_ok, journal, _kept(desk, verification, pdf))


def _kept(desk: Desk, verification: Verification, pdf: bytes) -> bool | None:
    if not verification.number:
        return None
    document = desk.office.documents.find(verification.number)
    return None if document is None else document.digest == sha256_hex(pdf)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UnusableInputError(
            f"读不了文件 {path}：{error.strerror}", f"{path} cannot be read: {error.strerror}"
        ) from error
    if len(content) > LARGEST_FILE:
        raise UnusableInputError(
            f"{path} 超过 {LARGEST_FILE // 2**20} MB，不是本程序的文书。",
            f"{path} is larger than {LARGEST_FILE // 2**20} MB: no document of this program.",
        )
    if b"%PDF-" not in content[:1024]:
        raise UnusableInputError(f"{path} 不是 PDF 文件。", f"{path} is no PDF file.")
    return content
