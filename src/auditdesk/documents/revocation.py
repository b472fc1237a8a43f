"""Lists of revoked certificates (RFC 5280), signed by the office's authority."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization

from auditdesk.documents.container import open_container
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LIST_FILE = "revocations.crl"
LIST_TYPE = "application/pkix-crl"
LIST_DAYS = 366  # a field that RFC 5280 demands; an office without a network cannot keep it
MOST_BYTES = 4 * 1024 * 1024
REASONS = {
    "key_compromise": x509.ReasonFlags.key_compromise,
    "affiliation_changed": x509.ReasonFlags.affiliation_changed,
    "superseded": x509.ReasonFlags.superseded,
    "cessation_of_operation": x509.ReasonFlags.cessation_of_operation,
    "privilege_withdrawn": x509.ReasonFlags.privilege_withdrawn,
}


@dataclass(frozen=True, slots=True)
class Revoked:
    """One certificate that is no longer good.

    Attributes:
        serial: of the certificate.
        since: from this moment on it signs nothing any more; never after `recorded`.
        recorded: when the office took it in.
        reason: a key of `REASONS`, or empty.
    """

    serial: int
    since: datetime
    recorded: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RevocationList:
    """What is known to be revoked, and when that was known.

    Attributes:
        issuer: the authority's name (DER).
        at: moment of the list; what was revoked later is not in it.
        number: lists of one authority count upwards.
    """

    issuer: bytes
    at: datetime
    number: int
    entries: tuple[Revoked, ...]

    def find(self, serial: int) -> Revoked | None:
        """The entry of a certificate."""
        return next((one for one in self.entries if one.serial == serial), None)


def make_list(
    authority_p12: bytes,
    passphrase: str,
    entries: Iterable[Revoked],
    *,
    at: datetime,
    number: int,
) -> str:
    """Sign a list (PEM) of everything that is revoked.

    Raises:
        UnusableInputError: the authority is not a PKCS#12 container.
        RefusedError: wrong passphrase of the authority.
    """
    authority = open_container(authority_p12, passphrase)
    root = authority.certificate
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.subject)
        .last_update(at.astimezone(UTC))
        .next_update(at.astimezone(UTC) + timedelta(days=LIST_DAYS))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()),  # type: ignore[arg-type]
            critical=False,
        )
    )
    for entry in entries:
        builder = builder.add_revoked_certificate(_entry(entry))
    made = builder.sign(authority.key, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.PEM).decode("ascii")


def _entry(one: Revoked) -> x509.RevokedCertificate:
    builder = (
        x509.RevokedCertificateBuilder()
        .serial_number(one.serial)
        .revocation_date(one.recorded.astimezone(UTC))
        .add_extension(
            x509.InvalidityDate(one.since.astimezone(UTC).replace(tzinfo=None)), critical=False
        )
    )
    if one.reason:
        builder = builder.add_extension(x509.CRLReason(REASONS[one.reason]), critical=False)
    return builder.build()


def read_list(content: bytes, roots: Sequence[str]) -> RevocationList:
    """Read a list (PEM or DER) that one of some authorities (PEM) signed.

    Raises:
        UnusableInputError: not such a list, or none of the authorities signed it.
    """
    found = _loaded(content)
    if not any(_signed(found, root) for root in roots):
        raise UnusableInputError(
            "吊销列表不是由已知的签发机构签发的，未予采用。请向签发文书的单元索取。",
            "The revocation list was not signed by a known authority and was not used. Ask the "
            "office that issued the document for its own.",
        )
    return _facts(found)


def _loaded(content: bytes) -> x509.CertificateRevocationList:
    try:
        if len(content) > MOST_BYTES:
            raise ValueError("too long")  # noqa: TRY301 – told like every other unusable file
        if b"-----BEGIN" in content:
            return x509.load_pem_x509_crl(content)
        return x509.load_der_x509_crl(content)
    except ValueError as error:
        raise UnusableInputError(
            "这不是吊销列表（CRL，PEM 或 DER 格式）。",
            "This is no revocation list (CRL, PEM or DER).",
        ) from error


def _signed(found: x509.CertificateRevocationList, root: str) -> bool:
    certificate = x509.load_pem_x509_certificate(root.encode())
    if found.issuer != certificate.subject:
        return False
    with suppress(TypeError, ValueError, UnsupportedAlgorithm):
        return found.is_signature_valid(certificate.public_key())  # type: ignore[arg-type]
    return False


def _facts(found: x509.CertificateRevocationList) -> RevocationList:
    try:
        number = found.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    except x509.ExtensionNotFound:
        number = 0
    return RevocationList(
        issuer=found.issuer.public_bytes(),
        at=found.last_update_utc,
        number=number,
        entries=tuple(_revoked(one) for one in found),
    )


def _revoked(one: x509.RevokedCertificate) -> Revoked:
    recorded, since, reason = one.revocation_date_utc, one.revocation_date_utc, ""
    with suppress(x509.ExtensionNotFound):
        since = one.extensions.get_extension_for_class(
            x509.InvalidityDate
        ).value.invalidity_date_utc
    with suppress(x509.ExtensionNotFound):
        flag = one.extensions.get_extension_for_class(x509.CRLReason).value.reason
        reason = next((name for name, known in REASONS.items() if known == flag), "")
    return Revoked(one.serial_number, min(since, recorded), recorded, reason)


def issuer_of(root: str) -> bytes:
    """The name (DER) under which an authority (PEM) issues."""
    return x509.load_pem_x509_certificate(root.encode()).subject.public_bytes()


def combined(lists: Sequence[RevocationList], issuer: bytes, serial: int) -> Revoked | None:
    """The earliest revocation of one authority's certificate that any of some lists knows."""
    found = [one for made in lists if made.issuer == issuer and (one := made.find(serial))]
    return min(found, key=lambda one: one.since, default=None)
