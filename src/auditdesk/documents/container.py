"""Opening PKCS#12 containers, with their faults told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from asn1crypto.pkcs12 import Pfx
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from auditdesk.util.faults import RefusedError, UnusableInputError

if TYPE_CHECKING:
    from cryptography import x509

MOST_BYTES = 1_000_000  # a container holds a key and a few certificates

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Container:
    """An opened container."""

    key: Key
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]


def open_container(content: bytes, passphrase: str) -> Container:
    """Open a PKCS#12 container with a key and its certificate.

    Raises:
        UnusableInputError: not such a container, or no key or certificate in it, or a kind
            of key that is not known.
        RefusedError: wrong passphrase.
    """
    if len(content) > MOST_BYTES or not _is_container(content):
        raise _unusable()
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, passphrase.encode())
    except ValueError as error:
        raise RefusedError(
            "证书口令不正确，请重新输入。",
            "The passphrase of the certificate is wrong; please enter it again.",
        ) from error
    if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise _unusable()
    return Container(key, certificate, tuple(others))


class OpenedContainers:
    """Containers that were opened before, for somebody who signs many times in one go.

    Opening one takes about a tenth of a second, for its key is examined. Whoever makes this
    object holds the keys as long as it lives; whether a certificate may sign is not asked here.
    """

    def __init__(self) -> None:
        self._opened: dict[tuple[bytes, str], Container] = {}

    def open(self, content: bytes, passphrase: str) -> Container:
        """The container with these very bytes, under this passphrase; as `open_container`."""
        known = (content, passphrase)
        if known not in self._opened:
            self._opened[known] = open_container(content, passphrase)
        return self._opened[known]


def _is_container(content: bytes) -> bool:
    """Whether the outer structure, which no passphrase protects, is that of PKCS#12."""
    try:
        pfx = Pfx.load(content, strict=True)
        return bool(pfx["version"].native == "v3" and pfx["auth_safe"]["content_type"].native)
    except (ValueError, TypeError, KeyError):
        return False


def _unusable() -> UnusableInputError:
    return UnusableInputError(
        "这不是可用的证书文件（PKCS#12，扩展名 .p12 或 .pfx），或其中没有私钥和证书。"
        "请选择签名证书文件。",
        "This is no usable certificate file (PKCS#12, .p12 or .pfx), or it holds no key and "
        "certificate. Please choose a signing certificate.",
    )
