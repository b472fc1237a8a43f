"""Time stamps on signatures (RFC 3161): a third party's word for when a signature existed."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from auditdesk.documents.subject import from_subject

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from asn1crypto import cms, x509

TOKEN = "signature_time_stamp_token"  # noqa: S105 – the name of an attribute
ROOM = 8 * 1024  # bytes kept in a signature for a stamp with its certificates
DIGESTS = {"sha256", "sha384", "sha512"}


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """What a time stamp says.

    Attributes:
        at: the moment at which the signature existed.
        authority: whose word that is.
        sound: the stamp is of this signature and unaltered.
        known: its authority is one of those given.
    """

    at: datetime
    authority: str
    sound: bool
    known: bool


def stamp_token(signer: cms.SignerInfo) -> cms.ContentInfo | None:
    """The time stamp that a signature carries."""
    for attribute in signer["unsigned_attrs"] or ():
        if attribute["type"].native == TOKEN and len(attribute["values"]) == 1:
            return attribute["values"][0]
    return None


def read_stamp(
    token: cms.ContentInfo, signature: bytes, roots: Sequence[x509.Certificate]
) -> TimeStamp:
    """Examine a time stamp.

    Args:
        token: the time stamp.
        signature: the bytes that it has to be of.
        roots: known time stamping authorities.

    Raises:
        ValueError: it is no time stamp.
    """
    signed: cms.SignedData = token["content"]
    info = signed["encap_content_info"]["content"].parsed
    at, certificates = info["gen_time"].native, [c.chosen for c in signed["certificates"]]
    own = [c for c in certificates if c.self_signed != "no"] or certificates
    status = _status(signed, signature, _context(own, certificates, at))
    signer = status.signing_cert if status else None
    known = signer is not None and _known(signer, _context(roots, certificates, at))
    name = from_subject(signer.subject.human_friendly) if signer else ""
    sound = status is not None and status.intact and status.valid and status.trusted
    return TimeStamp(at, name, sound, known=bool(sound and known and roots))


def _context(
    roots: Sequence[x509.Certificate], others: Sequence[x509.Certificate], at: datetime
) -> ValidationContext:
    return ValidationContext(
        trust_roots=list(roots), other_certs=list(others), moment=at, allow_fetching=False
    )


def _status(
    signed: cms.SignedData, signature: bytes, context: ValidationContext
) -> TimestampSignatureStatus | None:
    def imprint(algorithm: str) -> bytes:
        return hashlib.new(algorithm, signature).digest() if algorithm in DIGESTS else b""

    try:
        found = asyncio.run(validate_tst_signed_data(signed, context, imprint))
        return TimestampSignatureStatus(**found)
    except (SignatureValidationError, PathError, ValidationError, TypeError):
        return None


def _known(signer: x509.Certificate, context: ValidationContext) -> bool:
    validator = CertificateValidator(signer, validation_context=context)
    try:
        asyncio.run(validator.async_validate_usage(set(), {"time_stamping"}))  # type: ignore[no-untyped-call]
    except (PathError, ValidationError):
        return False
    return True
