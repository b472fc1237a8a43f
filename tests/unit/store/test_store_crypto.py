from __future__ import annotations

import io

import pytest

from auditdesk.store.crypto import (
    CHUNK_BYTES,
    OfficeKey,
    SealError,
    SigningKey,
    decrypt_content,
    derive,
    encrypt_content,
    new_key,
    seal,
    signature_holds,
    unseal,
)

KEY = OfficeKey(bytes(range(32)))
PIECE = CHUNK_BYTES + 16
HEAD = len(b"auditdesk.file/1\n") + 16


def encrypted(content, key=KEY):
    return b"".join(encrypt_content(key, [content]))


def decrypted(sealed, key=KEY):
    return b"".join(decrypt_content(key, io.BytesIO(sealed)))


def opens(sealed):
    try:
        decrypted(sealed)
    except SealError:
        return False
    return True


@pytest.mark.parametrize(
    "size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 2 * PIECE]
)
def test_a_content_of_any_size_comes_back(size):
    content = bytes(i % 251 for i in range(size))
    assert decrypted(encrypted(content)) == content


def test_small_chunks_are_the_same_content():
    chunks = [b"ab", b"", b"c" * CHUNK_BYTES, b"d"]
    sealed = b"".join(encrypt_content(KEY, chunks))
    assert decrypted(sealed) == b"".join(chunks)


def test_the_same_content_never_looks_the_same_twice():
    assert encrypted(b"same") != encrypted(b"same")


@pytest.mark.parametrize("at", [0, 16, 17, HEAD - 1, HEAD, HEAD + 3, -1, -16])
def test_every_flipped_bit_shows(at):
    sealed = bytearray(encrypted(b"a scan of a deed"))
    sealed[at] ^= 1
    with pytest.raises(SealError):
        decrypted(bytes(sealed))


def test_what_was_cut_off_added_or_moved_shows():
    sealed = encrypted(b"x" * (2 * CHUNK_BYTES + 5))
    head, first, second, last = (
        sealed[:HEAD],
        sealed[HEAD : HEAD + PIECE],
        sealed[HEAD + PIECE : HEAD + 2 * PIECE],
        sealed[HEAD + 2 * PIECE :],
    )
    attacks = {
        "nothing": b"",
        "part of the head": head[:-1],
        "head only": head,
        "last piece cut off": head + first + second,
        "cut inside a piece": sealed[:-1],
        "cut inside a tag": head + first[:9],
        "appended": sealed + b"\0",
        "piece twice": head + first + first + last,
        "pieces swapped": head + second + first + last,
        "piece left out": head + second + last,
    }
    for name, attacked in attacks.items():
        assert not opens(attacked), name


def test_another_key_opens_nothing():
    other = OfficeKey(new_key())
    with pytest.raises(SealError):
        decrypted(encrypted(b"x"), other)
    with pytest.raises(SealError):
        unseal(other.secret, seal(KEY.secret, b"x", b""), b"")


def test_what_is_sealed_is_bound_to_its_place():
    sealed = seal(KEY.secret, b"secret", b"user lihua")
    assert unseal(KEY.secret, sealed, b"user lihua") == b"secret"
    with pytest.raises(SealError):
        unseal(KEY.secret, sealed, b"user wangfang")
    with pytest.raises(SealError):
        unseal(KEY.secret, sealed[:20], b"user lihua")


def test_keys_for_different_purposes_differ():
    made = {derive(KEY.secret, "a"), derive(KEY.secret, "b"), derive(KEY.secret, "a", b"salt")}
    assert len(made) == 3
    assert KEY.database() != KEY.secret.hex()


def test_a_file_name_does_not_tell_the_digest():
    digest = "ab" * 32
    assert KEY.address(digest) != digest
    assert KEY.address(digest) != OfficeKey(new_key()).address(digest)
    assert KEY.address(digest) == KEY.address(digest)


def test_a_signature_holds_for_its_key_and_message_only():
    key, other = SigningKey(new_key()), SigningKey(new_key())
    signature = key.sign(b"entry")
    assert signature_holds(key.public, signature, b"entry")
    assert not signature_holds(key.public, signature, b"other")
    assert not signature_holds(other.public, signature, b"entry")
    assert not signature_holds("", signature, b"entry")
    assert not signature_holds(key.public, "no hexadecimal", b"entry")


def test_an_office_key_does_not_print_itself():
    assert KEY.secret.hex() not in repr(KEY)
    assert str(KEY.secret) not in repr(KEY)
