"""One signature of a PDF: what it covers, who made it, and what is wrong with it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from asn1crypto import pem, x509
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from auditdesk.documents import standing
from auditdesk.documents.cmsform import stamp_taken_out, well_formed
from auditdesk.documents.subject import from_subject
from auditdesk.domain.roles import role_label
from auditdesk.util.clock import CHINA
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import PdfSignatureStatus

    from auditdesk.documents.revocation import RevocationList, Revoked

SIGNING = {"non_repudiation"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureFacts:
    """One signature.

    Attributes:
        role: role id that the signature field stands for.
        name: the person's name in the certificate.
        organisation: the office in the certificate.
        at: moment of signing as the signer's computer had it, if given.
        path: subjects of the certificates, from the person's to the root's.
        intact: what it signed is unchanged, and later changes are those it allows.
        covers_file: it covers the file to its last byte.
        trusted: its certificates lead to a trusted root and name the field's role.
        reason: what the signer said the signature means.
        account: the person's account name in the certificate.
        valid_from, valid_to: days in force of the certificate.
        stamped_at: the moment by the time stamp of a known authority, if there is one.
        revoked: the revocation of the certificate, as far as lists were at hand; one after the
            signing takes nothing from the signature.
        in_force: nothing known says that the certificate was revoked when it signed.
    """

    role: str
    name: str
    organisation: str
    at: datetime | None
    path: tuple[str, ...]
    intact: bool
    covers_file: bool
    trusted: bool
    reason: str = ""
    account: str = ""
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    stamped_at: datetime | None = None
    revoked: Revoked | None = None
    in_force: bool = True


@dataclass(frozen=True, slots=True)
class Examined:
    """A signature's facts, what is wrong with it, and the key of its certificate."""

    facts: SignatureFacts
    problems: tuple[Label, ...]
    remarks: tuple[Label, ...]
    key: bytes


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of authorities.

    Attributes:
        roots: authorities whose people are trusted; without any, trust is not judged.
        stamps: time stamping authorities.
        lists: what is known to be revoked.
    """

    roots: Sequence[x509.Certificate] = ()
    stamps: Sequence[x509.Certificate] = ()
    lists: Sequence[RevocationList] = ()


def load_roots(trusted: Sequence[str]) -> list[x509.Certificate]:
    """The certificates of known authorities.

    Raises:
        UnusableInputError: a text that is no certificate.
    """
    try:
        return [_root(text) for text in trusted]
    except (ValueError, TypeError, KeyError) as error:
        raise UnusableInputError(
            "根证书无法读取，请重新导出后再试。",
            "An authority's certificate cannot be read; please export it again.",
        ) from error


def _root(text: str) -> x509.Certificate:
    kind, _, der = pem.unarmor(text.encode())
    if kind != "CERTIFICATE":
        raise ValueError(kind)
    found = x509.Certificate.load(der, strict=True)
    if not found.subject.native or not found.public_key:  # read only now
        raise ValueError("nameless")
    return found


def examine(
    pdf: bytes,
    signature: EmbeddedPdfSignature,
    known: Known,
    *,
    last: bool,
    own: bool,
) -> Examined:
    """Examine one signature.

    Args:
        pdf: the whole file.
        signature: the signature in it.
        known: authorities, and what they revoked.
        last: no other signature was made after it, so it has to cover the whole file.
        own: the file says that this program made it, so its container has to look so.
    """
    role, claimed = str(signature.field_name), _moment(signature)
    stamp, stamp_problems = standing.stamp_of(role, signature, known.stamps)
    at = stamp.at if stamp is not None and stamp.known else claimed
    status = _status(signature, at)
    covers = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    label = role_label(role)
    broken = _broken(label, status, signature.signer_cert, at, covers=covers or not last)
    if not broken and own:
        broken = _outside(pdf, signature, label)
    broken = (*broken, *stamp_problems)
    distrust = () if not known.roots else _distrust(role, signature, known.roots, at)
    revoked, spoilt, remarks = standing.revocation_of(role, signature.signer_cert, known.lists, at)
    subject = signature.signer_cert.subject.native
    facts = SignatureFacts(
        role=role,
        name=_one(subject.get("common_name")),
        organisation=_one(subject.get("organization_name")),
        at=signature.self_reported_timestamp,
        path=_path(signature, status),
        intact=not broken,
        covers_file=covers,
        trusted=bool(known.roots) and not distrust and not spoilt,
        reason=str(signature.sig_object.get("/Reason", "")),
        account=_one(subject.get("user_id")),
        valid_from=signature.signer_cert.not_valid_before,
        valid_to=signature.signer_cert.not_valid_after,
        stamped_at=stamp.at if stamp is not None and stamp.known else None,
        revoked=revoked,
        in_force=not spoilt,
    )
    remarks = (*standing.stamp_remarks(role, claimed, stamp), *remarks)
    return Examined(
        facts, (*broken, *distrust, *spoilt), remarks, signature.signer_cert.public_key.dump()
    )


def _moment(signature: EmbeddedPdfSignature) -> datetime:
    """The day by which certificates are judged: that of signing, as the signer had it."""
    at = signature.self_reported_timestamp
    if at is None:
        return datetime.now(UTC)
    return at if at.tzinfo else at.replace(tzinfo=CHINA)


def _status(signature: EmbeddedPdfSignature, at: datetime) -> PdfSignatureStatus:
    """The library's judgement, with the signature's own root taken as known.

    Whether that root is one of ours is judged apart: intact and trusted are two questions.
    """
    certificates = [*signature.other_embedded_certs, signature.signer_cert]
    own_roots = [c for c in certificates if c.self_signed != "no"] or [signature.signer_cert]
    return validate_pdf_signature(signature, _context(own_roots, certificates, at))


def _context(
    roots: Sequence[x509.Certificate], others: Sequence[x509.Certificate], at: datetime
) -> ValidationContext:
    return ValidationContext(
        trust_roots=list(roots), other_certs=list(others), moment=at, allow_fetching=False
    )


def _broken(
    role: Label,
    status: PdfSignatureStatus,
    certificate: x509.Certificate,
    at: datetime,
    *,
    covers: bool,
) -> tuple[Label, ...]:
    """What says that the file is not as it was signed."""
    if not status.intact or not status.valid:
        return (_altered(role),)
    if not covers:
        return (
            Label(
                f"最后一个签名（{role.zh}）之后文件又被追加或修改，签名未覆盖整个文件。",
                f"The file was changed or added to after the last signature ({role.en}).",
            ),
        )
    if not status.docmdp_ok and status.modification_level != ModificationLevel.NONE:
        return (
            Label(
                f"签名（{role.zh}）之后文件被作了不允许的修改。",
                f"The file was changed after the signature ({role.en}) in a way it does not allow.",
            ),
        )
    outside = standing.outside_its_days(role, certificate, at)
    if outside is not None:
        return (outside,)
    if not status.trusted:
        return (
            Label(
                f"签名（{role.zh}）所用证书在签名时无效：不能用于签名，或证书链不完整。",
                f"The certificate of the signature ({role.en}) was not valid when it was made: "
                "not for signing, or its chain is broken.",
            ),
        )
    return ()


def _outside(pdf: bytes, signature: EmbeddedPdfSignature, role: Label) -> tuple[Label, ...]:
    """What was changed in the one place that no signature covers: its own container."""
    if stamp_taken_out(pdf, signature):
        return (
            Label(
                f"签名（{role.zh}）原有的时间戳被去掉了。",
                f"The time stamp of the signature ({role.en}) was taken out.",
            ),
        )
    return () if well_formed(pdf, signature) else (_altered(role),)


def _altered(role: Label) -> Label:
    return Label(
        f"签名（{role.zh}）与文件内容不符：文件或签名在签名后被改动。",
        f"The signature ({role.en}) does not match the file: "
        "the file or the signature was altered after signing.",
    )


def _distrust(
    role: str, signature: EmbeddedPdfSignature, roots: Sequence[x509.Certificate], at: datetime
) -> tuple[Label, ...]:
    label = role_label(role)
    context = _context(roots, signature.other_embedded_certs, at)
    validator = CertificateValidator(signature.signer_cert, validation_context=context)
    try:
        asyncio.run(validator.async_validate_usage(SIGNING))  # type: ignore[no-untyped-call]
    except (PathError, ValidationError):
        return (
            Label(
                f"签名（{label.zh}）的证书不是由已知的签发机构签发的，签名人身份不可信。",
                f"The certificate of the signature ({label.en}) was not issued by a known "
                "authority; the signer's identity is not trusted.",
            ),
        )
    named = _one(signature.signer_cert.subject.native.get("organizational_unit_name"))
    if named == role:
        return ()
    other = role_label(named) if named else Label("无", "none")
    return (
        Label(
            f"签名人证书的角色（{other.zh}）与签名栏（{label.zh}）不符。",
            f"The signer's certificate is for another role ({other.en}) "
            f"than the signature's ({label.en}).",
        ),
    )


def _path(signature: EmbeddedPdfSignature, status: PdfSignatureStatus) -> tuple[str, ...]:
    if status.validation_path is None:
        return (_holder(signature.signer_cert),)
    certificates = list(status.validation_path.iter_certs(include_root=True))
    return tuple(_holder(certificate) for certificate in reversed(certificates))


def _holder(certificate: x509.Certificate) -> str:
    """Whom a certificate names, and where he or she belongs."""
    parts = certificate.subject.native
    name = _one(parts.get("common_name")) or from_subject(certificate.subject.human_friendly)
    organisation = _one(parts.get("organization_name"))
    return f"{name}（{organisation}）" if organisation else name


def _one(value: object) -> str:
    """A name's part as one text; certificates may hold several of a kind."""
    if isinstance(value, list):
        return from_subject("、".join(str(part) for part in value))
    return "" if value is None else from_subject(str(value))
