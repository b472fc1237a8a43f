"""Keys in a token (UKey, smart card) by PKCS#11: they sign there and never leave it.

The maker's module is a library of machine code that is loaded into this process: which one is
the person's own choice at their computer, and is never taken from the office's data.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asn1crypto.algos import DigestInfo
from asn1crypto.keys import PublicKeyInfo
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from auditdesk.documents import tokenfaults
from auditdesk.documents.tokenfaults import telling
from auditdesk.util.faults import OfficeFaultError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey
RSA_BITS = 3072  # of a key made in a token; as of those in containers


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Which token: the maker's PKCS#11 module, and the token's label.

    Attributes:
        module: the maker's library, as `/usr/lib/opensc-pkcs11.so`.
        label: empty means the only token there is.
    """

    module: Path
    label: str = ""


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What a token says of itself before anybody has logged in."""

    label: str
    maker: str
    model: str
    serial: str


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A private key that stays in its token.

    Attributes:
        public: the public key (SubjectPublicKeyInfo, DER).
    """

    label: str
    public: bytes
    handle: Any

    @property
    def public_key(self) -> PublicKey:
        """The public half."""
        key = load_der_public_key(self.public)
        if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
            raise tokenfaults.unknown_key()
        return key


@dataclass(frozen=True, slots=True)
class TokenSigner:
    """A `Signer` whose key is in a token; of use while the token is open."""

    key: TokenKey
    certificate: bytes
    chain: tuple[bytes, ...]

    @property
    def algorithm(self) -> str:
        """Signature algorithm by its CMS name."""
        return algorithm_of(self.key.public_key)

    def sign(self, data: bytes) -> bytes:
        """The signature of some bytes by that algorithm."""
        return sign_in_token(self.key, data)


class OpenToken:
    """A token that somebody has logged in to."""

    def __init__(self, session: Any, label: str) -> None:
        self._session, self.label = session, label

    def keys(self) -> tuple[TokenKey, ...]:
        """The private keys whose public half is known."""
        from pkcs11 import Attribute, ObjectClass  # noqa: PLC0415 – only where a token is used

        with telling():
            publics = self._publics()
            found = list(self._session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY}))
            keys = [(k, publics.get(bytes(k.id)) or _of_private(k)) for k in found]
            return tuple(TokenKey(str(k.label), public, k) for k, public in keys if public)

    def certificates(self) -> tuple[bytes, ...]:
        """The certificates that lie in the token (DER)."""
        from pkcs11 import Attribute, ObjectClass  # noqa: PLC0415 – as above

        with telling():
            found = self._session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
            return tuple(bytes(certificate[Attribute.VALUE]) for certificate in found)

    def make_key(self, label: str) -> TokenKey:
        """Make a key for signing in the token, which it cannot be taken out of."""
        from pkcs11 import Attribute, KeyType  # noqa: PLC0415 – as above

        identity = hashlib.sha256(label.encode()).digest()[:8]
        with telling():
            public, private = self._session.generate_keypair(
                KeyType.RSA,
                RSA_BITS,
                store=True,
                label=label,
                id=identity,
                private_template={Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False},
            )
            return TokenKey(label, _info(public), private)

    def _publics(self) -> dict[bytes, bytes]:
        """Public keys by the id that they share with their private key."""
        from pkcs11 import Attribute, ObjectClass  # noqa: PLC0415 – as above

        found = self._session.get_objects({Attribute.CLASS: ObjectClass.PUBLIC_KEY})
        publics = {bytes(key.id): _info(key) for key in found}
        return {identity: info for identity, info in publics.items() if info}


def tokens(module: Path) -> tuple[TokenFacts, ...]:
    """The tokens that a module reaches.

    Raises:
        RefusedError: the library for tokens is not installed.
        UnusableInputError: no such module, or the file is none.
    """
    with telling(module):
        return tuple(
            TokenFacts(t.label, t.manufacturer_id, t.model, t.serial.decode("latin-1"))
            for t in _library(module).get_tokens()
            if t.label
        )


@contextmanager
def open_token(place: TokenPlace, pin: str, *, write: bool = False) -> Iterator[OpenToken]:
    """Log in to a token for as long as the block lasts.

    Raises:
        RefusedError: no such token, wrong or locked PIN, or no library for tokens here.
        UnusableInputError: no such module, or the file is none.
    """
    with telling(place.module):
        token = _chosen(_library(place.module), place.label)
        session = token.open(rw=write, user_pin=pin)
    try:
        yield OpenToken(session, token.label)
    finally:
        with telling():
            session.close()


def _library(module: Path) -> Any:
    if not module.is_file():
        raise tokenfaults.no_module(module)
    try:
        import pkcs11  # noqa: PLC0415 – only where a token is used
    except ImportError as error:
        raise tokenfaults.not_installed() from error
    library = pkcs11.lib(str(module))
    library.reinitialize()  # a token plugged in since is seen, a session left open is closed
    return library


def _chosen(library: Any, label: str) -> Any:
    found = [t for t in library.get_tokens() if t.label and label in {"", t.label}]
    if len(found) == 1:
        return found[0]
    raise tokenfaults.not_one(label, [t.label for t in found])


def _info(public: Any) -> bytes:
    """The public key of a token's object; empty for kinds that are not known."""
    from pkcs11 import KeyType  # noqa: PLC0415 – as above
    from pkcs11.util.ec import encode_ec_public_key  # noqa: PLC0415 – as above
    from pkcs11.util.rsa import encode_rsa_public_key  # noqa: PLC0415 – as above

    if public.key_type == KeyType.RSA:
        plain = encode_rsa_public_key(public)
        return bytes(PublicKeyInfo.wrap(plain, "rsa").dump())
    return bytes(encode_ec_public_key(public)) if public.key_type == KeyType.EC else b""


def _of_private(private: Any) -> bytes:
    """The public half that an RSA key tells by itself, where its public object is missing."""
    from pkcs11 import Attribute, KeyType  # noqa: PLC0415 – as above

    if private.key_type != KeyType.RSA:
        return b""
    numbers = [int.from_bytes(private[a]) for a in (Attribute.PUBLIC_EXPONENT, Attribute.MODULUS)]
    key = {"modulus": numbers[1], "public_exponent": numbers[0]}
    return bytes(PublicKeyInfo.wrap(_rsa_key(key), "rsa").dump())


def _rsa_key(numbers: dict[str, int]) -> bytes:
    from asn1crypto.keys import RSAPublicKey  # noqa: PLC0415 – beside its only use

    return bytes(RSAPublicKey(numbers).dump())


def algorithm_of(key: PublicKey) -> str:
    """The signature algorithm of a key by its CMS name."""
    return "sha256_rsa" if isinstance(key, rsa.RSAPublicKey) else "sha256_ecdsa"


def sign_in_token(key: TokenKey, data: bytes) -> bytes:
    """Let the token sign; what it answers is checked before anybody relies on it.

    Raises:
        RefusedError: the token was pulled out, or refuses.
        OfficeFaultError: its answer is no signature of that key.
    """
    with telling():
        signature = _signed(key, data)
    public = key.public_key
    try:
        if isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
        else:
            public.verify(signature, data, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise OfficeFaultError(
            "令牌给出的签名无效，没有签名；请换用另一个令牌或证书文件。",
            "The token answered with a signature that is not valid; nothing was signed. "
            "Use another token or a certificate file.",
        ) from error
    return signature


def _signed(key: TokenKey, data: bytes) -> bytes:
    from pkcs11 import Mechanism, MechanismInvalid  # noqa: PLC0415 – as above
    from pkcs11.util.ec import encode_ecdsa_signature  # noqa: PLC0415 – as above

    digest = hashlib.sha256(data).digest()
    if isinstance(key.public_key, ec.EllipticCurvePublicKey):
        return bytes(encode_ecdsa_signature(key.handle.sign(digest, mechanism=Mechanism.ECDSA)))
    try:
        return bytes(key.handle.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS))
    except MechanismInvalid:  # older cards leave the hashing to us
        info = DigestInfo({"digest_algorithm": {"algorithm": "sha256"}, "digest": digest})
        return bytes(key.handle.sign(info.dump(), mechanism=Mechanism.RSA_PKCS))


def matching(keys: tuple[TokenKey, ...], certificate: bytes) -> TokenKey | None:
    """The key that a certificate (DER) was issued for, if the token has it."""
    from asn1crypto.x509 import Certificate  # noqa: PLC0415 – beside its only use

    wanted = load_der_public_key(Certificate.load(certificate).public_key.dump())
    for key in keys:
        try:
            if key.public_key == wanted:
                return key
        except RefusedError:
            continue
    return None
