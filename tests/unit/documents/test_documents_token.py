"""Keys in a token: found, signed with, and every way of not getting at them told."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from asn1crypto import csr, pem
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pkcs11 import Attribute
from pkcs11.util.ec import decode_ec_private_key, decode_ec_public_key
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from auditdesk.documents.authority import (
    PersonName,
    certificate_facts,
    issue_for_key,
    person_subject,
)
from auditdesk.documents.requests import checked_key, make_request
from auditdesk.documents.signing import certify
from auditdesk.documents.token import (
    TokenKey,
    TokenPlace,
    TokenSigner,
    matching,
    open_token,
    sign_in_token,
    tokens,
)
from auditdesk.documents.verify import verify
from auditdesk.util.faults import OfficeFaultError, RefusedError, UnusableInputError
from paper_samples import AT, OFFICE, PASSPHRASE, clerk_text, fonts, office, prepared
from token_samples import PIN, slots  # noqa: F401 – a fixture is found by its name

LI = PersonName(name="lina", full_name="李娜", role="clerk", office=OFFICE)


@pytest.fixture
def place(slots):  # noqa: F811 – the imported fixture
    return TokenPlace(slots.module, slots.make())


def certificate_for(key):
    """What the authority issues when asked by a request that the token signed."""
    public = checked_key(make_request(key, LI), LI)
    return issue_for_key(office().root_p12, PASSPHRASE, public=public, person=LI, at=AT)


def der(text):
    return pem.unarmor(text.encode())[2]


def test_a_key_made_in_the_token_signs_a_paper(place):
    with open_token(place, PIN, write=True) as token:
        made = token.make_key("签名")
        issued = certificate_for(made)
    assert certificate_facts(issued).person == LI
    with open_token(place, PIN) as token:
        (key,) = token.keys()
        assert (key.label, key.public) == ("签名", made.public)
        assert matching(token.keys(), der(issued)) == key
        assert token.certificates() == ()
        signer = TokenSigner(key, der(issued), (der(office().root),))
        signed = certify(prepared(), signer, clerk_text(), role="clerk", fonts=fonts())
    found = verify(signed, (office().root,))
    assert found.signatures[0].intact
    assert (found.signatures[0].trusted, found.signatures[0].name) == (True, "李娜")


def put(token, private, certificate=None, identity=b"\x01"):
    """Put a key made elsewhere into a token, as some offices hand them out."""
    plain = private.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    more = {Attribute.ID: identity, Attribute.LABEL: "k", Attribute.TOKEN: True}
    if isinstance(private, rsa.RSAPrivateKey):
        token._session.create_object(decode_rsa_private_key(plain) | more)
    else:
        info = private.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        token._session.create_object(decode_ec_private_key(plain) | more)
        token._session.create_object(decode_ec_public_key(info) | more)
    if certificate:
        token._session.create_object(decode_x509_certificate(certificate) | more)


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1()])
def test_an_elliptic_key_in_a_token_signs_as_well(place, curve):
    private = ec.generate_private_key(curve)
    public = private.public_key()
    issued = issue_for_key(office().root_p12, PASSPHRASE, public=public, person=LI, at=AT)
    with open_token(place, PIN, write=True) as token:
        put(token, private, der(issued))
        assert token.certificates() == (der(issued),)
        signer = TokenSigner(matching(token.keys(), der(issued)), der(issued), ())
        signed = certify(prepared(), signer, clerk_text(), role="clerk", fonts=fonts())
        checked_key(make_request(signer.key, LI), LI)
    assert verify(signed, (office().root,)).signatures[0].trusted


def test_an_rsa_key_without_its_public_object_is_found(place):
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    with open_token(place, PIN, write=True) as token:
        put(token, private)
        (key,) = token.keys()
        assert key.public_key == private.public_key()
        assert sign_in_token(key, b"text")
        other = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
        stray = issue_for_key(office().root_p12, PASSPHRASE, public=other, person=LI, at=AT)
        assert matching(token.keys(), der(stray)) is None


def test_tokens_are_listed_and_a_new_one_is_seen(slots):  # noqa: F811 – as above
    assert tokens(slots.module) == ()
    slots.make("甲")
    assert [t.label for t in tokens(slots.module)] == ["甲"]
    slots.make("乙")
    assert {t.label for t in tokens(slots.module)} == {"甲", "乙"}
    with (
        pytest.raises(RefusedError, match="say which one"),
        open_token(TokenPlace(slots.module), PIN),
    ):
        pass
    with open_token(TokenPlace(slots.module, "甲"), PIN) as token:
        assert token.label == "甲"


def test_a_wrong_pin_is_told_and_the_right_one_works_afterwards(place):
    for wrong in ("000000", "", "1", "x" * 300):
        with pytest.raises(RefusedError, match="PIN"), open_token(place, wrong):
            pass
    with open_token(place, PIN) as token:
        assert token.keys() == ()


def test_a_token_that_is_not_there_is_told(place):
    with (
        pytest.raises(RefusedError, match="No token wang"),
        open_token(replace(place, label="wang"), PIN),
    ):
        pass


@pytest.mark.parametrize("content", [None, b"", b"no library", b"\x7fELF" + bytes(200)])
def test_what_is_no_module_is_told(tmp_path, content):
    module = tmp_path / "module.so"
    if content is not None:
        module.write_bytes(content)
    with pytest.raises(UnusableInputError, match="module"):
        tokens(module)


def test_a_library_that_is_no_token_module_is_told(slots):  # noqa: F811 – as above
    import _hashlib  # noqa: PLC0415 – some shared library that is none

    with pytest.raises(UnusableInputError, match="module"):
        tokens(slots.module.with_name("nothing.so"))
    path = slots.module.__class__(_hashlib.__file__)
    with pytest.raises(UnusableInputError, match="no usable token module"):
        tokens(path)


def test_without_the_library_everything_else_works_and_tokens_say_so(slots, monkeypatch):  # noqa: F811 – as above
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    with pytest.raises(RefusedError, match="python-pkcs11"):
        tokens(slots.module)
    signed = certify(
        prepared(), office().signer("clerk"), clerk_text(), role="clerk", fonts=fonts()
    )
    assert verify(signed).signatures[0].intact


def test_a_token_that_answers_nonsense_signs_nothing(place):
    with open_token(place, PIN, write=True) as token:
        made, other = token.make_key("a"), token.make_key("b")
        swapped = TokenKey("a", made.public, other.handle)
        with pytest.raises(OfficeFaultError, match="not valid"):
            sign_in_token(swapped, b"text")


def request_of(private, person=LI):
    builder = x509.CertificateSigningRequestBuilder().subject_name(person_subject(person))
    made = builder.sign(private, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    return made.decode()


def test_requests_that_must_not_be_granted():
    strong = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    good = request_of(strong)
    assert checked_key(good, LI) == strong.public_key()
    weak = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 – what has to be refused
    for private in (weak, ec.generate_private_key(ec.SECP256K1())):
        with pytest.raises(RefusedError, match="too weak"):
            checked_key(request_of(private), LI)
    for other in (replace(LI, name="wang"), replace(LI, office="别处")):
        with pytest.raises(RefusedError, match="not by lina"):
            checked_key(request_of(strong, other), LI)
    swapped = csr.CertificationRequest.load(der(good))
    mine = csr.CertificationRequest.load(
        der(request_of(rsa.generate_private_key(public_exponent=65537, key_size=2048)))
    )
    swapped["certification_request_info"] = mine["certification_request_info"]
    with pytest.raises(RefusedError, match="not signed by the key"):
        checked_key(pem.armor("CERTIFICATE REQUEST", swapped.dump(force=True)).decode(), LI)
    for text in ("", "nothing", good[:200], office().root, "x" * 200_000):
        with pytest.raises(UnusableInputError, match="no certificate request"):
            checked_key(text, LI)
