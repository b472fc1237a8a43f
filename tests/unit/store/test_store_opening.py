from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from auditdesk.store.keys import KEYS_FILE
from auditdesk.store.lock import _hold
from auditdesk.store.migrations import MIGRATIONS
from auditdesk.store.session import DATABASE_FILE, connect
from auditdesk.util.faults import OfficeFaultError, RefusedError
from office_samples import PASSWORD, PROGRAM, files_below, make_office, open_as


def rewrite(name, change):
    def apply(folder):
        plain = json.loads((folder / name).read_bytes())
        change(plain)
        (folder / name).write_text(json.dumps(plain), encoding="utf-8")

    return apply


def replace_with(name, content):
    return lambda folder: (folder / name).write_bytes(content)


def remove(name):
    return lambda folder: (folder / name).unlink()


def as_folder(name):
    def apply(folder):
        (folder / name).unlink()
        (folder / name).mkdir()

    return apply


def plain_database(folder):
    (folder / DATABASE_FILE).unlink()
    connection = sqlite3.connect(folder / DATABASE_FILE)
    connection.execute("CREATE TABLE a (b)")
    connection.close()


def another_offices(name):
    def apply(folder):
        make_office(folder.parent / "other", people=False)
        shutil.copy(folder.parent / "other" / name, folder / name)

    return apply


def remove_all(folder):
    shutil.rmtree(folder)


BAD_FOLDERS = {
    "gone": (remove_all, "no office folder"),
    "no card": (remove("office.json"), "no office folder"),
    "card cut off": (replace_with("office.json", b'{"format":'), "office.json is damaged"),
    "card no object": (replace_with("office.json", b"7"), "office.json is damaged"),
    "card not UTF-8": (replace_with("office.json", b"\xff\xfe"), "office.json is damaged"),
    "card of another format": (
        rewrite("office.json", lambda p: p.update(format="x")),
        "office.json is damaged",
    ),
    "card a folder": (as_folder("office.json"), "office.json cannot be read"),
    "no keys": (remove(KEYS_FILE), "lacks its file keys.json"),
    "keys of another office": (another_offices(KEYS_FILE), "keys.json is damaged"),
    "card of another office": (another_offices("office.json"), "keys.json is damaged"),
    "no database": (remove(DATABASE_FILE), "lacks its file office.db"),
    "database a folder": (as_folder(DATABASE_FILE), "office.db cannot be read"),
    "empty database": (replace_with(DATABASE_FILE, b""), "office.db is damaged"),
    "short database": (replace_with(DATABASE_FILE, b"x" * 15), "office.db is damaged"),
    "text as database": (replace_with(DATABASE_FILE, b"hello " * 2000), "office.db is damaged"),
    "plain database": (plain_database, "without encryption"),
    "database of another office": (another_offices(DATABASE_FILE), "office.db is damaged"),
}


@pytest.mark.parametrize("name", BAD_FOLDERS)
def test_a_folder_that_is_no_sound_office_is_told_and_left_alone(folder, name):
    spoil, sentence = BAD_FOLDERS[name]
    spoil(folder)
    before = sound_files(folder)
    with pytest.raises(OfficeFaultError, match=sentence.replace(".", r"\.")) as fault:
        open_as(folder)
    assert fault.value.exit_status == 4
    assert sound_files(folder) == before


def sound_files(folder):
    return {name: data for name, data in files_below(folder).items() if name != "lock"}


def test_a_file_is_no_office(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OfficeFaultError, match="no office folder"):
        open_as(tmp_path / "file")


def set_pragma(folder, name, value):
    with open_as(folder, "admin") as office:
        office._session.database.execute(f"PRAGMA {name} = {value}")


def test_an_office_of_a_newer_program_is_not_touched(folder):
    set_pragma(folder, "user_version", len(MIGRATIONS) + 1)
    before = (folder / DATABASE_FILE).read_bytes()
    with pytest.raises(OfficeFaultError, match="newer version"):
        open_as(folder)
    assert (folder / DATABASE_FILE).read_bytes() == before
    assert not list((folder / "backups").iterdir())


@pytest.mark.parametrize(("name", "value"), [("user_version", 0), ("application_id", 7)])
def test_a_database_of_another_program_under_the_same_key(folder, name, value):
    set_pragma(folder, name, value)
    with pytest.raises(OfficeFaultError, match=r"office\.db is damaged"):
        open_as(folder)


def test_a_second_program_is_told_who_holds_the_office(folder):
    script = """
        import sys
        from pathlib import Path
        sys.path.insert(0, sys.argv[2])
        from office_samples import open_as
        with open_as(Path(sys.argv[1]), "wangfang"):
            print("open", flush=True)
            sys.stdin.read()
    """
    tests = str(Path(__file__).parents[2])
    command = [sys.executable, "-c", textwrap.dedent(script), str(folder), tests]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(OfficeFaultError) as fault:
            open_as(folder)
        for part in (PROGRAM, "wangfang", str(holder.pid), "2026-03-02T09:30:00+08:00"):
            assert part in fault.value.message.zh
            assert part in fault.value.message.en
        holder.kill()  # a program that was killed blocks nobody
        holder.wait()
        open_as(folder).close()


def test_a_second_opening_in_the_same_program_is_refused_too(office):
    with pytest.raises(OfficeFaultError, match="Another program"):
        open_as(office.folder)
    office.close()
    office.close()
    open_as(office.folder).close()


def test_a_lock_file_that_cannot_be_read_names_nobody_but_holds(office):
    (office.folder / "lock").write_bytes(b"\xff")
    with pytest.raises(OfficeFaultError, match=r"Another program is using this office\."):
        open_as(office.folder)


def test_a_lock_that_is_a_folder_is_a_fault(folder):
    (folder / "lock").unlink()
    (folder / "lock").mkdir()
    with pytest.raises(OfficeFaultError, match="lock cannot be read"):
        open_as(folder)


def test_a_disk_that_knows_no_locks_is_a_fault(folder):
    handle = os.open(folder / "lock", os.O_PATH)  # flock(2) refuses it, as such disks do
    with pytest.raises(OfficeFaultError, match="lock cannot be read"):
        _hold(handle, folder / "lock")


def test_a_refused_sign_in_gives_the_lock_back(folder):
    for name, password in (("lihua", "wrong"), ("nobody", PASSWORD)):
        with pytest.raises(RefusedError):
            open_as(folder, name, password=password)
    open_as(folder).close()


def test_an_exchanged_journal_key_refuses_the_sign_in(folder):
    with open_as(folder, "admin") as office:
        office._session.database.execute(
            "UPDATE user SET public_key = lower(hex(randomblob(32))) WHERE name = 'lihua'"
        )
    with pytest.raises(OfficeFaultError, match="signing key"):
        open_as(folder)


def test_a_database_that_names_another_office_is_refused(folder):
    with open_as(folder, "admin") as office:
        office._session.database.execute("UPDATE office SET id = 'another'")
    with pytest.raises(OfficeFaultError, match=r"office\.db is damaged"):
        open_as(folder)


def test_a_database_that_another_tool_has_open_is_told(folder):
    with open_as(folder) as office:
        key = office.key
    other = connect(folder / DATABASE_FILE, key, "rw")
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(OfficeFaultError, match="Another program has the office's database"):
            open_as(folder)
    finally:
        other.close()


def test_a_slot_without_an_account_lets_nobody_in(folder):
    def add(plain):
        plain["users"]["ghost"] = plain["users"]["lihua"]

    rewrite(KEYS_FILE, add)(folder)
    with pytest.raises(RefusedError):
        open_as(folder, "ghost")
