"""The journal: append-only, each entry chained to the one before and signed by its actor.

Which keys count is told by the journal itself: the first entry introduces the first
administrator's key and the recovery key's, later ones are introduced by administrators
(`keys` in an entry's body) or by the recovery key. Whoever holds the database's key can
write rows, but cannot sign as a supervisor, nor introduce a key in a supervisor's name.
"""

# ruff: noqa: S608 – the texts put into statements are constants; values are always bound

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditdesk.store import codec
from auditdesk.store.conformity import Ledger
from auditdesk.store.crypto import SigningKey, signature_holds
from auditdesk.store.records import Checkpoint, JournalEntry, JournalVerdict
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from auditdesk.store.session import Row, Session
    from auditdesk.util.progress import Progress

ALGORITHM = "sha256+ed25519"
RECOVERY = "@recovery"  # no account can have this name
KEYS = "keys"
_BATCH = 500
_COLUMNS = "seq, at, actor, kind, case_no, body, prev, hash, alg, signature, clock_back"
_ABOUT_CASE = (
    "seq < :start AND seq IN (SELECT seq FROM journal WHERE case_no = :no UNION ALL"
    " SELECT seq FROM journal WHERE kind = 'material.move'"
    " AND json_extract(body, '$.to_case') = :no)"
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who signs an entry."""

    name: str
    key: SigningKey


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before it has its place in the chain."""

    kind: str
    case_no: str | None
    body: Mapping[str, Any]
    at: datetime


def origin(office_id: str) -> str:
    """What stands for the hash before the first entry: no journal fits another office."""
    return hashlib.sha256(f"auditdesk.journal/1 {office_id}".encode()).hexdigest()


def introduction(name: str, role: str, public_key: str) -> dict[str, str]:
    """One item of `keys` in the body of an entry that introduces a key."""
    return {"name": name, "role": role, "public_key": public_key}


def private_digest(salt: str, value: Any) -> str:
    """The salted hash by which a body holds personal data (salt: hexadecimal)."""
    return hmac.new(bytes.fromhex(salt), codec.canonical(value), hashlib.sha256).hexdigest()


def private_note(value: Any) -> dict[str, str]:
    """Personal data as a journal's body holds it: a fresh salt and the salted hash."""
    salt = os.urandom(16).hex()
    return {"salt": salt, "sha256": private_digest(salt, value)}


def append(session: Session, office_id: str, actor: Actor, draft: Draft) -> JournalEntry:
    """Append one entry inside the open transaction."""
    last = session.row("SELECT seq, hash, at FROM journal ORDER BY seq DESC LIMIT 1")
    at = codec.moment_in(draft.at)
    row: Row = {
        "seq": last["seq"] + 1 if last else 1,
        "at": at,
        "actor": actor.name,
        "kind": draft.kind,
        "case_no": draft.case_no,
        "body": codec.canonical(draft.body).decode(),
        "prev": last["hash"] if last else origin(office_id),
        "alg": ALGORITHM,
        "clock_back": int(bool(last and at < last["at"])),
    }
    row["hash"] = _hash(row)
    row["signature"] = actor.key.sign(_signed(row["hash"]))
    session.insert("journal", row)
    return _entry(row)


def _hash(row: Row) -> str:
    content = {
        "seq": row["seq"],
        "at": row["at"],
        "actor": row["actor"],
        "kind": row["kind"],
        "case": row["case_no"],
        "body": codec.json_out(row["body"]),
        "prev": row["prev"],
        "alg": row["alg"],
        "clock_back": bool(row["clock_back"]),
    }
    return hashlib.sha256(codec.canonical(content)).hexdigest()


def _signed(digest: str) -> bytes:
    return f"auditdesk.journal/1 {digest}".encode()


def _entry(row: Row) -> JournalEntry:
    return JournalEntry(
        seq=row["seq"],
        at=codec.moment_out(row["at"]),
        actor=row["actor"],
        kind=row["kind"],
        case_no=row["case_no"],
        body=codec.json_out(row["body"]),
        prev=row["prev"],
        hash=row["hash"],
        alg=row["alg"],
        signature=row["signature"],
        clock_back=bool(row["clock_back"]),
    )


def _checkpoint(row: Row) -> Checkpoint:
    at = codec.moment_out(row["at"])
    return Checkpoint(row["seq"], row["hash"], row["signature"], row["actor"], at)


class JournalReader:
    """Reading and verifying the journal of an open office."""

    def __init__(self, session: Session, office_id: str) -> None:
        self._session = session
        self._office_id = office_id

    def last_checkpoint(self) -> Checkpoint:
        """The journal's end: printed on whatever leaves the office."""
        (row,) = self._session.rows(f"SELECT {_COLUMNS} FROM journal ORDER BY seq DESC LIMIT 1")
        return _checkpoint(row)

    def holds(self, seq: int, digest: str) -> bool:
        """Whether a checkpoint that comes back on paper is still in the journal."""
        found = self._session.value("SELECT hash FROM journal WHERE seq = ?", (seq,))
        return bool(found == digest)

    def page(
        self, before: int | None = None, limit: int = 100, case_no: str | None = None
    ) -> tuple[JournalEntry, ...]:
        """Entries, newest first, before a sequence number, perhaps of one case only.

        A scan that was moved from one case to another is an entry of both.
        """
        start = 2**62 if before is None else before
        which = "seq < :start" if case_no is None else _ABOUT_CASE
        rows = self._session.rows(
            f"SELECT {_COLUMNS} FROM journal WHERE {which} ORDER BY seq DESC LIMIT :limit",
            {"start": start, "no": case_no, "limit": limit},
        )
        return tuple(map(_entry, rows))

    def numbers_with_code(self, code: str) -> tuple[str, ...]:
        """The numbers of the documents whose papers carry a short code, oldest first."""
        rows = self._session.rows(
            "SELECT json_extract(body, '$.number') AS number FROM journal"
            " WHERE kind = 'document.certify' AND json_extract(body, '$.code') = ? ORDER BY seq",
            (code,),
        )
        return tuple(row["number"] for row in rows)

    def verify(self, progress: Progress) -> JournalVerdict:
        """Check the whole journal, and that the tables are what it says.

        Order, chain, signatures, who may introduce keys; then accounts, cases, opinions,
        documents and scans against what was noted when they were written.

        Raises:
            CancelledError: the user cancelled.
        """
        total = self._session.value("SELECT count(*) FROM journal")
        chain = _Chain(origin(self._office_id))
        while rows := self._batch_after(chain.seq):
            for row in rows:
                reason = chain.take(row)
                if reason:
                    return JournalVerdict(False, total, row["seq"], reason, chain.last)
            progress.step(min(chain.seq, total), total)
        reason = self._accounts_differ(chain) or chain.ledger.difference(self._session, progress)
        return JournalVerdict(reason is None, total, None, reason, chain.last)

    def _batch_after(self, seq: int) -> list[Row]:
        return self._session.rows(
            f"SELECT {_COLUMNS} FROM journal WHERE seq > ? ORDER BY seq LIMIT ?", (seq, _BATCH)
        )

    def _accounts_differ(self, chain: _Chain) -> Label | None:
        rows = self._session.rows("SELECT name, role, public_key FROM user")
        accounts = {row["name"]: (row["role"], row["public_key"]) for row in rows}
        for name in sorted(accounts.keys() | chain.people.keys()):
            if accounts.get(name) != chain.people.get(name):
                return Label(
                    f"账号 {name} 的密钥或角色与日志记载不一致",
                    f"the key or role of the account {name} is not what the journal says",
                )
        return None


class _Chain:
    """The state while walking along the journal from its first entry."""

    def __init__(self, start: str) -> None:
        self.seq = 0
        self.hash = start
        self.last: Checkpoint | None = None
        self.people: dict[str, tuple[str, str]] = {}  # name → role, public key
        self.ledger = Ledger()
        self._recovery = ""

    def take(self, row: Row) -> Label | None:
        """Check the next entry; what is wrong with it, or None."""
        wrong = self._out_of_place(row) or self._unsigned(row)
        if wrong is None:
            body = codec.json_out(row["body"])
            self._introduce(body)
            self.ledger.heed(body)
            self.seq, self.hash, self.last = row["seq"], row["hash"], _checkpoint(row)
        return wrong

    def _out_of_place(self, row: Row) -> Label | None:
        if row["seq"] != self.seq + 1:
            return Label("缺少一条日志", "an entry is missing before this one")
        if row["prev"] != self.hash:
            return Label("与前一条日志不相连", "it is not chained to the entry before")
        if not _hash_holds(row):
            return Label("内容与其校验值不符", "its content does not fit its hash")
        return None

    def _unsigned(self, row: Row) -> Label | None:
        body = codec.json_out(row["body"])
        if not _keys_are_sound(body) or not Ledger().heed(body):
            return Label("登记的内容无法辨认", "what it introduces or notes cannot be read")
        first = self.seq == 0
        if first:
            self._introduce(body)
        if not signature_holds(self._key_of(row["actor"]), row["signature"], _signed(row["hash"])):
            return Label("签名不是该用户的", "its signature is not the named person's")
        if not first and KEYS in body and not self._may_introduce(row["actor"]):
            return Label("无权登记密钥的人登记了密钥", "it introduces a key without the right to")
        return None

    def _key_of(self, actor: str) -> str:
        return self._recovery if actor == RECOVERY else self.people.get(actor, ("", ""))[1]

    def _may_introduce(self, actor: str) -> bool:
        return actor == RECOVERY or self.people[actor][0] == "administrator"

    def _introduce(self, body: Mapping[str, Any]) -> None:
        for item in body.get(KEYS, ()):
            name, role, public_key = (str(item[part]) for part in ("name", "role", "public_key"))
            if name == RECOVERY:
                self._recovery = public_key
            else:
                self.people[name] = (role, public_key)


def _keys_are_sound(body: Any) -> bool:
    items = body.get(KEYS, []) if isinstance(body, dict) else None
    return isinstance(items, list) and all(
        isinstance(item, dict) and {"name", "role", "public_key"} <= item.keys() for item in items
    )


def _hash_holds(row: Row) -> bool:
    try:
        return bool(_hash(row) == row["hash"])
    except (ValueError, TypeError):
        return False  # a body that is no JSON, or holds what no entry is given
