"""Certificates that prove each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509 import load_pem_x509_certificate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography.x509 import Certificate


def provable(certificates: Sequence[Certificate]) -> tuple[Certificate, ...]:
    """Those that are signed by themselves or by another of those; the others fall away.

    What is left ends in self-signed roots, so that no bit of it can be altered unseen.
    """
    kept = tuple(one for one in certificates if any(_issued(one, other) for other in certificates))
    return kept if len(kept) == len(certificates) else provable(kept)


def path_up(certificate: Certificate, others: Sequence[Certificate]) -> tuple[Certificate, ...]:
    """The certificates above one, from its issuer to a root that signed itself.

    Empty where they do not lead to such a root.
    """
    path: list[Certificate] = []
    below = certificate
    while not (path and _issued(below, below)):
        above = next((one for one in others if one not in path and _issued(below, one)), None)
        if above is None:
            return ()
        path.append(above)
        below = above
    return tuple(path)


def issued_by(certificate_pem: str, issuer_pem: str) -> bool:
    """Whether one certificate (PEM) was signed by the key of another."""
    certificate, issuer = (
        load_pem_x509_certificate(text.encode()) for text in (certificate_pem, issuer_pem)
    )
    return _issued(certificate, issuer)


def _issued(certificate: Certificate, issuer: Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
