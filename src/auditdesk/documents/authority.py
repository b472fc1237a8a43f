"""An office's own certificate authority, and the certificates of its people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


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


def create_authority(office_name: str, passphrase: str, *, at: datetime) -> bytes:
    """Make an office's root: a PKCS#12 container with the key and a self-signed certificate."""
    raise NotImplementedError(office_name, passphrase, at)


def authority_certificate(authority_p12: bytes, passphrase: str) -> str:
    """The root's certificate as PEM, for `verify`'s `trusted`.

    Raises:
        UnusableInputError: not a PKCS#12 container.
        RefusedError: wrong passphrase.
    """
    raise NotImplementedError(authority_p12, passphrase)


def issue_certificate(  # noqa: PLR0913 – whom, by whom, from when and for how long
    authority_p12: bytes,
    passphrase: str,
    *,
    person: PersonName,
    p12_passphrase: str,
    at: datetime,
    days: int = 1095,
) -> IssuedCertificate:
    """Issue a person's signing certificate, in force from `at` for `days` days.

    Raises:
        UnusableInputError: the authority is not a PKCS#12 container.
        RefusedError: wrong passphrase of the authority.
    """
    raise NotImplementedError(authority_p12, passphrase, person, p12_passphrase, at, days)
