"""Accounts, passwords and certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.domain.roles import ROLES
from auditdesk.operations import rights
from auditdesk.operations.changes import Changes
from auditdesk.operations.containers import certificate_until, change_passphrase, pem_of
from auditdesk.operations.views import PersonView
from auditdesk.store.records import NewUser
from auditdesk.util.faults import OfficeFaultError, RefusedError, UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from datetime import date

    from auditdesk.documents.authority import IssuedCertificate
    from auditdesk.operations.desk import Desk
    from auditdesk.store.records import Role, UserRecord

CERTIFICATE_DAYS = 1095
_LONGEST_NAME = 60


def people(desk: Desk) -> tuple[PersonView, ...]:
    """All accounts, active ones first, then by name."""
    records = sorted(desk.office.users.all(), key=lambda u: (not u.active, u.name))
    return tuple(_view(record) for record in records)


def _view(record: UserRecord) -> PersonView:
    until: date | None = None
    if record.certificate_pem:
        until = certificate_until(record.certificate_pem)
    return PersonView(
        name=record.name,
        full_name=record.full_name,
        role=record.role,
        role_label=ROLES[record.role],
        active=record.active,
        has_certificate=record.pkcs12 is not None,
        certificate_until=until,
    )


def add_user(  # noqa: PLR0913 – what an account is
    desk: Desk,
    name: str,
    full_name: str,
    role: str,
    password: str,
    *,
    certificate_days: int = CERTIFICATE_DAYS,
) -> Changes:
    """Add an account, for clerks and supervisors with a certificate to sign with.

    Args:
        desk: an administrator's desk.
        name: what the person types to sign in: letters, digits, `.`, `-`, `_`, at most 32.
        full_name: the name as documents print it.
        role: `clerk`, `supervisor` or `administrator`.
        password: first password, at least 8 characters; also opens the certificate.
        certificate_days: how long the certificate is in force.

    Raises:
        RefusedError: the person at the desk is no administrator.
        UnusableInputError: name taken or unusable, no such role, password too short.
    """
    rights.require_role(desk, "administrator")
    known = _role(role)
    full_name = full_name.strip()
    if not full_name or len(full_name) > _LONGEST_NAME or not full_name.isprintable():
        raise UnusableInputError(
            f"姓名应为 1–{_LONGEST_NAME} 字，一行。",
            f"The full name must be one line of 1 to {_LONGEST_NAME} characters.",
        )
    with desk.office.write("user.add", None, {"name": name, "role": role}) as writer:
        writer.add_user(NewUser(name, full_name, known, password))
        if known != "administrator":
            issued = _issue(
                desk, name, full_name, known, passphrase=password, days=certificate_days
            )
            writer.set_certificate(name, pkcs12=issued.p12, certificate_pem=issued.certificate_pem)
    summary = Label(
        f"已新增{ROLES[role].zh} {full_name}（{name}）",
        f"Added {ROLES[role].en} {full_name} ({name})",
    )
    return Changes(summary, users=True)


def _role(role: str) -> Role:
    match role:
        case "clerk" | "supervisor" | "administrator":
            return role
    raise UnusableInputError(
        f"没有角色 {role}；可用：{'、'.join(ROLES)}",
        f"There is no role {role}; there are: {', '.join(ROLES)}",
    )


def _issue(  # noqa: PLR0913 – what a certificate says
    desk: Desk, name: str, full_name: str, role: str, *, passphrase: str, days: int
) -> IssuedCertificate:
    from auditdesk.documents.authority import (  # noqa: PLC0415 – certificates are heavy
        PersonName,
        issue_certificate,
    )

    authority, authority_passphrase = desk.office.authority(), desk.office.authority_passphrase
    if authority is None or authority_passphrase is None:
        raise OfficeFaultError(
            "本单元没有证书机构，无法签发证书；请从备份恢复，或新建单元。",
            "The office has no certificate authority; restore a backup or make a new office.",
        )
    return issue_certificate(
        authority,
        authority_passphrase,
        person=PersonName(name=name, full_name=full_name, role=role, office=desk.profile.name),
        p12_passphrase=passphrase,
        at=desk.now(),
        days=days,
    )


def set_active(desk: Desk, name: str, active: bool) -> Changes:
    """Let an account sign in or not; the last active administrator stays.

    Raises:
        RefusedError: no administrator at the desk, no such account, or it is the last one.
    """
    rights.require_role(desk, "administrator")
    record = desk.office.users.get(name)
    if record.active != active:
        body = {"name": name, "active": active}
        with desk.office.write("user.active", None, body) as writer:
            writer.set_user_active(name, active)
    summary = Label(
        f"{name} 已{'启用' if active else '停用'}", f"{name} {'enabled' if active else 'disabled'}"
    )
    return Changes(summary, users=True)


def change_password(desk: Desk, old: str, new: str) -> Changes:
    """Change the signed-in person's own password, and their certificate's with it.

    A certificate whose passphrase is another one keeps it.

    Raises:
        RefusedError: `old` is wrong.
        UnusableInputError: `new` cannot be used.
    """
    record = desk.office.users.get(desk.user.name)
    with desk.office.write("user.password", None, {"name": record.name}) as writer:
        writer.change_password(old, new)
        container = _repacked(record, old, new)
        if container is not None and record.certificate_pem is not None:
            writer.set_certificate(
                record.name, pkcs12=container, certificate_pem=record.certificate_pem
            )
    return Changes(Label("密码已修改", "Password changed"), users=True)


def _repacked(record: UserRecord, old: str, new: str) -> bytes | None:
    if record.pkcs12 is None:
        return None
    try:
        return change_passphrase(record.pkcs12, old, new)
    except RefusedError:
        return None  # an own certificate file under a passphrase of its own


def reset_password(desk: Desk, name: str, new: str) -> Changes:
    """Give somebody a new password, and a new certificate, as the old key is lost with it.

    Raises:
        RefusedError: the person at the desk is no administrator, or no such account.
        UnusableInputError: the password cannot be used.
    """
    rights.require_role(desk, "administrator")
    record = desk.office.users.get(name)
    with desk.office.write("user.password", None, {"name": name}) as writer:
        writer.set_password(name, new)
        if record.role != "administrator":
            issued = _issue(
                desk, name, record.full_name, record.role, passphrase=new, days=CERTIFICATE_DAYS
            )
            writer.set_certificate(name, pkcs12=issued.p12, certificate_pem=issued.certificate_pem)
    return Changes(Label(f"{name} 的密码已重设", f"{name} has a new password"), users=True)


def renew_certificate(desk: Desk, name: str, passphrase: str) -> Changes:
    """Issue a person a new certificate of the office's own authority.

    Raises:
        RefusedError: the person at the desk is no administrator, or no such account.
    """
    rights.require_role(desk, "administrator")
    record = desk.office.users.get(name)
    issued = _issue(
        desk, name, record.full_name, record.role, passphrase=passphrase, days=CERTIFICATE_DAYS
    )
    return _keep_certificate(desk, name, issued.p12, issued.certificate_pem)


def own_certificate(desk: Desk, pkcs12: bytes, passphrase: str) -> Changes:
    """Keep the signed-in person's own certificate file, issued by somebody else.

    Raises:
        UnusableInputError: not a certificate file with a key.
        RefusedError: wrong passphrase, not in force, or a colleague's certificate.
    """
    from auditdesk.operations.freezing import signer_of  # noqa: PLC0415 – signing is heavy

    certificate = pem_of(signer_of(desk, passphrase, pkcs12).certificate)
    return _keep_certificate(desk, desk.user.name, pkcs12, certificate)


def _keep_certificate(desk: Desk, name: str, pkcs12: bytes, certificate: str) -> Changes:
    with desk.office.write("user.certificate", None, {"name": name}) as writer:
        writer.set_certificate(name, pkcs12=pkcs12, certificate_pem=certificate)
    return Changes(Label(f"{name} 的证书已更换", f"{name} has a new certificate"), users=True)
