"""Time stamps in one fixed form, so that no bit of one can be altered unseen.

A time stamp's outer parts are covered by nothing, as those of a signature (`cmsform`). So the
stamp is built anew from the parts that its authority signed when it is taken in, and once more
when it is verified: the two have to be the same bytes.
"""

from __future__ import annotations

import hashlib

from asn1crypto import algos, cms, core
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from auditdesk.documents.chain import provable


def canonical(token: cms.ContentInfo) -> bytes:
    """The stamp in its fixed form.

    Raises:
        ValueError: not a stamp as RFC 3161 wants it: one signer, whose certificate is inside
            and named by its hash among what was signed.
    """
    signed: cms.SignedData = token["content"]
    if len(signed["signer_infos"]) != 1:
        raise ValueError("a time stamp has one signer")
    signer: cms.SignerInfo = signed["signer_infos"][0]
    certificates = [choice.chosen for choice in signed["certificates"]]
    own = [c for c in certificates if _named(signer, c.dump())]
    if len(own) != 1:
        raise ValueError("the stamp does not name its signer's certificate")
    digest = algos.DigestAlgorithm({"algorithm": signer["digest_algorithm"]["algorithm"].native})
    content = core.ParsableOctetString(bytes(signed["encap_content_info"]["content"]))
    rebuilt = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": cms.DigestAlgorithms((digest,)),
            "encap_content_info": {"content_type": "tst_info", "content": content},
            "certificates": [*own, *_above(certificates, own[0])],
            "signer_infos": [_signer_info(signer, own[0], digest)],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": rebuilt}).dump())


def _signer_info(
    signer: cms.SignerInfo, certificate: cms.Certificate, digest: algos.DigestAlgorithm
) -> cms.SignerInfo:
    algorithm = signer["signature_algorithm"]["algorithm"].native
    if algorithm == "rsassa_pss":
        raise ValueError("signatures with parameters are not kept")
    issuer = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    return cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {"issuer_and_serial_number": cms.IssuerAndSerialNumber(issuer)}
            ),
            "digest_algorithm": digest,
            "signed_attrs": signer["signed_attrs"],
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": algorithm}),
            "signature": signer["signature"],
        }
    )


def _named(signer: cms.SignerInfo, certificate: bytes) -> bool:
    """Whether the signed attributes hold the hash of a certificate (RFC 2634, RFC 5035)."""
    for attribute in signer["signed_attrs"]:
        if attribute["type"].native == "signing_certificate_v2":
            first = attribute["values"][0]["certs"][0]
            name = first["hash_algorithm"]["algorithm"].native
            return bool(first["cert_hash"].native == hashlib.new(name, certificate).digest())
        if attribute["type"].native == "signing_certificate":
            first = attribute["values"][0]["certs"][0]
            wanted = hashlib.sha1(certificate, usedforsecurity=False).digest()  # as RFC 2634 has it
            return bool(first["cert_hash"].native == wanted)
    return False


def _above(certificates: list[cms.Certificate], own: cms.Certificate) -> list[cms.Certificate]:
    """The other certificates, as far as they prove each other up to a root."""
    others = [c for c in certificates if c is not own]
    kept = provable([x509.load_der_x509_certificate(c.dump()) for c in others])
    wanted = {one.public_bytes(Encoding.DER) for one in kept}
    return [c for c in others if c.dump() in wanted]
