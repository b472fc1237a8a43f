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

from auditdesk.documents.chain import provable
from auditdesk.documents.stamped import TOKEN, stamp_token
from auditdesk.documents.stampform import canonical

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

_CONTAINER = re.compile(rb"<([0-9A-F]*)>")


def well_formed(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether nothing in the uncovered gap of a signature differs from what was written."""
    content = _gap(pdf, [int(part) for part in signature.byte_range])
    return (
        content is not None
        and _as_written(_without_padding(content), signature)
        and _certificates_genuine(signature)
    )


def _gap(pdf: bytes, byte_range: list[int]) -> bytes | None:
    """The bytes written in the gap; None if it is not one hexadecimal string."""
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
    """Whether the certificates above the signer's prove each other up to a root.

    The signer's own is held by its hash among the signed attributes.
    """
    found = [x509.load_der_x509_certificate(c.dump()) for c in signature.other_embedded_certs]
    return len(provable(found)) == len(found)
