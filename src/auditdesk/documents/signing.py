"""Signing a paper by two people: the first certifies it, the last locks it (PAdES)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from auditdesk.documents.fonts import Fonts


class Signer(Protocol):
    """A person's key, wherever it is kept: a container file or a token."""

    @property
    def certificate(self) -> bytes:
        """The person's certificate (DER)."""
        ...

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The certificates above it, up to the root (DER)."""
        ...

    @property
    def algorithm(self) -> str:
        """Signature algorithm by its CMS name, as `sha256_rsa` or `sha256_ecdsa`."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The signature of some bytes by that algorithm."""
        ...


@dataclass(frozen=True, slots=True)
class SignatureText:
    """What the visible stamp says.

    Attributes:
        name: the person's name.
        role: the role's name as printed, as 经办人 or 审批人.
        at: moment of signing, with its zone.
        reason: what the signature means, as 同意; may be empty.
    """

    name: str
    role: str
    at: datetime
    reason: str = ""


def load_pkcs12(content: bytes, passphrase: str, *, at: datetime) -> Signer:
    """Load a person's key once, for any number of signatures.

    Raises:
        UnusableInputError: not a PKCS#12 container, or no key or certificate in it.
        RefusedError: wrong passphrase, a certificate not yet or no longer in force at `at`,
            or one that is not for signing.
    """
    raise NotImplementedError(content, passphrase, at)


def prepare_fields(pdf: bytes, roles: tuple[str, ...]) -> bytes:
    """Put an empty signature field for each role on the places that the layout kept.

    All fields exist before the first signature: adding one to a certified paper is illegal.
    The last role's signature will lock the paper.
    """
    raise NotImplementedError(pdf, roles)


def certify(pdf: bytes, signer: Signer, text: SignatureText, *, role: str, fonts: Fonts) -> bytes:
    """Sign the first field; from then on only the other fields may be filled.

    Raises:
        UnusableInputError: the PDF has no such field, or it is signed already.
    """
    raise NotImplementedError(pdf, signer, text, role, fonts)


def countersign(
    pdf: bytes, signer: Signer, text: SignatureText, *, role: str, fonts: Fonts
) -> bytes:
    """Sign a later field; the last one locks the paper against every change.

    Raises:
        UnusableInputError: the PDF has no such field, or it is signed already.
    """
    raise NotImplementedError(pdf, signer, text, role, fonts)
