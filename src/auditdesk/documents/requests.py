"""Asking the office's authority for a certificate for a key that lives in a token (PKCS#10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asn1crypto import csr, keys, pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from auditdesk.documents.authority import person_named, person_subject
from auditdesk.documents.token import algorithm_of, sign_in_token
from auditdesk.util.faults import RefusedError, UnusableInputError

if TYPE_CHECKING:
    from auditdesk.documents.authority import PersonName, PublicKey
    from auditdesk.documents.token import TokenKey

LEAST_RSA_BITS = 2048  # what the tokens in use can do; containers get 3072
CURVES = {"secp256r1", "secp384r1", "secp521r1"}
MOST_BYTES = 100_000


def make_request(key: TokenKey, person: PersonName) -> str:
    """A request (PEM) for a certificate, signed in the token: proof that the key is there.

    Raises:
        RefusedError: the token refuses to sign.
    """
    info = csr.CertificationRequestInfo(
        {
            "version": "v1",
            "subject": asn1_x509.Name.load(person_subject(person).public_bytes()),
            "subject_pk_info": keys.PublicKeyInfo.load(key.public),
            "attributes": csr.CRIAttributes([]),
        }
    )
    request = csr.CertificationRequest(
        {
            "certification_request_info": info,
            "signature_algorithm": {"algorithm": algorithm_of(key.public_key)},
            "signature": sign_in_token(key, info.dump()),
        }
    )
    return str(pem.armor("CERTIFICATE REQUEST", request.dump()).decode())


def checked_key(request_pem: str, person: PersonName) -> PublicKey:
    """The key that a request asks a certificate for, once everything about it was checked.

    Raises:
        UnusableInputError: no request, or damaged.
        RefusedError: it was not signed by its key, names somebody else, or the key is weak.
    """
    request = _loaded(request_pem)
    if not request.is_signature_valid:
        raise RefusedError(
            "证书申请的签名与其中的密钥不符，不予签发。请重新生成申请。",
            "The request was not signed by the key that it names; no certificate is issued. "
            "Make the request anew.",
        )
    named = person_named(request.subject)
    if (named.name, named.office) != (person.name, person.office):
        raise RefusedError(
            f"证书申请是 {named.office or '—'} 的 {named.name or '—'} 提出的，"
            f"不是 {person.name}，不予签发。",
            f"The request is by {named.name or '—'} of {named.office or '—'}, not by "
            f"{person.name}; no certificate is issued.",
        )
    key = request.public_key()
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= LEAST_RSA_BITS:
        return key
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in CURVES:
        return key
    raise RefusedError(
        f"申请中的密钥太弱或种类不受支持（需 RSA {LEAST_RSA_BITS} 位以上，或 NIST 椭圆曲线）。",
        f"The request's key is too weak or of a kind that is not supported (RSA of "
        f"{LEAST_RSA_BITS} bits and more, or the NIST curves).",
    )


def _loaded(request_pem: str) -> x509.CertificateSigningRequest:
    try:
        if len(request_pem) > MOST_BYTES:
            raise ValueError("too long")  # noqa: TRY301 – told like every other unusable text
        return x509.load_pem_x509_csr(request_pem.encode())
    except ValueError as error:
        raise UnusableInputError(
            "这不是证书申请文件（PKCS#10，PEM 格式）。请让本人重新生成。",
            "This is no certificate request (PKCS#10, PEM). Have the person make it anew.",
        ) from error
