"""Whether a signature's container is, byte for byte, one that this program writes.

A signature covers the whole file but for the gap in which its own container stands, and the
container's outer parts are covered by nothing. A flipped bit there would go unseen by a check
that only computes the signature. So the container is built anew from the parts that were
checked, and compared.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from asn1crypto import algos, cms
from asn1crypto import core as asn1
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from auditdesk.documents.chain import path_up
from auditdesk.documents.stamped import ROOM, TOKEN, stamp_token
from auditdesk.documents.stampform import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

WRAPPING = 1536  # bytes of a container besides its certificates and its signature: about 600
_CONTAINER = re.compile(rb"<([0-9A-F]*)>")


def well_formed(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether nothing in the uncovered gap of a signature differs from what was written."""
    content = _gap(pdf, signature)
    stamped = stamp_token(signature.signer_info) is not None
    return (
        content is not None
        and _has_room(content, signature, stamp=stamped)
        and _as_written(_without_padding(content), signature)
        and _certificates_genuine(signature)
        and _spelt_one_way(signature.signer_info, _certificate(signature))
    )


def _certificate(signature: EmbeddedPdfSignature) -> x509.Certificate:
    return x509.load_der_x509_certificate(signature.signer_cert.dump())


def _gap(pdf: bytes, signature: EmbeddedPdfSignature) -> bytes | None:
    """The bytes written in the gap; None if it is not one hexadecimal string."""
    byte_range = [int(part) for part in signature.byte_range]
    if len(byte_range) != 4:  # noqa: PLR2004 – two pairs of offset and length
        return None
    start, length, second, _ = byte_range
    found = _CONTAINER.fullmatch(pdf[start + length : second])
    return bytes.fromhex(found[1].decode()) if found and len(found[1]) % 2 == 0 else None


def _without_padding(content: bytes) -> bytes | None:
    """The container; None if what follows it is not all zeros."""
    size = len(asn1.Asn1Value.load(content).dump())
    return None if any(content[size:]) else content[:size]


def _as_written(content: bytes | None, signature: EmbeddedPdfSignature) -> bool:
    try:
        return content == _rebuilt(signature)
    except (ValueError, TypeError, KeyError):  # a time stamp that cannot be built anew
        return False


def _rebuilt(signature: EmbeddedPdfSignature) -> bytes:
    signer: cms.SignerInfo = signature.signer_info
    digest = algos.DigestAlgorithm({"algorithm": "sha256"})
    signed_data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": cms.DigestAlgorithms((digest,)),
            "encap_content_info": {"content_type": "data"},
            "certificates": [choice.chosen for choice in signature.signed_data["certificates"]],
            "signer_infos": [_signer_info(signature, signer, digest)],
        }
    )
    whole = cms.ContentInfo({"content_type": "signed_data", "content": signed_data})
    return bytes(whole.dump())


def _signer_info(
    signature: EmbeddedPdfSignature, signer: cms.SignerInfo, digest: algos.DigestAlgorithm
) -> cms.SignerInfo:
    certificate = signature.signer_cert
    algorithm = signer["signature_algorithm"]["algorithm"].native
    issuer = cms.IssuerAndSerialNumber(
        {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    )
    parts = {
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": issuer}),
        "digest_algorithm": digest,
        "signed_attrs": signer["signed_attrs"],
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": algorithm}),
        "signature": signer["signature"],
    }
    token = stamp_token(signer)
    if token is not None:
        stamp = cms.ContentInfo.load(canonical(token))
        parts["unsigned_attrs"] = [{"type": TOKEN, "values": [stamp]}]
    return cms.SignerInfo(parts)


def _certificates_genuine(signature: EmbeddedPdfSignature) -> bool:
    """Whether the certificates are the signer's and those above it up to a root, or it alone.

    The signer's own is held by its hash among the signed attributes.
    """
    others = [x509.load_der_x509_certificate(c.dump()) for c in signature.other_embedded_certs]
    path = path_up(_certificate(signature), others)
    return len(signature.signed_data["certificates"]) == 1 + len(path)


def _spelt_one_way(signer: cms.SignerInfo, certificate: x509.Certificate) -> bool:
    """Whether a signature on an elliptic curve is the smaller of the two that both hold."""
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return True
    found: bytes = signer["signature"].native
    return found == smaller(found, key.curve)


def smaller(signature: bytes, curve: ec.EllipticCurve) -> bytes:
    """Of the two signatures (r, s) and (r, −s) the one with the smaller s.

    Anybody can make one of the other; so that nothing in a paper can be altered unseen, only one
    of them is ours.
    """
    first, second = decode_dss_signature(signature)
    return encode_dss_signature(first, min(second, curve.group_order - second))


def room_for(certificates: Sequence[bytes], key: object, *, stamp: bool) -> int:
    """Bytes kept in the gap of a signature for its container.

    Part of a paper's form: the room is covered by the signature, so that whatever is taken out
    of the container afterwards, as a time stamp, leaves too much of it.

    Raises:
        ValueError: a key of a kind that signs no papers.
    """
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise ValueError("neither RSA nor an elliptic curve")  # noqa: TRY004 – a value of a file
    value = key.key_size // 8 * 2 + 16  # two numbers and their wrapping, or one
    return sum(map(len, certificates)) + value + WRAPPING + (ROOM if stamp else 0)


def stamp_taken_out(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether a signature left room for a time stamp and carries none.

    Where none was to be had the signature is made anew without that room.
    """
    stamped = stamp_token(signature.signer_info) is not None
    return not stamped and _has_room(_gap(pdf, signature), signature, stamp=True)


def _has_room(content: bytes | None, signature: EmbeddedPdfSignature, *, stamp: bool) -> bool:
    certificates = [choice.chosen.dump() for choice in signature.signed_data["certificates"]]
    try:
        needed = room_for(certificates, _certificate(signature).public_key(), stamp=stamp)
    except ValueError:
        return False
    return content is not None and len(content) == needed
