"""Documents: preview, numbering, two signatures, the kept bytes, and verification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from auditdesk.documents.verify import Verification
    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.views import DocumentOffer
    from auditdesk.store.records import IssuedDocument
    from auditdesk.util.label import Label


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What a person signs with.

    Attributes:
        passphrase: of the certificate; for the office's own certificates the password at
            the time of issue.
        pkcs12: a certificate file of the person's own; None: the one that the office keeps.
    """

    passphrase: str
    pkcs12: bytes | None = None


@dataclass(frozen=True, slots=True)
class FileVerification:
    """The verification of a PDF; `journal` is the comparison with the office's journal.

    Attributes:
        journal_ok: None where no office was asked or the file prints no checkpoint.
    """

    verification: Verification
    journal_ok: bool | None
    journal: Label | None


def preview(desk: Desk, no: str, kind: str) -> bytes:
    """The document as it would be frozen now: unsigned, unnumbered, marked 预览."""
    raise NotImplementedError


def certify(
    desk: Desk, no: str, kind: str, key: SigningKey
) -> tuple[IssuedDocument, bytes, Changes]:
    """Freeze the document: number, archive form, both signature fields, first signature.

    A document with one signer is issued by this; one with two waits for the countersignature.

    Raises:
        RefusedError: role, stage or passphrase; or the case has such a document already.
    """
    raise NotImplementedError


def countersign(
    desk: Desk, no: str, kind: str, key: SigningKey
) -> tuple[IssuedDocument, bytes, Changes]:
    """Sign the frozen document second, by somebody else than the first; it is issued then.

    Raises:
        RefusedError: role, four eyes, stage or passphrase; or nothing waits for it.
    """
    raise NotImplementedError


def offers(desk: Desk, no: str) -> tuple[DocumentOffer, ...]:
    """Every kind of document of the case and its next step for the signed-in person."""
    raise NotImplementedError


def issued(desk: Desk, no: str) -> tuple[IssuedDocument, ...]:
    """The documents of a case that have a number."""
    raise NotImplementedError


def content(desk: Desk, document_id: int) -> bytes:
    """The kept bytes of a document, compared with their digest."""
    raise NotImplementedError


def verify_file(path: Path, desk: Desk | None = None) -> FileVerification:
    """Who signed a PDF, when, whether anything changed; with an office also its journal.

    Raises:
        UnusableInputError: no such file, or not a PDF.
    """
    raise NotImplementedError
