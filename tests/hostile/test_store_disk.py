"""What disks do: full, read-only, pulled out. A small tmpfs is the disk, no pretending."""

from __future__ import annotations

import shutil
from contextlib import suppress

import pytest

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


def test_a_backup_folder_that_cannot_be_written_is_told(disk, tmp_path):
    make_office(tmp_path / "office")
    make_read_only(disk)
    with open_as(tmp_path / "office") as office, pytest.raises(OfficeFaultError) as fault:
        create_backup(office, disk, now=clock_at().now(), progress=NoProgress())
    assert "没有写入权限" in fault.value.message.zh


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
