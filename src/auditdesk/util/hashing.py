"""SHA-256 in the one form that the product writes: lower-case hexadecimal."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def sha256_hex(content: bytes) -> str:
    """The SHA-256 of some bytes as 64 hexadecimal characters."""
    return hashlib.sha256(content).hexdigest()


def texts_digest(texts: Mapping[str, str]) -> str:
    """One digest over named texts, independent of their order and free of ambiguity.

    Each text enters with the digests of its name and its content, so that no two different
    sets of texts run together into the same bytes.
    """
    lines = [
        f"{sha256_hex(name.encode())} {sha256_hex(text.encode())}\n"
        for name, text in sorted(texts.items())
    ]
    return sha256_hex("".join(lines).encode())
