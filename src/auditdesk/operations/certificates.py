"""The life of certificates to sign with: issued, renewed, revoked, listed.

Every certificate that the office's authority issues is in the register; what is revoked there
also stands in a list that the authority signs, for everybody who has no office at hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditdesk.operations import rights
from auditdesk.operations.changes import Changes
from auditdesk.operations.settings import AUTHORITY_CERTIFICATE, REVOCATION_LIST
from auditdesk.util.faults import OfficeFaultError, RefusedError, UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from auditdesk.documents.authority import PersonName
    from auditdesk.documents.revocation import RevocationList, Revoked
    from auditdesk.operations.desk import Desk
    from auditdesk.store.records import CertificateRecord, IssuedDocument
    from auditdesk.store.writer import Writer

CERTIFICATE_DAYS = 1095
SUPERSEDED = "superseded"
REASONS: Mapping[str, Label] = {
    "key_compromise": Label("密钥泄露，或令牌、证书文件丢失", "key or token lost or stolen"),
    "affiliation_changed": Label("调离岗位", "moved to another post"),
    "privilege_withdrawn": Label("取消签名权限", "no longer entitled to sign"),
    "cessation_of_operation": Label("不再使用", "no longer used"),
    SUPERSEDED: Label("已换发新证书", "replaced by a new one"),
}
STATES: Mapping[str, Label] = {
    "good": Label("有效", "good"),
    "not_yet": Label("未生效", "not in force yet"),
    "expired": Label("已过期", "run out"),
    "revoked": Label("已吊销", "revoked"),
}
KEEPERS: Mapping[str, Label] = {
    "container": Label("证书文件", "file kept by the office"),
    "token": Label("令牌", "token"),
}


@dataclass(frozen=True, slots=True)
class CertificateView:
    """A certificate as lists show it.

    Attributes:
        full_name: as it stands in the certificate.
        state: a key of `STATES`, at the moment of looking.
        foreign: the office's authority did not issue it; it cannot sign.
    """

    record: CertificateRecord
    full_name: str
    valid_from: datetime
    valid_to: datetime
    state: str
    foreign: bool


def certificates(desk: Desk, name: str | None = None) -> tuple[CertificateView, ...]:
    """The register, the newest first: an administrator sees all, others their own.

    Raises:
        RefusedError: somebody else's, and the person at the desk is no administrator.
    """
    register = desk.office.certificates
    if desk.user.role == "administrator":
        found = register.all() if name is None else register.of(name)
    else:
        if name not in {None, desk.user.name}:
            rights.require_role(desk, "administrator")
        found = register.of(desk.user.name)
    return tuple(view_of(desk, record) for record in reversed(found))


def view_of(desk: Desk, record: CertificateRecord) -> CertificateView:
    """A certificate with what it says of itself."""
    from auditdesk.documents.authority import certificate_facts  # noqa: PLC0415 – heavy
    from auditdesk.documents.chain import issued_by  # noqa: PLC0415 – heavy

    facts, now = certificate_facts(record.pem), desk.now()
    state = "expired" if now > facts.valid_to else "good"
    state = "not_yet" if now < facts.valid_from else state
    root = desk.profile.settings.get(AUTHORITY_CERTIFICATE, "")
    return CertificateView(
        record,
        facts.person.full_name,
        facts.valid_from,
        facts.valid_to,
        "revoked" if record.revoked_at is not None else state,
        foreign=not (root and issued_by(record.pem, root)),
    )


def renew(desk: Desk, name: str, passphrase: str, *, days: int = CERTIFICATE_DAYS) -> Changes:
    """Issue a person a new certificate in a container; the one before is revoked as replaced.

    What was signed with that one before this moment stays good.

    Raises:
        RefusedError: the person at the desk is no administrator, or no such account.
    """
    rights.require_role(desk, "administrator")
    record = desk.office.users.get(name)
    with desk.office.write("user.certificate", None, {"name": name}) as writer:
        supersede(desk, writer, name)
        give(desk, writer, person_of(desk, name, record.full_name, record.role), passphrase, days)
        put_list(desk, writer)
    return Changes(Label(f"{name} 的证书已更换", f"{name} has a new certificate"), users=True)


def person_of(desk: Desk, name: str, full_name: str, role: str) -> PersonName:
    """Whom a certificate of this office names."""
    from auditdesk.documents.authority import PersonName  # noqa: PLC0415 – heavy

    return PersonName(name=name, full_name=full_name, role=role, office=desk.profile.name)


def give(desk: Desk, writer: Writer, person: PersonName, passphrase: str, days: int) -> None:
    """Issue a certificate with a new key; the office keeps the container."""
    from auditdesk.documents.authority import issue_certificate  # noqa: PLC0415 – heavy

    authority, secret = _authority(desk)
    issued = issue_certificate(
        authority, secret, person=person, p12_passphrase=passphrase, at=desk.now(), days=days
    )
    writer.set_certificate(person.name, pkcs12=issued.p12, certificate_pem=issued.certificate_pem)
    writer.add_certificate(person.name, issued.certificate_pem, keeper="container")


def supersede(desk: Desk, writer: Writer, name: str) -> None:
    """Revoke what a person's new container replaces; tokens are left alone."""
    for record in desk.office.certificates.of(name):
        if record.keeper == "container" and record.revoked_at is None:
            writer.revoke_certificate(record.serial, since=desk.now(), reason=SUPERSEDED)


def issue_for_request(
    desk: Desk, name: str, request: str, *, days: int = CERTIFICATE_DAYS
) -> tuple[str, Changes]:
    """Issue a certificate (PEM) for a key that lives in a person's token.

    Earlier certificates for the same key are revoked as replaced; other tokens are left alone.

    Raises:
        RefusedError: no administrator at the desk, no such account, or the request names
            somebody else, was not signed by its key, or has a weak key.
        UnusableInputError: no request.
    """
    from auditdesk.documents.authority import issue_for_key, same_key  # noqa: PLC0415 – heavy
    from auditdesk.documents.requests import checked_key  # noqa: PLC0415 – heavy

    rights.require_role(desk, "administrator")
    record = desk.office.users.get(name)
    person = person_of(desk, name, record.full_name, record.role)
    authority, secret = _authority(desk)
    public = checked_key(request, person)
    made = issue_for_key(authority, secret, public=public, person=person, at=desk.now(), days=days)
    with desk.office.write("user.certificate", None, {"name": name}) as writer:
        for old in desk.office.certificates.of(name):
            if old.revoked_at is None and same_key(old.pem, made):
                writer.revoke_certificate(old.serial, since=desk.now(), reason=SUPERSEDED)
        writer.add_certificate(name, made, keeper="token")
        put_list(desk, writer)
    summary = Label(
        f"已为 {name} 的令牌签发证书", f"A certificate was issued for the token of {name}"
    )
    return made, Changes(summary, users=True)


def revoke(
    desk: Desk, serial: str, reason: str, *, since: datetime | None = None
) -> tuple[tuple[IssuedDocument, ...], Changes]:
    """Revoke a certificate, once and for all.

    Args:
        desk: an administrator's desk.
        serial: of the certificate, hexadecimal.
        reason: a key of `REASONS`.
        since: from this moment it signs nothing any more, as the day on which a token was
            lost; None: now.

    Returns:
        The documents that the person signed after `since`, which no longer verify.

    Raises:
        RefusedError: no administrator at the desk, no such certificate, or revoked before.
        UnusableInputError: no such reason, or a moment in the future.
    """
    rights.require_role(desk, "administrator")
    serial, since = serial.strip().upper(), since or desk.now()
    _check_revocation(desk, reason, since)
    body = {"serial": serial, "reason": reason}
    with desk.office.write("user.revoke", None, body) as writer:
        record = writer.revoke_certificate(serial, since=since, reason=reason)
        put_list(desk, writer)
    spoilt = desk.office.documents.signed_since(record.name, since)
    return spoilt, Changes(_told(record, spoilt), users=True)


def _check_revocation(desk: Desk, reason: str, since: datetime) -> None:
    if reason not in REASONS:
        raise UnusableInputError(
            f"没有吊销理由 {reason}；可用：{'、'.join(REASONS)}",
            f"There is no reason {reason}; there are: {', '.join(REASONS)}",
        )
    if since > desk.now():
        raise UnusableInputError(
            "吊销时间不能在将来。请填写今天或过去的时间。",
            "A certificate cannot be revoked as from the future. Give a moment up to now.",
        )


def _told(record: CertificateRecord, spoilt: tuple[IssuedDocument, ...]) -> Label:
    zh = f"{record.name} 的证书 {record.serial} 已吊销"
    en = f"The certificate {record.serial} of {record.name} is revoked"
    if not spoilt:
        return Label(zh, en)
    numbers = [document.number for document in spoilt]
    return Label(
        f"{zh}；此后由其签名的文书不再有效，请处理：{'、'.join(numbers)}",
        f"{en}; documents they signed since no longer verify: {', '.join(numbers)}",
    )


def known_revocations(desk: Desk) -> RevocationList | None:
    """What the register knows to be revoked; None without an authority of the office's own."""
    from auditdesk.documents.revocation import (  # noqa: PLC0415 – heavy
        RevocationList,
        issuer_of,
    )

    root = desk.profile.settings.get(AUTHORITY_CERTIFICATE)
    if not root:
        return None
    return RevocationList(issuer_of(root), desk.now(), 0, _revoked(desk))


def _revoked(desk: Desk) -> tuple[Revoked, ...]:
    from auditdesk.documents.revocation import Revoked  # noqa: PLC0415 – heavy

    return tuple(
        Revoked(int(c.serial, 16), c.revoked_since, c.revoked_at, c.reason)
        for c in desk.office.certificates.revoked()
        if c.revoked_since is not None and c.revoked_at is not None
    )


def put_list(desk: Desk, writer: Writer) -> None:
    """Sign the list of what is revoked anew, within the transaction that changed it."""
    from auditdesk.documents.revocation import make_list, read_list  # noqa: PLC0415 – heavy

    authority, secret = _authority(desk)
    settings = desk.profile.settings
    old, number = settings.get(REVOCATION_LIST), 1
    if old:
        number = read_list(old.encode(), (settings[AUTHORITY_CERTIFICATE],)).number + 1
    made = make_list(authority, secret, _revoked(desk), at=desk.now(), number=number)
    writer.put_setting(REVOCATION_LIST, made)


def handed_out(desk: Desk) -> tuple[str, str]:
    """The root's certificate and the newest list (PEM), for whoever verifies elsewhere.

    Raises:
        RefusedError: the office has none yet.
    """
    settings = desk.profile.settings
    root, made = settings.get(AUTHORITY_CERTIFICATE), settings.get(REVOCATION_LIST)
    if not root or not made:
        raise RefusedError(
            "本单元还没有吊销列表：管理员签发或吊销任一证书后即有。",
            "The office has no revocation list yet: it is made when an administrator issues or "
            "revokes a certificate.",
        )
    return root, made


def _authority(desk: Desk) -> tuple[bytes, str]:
    authority, passphrase = desk.office.authority(), desk.office.authority_passphrase
    if authority is None or passphrase is None:
        raise OfficeFaultError(
            "本单元没有证书机构，无法签发证书；请从备份恢复，或新建单元。",
            "The office has no certificate authority; restore a backup or make a new office.",
        )
    return authority, passphrase
