"""What the printed recovery key can do: give an administrator a new password."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from auditdesk.store import codec, journal
from auditdesk.store.crypto import SigningKey, new_key
from auditdesk.store.journal import KEYS, RECOVERY, Actor, Draft, introduction
from auditdesk.store.keys import KEYS_FILE, KdfCost
from auditdesk.util.atomic import disk_fault
from auditdesk.util.faults import RefusedError

if TYPE_CHECKING:
    from datetime import datetime

    from auditdesk.store.keys import KeyFile, Secrets
    from auditdesk.store.session import Session


def give_password(
    session: Session, keys: KeyFile, found: Secrets, account: tuple[str, str], now: datetime
) -> None:
    """Set an administrator's password; the journal's entry is signed by the recovery key.

    Args:
        session: the opened office.
        keys: its key slots.
        found: what the recovery key opened.
        account: name and new password.
        now: the moment.

    Raises:
        RefusedError: the account is no active administrator's.
        OfficeFaultError: read-only, disk full or failed.
    """
    name, password = account
    with session.transaction():
        _check_administrator(session, name)
        cost = KdfCost.from_json(codec.json_out(session.value("SELECT kdf FROM office")))
        secrets = replace(found, signing_seed=new_key())
        slot = keys.make_slot(name, password, secrets, cost)
        try:
            keys.with_slot(name, slot).save(session.folder)
        except OSError as error:
            raise disk_fault(error, session.folder / KEYS_FILE) from error
        public_key = SigningKey(secrets.signing_seed).public
        session.execute(
            "UPDATE user SET slot = ?, public_key = ? WHERE name = ?", (slot.id, public_key, name)
        )
        body = {"name": name, KEYS: [introduction(name, "administrator", public_key)]}
        office_id = session.value("SELECT id FROM office")
        actor = Actor(RECOVERY, SigningKey(found.signing_seed))
        journal.append(session, office_id, actor, Draft("user.recover", None, body, now))


def _check_administrator(session: Session, name: str) -> None:
    row = session.row("SELECT role, active FROM user WHERE name = ?", (name,))
    if row is None or row["role"] != "administrator" or not row["active"]:
        raise RefusedError(
            f"{name} 不是在用的管理员账号，恢复密钥只能为管理员重设密码。请输入管理员的用户名。",
            f"{name} is no active administrator's account, and the recovery key resets"
            " administrators' passwords only. Type an administrator's name.",
        )
