"""What disks do: full, failing, read-only, pulled out. Real disks, no pretending.

A small tmpfs is the full or read-only disk; a limit on file sizes (RLIMIT_FSIZE) makes the
kernel refuse writes with an error that SQLite takes for a failed disk.
"""

from __future__ import annotations

import os
import resource
import shutil
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest

from auditdesk.store import faults
from auditdesk.store.backup import create_backup
from auditdesk.store.office import create_office, recover
from auditdesk.store.records import CaseFilter, NewUser
from auditdesk.util.faults import OfficeFaultError, RefusedError
from auditdesk.util.progress import NoProgress
from office_samples import (
    CHEAP,
    PASSWORD,
    PROGRAM,
    add_case,
    clock_at,
    files_below,
    fill_up,
    make_office,
    make_read_only,
    make_writable,
    new_case,
    open_as,
    small_disk,
)

ALL = CaseFilter()


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path / "disk", "6m") as mounted:
        yield mounted


def intact(office, cases):
    verdict = office.journal.verify(NoProgress())
    return verdict.ok and office.cases.count(ALL) == cases


def test_a_full_disk_while_saving_a_scan_leaves_no_part_of_it(disk, tmp_path):
    source = tmp_path / "scan.pdf"
    source.write_bytes(b"x" * 3_000_000)
    make_office(disk / "office")
    with open_as(disk / "office") as office:
        case = add_case(office)
        before = files_below(disk / "office")
        filler = fill_up(disk, leave=1_500_000)
        with pytest.raises(OfficeFaultError) as fault:
            office.attachments.keep(source)
        assert "磁盘空间不足" in fault.value.message.zh
        assert "清理磁盘" in fault.value.message.zh
        assert fault.value.exit_status == 4
        assert files_below(disk / "office") == before
        filler.unlink()
        kept = office.attachments.keep(source)
        with office.write("material.attach", case.no, {}) as writer:
            added = writer.add_attachment(
                case.no, "m", kept, file_name="scan.pdf", media_type="application/pdf"
            )
        assert office.attachments.content(added.id) == source.read_bytes()
        assert intact(office, 1)


def until_the_disk_is_full(office):
    saved = 0
    with suppress(OfficeFaultError):
        while saved < 100:
            add_case(office)
            saved += 1
    return saved


def test_a_full_disk_while_saving_cases_rolls_back_and_goes_on_later(disk):
    make_office(disk / "office")
    with open_as(disk / "office") as office:
        add_case(office)
        filler = fill_up(disk, leave=100_000)
        saved = until_the_disk_is_full(office)
        assert saved < 100
        assert intact(office, saved + 1)
        with pytest.raises(OfficeFaultError, match="disk is full"):
            add_case(office, body={"data": "x" * 200_000})
        assert intact(office, saved + 1)
        filler.unlink()
        assert add_case(office).no == f"LRS-2022-{saved + 2:04d}"
    with open_as(disk / "office") as office:
        assert intact(office, saved + 2)


def test_a_full_disk_while_numbering_a_document_gives_the_number_back(disk):
    make_office(disk / "office")
    with open_as(disk / "office") as office:
        case = add_case(office)
        filler = fill_up(disk, leave=50_000)

        def issue():
            with office.write("document.certify", case.no, {}) as writer:
                return writer.insert_document(
                    case.no,
                    "approval",
                    year=2026,
                    number_of="批{}号".format,
                    content=lambda number: number.encode() * 100_000,
                )

        with pytest.raises(OfficeFaultError, match="disk is full"):
            issue()
        assert office.documents.of_case(case.no) == ()
        filler.unlink()
        assert issue().number == "批1号"
        assert intact(office, 1)


def test_a_full_disk_while_changing_a_password_keeps_the_old_one(disk):
    make_office(disk / "office")
    with open_as(disk / "office") as office:
        filler = fill_up(disk)
        with pytest.raises(OfficeFaultError, match="full"), office.write("x", None, {}) as writer:
            writer.change_password(PASSWORD, "another password")
    filler.unlink()
    with pytest.raises(RefusedError):
        open_as(disk / "office", password="another password")
    open_as(disk / "office").close()


def test_a_full_disk_while_making_an_office_leaves_nothing(disk):
    fill_up(disk, leave=60_000)
    with pytest.raises(OfficeFaultError, match="disk is full"):
        make_office(disk / "office")
    assert not (disk / "office").exists()


def test_a_full_disk_while_backing_up_leaves_no_backup(disk, tmp_path):
    make_office(tmp_path / "office")
    fill_up(disk, leave=60_000)
    before = files_below(disk)
    with open_as(tmp_path / "office") as office:
        with pytest.raises(OfficeFaultError, match="disk is full"):
            create_backup(office, disk, now=clock_at().now(), progress=NoProgress())
        assert files_below(disk) == before
        assert intact(office, 0)


def test_a_full_disk_does_not_keep_anybody_from_looking(disk):
    make_office(disk / "office")
    with open_as(disk / "office") as office:
        add_case(office)
    fill_up(disk)
    with open_as(disk / "office") as office:
        assert intact(office, 1)
        with pytest.raises(OfficeFaultError, match="disk is full"):
            add_case(office)
        assert intact(office, 1)


def test_a_read_only_medium_opens_as_a_viewer(disk, tmp_path):
    created = make_office(disk / "office")
    (tmp_path / "backups").mkdir()
    with open_as(disk / "office") as office:
        case = add_case(office)
        kept = office.attachments.keep(b"scan")
        with office.write("material.attach", case.no, {}) as writer:
            added = writer.add_attachment(case.no, "m", kept, file_name="a", media_type="b")
    make_read_only(disk)
    before = files_below(disk)
    with open_as(disk / "office", "wangfang") as office:
        assert office.read_only
        assert office.cases.get(case.no) == case
        assert office.cases.search("王庄", ALL)[0].no == case.no
        assert office.attachments.content(added.id) == b"scan"
        assert intact(office, 1)
        with pytest.raises(OfficeFaultError, match="read-only"), office.write("x", None, {}):
            raise AssertionError
        with pytest.raises(OfficeFaultError, match="read-only"):
            office.attachments.keep(b"more")
        with pytest.raises(OfficeFaultError, match="Another program"):
            open_as(disk / "office")
        facts = create_backup(
            office, tmp_path / "backups", now=clock_at().now(), progress=NoProgress()
        )
        assert facts.cases == 1
    with pytest.raises(OfficeFaultError, match="read-only"):
        recover(
            disk / "office",
            created.recovery_key,
            "admin",
            "new password",
            clock=clock_at(),
            program=PROGRAM,
        )
    with pytest.raises(OfficeFaultError, match="cannot be written"):
        make_office(disk / "second")
    assert files_below(disk) == before


def test_a_medium_burnt_without_the_lock_file_opens_too(disk):
    make_office(disk / "office")
    (disk / "office" / "lock").unlink()
    make_read_only(disk)
    with open_as(disk / "office") as office:
        assert office.read_only
        assert intact(office, 0)


def test_a_read_only_medium_with_unfinished_writes_says_what_to_do(disk, tmp_path):
    make_office(disk / "office")
    with open_as(disk / "office") as office:
        add_case(office)
        # What a pulled plug leaves: the log is still there beside the database.
        shutil.copytree(disk / "office", disk / "copy")
    make_read_only(disk)
    with pytest.raises(OfficeFaultError, match="not closed properly"):
        open_as(disk / "copy")
    make_writable(disk)
    with open_as(disk / "copy") as office:
        assert intact(office, 1)


def test_a_stick_that_was_pulled_out_and_replaced_gets_nothing(tmp_path):
    make_office(tmp_path / "office")
    shutil.copytree(tmp_path / "office", tmp_path / "twin")
    with open_as(tmp_path / "office") as office:
        add_case(office)
        (tmp_path / "office").rename(tmp_path / "pulled out")
        for act in (lambda: add_case(office), lambda: office.attachments.keep(b"x")):
            with pytest.raises(OfficeFaultError, match="taken away or replaced"):
                act()
        assert not (tmp_path / "office").exists()
        (tmp_path / "twin").rename(tmp_path / "office")
        twin = files_below(tmp_path / "office")
        for act in (lambda: add_case(office), lambda: office.attachments.keep(b"x")):
            with pytest.raises(OfficeFaultError, match="taken away or replaced"):
                act()
        assert files_below(tmp_path / "office") == twin
        (tmp_path / "office").rename(tmp_path / "twin")
        (tmp_path / "pulled out").rename(tmp_path / "office")
        assert add_case(office).no == "LRS-2022-0002"
        assert intact(office, 2)


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


def test_recovery_on_a_full_disk_keeps_the_old_password(disk):
    created = make_office(disk / "office")
    filler = fill_up(disk)
    with pytest.raises(OfficeFaultError, match="full"):
        recover(
            disk / "office",
            created.recovery_key,
            "admin",
            "new password",
            clock=clock_at(),
            program=PROGRAM,
        )
    filler.unlink()
    open_as(disk / "office", "admin").close()


def test_a_backup_survives_a_trash_that_cannot_be_used(office, tmp_path):
    kept = office.attachments.keep(b"never mentioned")
    os.utime(office._files.path(kept.digest), (0, 0))
    (office.folder / "trash").rmdir()
    (tmp_path / "backups").mkdir()
    now = clock_at().now()
    facts = create_backup(office, tmp_path / "backups", now=now, progress=NoProgress())
    assert facts.folder.is_dir()


def test_a_backup_folder_that_cannot_be_written_is_told(disk, tmp_path):
    make_office(tmp_path / "office")
    make_read_only(disk)
    with open_as(tmp_path / "office") as office, pytest.raises(OfficeFaultError) as fault:
        create_backup(office, disk, now=clock_at().now(), progress=NoProgress())
    assert "没有写入权限" in fault.value.message.zh


def test_a_copy_that_cannot_take_its_name_leaves_none(office, tmp_path):
    (tmp_path / "taken.db").mkdir()
    with pytest.raises(OfficeFaultError):
        office.copy_database(tmp_path / "taken.db")
    assert not list(tmp_path.glob(".part-*"))


def test_a_disk_that_takes_nothing_while_making_an_office_leaves_nothing(tmp_path):
    with failing_disk(), pytest.raises(OfficeFaultError, match="failed while writing"):
        make_office(tmp_path / "office")
    assert not list(tmp_path.iterdir())


def test_an_office_can_live_on_the_root_of_a_stick(disk):
    create_office(
        disk,
        name="样例",
        district="370114",
        sample=True,
        settings={},
        admin=NewUser("admin", "甲", "administrator", PASSWORD),
        cost=CHEAP,
        clock=clock_at(),
    )
    with open_as(disk, "admin") as office, office.write("x", None, {}) as writer:
        writer.put_law("0" * 64, "{}")
        assert writer.insert_case(new_case()).no == "LRS-2022-0001"
