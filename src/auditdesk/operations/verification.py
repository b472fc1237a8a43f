"""Verifying a PDF that came back: signatures, and with an office its journal and archive."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from auditdesk.operations import papercodes
from auditdesk.operations.certificates import known_revocations
from auditdesk.operations.checkpoints import compare
from auditdesk.operations.settings import AUTHORITY_CERTIFICATE, STAMP_CERTIFICATE
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.hashing import sha256_hex
from auditdesk.util.label import Label
from auditdesk.util.reading import read_limited

if TYPE_CHECKING:
    from pathlib import Path

    from auditdesk.documents.revocation import RevocationList
    from auditdesk.documents.verify import Verification
    from auditdesk.operations.desk import Desk
    from auditdesk.store.records import IssuedDocument

LARGEST_FILE = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileVerification:
    """The verification of a PDF, with the comparison with an office.

    Attributes:
        journal_ok: the office's journal holds the printed checkpoint; None: nothing to compare.
        journal: that comparison in words; None where no office was asked.
        kept: the office keeps the very same bytes under the document's number; None: no
            office was asked, or it has no document of that number.
        register_ok: what the office's register of documents says of the number; None: nothing
            to compare.
        register: that in words.
        paper_ok: a code that was read off a paper is this file's; None: none was given.
        paper: that in words.
    """

    verification: Verification
    journal_ok: bool | None
    journal: Label | None
    kept: bool | None
    register_ok: bool | None = None
    register: Label | None = None
    paper_ok: bool | None = None
    paper: Label | None = None

    @property
    def good(self) -> bool:
        """Everything that could be checked is as it should be."""
        other = (self.journal_ok, self.kept, self.register_ok, self.paper_ok)
        return self.verification.good and False not in other


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody without an office brings along to verify with.

    Attributes:
        roots: certificates of authorities (PEM), got by another way than the paper.
        lists: their revocation lists (PEM or DER).
        stamps: certificates of time stamping authorities (PEM).
    """

    roots: tuple[bytes, ...] = ()
    lists: tuple[bytes, ...] = ()
    stamps: tuple[bytes, ...] = ()


NOTHING = Given()


def verify_file(
    path: Path, desk: Desk | None = None, *, given: Given = NOTHING, code: str = ""
) -> FileVerification:
    """Who signed a PDF, when, whether anything changed; with an office also its journal.

    Args:
        path: the file.
        desk: of an office to ask, too.
        given: what somebody without an office brings along.
        code: what was read off a paper: its QR code by a phone, or its 核验码.

    Raises:
        UnusableInputError: no such file, not a PDF, or too large to be one of ours; or what
            was brought along is no certificate or list, or a list of another authority; or
            the code is none.
    """
    return verify_bytes(_read(path), desk, given=given, code=code)


def verify_bytes(
    pdf: bytes, desk: Desk | None = None, *, given: Given = NOTHING, code: str = ""
) -> FileVerification:
    """As `verify_file`, of bytes at hand."""
    from auditdesk.documents.verify import verify  # noqa: PLC0415 – pyHanko is heavy

    typed = papercodes.read(code) if code.strip() else None
    roots, stamps, lists = _known(desk, given)
    verification = verify(pdf, roots, lists=lists, stamps=stamps)
    found = _with_office(desk, pdf, verification)
    if typed is None:
        return found
    paper_ok, paper = papercodes.compare(typed, verification.code)
    return replace(found, paper_ok=paper_ok, paper=paper)


def _with_office(desk: Desk | None, pdf: bytes, verification: Verification) -> FileVerification:
    if desk is None:
        return FileVerification(verification, None, None, None)
    document = desk.office.documents.find(verification.number or "")
    kept = None if document is None else document.digest == sha256_hex(pdf)
    register_ok, register = _registered(document, verification)
    journal_ok, journal = compare(desk, verification.checkpoint)
    return FileVerification(verification, journal_ok, journal, kept, register_ok, register)


def check_given(given: Given, desk: Desk | None = None) -> None:
    """Whether what was brought along can be used.

    Raises:
        UnusableInputError: a certificate or a list that is none, or a list that no authority
            signed that is known, be it brought along or the office's own.
    """
    _known(desk, given)


def _known(
    desk: Desk | None, given: Given
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[RevocationList, ...]]:
    """Authorities, time stamping authorities and revocations: brought along, and the office's."""
    from auditdesk.documents.revocation import read_list  # noqa: PLC0415 – heavy
    from auditdesk.documents.verify import check_certificate  # noqa: PLC0415 – heavy

    roots, stamps = (
        tuple(check_certificate(content) for content in part)
        for part in (given.roots, given.stamps)
    )
    if desk is not None:
        roots += _setting(desk, AUTHORITY_CERTIFICATE)
        stamps += _setting(desk, STAMP_CERTIFICATE)
    lists = tuple(read_list(content, roots) for content in given.lists)
    own = None if desk is None else known_revocations(desk)
    return roots, stamps, lists if own is None else (*lists, own)


def _setting(desk: Desk, key: str) -> tuple[str, ...]:
    value = desk.profile.settings.get(key)
    return (value,) if value else ()


def _registered(
    document: IssuedDocument | None, verification: Verification
) -> tuple[bool | None, Label | None]:
    """What the office's own register of documents says of the number."""
    number = verification.number
    if document is not None and document.state == "void":
        reason = document.void_reason or "—"
        return False, Label(
            f"本单元已将 {number} 作废：{reason}。",
            f"This office declared {number} void: {reason}.",
        )
    if document is None and number and verification.trusted:
        return False, Label(
            f"签名人是本单元的，但本单元没有编过文号 {number}：不是由本单元签发的。",
            f"The signers are this office's, but it never gave the number {number}: it did not "
            "issue the document.",
        )
    return (None, None) if document is None else (True, None)


def _read(path: Path) -> bytes:
    content = read_limited(path, LARGEST_FILE)
    if len(content) > LARGEST_FILE:
        raise UnusableInputError(
            f"{path} 超过 {LARGEST_FILE // 2**20} MB，不是本程序的文书。",
            f"{path} is larger than {LARGEST_FILE // 2**20} MB: no document of this program.",
        )
    if b"%PDF-" not in content[:1024]:
        raise UnusableInputError(f"{path} 不是 PDF 文件。", f"{path} is no PDF file.")
    return content
