from __future__ import annotations

import json
import subprocess
import sys
import threading

import pytest
from sqlcipher3 import dbapi2

from auditdesk.store.office import create_office, open_office, recover
from auditdesk.store.opening import read_card
from auditdesk.store.records import CaseFilter, NewUser
from auditdesk.util.faults import OfficeFaultError, RefusedError, UnusableInputError
from auditdesk.util.progress import NoProgress
from office_samples import (
    CHEAP,
    PASSWORD,
    PROGRAM,
    add_case,
    clock_at,
    files_below,
    open_as,
)

ADMIN = NewUser("admin", "管理员甲", "administrator", PASSWORD)
MADE_UP = {"district": "370114", "sample": False, "settings": {}, "cost": CHEAP}


def create(folder, **changes):
    values = {"name": "样例", "admin": ADMIN, "clock": clock_at(), **MADE_UP} | changes
    return create_office(folder, **values)


def test_a_new_office_has_its_folder_profile_and_first_administrator(tmp_path):
    folder = tmp_path / "新办公单元"
    create(folder, name=" 章丘 ", sample=True, settings={"a": "甲"})
    assert {p.name for p in folder.iterdir()} == {
        "office.json",
        "office.db",
        "keys.json",
        "attachments",
        "backups",
        "trash",
    }
    card = read_card(folder)
    with open_as(folder, "admin") as office:
        profile = office.profile
        assert (profile.id, profile.name, profile.sample) == (card.id, "章丘", True)
        assert (profile.district, profile.settings) == ("370114", {"a": "甲"})
        assert (office.user.role, office.user.full_name) == ("administrator", "管理员甲")
        assert office.authority_passphrase
        assert not office.read_only
        assert office.journal.verify(NoProgress()).entries == 1
    assert json.loads((folder / "office.json").read_bytes())["format"] == "auditdesk.office/1"


def test_an_empty_folder_will_do(tmp_path):
    create(tmp_path)
    open_as(tmp_path, "admin").close()


def test_two_offices_share_nothing_secret(tmp_path):
    keys = [create(tmp_path / name).recovery_key for name in "ab"]
    assert keys[0] != keys[1]
    with open_as(tmp_path / "a", "admin") as a, open_as(tmp_path / "b", "admin") as b:
        assert a.key.secret != b.key.secret
        assert a.authority_passphrase != b.authority_passphrase


@pytest.mark.parametrize(
    "changes",
    [
        {"name": " "},
        {"district": ""},
        {"admin": NewUser("管理员", "甲", "administrator", PASSWORD)},
        {"admin": NewUser("admin", "", "administrator", PASSWORD)},
        {"admin": NewUser("admin", "甲", "administrator", "short")},
        {"name": "x\ud800"},
    ],
    ids=str,
)
def test_what_an_office_cannot_be_made_from_leaves_nothing(tmp_path, changes):
    with pytest.raises(UnusableInputError):
        create(tmp_path / "office", **changes)
    assert not (tmp_path / "office").exists()


def test_the_first_account_is_an_administrator(tmp_path):
    with pytest.raises(ValueError, match="administrator"):
        create(tmp_path / "office", admin=NewUser("a", "甲", "clerk", PASSWORD))


def test_a_folder_with_something_in_it_is_left_alone(tmp_path, folder):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    before = files_below(tmp_path)
    for target in (tmp_path / "full", tmp_path / "file", folder):
        with pytest.raises(UnusableInputError, match="not an empty folder"):
            create(target)
    assert files_below(tmp_path) == before


def test_folders_are_not_made_on_the_way(tmp_path):
    with pytest.raises(OfficeFaultError, match="missing"):
        create(tmp_path / "pulled out" / "office")
    assert not list(tmp_path.iterdir())


def test_a_failure_while_making_an_office_leaves_an_empty_folder_empty(tmp_path):
    with pytest.raises(dbapi2.Error):
        create(tmp_path, settings={"a": "1", "b": object()})
    assert not list(tmp_path.iterdir())


def test_the_card_is_read_without_signing_in(folder):
    card = read_card(folder)
    assert (card.name, card.sample) == ("章丘区样例办公室", True)


def test_the_connection_is_as_it_must_be(office):
    values = {
        name: office._session.value(f"PRAGMA {name}")
        for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
    }
    assert values == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
    }
    assert office._session.database.conn.isolation_level is None
    assert office._session.value("PRAGMA locking_mode") == "exclusive"


def test_nothing_in_the_folder_can_be_read_without_the_key(office):
    add_case(office)
    for name, data in files_below(office.folder).items():
        for secret in ("王庄村", "LRS-2022", "李华", "SQLite format"):
            assert data is None or secret.encode() not in data, (name, secret)


def test_a_write_inside_a_write_and_after_closing_is_a_bug(office):
    with (
        office.write("a", None, {}),
        pytest.raises(RuntimeError, match="inside"),
        office.write("b", None, {}),
    ):
        raise AssertionError
    with office.write("c", None, {}) as writer:
        writer.note("still", "works")
    with pytest.raises(RuntimeError, match="outside"):
        office._session.execute("DELETE FROM setting")
    with pytest.raises(RuntimeError, match="outside"):
        office._session.insert("setting", {"key": "a", "value": "b"})
    office.close()
    with pytest.raises(RuntimeError, match="closed"):
        office.cases.count(CaseFilter())
    with pytest.raises(RuntimeError, match="closed"), office.write("d", None, {}):
        raise AssertionError


def test_a_mistyped_table_is_an_error_and_not_made(office):
    with pytest.raises(Exception, match="no such table"), office._session.transaction():
        office._session.insert("cases", {"a": 1})


def test_an_office_can_be_used_from_another_thread(office):
    seen = []

    def work():
        seen.append(add_case(office).no)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [f"LRS-2022-000{i}" for i in range(1, 5)]
    assert office.journal.verify(NoProgress()).ok


def test_the_recovery_key_gives_an_administrator_a_new_password(folder, recovery_key):
    with open_as(folder, "admin") as office:
        passphrase = office.authority_passphrase
    typed = recovery_key.lower().replace("-", " ")
    recover(folder, typed, "admin", "new password 1", clock=clock_at(), program=PROGRAM)
    with pytest.raises(RefusedError):
        open_as(folder, "admin")
    with open_as(folder, "admin", password="new password 1") as office:
        assert office.authority_passphrase == passphrase
        verdict = office.journal.verify(NoProgress())
        assert verdict.ok
        assert verdict.last.actor == "@recovery"
        with office.write("settings", None, {}) as writer:
            writer.put_setting("a", "b")
        assert office.journal.verify(NoProgress()).ok


@pytest.mark.parametrize("user", ["lihua", "nobody"])
def test_the_recovery_key_is_for_administrators(folder, recovery_key, user):
    with pytest.raises(RefusedError, match="administrator"):
        recover(folder, recovery_key, user, "new password 1", clock=clock_at(), program=PROGRAM)
    open_as(folder).close()


def test_recovery_refuses_wrong_keys_and_short_passwords(folder, recovery_key):
    with pytest.raises(RefusedError, match="recovery key is wrong"):
        recover(folder, "A" * 32, "admin", "new password 1", clock=clock_at(), program=PROGRAM)
    with pytest.raises(UnusableInputError):
        recover(folder, recovery_key, "admin", "short", clock=clock_at(), program=PROGRAM)
    open_as(folder, "admin").close()


def test_recovery_needs_the_lock(office, recovery_key):
    with pytest.raises(OfficeFaultError, match="Another program"):
        recover(
            office.folder, recovery_key, "admin", "new pass 1", clock=clock_at(), program=PROGRAM
        )


def test_importing_the_package_loads_no_database():
    script = (
        "import sys, auditdesk.store, auditdesk.store.office as o;"
        "print([m for m in ('sqlite_utils', 'sqlcipher3', 'argon2', 'pypinyin', 'sqlite3')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


def test_open_office_is_told_by_name(folder):
    with open_office(folder, "lihua", PASSWORD, clock=clock_at(), program="x") as office:
        assert office.user.name == "lihua"
