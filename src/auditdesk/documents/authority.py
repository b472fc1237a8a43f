"""An office's own certificate authority, and the certificates of its people.

What such certificates prove and what not: docs/decisions/0003-documents.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from auditdesk.documents.container import open_container
from auditdesk.documents.subject import from_subject, to_subject

if TYPE_CHECKING:
    from auditdesk.documents.container import Container, Key

KEY_BITS = 3072  # papers are looked at for decades (BSI TR-02102-1: 3000 bits and more)
AUTHORITY_YEARS = 30
PERSON_DAYS = 1095
ROOT_NAME = "审案台签名根证书"
LONGEST = 64  # X.520: upper bound of the parts of a name

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey

_PERSON_USAGE = {"digital_signature", "content_commitment"}
_ROOT_USAGE = {"key_cert_sign", "crl_sign"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """Whom a certificate names.

    Attributes:
        name: account name, unique in the office.
        full_name: the person's name as it is printed.
        role: role id (`clerk`, `supervisor`, `administrator`).
        office: name of the office.
    """

    name: str
    full_name: str
    role: str
    office: str


@dataclass(frozen=True, slots=True)
class IssuedCertificate:
    """A person's key with its certificate, and the certificate alone."""

    p12: bytes
    certificate_pem: str


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a person's certificate says; texts are empty where it does not say it."""

    person: PersonName
    valid_from: datetime
    valid_to: datetime
    serial: int


def create_authority(office_name: str, passphrase: str, *, at: datetime) -> bytes:
    """Make an office's root: a PKCS#12 container with the key and a self-signed certificate."""
    key = _new_key()
    subject = _subject({NameOID.ORGANIZATION_NAME: office_name, NameOID.COMMON_NAME: ROOT_NAME})
    until = _years_after(at, AUTHORITY_YEARS)
    builder = _builder(subject, subject, key.public_key(), at, until)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_key_usage(_ROOT_USAGE), critical=True)
    certificate = builder.sign(key, hashes.SHA256())
    return _container(office_name, key, certificate, None, passphrase)


def authority_certificate(authority_p12: bytes, passphrase: str) -> str:
    """The root's certificate as PEM, for `verify`'s `trusted`.

    Raises:
        UnusableInputError: not a PKCS#12 container.
        RefusedError: wrong passphrase.
    """
    return _pem(open_container(authority_p12, passphrase).certificate)


def issue_certificate(  # noqa: PLR0913 – whom, by whom, from when and for how long
    authority_p12: bytes,
    passphrase: str,
    *,
    person: PersonName,
    p12_passphrase: str,
    at: datetime,
    days: int = PERSON_DAYS,
) -> IssuedCertificate:
    """Issue a person's signing certificate, in force from `at` for `days` days.

    Never longer than the authority's own certificate.

    Raises:
        UnusableInputError: the authority is not a PKCS#12 container.
        RefusedError: wrong passphrase of the authority.
    """
    authority = open_container(authority_p12, passphrase)
    key = _new_key()
    certificate = _issued(authority, key.public_key(), person, at, days)
    p12 = _container(person.full_name, key, certificate, authority.certificate, p12_passphrase)
    return IssuedCertificate(p12, _pem(certificate))


def issue_for_key(  # noqa: PLR0913 – whom, for which key, by whom, from when and for how long
    authority_p12: bytes,
    passphrase: str,
    *,
    public: PublicKey,
    person: PersonName,
    at: datetime,
    days: int = PERSON_DAYS,
) -> str:
    """Issue a certificate (PEM) for a key that stays with the person, as in a token.

    Raises:
        UnusableInputError: the authority is not a PKCS#12 container.
        RefusedError: wrong passphrase of the authority.
    """
    return _pem(_issued(open_container(authority_p12, passphrase), public, person, at, days))


def _issued(
    authority: Container, public: PublicKey, person: PersonName, at: datetime, days: int
) -> x509.Certificate:
    root = authority.certificate
    until = min(at.astimezone(UTC) + timedelta(days=days), root.not_valid_after_utc)
    builder = _builder(person_subject(person), root.subject, public, at, until)
    builder = builder.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    builder = builder.add_extension(_key_usage(_PERSON_USAGE), critical=True)
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key())  # type: ignore[arg-type]
    builder = builder.add_extension(issuer_key, critical=False)
    return builder.sign(authority.key, hashes.SHA256())


def certificate_facts(certificate_pem: str) -> CertificateFacts:
    """What a certificate says of its owner.

    Raises:
        ValueError: not a certificate.
    """
    certificate = x509.load_pem_x509_certificate(certificate_pem.encode())
    return CertificateFacts(
        person_named(certificate.subject),
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
        certificate.serial_number,
    )


def same_key(certificate_pem: str, other_pem: str) -> bool:
    """Whether two certificates (PEM) are for one key."""
    one, other = (
        x509.load_pem_x509_certificate(text.encode()).public_key()
        for text in (certificate_pem, other_pem)
    )
    return one == other


def person_named(subject: x509.Name) -> PersonName:
    """Whom the subject of a certificate or a request names."""
    return PersonName(
        name=_attribute(subject, NameOID.USER_ID),
        full_name=_attribute(subject, NameOID.COMMON_NAME),
        role=_attribute(subject, NameOID.ORGANIZATIONAL_UNIT_NAME),
        office=_attribute(subject, NameOID.ORGANIZATION_NAME),
    )


def _attribute(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return from_subject(str(found[0].value)) if found else ""


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)


def person_subject(person: PersonName) -> x509.Name:
    """A person's name as certificates and requests for them write it."""
    return _subject(
        {
            NameOID.ORGANIZATION_NAME: person.office,
            NameOID.ORGANIZATIONAL_UNIT_NAME: person.role,
            NameOID.USER_ID: person.name,
            NameOID.COMMON_NAME: person.full_name,
        }
    )


def _subject(parts: dict[x509.ObjectIdentifier, str]) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(oid, _shortened(oid, to_subject(text))) for oid, text in parts.items()]
    )


def _shortened(part: x509.ObjectIdentifier, name: str) -> str:
    """At most as long as certificates allow: of a common name the library counts bytes."""
    if part == NameOID.COMMON_NAME:
        return name.encode()[:LONGEST].decode(errors="ignore")
    return name[:LONGEST]


def _builder(
    subject: x509.Name, issuer: x509.Name, public: PublicKey, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start.astimezone(UTC))
        .not_valid_after(end.astimezone(UTC))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _key_usage(allowed: set[str]) -> x509.KeyUsage:
    every = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{usage: usage in allowed for usage in every})


def _years_after(at: datetime, years: int) -> datetime:
    return at + timedelta(days=round(years * 365.25))


def _container(
    label: str,
    key: Key,
    certificate: x509.Certificate,
    root: x509.Certificate | None,
    passphrase: str,
) -> bytes:
    return pkcs12.serialize_key_and_certificates(
        label.encode(),
        key,
        certificate,
        [root] if root else None,
        serialization.BestAvailableEncryption(passphrase.encode()),
    )


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")
