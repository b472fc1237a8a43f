"""Key slots: how a password, or the printed recovery key, opens an office.

`keys.json` holds for each user a slot in which Argon2id of the password wraps the office's
key and the user's own signing seed. The database names the slot that counts, so that a
change of password happens in its transaction and not when the file is written: for a moment
a user may have two slots, and only the one that the database names lets them in.
"""

from __future__ import annotations

import base64
import json
import os
import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from auditdesk.store import faults
from auditdesk.store.crypto import KEY_BYTES, SALT_BYTES, OfficeKey, SealError, derive, seal, unseal
from auditdesk.util.atomic import write_atomic
from auditdesk.util.faults import OfficeFaultError, RefusedError, UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KEYS_FILE = "keys.json"
_FORMAT = "auditdesk.keys/1"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
_SHORTEST_PASSWORD = 8
_LONGEST_PASSWORD = 1024
_RECOVERY_BYTES = 20
# Beyond these a slot was tampered with: nobody waits minutes to sign in.
_MOST_MEMORY_KIB, _MOST_ITERATIONS, _MOST_LANES = 4 * 1024 * 1024, 64, 16


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What Argon2id spends on one password (defaults: about 0.9 s of two cores).

    Attributes:
        memory_kib: memory in KiB; at least eight a lane.
        iterations: passes over that memory.
        lanes: threads.
    """

    memory_kib: int = 262_144
    iterations: int = 3
    lanes: int = 2

    def as_json(self) -> dict[str, int]:
        """The cost as a slot and the database keep it."""
        return {
            "memory_kib": self.memory_kib,
            "iterations": self.iterations,
            "lanes": self.lanes,
        }

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> KdfCost:
        """A cost as it was kept.

        Raises:
            ValueError: outside what this program would ever have written.
        """
        cost = KdfCost(value["memory_kib"], value["iterations"], value["lanes"])
        bounds = (
            (cost.memory_kib, 8, _MOST_MEMORY_KIB),
            (cost.iterations, 1, _MOST_ITERATIONS),
            (cost.lanes, 1, _MOST_LANES),
        )
        if not all(isinstance(n, int) and low <= n <= high for n, low, high in bounds):
            raise ValueError("key derivation out of bounds")
        return cost


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a slot wraps.

    Attributes:
        signing_seed: of the user's journal key, or of the recovery key's own.
        authority_passphrase: of the office's certificate authority; administrators only.
    """

    office_key: OfficeKey = field(repr=False)
    signing_seed: bytes = field(repr=False)
    authority_passphrase: str | None = field(repr=False)

    def as_bytes(self) -> bytes:
        """The form in which a slot wraps them."""
        plain = {
            "office_key": self.office_key.secret.hex(),
            "signing_seed": self.signing_seed.hex(),
            "authority_passphrase": self.authority_passphrase,
        }
        return json.dumps(plain).encode()

    @staticmethod
    def from_bytes(content: bytes) -> Secrets:
        """What `as_bytes` made."""
        plain = json.loads(content)
        return Secrets(
            OfficeKey(bytes.fromhex(plain["office_key"])),
            bytes.fromhex(plain["signing_seed"]),
            plain["authority_passphrase"],
        )


@dataclass(frozen=True, slots=True)
class Slot:
    """One wrapping of secrets by a password."""

    id: str
    cost: KdfCost
    salt: bytes
    sealed: bytes

    def as_json(self) -> dict[str, Any]:
        """The slot as the file holds it."""
        return {
            "id": self.id,
            "kdf": {"name": "argon2id", **self.cost.as_json()},
            "salt": self.salt.hex(),
            "sealed": self.sealed.hex(),
        }

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Slot:
        """A slot as the file held it; ValueError, KeyError or TypeError if it is none."""
        cost = KdfCost.from_json(value["kdf"])
        sealed = bytes.fromhex(value["sealed"])
        return Slot(str(value["id"]), cost, bytes.fromhex(value["salt"]), sealed)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """`keys.json`, read whole, changed by making a new one, written whole."""

    office_id: str
    users: Mapping[str, tuple[Slot, ...]]
    recovery_salt: bytes
    recovery_sealed: bytes

    @staticmethod
    def load(folder: Path) -> KeyFile:
        """Read an office's key slots.

        Raises:
            OfficeFaultError: the file is missing, unreadable or damaged.
        """
        path = folder / KEYS_FILE
        try:
            plain = json.loads(path.read_bytes())
            users = {n: tuple(map(Slot.from_json, slots)) for n, slots in plain["users"].items()}
            recovery = plain["recovery"]
            salt, sealed = bytes.fromhex(recovery["salt"]), bytes.fromhex(recovery["sealed"])
            if plain["format"] == _FORMAT:
                return KeyFile(str(plain["office"]), users, salt, sealed)
        except FileNotFoundError:
            raise faults.file_missing(path) from None
        except OSError as error:
            raise faults.file_unreadable(path, error) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise faults.file_damaged(path) from error
        raise faults.file_damaged(path)

    def save(self, folder: Path) -> None:
        """Write the file whole, onto the disk; OSError leaves what was there."""
        plain = {
            "format": _FORMAT,
            "office": self.office_id,
            "users": {n: [s.as_json() for s in slots] for n, slots in self.users.items()},
            "recovery": {"salt": self.recovery_salt.hex(), "sealed": self.recovery_sealed.hex()},
        }
        text = json.dumps(plain, ensure_ascii=False, indent=1)
        write_atomic(folder / KEYS_FILE, text.encode())

    def with_slot(self, user: str, slot: Slot) -> KeyFile:
        """The file with one more slot for a user."""
        return replace(self, users={**self.users, user: (*self.users.get(user, ()), slot)})

    def only(self, valid: Mapping[str, str]) -> KeyFile:
        """The file without slots that the database does not name (user → slot id)."""
        users = {n: tuple(s for s in self.users.get(n, ()) if s.id == i) for n, i in valid.items()}
        return replace(self, users=users)

    def make_slot(self, user: str, password: str, secrets: Secrets, cost: KdfCost) -> Slot:
        """Wrap secrets by a password; takes as long as `cost` says.

        Raises:
            OfficeFaultError: the computer has not enough memory for it.
        """
        slot_id, salt = os.urandom(8).hex(), os.urandom(SALT_BYTES)
        key = _password_key(password, salt, cost)
        bound = _bound_to(self.office_id, user, slot_id, cost)
        return Slot(slot_id, cost, salt, seal(key, secrets.as_bytes(), bound))

    def unlock(self, user: str, password: str) -> tuple[tuple[str, Secrets], ...]:
        """The slots of a user that a password opens, each with its id.

        Raises:
            RefusedError: no such user, or a wrong password; one sentence for both.
        """
        opened = []
        for slot in self.users.get(user, ()):
            key = _password_key(password, slot.salt, slot.cost)
            bound = _bound_to(self.office_id, user, slot.id, slot.cost)
            try:
                opened.append((slot.id, Secrets.from_bytes(unseal(key, slot.sealed, bound))))
            except SealError:
                continue
        if not opened:
            raise faults.wrong_password()
        return tuple(opened)

    def unlock_recovery(self, recovery_key: str) -> Secrets:
        """What the printed recovery key opens.

        Raises:
            RefusedError: it is not this office's.
        """
        try:
            key = _recovery_wrapping(recovery_key, self.recovery_salt)
            bound = _bound_to(self.office_id, "", "recovery", None)
            return Secrets.from_bytes(unseal(key, self.recovery_sealed, bound))
        except (SealError, ValueError):
            raise RefusedError(
                "恢复密钥不正确。请逐组核对打印件上的字符后重试。",
                "The recovery key is wrong. Compare it group by group with the printed one, then"
                " try again.",
            ) from None


def new_key_file(office_id: str, recovery_key: str, secrets: Secrets) -> KeyFile:
    """A key file without users, with its recovery slot."""
    salt = os.urandom(SALT_BYTES)
    key = _recovery_wrapping(recovery_key, salt)
    bound = _bound_to(office_id, "", "recovery", None)
    return KeyFile(office_id, {}, salt, seal(key, secrets.as_bytes(), bound))


def new_recovery_key() -> str:
    """160 random bits to print: eight groups of four letters and digits (RFC 4648 base32)."""
    text = base64.b32encode(os.urandom(_RECOVERY_BYTES)).decode()
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def check_user_name(name: str) -> None:
    """A name to sign in with: letters, digits, dot, hyphen, underscore, at most 32.

    Raises:
        UnusableInputError: it cannot be one.
    """
    if not _NAME.fullmatch(name):
        raise UnusableInputError(
            f"用户名“{name}”不可用：只能用英文字母、数字和 . - _，以字母或数字开头，最多32个字符。",
            f"“{name}” cannot be a user name: use letters, digits and . - _, begin with a letter"
            " or digit, at most 32 characters.",
        )


def check_password(password: str) -> None:
    """A password of at least 8 characters.

    Raises:
        UnusableInputError: too short, or longer than 1,024 characters.
    """
    if not _SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD:
        raise UnusableInputError(
            f"密码须有 {_SHORTEST_PASSWORD} 到 {_LONGEST_PASSWORD} 个字符，请重新设置。",
            f"A password needs {_SHORTEST_PASSWORD} to {_LONGEST_PASSWORD} characters; choose"
            " another one.",
        )


def _password_key(password: str, salt: bytes, cost: KdfCost) -> bytes:
    from argon2.exceptions import HashingError  # noqa: PLC0415 – needed at sign-in only
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415 – the same

    # One password has one form, whichever way an input method composes its characters.
    secret = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    try:
        return hash_secret_raw(
            secret,
            salt,
            time_cost=cost.iterations,
            memory_cost=max(cost.memory_kib, 8 * cost.lanes),
            parallelism=cost.lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    except (HashingError, MemoryError) as error:
        need = cost.memory_kib // 1024
        raise OfficeFaultError(
            f"内存不足，无法核对密码（需要约 {need} MB）。请关闭其他程序后重试。",
            f"There is not enough memory to check the password (about {need} MB). Close other"
            " programs and try again.",
        ) from error


def _recovery_wrapping(recovery_key: str, salt: bytes) -> bytes:
    letters = re.sub(r"[\s-]", "", recovery_key).upper().replace("0", "O").replace("1", "I")
    secret = base64.b32decode(letters)
    if len(secret) != _RECOVERY_BYTES:
        raise ValueError("not a recovery key")
    return derive(secret, "recovery", salt)


def _bound_to(office_id: str, user: str, slot_id: str, cost: KdfCost | None) -> bytes:
    plain = [office_id, user, slot_id, cost.as_json() if cost else None]
    return json.dumps(plain, ensure_ascii=True).encode()
