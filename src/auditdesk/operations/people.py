"""Accounts, certificates, passwords, and the office's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.views import PersonView
    from auditdesk.store.keys import KdfCost


def people(desk: Desk) -> tuple[PersonView, ...]:
    """All accounts, active ones first."""
    raise NotImplementedError


def add_user(
    desk: Desk, name: str, full_name: str, role: str, password: str, cost: KdfCost
) -> Changes:
    """Add an account with a certificate of the office's own authority.

    Args:
        desk: an administrator's desk.
        name: what the person types to sign in: letters, digits, `.`, `-`, `_`, at most 32.
        full_name: the name as documents print it.
        role: `clerk`, `supervisor` or `administrator`.
        password: first password, at least 8 characters; also opens the certificate.
        cost: work of deriving the key from the password.
    """
    raise NotImplementedError


def set_active(desk: Desk, name: str, active: bool) -> Changes:
    """Let an account sign in or not; the last active administrator stays."""
    raise NotImplementedError


def change_password(desk: Desk, old: str, new: str, cost: KdfCost) -> Changes:
    """Change the signed-in person's own password, and their certificate's with it."""
    raise NotImplementedError


def set_certificate(desk: Desk, name: str, pkcs12: bytes | None, passphrase: str) -> Changes:
    """Give a person a new certificate: from the office's authority, or a file of their own."""
    raise NotImplementedError


def settings(desk: Desk) -> Mapping[str, str]:
    """The office's settings."""
    raise NotImplementedError


def put_settings(desk: Desk, values: Mapping[str, str]) -> Changes:
    """Change settings; an administrator's task, one journal entry."""
    raise NotImplementedError
