"""Filling a new office's folder: keys, database, first journal entry, and its card last."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from auditdesk.store import codec, journal
from auditdesk.store.crypto import OfficeKey, SigningKey, new_key
from auditdesk.store.faults import database_faults
from auditdesk.store.journal import KEYS, RECOVERY, Actor, Draft, introduction
from auditdesk.store.keys import Secrets, new_key_file, new_recovery_key
from auditdesk.store.migrations import upgrade
from auditdesk.store.opening import write_card
from auditdesk.store.session import DATABASE_FILE, Session, connect, write_ahead

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from auditdesk.store.keys import KdfCost
    from auditdesk.store.records import NewUser, OfficeCard

_PASSPHRASE_BYTES = 24


@dataclass(frozen=True, slots=True)
class Plan:
    """What a new office is made from; `at` is the moment of its making."""

    card: OfficeCard
    district: str
    settings: Mapping[str, str]
    admin: NewUser
    cost: KdfCost
    at: datetime


@dataclass(frozen=True, slots=True)
class _Keys:
    admin: Secrets
    recovery: Secrets
    slot: str


def found(folder: Path, plan: Plan) -> str:
    """Fill an empty office folder; its recovery key.

    Raises:
        OSError, OfficeFaultError: the disk is full or failed.
    """
    recovery_key = new_recovery_key()
    keys = _make_keys(folder, plan, recovery_key)
    _make_database(folder, keys.admin.office_key)
    session = Session(folder, keys.admin.office_key, read_only=False)
    try:
        with session.transaction():
            _first_rows(session, plan, keys)
            _first_entry(session, plan, keys)
    finally:
        session.close()
    write_card(folder, plan.card)
    return recovery_key


def _make_keys(folder: Path, plan: Plan, recovery_key: str) -> _Keys:
    passphrase = secrets.token_urlsafe(_PASSPHRASE_BYTES)
    admin = Secrets(OfficeKey(new_key()), new_key(), passphrase)
    recovery = replace(admin, signing_seed=new_key())
    key_file = new_key_file(plan.card.id, recovery_key, recovery)
    slot = key_file.make_slot(plan.admin.name, plan.admin.password, admin, plan.cost)
    key_file.with_slot(plan.admin.name, slot).save(folder)
    return _Keys(admin, recovery, slot.id)


def _make_database(folder: Path, key: OfficeKey) -> None:
    with database_faults():
        database = connect(folder / DATABASE_FILE, key, "rwc")
        try:
            write_ahead(database)
            upgrade(database)
        finally:
            database.close()


def _first_rows(session: Session, plan: Plan, keys: _Keys) -> None:
    office = {
        "one": 1,
        "id": plan.card.id,
        "name": plan.card.name,
        "district": plan.district,
        "sample": int(plan.card.sample),
        "created_at": codec.moment_in(plan.at),
        "kdf": codec.json_in(plan.cost.as_json()),
    }
    admin = {
        "name": plan.admin.name,
        "full_name": plan.admin.full_name.strip(),
        "role": plan.admin.role,
        "active": 1,
        "public_key": SigningKey(keys.admin.signing_seed).public,
        "slot": keys.slot,
        "created_at": codec.moment_in(plan.at),
    }
    session.insert("office", office)
    session.insert("user", admin)
    for key, value in plan.settings.items():
        session.insert("setting", {"key": key, "value": value})


def _first_entry(session: Session, plan: Plan, keys: _Keys) -> None:
    admin_key = SigningKey(keys.admin.signing_seed)
    recovery = SigningKey(keys.recovery.signing_seed).public
    body = {
        "office": plan.card.id,
        KEYS: [
            introduction(plan.admin.name, plan.admin.role, admin_key.public),
            introduction(RECOVERY, "recovery", recovery),
        ],
    }
    draft = Draft("office.create", None, body, plan.at)
    journal.append(session, plan.card.id, Actor(plan.admin.name, admin_key), draft)
