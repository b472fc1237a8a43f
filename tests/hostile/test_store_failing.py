"""Disks that fail: the write is rolled back, the database opened again and checked.

A limit on file sizes (RLIMIT_FSIZE) makes the kernel refuse writes with an error that SQLite
takes for a failed disk.
"""

from __future__ import annotations

import os
import resource
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest

from auditdesk.store import faults
from auditdesk.store.backup import create_backup
from auditdesk.store.records import CaseFilter
from auditdesk.util.faults import OfficeFaultError
from auditdesk.util.progress import NoProgress
from office_samples import add_case, clock_at, make_office, new_case, open_as

ALL = CaseFilter()


def intact(office, cases):
    verdict = office.journal.verify(NoProgress())
    return verdict.ok and office.cases.count(ALL) == cases


@contextmanager
def failing_disk(room=0, beside=None):
    """The kernel refuses to let any file of this process grow beyond so many bytes.

    Args:
        room: bytes that can still be written.
        beside: counted from the end of this file.
    """
    size = room + (beside.stat().st_size if beside else 0)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def office(tmp_path):
    make_office(tmp_path / "office")
    with open_as(tmp_path / "office") as opened:
        add_case(opened)
        yield opened


def until_the_disk_fails(office):
    saved = 0
    with suppress(faults.DiskFailedError):
        while saved < 40:
            add_case(office)
            saved += 1
    assert saved < 40
    return saved


@pytest.mark.parametrize("room", [0, 100, 4096, 9000, 20_000, 60_001, 123_456])
def test_a_failed_disk_rolls_back_reopens_and_goes_on(office, room):
    with failing_disk(room, office.folder / "office.db-wal"):
        saved = until_the_disk_fails(office)
        # Closed, opened again and verified before anything else is done:
        assert office.cases.count(ALL) == saved + 1
    assert add_case(office).no == f"LRS-2022-{saved + 2:04d}"
    assert intact(office, saved + 2)
    office.close()
    with open_as(office.folder) as again:
        assert intact(again, saved + 2)


def test_a_disk_that_keeps_failing_keeps_telling(office):
    with failing_disk():
        for _ in range(3):
            with pytest.raises(OfficeFaultError):
                add_case(office)
    assert intact(office, 1)


def after_a_failure(office):
    """As an I/O error leaves it: closed, to be opened again and verified at the next use."""
    office._session.close()
    office._session._failed = True


def test_a_database_damaged_by_a_failed_disk_is_told_on_reopening(office):
    after_a_failure(office)
    content = bytearray((office.folder / "office.db").read_bytes())
    content[5 * 4096 + 7] ^= 1
    (office.folder / "office.db").write_bytes(content)
    for _ in range(2):
        with pytest.raises(OfficeFaultError, match="damaged"):
            add_case(office)


def test_a_database_that_says_of_itself_that_it_is_broken_is_told_on_reopening(office):
    office._session.database.execute("PRAGMA writable_schema = ON")
    office._session.database.execute(
        "UPDATE sqlite_master SET rootpage = 2 WHERE name = 'case_due'"
    )
    after_a_failure(office)
    with pytest.raises(OfficeFaultError, match="damaged"):
        office.cases.count(ALL)


def test_a_disk_pulled_out_after_it_failed_is_told(office):
    after_a_failure(office)
    office.folder.rename(office.folder.with_name("gone"))
    with pytest.raises(OfficeFaultError, match="taken away"):
        office.cases.count(ALL)


def test_a_failed_disk_under_a_scan_leaves_no_part_of_it(office):
    with failing_disk(1000), pytest.raises(OfficeFaultError) as fault:
        office.attachments.keep(b"x" * 100_000)
    assert "磁盘出错" in fault.value.message.zh
    assert list((office.folder / "attachments").iterdir()) == []


def test_a_disk_that_takes_nothing_can_still_be_looked_at(office):
    office.close()
    with failing_disk(), open_as(office.folder) as again:
        assert intact(again, 1)


def test_a_swallowed_fault_inside_a_write_commits_nothing(office):
    """After an error has ended a transaction, nothing that follows may commit by itself."""
    case = new_case(body={"data": "x" * 20_000_000})

    def careless(writer):
        with failing_disk(0, office.folder / "office.db-wal"), suppress(OfficeFaultError):
            writer.insert_case(case)
        writer.put_setting("slipped", "in")

    with pytest.raises(RuntimeError, match="outside"), office.write("x", None, {}) as writer:
        careless(writer)
    assert office.profile.settings == {"number_prefix": "章政土"}
    assert intact(office, 1)


def failing_after_commit(office, monkeypatch, error):
    """A disk that takes a commit and then says that it did not: no real one does as told."""
    real = office._session.transaction

    @contextmanager
    def transaction():
        with real():
            yield
        raise error

    monkeypatch.setattr(office._session, "transaction", transaction)


def test_a_commit_that_arrived_although_the_disk_complained_is_a_success(office, monkeypatch):
    failing_after_commit(office, monkeypatch, faults.disk_failed())
    assert add_case(office).no == "LRS-2022-0002"
    assert intact(office, 2)
    # It was moved out of the log and onto the disk before anybody was told.
    assert (office.folder / "office.db-wal").stat().st_size == 0


def test_a_commit_that_did_not_arrive_is_told(office):
    entry = replace(office.journal.page(limit=1)[0], hash="0" * 64)
    assert not office._arrived(entry)
    office.folder.rename(office.folder.with_name("gone"))
    after_a_failure(office)
    assert not office._arrived(entry)


def test_a_backup_survives_a_trash_that_cannot_be_used(office, tmp_path):
    kept = office.attachments.keep(b"never mentioned")
    os.utime(office._files.path(kept.digest), (0, 0))
    (office.folder / "trash").rmdir()
    (tmp_path / "backups").mkdir()
    now = clock_at().now()
    facts = create_backup(office, tmp_path / "backups", now=now, progress=NoProgress())
    assert facts.folder.is_dir()


def test_a_copy_that_cannot_take_its_name_leaves_none(office, tmp_path):
    (tmp_path / "taken.db").mkdir()
    with pytest.raises(OfficeFaultError):
        office.copy_database(tmp_path / "taken.db")
    assert not list(tmp_path.glob(".part-*"))


def test_a_disk_that_takes_nothing_while_making_an_office_leaves_nothing(tmp_path):
    with failing_disk(), pytest.raises(OfficeFaultError, match="failed while writing"):
        make_office(tmp_path / "office")
    assert not list(tmp_path.iterdir())
