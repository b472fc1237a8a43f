"""Accounts, passwords and certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.domain.roles import ROLES
from auditdesk.operations import certificates, rights
from auditdesk.operations.changes import Changes
from auditdesk.operations.containers import certificate_until, change_passphrase, pem_of
from auditdesk.operations.views import PersonView
from auditdesk.store.records import NewUser
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from datetime import date

    from auditdesk.operations.desk import Desk
    from auditdesk.store.records import Role, UserRecord

_LONGEST_NAME = 60


def people(desk: Desk) -> tuple[PersonView, ...]:
    """All accounts, active ones first, then by name."""
    records = sorted(desk.office.users.all(), key=lambda u: (not u.active, u.name))
    good = [c for c in desk.office.certificates.all() if c.revoked_at is None]
    return tuple(
        _view(record, [c.pem for c in good if c.name == record.name]) for record in records
    )


def _view(record: UserRecord, pems: list[str]) -> PersonView:
    until: date | None = max((certificate_until(pem) for pem in pems), default=None)
    return PersonView(
        name=record.name,
        full_name=record.full_name,
        role=record.role,
        role_label=ROLES[record.role],
        active=record.active,
        certificate_until=until,
    )


def add_user(  # noqa: PLR0913 – what an account is
    desk: Desk,
    name: str,
    full_name: str,
    role: str,
    password: str,
    *,
    certificate_days: int = certificates.CERTIFICATE_DAYS,
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
            person = certificates.person_of(desk, name, full_name, known)
            certificates.give(desk, writer, person, password, certificate_days)
            certificates.put_list(desk, writer)
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

    The certificate before is revoked as replaced.

    Raises:
        RefusedError: the person at the desk is no administrator, or no such account.
        UnusableInputError: the password cannot be used.
    """
    rights.require_role(desk, "administrator")
    record = desk.office.users.get(name)
    with desk.office.write("user.password", None, {"name": name}) as writer:
        writer.set_password(name, new)
        if record.role != "administrator":
            certificates.supersede(desk, writer, name)
            person = certificates.person_of(desk, name, record.full_name, record.role)
            certificates.give(desk, writer, person, new, certificates.CERTIFICATE_DAYS)
            certificates.put_list(desk, writer)
    return Changes(Label(f"{name} 的密码已重设", f"{name} has a new password"), users=True)


def own_certificate(desk: Desk, pkcs12: bytes, passphrase: str) -> Changes:
    """Keep the signed-in person's own certificate file, as one under another passphrase.

    Raises:
        UnusableInputError: not a certificate file with a key.
        RefusedError: wrong passphrase, or a certificate that may not sign here: foreign,
            revoked, not in force, or a colleague's.
    """
    from auditdesk.operations.signers import from_container  # noqa: PLC0415 – signing is heavy

    name, certificate = desk.user.name, from_container(desk, passphrase, pkcs12).certificate
    with desk.office.write("user.certificate", None, {"name": name}) as writer:
        writer.set_certificate(name, pkcs12=pkcs12, certificate_pem=pem_of(certificate))
    return Changes(Label(f"{name} 的证书已更换", f"{name} has a new certificate"), users=True)
