"""What a signer's certificate was worth on the day of signing: days in force, revocation, stamp."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from auditdesk.documents.revocation import combined
from auditdesk.documents.stamped import read_stamp, stamp_token
from auditdesk.domain.roles import role_label
from auditdesk.util.clock import CHINA
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from asn1crypto import x509
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    from auditdesk.documents.revocation import RevocationList, Revoked
    from auditdesk.documents.stamped import TimeStamp

CLOCKS_MAY_DIFFER = timedelta(minutes=10)
REASONS = {
    "key_compromise": Label("密钥泄露或丢失", "key lost or stolen"),
    "affiliation_changed": Label("调离", "moved to another post"),
    "superseded": Label("已换发", "replaced"),
    "cessation_of_operation": Label("停用", "no longer used"),
    "privilege_withdrawn": Label("取消权限", "no longer entitled"),
}


def shown(moment: datetime) -> str:
    """A moment as papers of the office write it, in China."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"


def outside_its_days(role: Label, certificate: x509.Certificate, at: datetime) -> Label | None:
    """What says that a certificate was not in force at the moment of signing."""
    first, last = certificate.not_valid_before, certificate.not_valid_after
    if at < first:
        return Label(
            f"签名（{role.zh}）于 {shown(at)} 作出，所用证书当时尚未生效（自 {shown(first)} 起）。",
            f"The certificate of the signature ({role.en}) was not valid when it was made: signed "
            f"{shown(at)}, in force from {shown(first)}.",
        )
    if at > last:
        return Label(
            f"签名（{role.zh}）于 {shown(at)} 作出，所用证书当时已过期（至 {shown(last)}）。",
            f"The certificate of the signature ({role.en}) was not valid when it was made: signed "
            f"{shown(at)}, in force until {shown(last)}.",
        )
    return None


def revocation_of(
    role: str, certificate: x509.Certificate, lists: Sequence[RevocationList], at: datetime
) -> tuple[Revoked | None, tuple[Label, ...], tuple[Label, ...]]:
    """The revocation of a certificate, as a problem if it came before the signing."""
    found = combined(lists, certificate.issuer.dump(), certificate.serial_number)
    if found is None:
        return None, (), ()
    label = role_label(role)
    reason = REASONS.get(found.reason, Label("未说明理由", "no reason given"))
    if at > found.since:
        problem = Label(
            f"签名（{label.zh}）于 {shown(at)} 作出，所用证书已自 {shown(found.since)} 起吊销"
            f"（{reason.zh}），签名无效。",
            f"The signature ({label.en}) was made {shown(at)} with a certificate that was revoked "
            f"as of {shown(found.since)} ({reason.en}); it does not count.",
        )
        return found, (problem,), ()
    remark = Label(
        f"签名（{label.zh}）所用证书后来自 {shown(found.since)} 起吊销（{reason.zh}）；"
        "签名在此之前，仍然有效。",
        f"The certificate of the signature ({label.en}) was revoked later, as of "
        f"{shown(found.since)} ({reason.en}); the signature was made before and stays good.",
    )
    return found, (), (remark,)


def stamp_of(
    role: str, signature: EmbeddedPdfSignature, roots: Sequence[x509.Certificate]
) -> tuple[TimeStamp | None, tuple[Label, ...]]:
    """The time stamp of a signature, and what is wrong with it."""
    token = stamp_token(signature.signer_info)
    if token is None:
        return None, ()
    try:
        stamp = read_stamp(token, signature.signer_info["signature"].native, roots)
    except (ValueError, TypeError, KeyError, AttributeError):
        stamp = None
    if stamp is not None and stamp.sound:
        return stamp, ()
    label = role_label(role)
    problem = Label(
        f"签名（{label.zh}）的时间戳无效：不是这个签名的，或被改动。",
        f"The time stamp of the signature ({label.en}) is not valid: it is of something else, or "
        "it was altered.",
    )
    return None, (problem,)


def stamp_remarks(role: str, claimed: datetime, stamp: TimeStamp | None) -> tuple[Label, ...]:
    """What the reader should know of a sound time stamp."""
    if stamp is None:
        return ()
    label = role_label(role)
    if not stamp.known:
        return (
            Label(
                f"签名（{label.zh}）的时间戳（{shown(stamp.at)}）出自未知的机构，"
                "按签名人所述的时间判断。",
                f"The time stamp of the signature ({label.en}), {shown(stamp.at)}, is by an "
                "authority that is not known; the signer's own time was taken.",
            ),
        )
    if abs(stamp.at - claimed) <= CLOCKS_MAY_DIFFER:
        return ()
    return (
        Label(
            f"签名（{label.zh}）自称的时间 {shown(claimed)} 与时间戳 {shown(stamp.at)} 不符，"
            "按时间戳判断。",
            f"The signature ({label.en}) says {shown(claimed)}, its time stamp {shown(stamp.at)}; "
            "the time stamp was taken.",
        ),
    )
