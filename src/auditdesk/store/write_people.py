"""Writing accounts, certificates, settings and the certificate authority."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from auditdesk.store import codec
from auditdesk.store.crypto import SigningKey, new_key
from auditdesk.store.journal import KEYS, introduction
from auditdesk.store.keys import (
    KEYS_FILE,
    KdfCost,
    KeyFile,
    Secrets,
    check_password,
    check_user_name,
)
from auditdesk.store.people import UserReader
from auditdesk.store.write_base import WriteBase
from auditdesk.util.atomic import disk_fault
from auditdesk.util.faults import RefusedError, UnusableInputError

if TYPE_CHECKING:
    from auditdesk.store.records import NewUser, Role, UserRecord


class PeopleWrites(WriteBase):
    """The part of `Writer` that writes people and settings."""

    def add_user(self, user: NewUser, *, cost: KdfCost | None = None) -> UserRecord:
        """Make an account; takes about a second (key derivation).

        Args:
            user: the new account.
            cost: of key derivation; None takes the cost that the office was made with.

        Raises:
            UnusableInputError: the name is taken or cannot be used, the full name is blank,
                or the password is too short.
            RefusedError: the signed-in user is no administrator: the journal would not take
                a key from them.
        """
        check_new_user(user)
        if self._reader().find(user.name) is not None:
            raise UnusableInputError(
                f"用户名 {user.name} 已存在，请换一个。",
                f"The user name {user.name} is taken; choose another one.",
            )
        slot, public_key = self._new_identity(user.name, user.role, user.password, cost)
        row = {
            "name": user.name,
            "full_name": user.full_name.strip(),
            "role": user.role,
            "active": 1,
            "public_key": public_key,
            "slot": slot,
            "created_at": self._at,
        }
        self._session.insert("user", row)
        return self._reader().get(user.name)

    def set_user_active(self, name: str, active: bool) -> UserRecord:
        """Enable or disable an account.

        Raises:
            RefusedError: no such account, or the last active administrator.
        """
        user = self._reader().get(name)
        if not active and user.role == "administrator" and self._administrators() == [name]:
            raise RefusedError(
                "不能停用最后一个管理员账号。请先添加另一位管理员。",
                "The last administrator's account stays enabled. Add another administrator first.",
            )
        self._session.execute("UPDATE user SET active = ? WHERE name = ?", (int(active), name))
        return self._reader().get(name)

    def change_password(self, old: str, new: str, *, cost: KdfCost | None = None) -> None:
        """Set the signed-in user's own password; the journal key stays.

        Raises:
            RefusedError: `old` is wrong.
            UnusableInputError: `new` cannot be used.
        """
        check_password(new)
        name = self._context.user.name
        keys = KeyFile.load(self._session.folder)
        current = self._session.value("SELECT slot FROM user WHERE name = ?", (name,))
        try:
            secrets = dict(keys.unlock(name, old))[current]
        except (RefusedError, KeyError):
            raise RefusedError(
                "原密码不正确，密码没有修改。请重新输入原密码。",
                "The old password is wrong; nothing was changed. Type the old password again.",
            ) from None
        slot = self._put_slot(keys, name, new, secrets, cost)
        self._session.execute("UPDATE user SET slot = ? WHERE name = ?", (slot, name))

    def set_password(self, name: str, new: str, *, cost: KdfCost | None = None) -> None:
        """Give somebody a new password and a new journal key (an administrator's doing).

        Raises:
            RefusedError: no such account, or the signed-in user is no administrator.
            UnusableInputError: `new` cannot be used.
        """
        check_password(new)
        user = self._reader().get(name)
        slot, public_key = self._new_identity(name, user.role, new, cost)
        self._session.execute(
            "UPDATE user SET slot = ?, public_key = ? WHERE name = ?", (slot, public_key, name)
        )

    def set_certificate(self, name: str, *, pkcs12: bytes, certificate_pem: str) -> UserRecord:
        """Keep a person's signing container and certificate.

        Raises:
            RefusedError: no such account.
        """
        self._reader().get(name)
        self._session.execute(
            "UPDATE user SET pkcs12 = ?, certificate_pem = ? WHERE name = ?",
            (pkcs12, certificate_pem, name),
        )
        self.note_private("certificate", certificate_pem)
        return self._reader().get(name)

    def put_setting(self, key: str, value: str) -> None:
        """Set one of the office's settings; an empty value removes it."""
        if value:
            self._session.execute(
                "INSERT INTO setting (key, value) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, value),
            )
        else:
            self._session.execute("DELETE FROM setting WHERE key = ?", (key,))
        self._note_item("settings", key)

    def put_authority(self, pkcs12: bytes) -> None:
        """Keep the office's certificate authority (encrypted under its passphrase)."""
        self._session.execute("UPDATE office SET authority = ?", (pkcs12,))

    def _new_identity(
        self, name: str, role: Role, password: str, cost: KdfCost | None
    ) -> tuple[str, str]:
        """A new slot with a new journal key, introduced by the journal entry."""
        if self._context.user.role != "administrator":
            raise RefusedError(
                "只有管理员可以添加账号或重置密码。请联系管理员。",
                "Only an administrator may add accounts or reset passwords. Ask one.",
            )
        secrets = replace(self._context.secrets, signing_seed=new_key())
        if role != "administrator":
            secrets = replace(secrets, authority_passphrase=None)
        slot = self._put_slot(KeyFile.load(self._session.folder), name, password, secrets, cost)
        public_key = SigningKey(secrets.signing_seed).public
        self._note_item(KEYS, introduction(name, role, public_key))
        return slot, public_key

    def _put_slot(
        self, keys: KeyFile, name: str, password: str, secrets: Secrets, cost: KdfCost | None
    ) -> str:
        # On the disk before COMMIT; it counts only once the database names it.
        slot = keys.make_slot(name, password, secrets, cost or self._office_cost())
        self.slots_changed = True
        try:
            keys.with_slot(name, slot).save(self._session.folder)
        except OSError as error:
            raise disk_fault(error, self._session.folder / KEYS_FILE) from error
        return slot.id

    def _office_cost(self) -> KdfCost:
        return KdfCost.from_json(codec.json_out(self._session.value("SELECT kdf FROM office")))

    def _administrators(self) -> list[str]:
        return [u.name for u in self._reader().all() if u.active and u.role == "administrator"]

    def _reader(self) -> UserReader:
        return UserReader(self._session)


def check_new_user(user: NewUser) -> None:
    """An account's name, full name and password.

    Raises:
        UnusableInputError: one of them cannot be used.
    """
    check_user_name(user.name)
    if not user.full_name.strip():
        raise UnusableInputError(
            "姓名不能为空，请填写本人姓名（将打印在文书上）。",
            "The full name is blank; fill in the person's name (documents print it).",
        )
    check_password(user.password)
