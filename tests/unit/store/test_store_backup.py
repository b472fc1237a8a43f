from __future__ import annotations

import json
import shutil
import sys

import pytest

from auditdesk.store.attachments import ATTACHMENTS
from auditdesk.store.backup import CONTENTS, _file_digest, backup_key, create_backup, verify_backup
from auditdesk.store.crypto import OfficeKey, new_key
from auditdesk.store.own_files import is_own_file
from auditdesk.store.session import connect, pragma
from auditdesk.util.faults import (
    FallsShortError,
    OfficeFaultError,
    RefusedError,
    UnusableInputError,
)
from auditdesk.util.progress import CancelledError, NoProgress
from office_samples import PASSWORD, add_case, clock_at, files_below, open_as


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "stick"
    path.mkdir()
    return path


def fill(office, *contents):
    case = add_case(office)
    for content in contents:
        kept = office.attachments.keep(content)
        with office.write("material.attach", case.no, {}) as writer:
            writer.add_attachment(case.no, "m", kept, file_name="a", media_type="b")
    return case


def own_law(office):
    """A regulation, its table and something that nobody can use, as they lie in an office."""
    tables = office.folder / "regulations" / "tables"
    tables.mkdir(parents=True)
    (tables / "uses-2024.csv").write_bytes(b"code,name\r\n1,x\r\n")
    (tables.parent / "jinan-land-2024.toml").write_text('id = "jinan-land-2024"', encoding="utf-8")
    (tables.parent / "broken.toml.txt").write_bytes(b"\xff")
    (tables.parent / ".hidden").write_bytes(b"left by the desktop")
    words = office.folder / "templates" / "land_entry"
    words.mkdir(parents=True)
    (words / "refusal.toml").write_text('form = "letter"', encoding="utf-8")
    (words.parent / "astray.toml").write_bytes(b"")


OWN_LAW = {
    "regulations/broken.toml.txt",
    "regulations/jinan-land-2024.toml",
    "regulations/tables/uses-2024.csv",
    "templates/astray.toml",
    "templates/land_entry/refusal.toml",
}


def back_up(office, target, clock=None):
    now = (clock or clock_at()).now()
    return create_backup(office, target, now=now, progress=NoProgress())


def test_a_backup_is_whole_and_says_what_is_in_it(office, target):
    fill(office, b"one", b"two")
    facts = back_up(office, target)
    assert facts.folder == target / "2026-03-02T09-30-00"
    assert (facts.cases, facts.contents, facts.copied) == (1, 2, 2)
    assert facts.checkpoint == office.journal.last_checkpoint()
    again = verify_backup(facts.folder, office.key, NoProgress())
    assert (again.cases, again.contents, again.copied) == (1, 2, 0)
    assert again.made_at == facts.made_at == "2026-03-02T09:30:00+08:00"


def test_a_backup_is_one_set_of_files_without_a_log(office, target):
    fill(office, b"one")
    facts = back_up(office, target)
    assert {p.name for p in facts.folder.iterdir()} == {
        "office.db",
        "keys.json",
        "office.json",
        "manifest.json",
    }
    assert {p.name for p in target.iterdir()} == {"contents", "2026-03-02T09-30-00"}


def test_a_backup_holds_the_offices_own_law_as_it_lies_there(office, target):
    own_law(office)
    facts = back_up(office, target)
    assert facts.regulations == len(OWN_LAW)
    assert verify_backup(facts.folder, office.key, NoProgress()).regulations == len(OWN_LAW)
    for name in OWN_LAW:
        assert (facts.folder / name).read_bytes() == (office.folder / name).read_bytes()
    there = {p.relative_to(facts.folder).as_posix() for p in facts.folder.rglob("*") if p.is_file()}
    assert there == OWN_LAW | {"office.db", "keys.json", "office.json", "manifest.json"}


def test_a_backup_from_before_it_held_the_offices_law_is_still_sound(office, target):
    facts = back_up(office, target)
    manifest = json.loads((facts.folder / "manifest.json").read_bytes())
    assert manifest["files"].keys() == {"office.db", "keys.json", "office.json"}
    assert facts.regulations == 0


@pytest.mark.skipif(sys.platform != "linux", reason="a file that even root cannot read: /proc")
def test_an_office_whose_law_cannot_be_read_is_not_backed_up_without_it(office, target):
    own_law(office)
    (office.folder / "regulations" / "jinan-land-2025.toml").symlink_to("/proc/self/mem")
    with pytest.raises(OfficeFaultError, match=r"jinan-land-2025\.toml cannot be read"):
        back_up(office, target)
    assert not [p for p in target.iterdir() if p.name != CONTENTS]


@pytest.mark.parametrize(
    "name",
    [
        *("regulations/../office.json", "/etc/passwd", "regulations", "office.db", "tables/a.csv"),
        *("templates/../office.json", "templates/a/b/c.toml", "templates", "templates/.a/b.toml"),
        *("templates\\..\\office.json", "regulations/other/a.csv"),
    ],
)
def test_a_manifest_names_nothing_outside_its_backup(office, target, name):
    assert not is_own_file(name)
    folder = back_up(office, target).folder
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"] = {**manifest["files"], name: "0" * 64}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    fault = FallsShortError if name == "office.db" else UnusableInputError
    with pytest.raises(fault):
        verify_backup(folder, office.key, NoProgress())


def test_a_backups_database_needs_no_log(office, target):
    facts = back_up(office, target)
    database = connect(facts.folder / "office.db", office.key, "rw")
    assert pragma(database, "journal_mode") == "delete"
    database.close()


def test_what_was_backed_up_opens_as_an_office(office, target, tmp_path):
    case = fill(office, b"one")
    facts = back_up(office, target)
    office.close()
    restored = tmp_path / "restored"
    shutil.copytree(facts.folder, restored)
    shutil.copytree(target / CONTENTS, restored / ATTACHMENTS)
    with open_as(restored) as opened:
        assert opened.cases.get(case.no) == case
        assert opened.attachments.content(1) == b"one"
        assert opened.journal.verify(NoProgress()).ok


def test_the_next_backup_copies_only_what_is_new(office, target):
    fill(office, b"one")
    first = back_up(office, target)
    fill(office, b"two", b"three")
    before = files_below(first.folder)
    second = back_up(office, target, clock_at(10, 0))
    assert (second.contents, second.copied) == (3, 2)
    assert files_below(first.folder) == before
    assert verify_backup(first.folder, office.key, NoProgress()).contents == 1


def test_a_backup_is_made_while_an_office_goes_on(office, target):
    fill(office, b"one")
    back_up(office, target)
    add_case(office)
    assert office.journal.verify(NoProgress()).ok


def test_targets_that_will_not_do(office, target):
    back_up(office, target)
    before = files_below(target)
    for bad in (target, target / "none", office.folder / "office.json"):
        with pytest.raises(UnusableInputError):
            back_up(office, bad)
    assert files_below(target) == before


def test_a_cancelled_backup_leaves_none(office, target):
    fill(office, b"one", b"two")

    class Stop:
        def step(self, _done, _total):
            raise CancelledError

    with pytest.raises(CancelledError):
        create_backup(office, target, now=clock_at().now(), progress=Stop())
    assert {p.name for p in target.iterdir()} == {CONTENTS}
    assert back_up(office, target).contents == 2


def test_an_office_whose_scan_is_lost_cannot_be_backed_up(office, target):
    fill(office, b"one")
    digest = office.attachments.get(1).digest
    path = office._files.path(digest)
    content = path.read_bytes()
    path.unlink()
    with pytest.raises(OfficeFaultError, match="lacks its file"):
        back_up(office, target)
    path.write_bytes(content[:-1])
    with pytest.raises(FallsShortError, match="damaged"):
        back_up(office, target)
    assert {p.name for p in target.iterdir()} == {CONTENTS}


def flip(path, at=-1):
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(bytes(content))


def fix_manifest(folder):
    """Damage that was covered up: the manifest is made to fit the changed files."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_bytes())
    manifest["files"] = {name: _file_digest(folder / name) for name in manifest["files"]}
    path.write_text(json.dumps(manifest), encoding="utf-8")


def contents_file(folder):
    return next(p for p in (folder.parent / CONTENTS).rglob("*") if p.is_file())


def other_offices_manifest(folder):
    path = folder / "manifest.json"
    path.write_text(
        json.dumps({**json.loads(path.read_bytes()), "office": "another"}), encoding="utf-8"
    )


DAMAGES = {
    "database changed": lambda f: flip(f / "office.db"),
    "database gone": lambda f: (f / "office.db").unlink(),
    "keys changed": lambda f: flip(f / "keys.json"),
    "page changed, manifest made to fit": lambda f: (flip(f / "office.db"), fix_manifest(f)),
    "first page changed, made to fit": lambda f: (flip(f / "office.db", 50), fix_manifest(f)),
    "database emptied, made to fit": lambda f: (
        (f / "office.db").write_bytes(b""),
        fix_manifest(f),
    ),
    "scan changed": lambda f: flip(contents_file(f)),
    "scan gone": lambda f: contents_file(f).unlink(),
    "manifest of another office": other_offices_manifest,
    "regulation changed": lambda f: flip(f / "regulations" / "jinan-land-2024.toml"),
    "regulation gone": lambda f: (f / "regulations" / "jinan-land-2024.toml").unlink(),
    "table gone": lambda f: (f / "regulations" / "tables" / "uses-2024.csv").unlink(),
    "all of its law gone": lambda f: shutil.rmtree(f / "regulations"),
    "template changed": lambda f: flip(f / "templates" / "land_entry" / "refusal.toml"),
    "template added": lambda f: (f / "templates" / "land_entry" / "a.toml").write_bytes(b""),
    "regulation added": lambda f: (f / "regulations" / "jinan-land-2025.toml").write_bytes(b""),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_backup_falls_short(office, target, name):
    fill(office, b"one")
    own_law(office)
    folder = back_up(office, target).folder
    DAMAGES[name](folder)
    with pytest.raises(FallsShortError) as fault:
        verify_backup(folder, office.key, NoProgress())
    assert fault.value.exit_status == 1
    assert "备份不完整" in fault.value.message.zh


@pytest.mark.parametrize(
    "manifest", [None, b"", b"{}", b"[]", b'{"format": "x", "files": {}, "made_at": "y"}']
)
def test_a_folder_that_is_no_backup(office, target, manifest):
    folder = back_up(office, target).folder
    if manifest is None:
        (folder / "manifest.json").unlink()
    else:
        (folder / "manifest.json").write_bytes(manifest)
    with pytest.raises(UnusableInputError, match="no backup"):
        verify_backup(folder, office.key, NoProgress())


def test_a_backup_of_another_office_does_not_open(office, target):
    folder = back_up(office, target).folder
    with pytest.raises(FallsShortError):
        verify_backup(folder, OfficeKey(new_key()), NoProgress())


def test_a_password_of_the_time_finds_the_key(office, target):
    folder = back_up(office, target).folder
    assert backup_key(folder, "lihua", PASSWORD) == office.key
    with pytest.raises(RefusedError):
        backup_key(folder, "lihua", "wrong")
