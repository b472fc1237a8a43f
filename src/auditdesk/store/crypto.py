"""Encryption, derived keys and signatures: the few ways in which the store uses them."""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEY_BYTES = 32
SALT_BYTES = 16
CHUNK_BYTES = 1 << 20
_NONCE_BYTES = 12
_TAG_BYTES = 16
_CONTENT_MAGIC = b"auditdesk.file/1\n"


class SealError(Exception):
    """Something sealed does not open: wrong key, or changed since."""


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """The random key of an office; every other key is derived from it (HKDF-SHA256)."""

    secret: bytes = field(repr=False)

    def database(self) -> str:
        """The raw key of the database, hexadecimal."""
        return derive(self.secret, "database").hex()

    def content(self, salt: bytes) -> bytes:
        """The key of one content file, by its own salt."""
        return derive(self.secret, "content", salt)

    def address(self, digest: str) -> str:
        """The file name of a content: without the key nobody can tell whether it is here."""
        key = derive(self.secret, "address")
        return hmac.new(key, bytes.fromhex(digest), hashlib.sha256).hexdigest()


def new_key() -> bytes:
    """A new random key of 256 bits."""
    return os.urandom(KEY_BYTES)


def derive(secret: bytes, purpose: str, salt: bytes = b"") -> bytes:
    """A key of 256 bits for one purpose (HKDF-SHA256, RFC 5869)."""
    kdf = HKDF(hashes.SHA256(), KEY_BYTES, salt or None, b"auditdesk/1 " + purpose.encode())
    return kdf.derive(secret)


def seal(key: bytes, content: bytes, bound_to: bytes) -> bytes:
    """AES-256-GCM under a fresh nonce, which goes in front."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to)


def unseal(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """What `seal` put in.

    Raises:
        SealError: wrong key, or a byte of `sealed` or `bound_to` is another.
    """
    if len(sealed) < _NONCE_BYTES + _TAG_BYTES:
        raise SealError
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to)
    except InvalidTag:
        raise SealError from None


def encrypt_content(key: OfficeKey, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """A content as encrypted pieces, each bound to its place and the last to being last.

    Every file has its own key, so that a counter serves as nonce (the STREAM construction
    of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). No chunk may exceed `CHUNK_BYTES`.
    """
    salt = os.urandom(SALT_BYTES)
    cipher = AESGCM(key.content(salt))
    yield _CONTENT_MAGIC + salt
    held = b""
    counter = 0
    for chunk in chunks:
        held += chunk
        # The last piece must be known as such, so one full chunk is always held back.
        while len(held) > CHUNK_BYTES:
            yield cipher.encrypt(_nonce(counter, last=False), held[:CHUNK_BYTES], None)
            held = held[CHUNK_BYTES:]
            counter += 1
    yield cipher.encrypt(_nonce(counter, last=True), held, None)


def decrypt_content(key: OfficeKey, file: BinaryIO) -> Iterator[bytes]:
    """The content of an encrypted file, piece by piece.

    Raises:
        SealError: another key, or a byte was changed, added or cut off.
    """
    head = file.read(len(_CONTENT_MAGIC) + SALT_BYTES)
    if not head.startswith(_CONTENT_MAGIC) or len(head) != len(_CONTENT_MAGIC) + SALT_BYTES:
        raise SealError
    cipher = AESGCM(key.content(head[len(_CONTENT_MAGIC) :]))
    piece = file.read(CHUNK_BYTES + _TAG_BYTES)
    counter = 0
    try:
        while True:
            following = file.read(CHUNK_BYTES + _TAG_BYTES)
            yield cipher.decrypt(_nonce(counter, last=not following), piece, None)
            if not following:
                return
            piece, counter = following, counter + 1
    except (InvalidTag, ValueError):  # ValueError: a piece shorter than its own tag
        raise SealError from None


def _nonce(counter: int, *, last: bool) -> bytes:
    return struct.pack(">xxxQB", counter, int(last))


class SigningKey:
    """An Ed25519 key made from a seed of 32 bytes."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> str:
        """The signature, 128 hexadecimal characters."""
        return self._key.sign(message).hex()


def signature_holds(public: str, signature: str, message: bytes) -> bool:
    """Whether a signature was made with the key; malformed ones do not hold."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True
