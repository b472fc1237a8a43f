"""A person's certificate and its container: dates, and a new passphrase."""

from __future__ import annotations

import base64
import textwrap
from typing import TYPE_CHECKING

from auditdesk.util.clock import CHINA
from auditdesk.util.faults import RefusedError

if TYPE_CHECKING:
    from datetime import date


def certificate_until(pem: str) -> date:
    """The last day, in China, on which a certificate is in force."""
    from cryptography.x509 import load_pem_x509_certificate  # noqa: PLC0415 – heavy

    certificate = load_pem_x509_certificate(pem.encode())
    return certificate.not_valid_after_utc.astimezone(CHINA).date()


def der_of(pem: str) -> bytes:
    """The bytes of a certificate in PEM."""
    return base64.b64decode("".join(pem.strip().splitlines()[1:-1]))


def pem_of(der: bytes) -> str:
    """A certificate as PEM."""
    body = "\n".join(textwrap.wrap(base64.b64encode(der).decode(), 64))
    return f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n"


def change_passphrase(container: bytes, old: str, new: str) -> bytes:
    """The same key and certificates under another passphrase.

    Raises:
        RefusedError: the old passphrase is wrong.
    """
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 – heavy
    from cryptography.hazmat.primitives.serialization import pkcs12  # noqa: PLC0415 – heavy

    try:
        kept = pkcs12.load_pkcs12(container, old.encode())
    except ValueError as problem:
        raise RefusedError(
            "证书口令不对。", "The passphrase of the certificate is wrong."
        ) from problem
    if kept.key is None or kept.cert is None:
        raise RefusedError("证书文件里没有私钥。", "The certificate file holds no key.")
    return pkcs12.serialize_key_and_certificates(
        kept.cert.friendly_name,
        kept.key,  # type: ignore[arg-type]  # what was loaded from a container fits into one
        kept.cert.certificate,
        [extra.certificate for extra in kept.additional_certs],
        serialization.BestAvailableEncryption(new.encode()),
    )
