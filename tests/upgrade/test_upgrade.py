"""Offices of every release open in this one; a copy is made before anything is changed.

`offices/<version>.zip` holds the office that a release made (see make_office.py).
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from auditdesk.store.keys import KeyFile
from auditdesk.store.migrations import MIGRATIONS
from auditdesk.store.opening import open_session, read_card
from auditdesk.store.records import CaseFilter
from auditdesk.store.registers import RowContent
from auditdesk.store.session import Session
from auditdesk.util.faults import OfficeFaultError
from auditdesk.util.progress import NoProgress
from office_samples import (
    add_case,
    clock_at,
    files_below,
    make_office,
    make_read_only,
    open_as,
    small_disk,
)

OFFICES = sorted((Path(__file__).parent / "offices").glob("*.zip"))
NOW = clock_at().now()


def unpack(archive, folder):
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)  # an archive of our own, made by make_office.py
    for name in ("backups", "trash", "attachments"):
        (folder / name).mkdir(exist_ok=True)
    return folder


def test_there_is_an_office_of_every_release():
    assert "0.1.0" in {path.stem for path in OFFICES}


@pytest.mark.parametrize("archive", OFFICES, ids=lambda path: path.stem)
def test_an_office_of_a_release_opens_whole_and_can_be_worked_on(archive, tmp_path):
    folder = unpack(archive, tmp_path / "office")
    with open_as(folder, "lihua") as office:
        assert office._session.value("PRAGMA user_version") == len(MIGRATIONS)
        assert office.journal.verify(NoProgress()).ok
        assert office.cases.count(CaseFilter()) == 3
        (first, *_) = office.cases.search("王庄", CaseFilter(status="open"))
        assert first.no == "LRS-2022-0001"
        assert office.attachments.content(1) == b"made up scan"
        assert office.documents.find("章政土批〔2026〕1号").state == "issued"
        assert office.documents.content(1) == b"made up approval, signed twice"
        assert [o.reason for o in office.cases.opinions(first.no)] == ["材料齐全"]
        assert office.users.get("wangfang").role == "supervisor"
        assert add_case(office).no == "LRS-2022-0004"
        assert office.registers.rows("reservoir") == ()
        with office.write("register.save", None, {}) as writer:
            content = RowContent("CQ-0001", "石店水库", "", {"data": {}})
            writer.insert_register_row("reservoir", content)
        assert office.registers.get("reservoir", "CQ-0001").version == 1
        assert office.journal.verify(NoProgress()).ok


def next_step(database):
    """What a later version might add."""
    database.execute("ALTER TABLE case_ ADD COLUMN remark TEXT")


def broken_step(database):
    database.execute("ALTER TABLE case_ ADD COLUMN remark TEXT")
    database.execute("INSERT INTO no_such_table VALUES (1)")


@pytest.fixture
def folder(tmp_path):
    make_office(tmp_path / "office")
    with open_as(tmp_path / "office") as office:
        add_case(office)
    return tmp_path / "office"


def key_of(folder):
    ((_, secrets),) = KeyFile.load(folder).unlock("lihua", "correct horse 7")
    return secrets.office_key


def open_with(folder, migrations, *, read_only=False):
    card = read_card(folder)
    return open_session(
        folder, key_of(folder), card.id, read_only=read_only, now=NOW, migrations=migrations
    )


def test_an_upgrade_makes_a_copy_first_and_loses_nothing(folder):
    session = open_with(folder, (*MIGRATIONS, next_step))
    assert session.value("PRAGMA user_version") == len(MIGRATIONS) + 1
    assert session.value("PRAGMA application_id") == 0x41444B31
    assert session.row("SELECT no, remark FROM case_") == {"no": "LRS-2022-0001", "remark": None}
    session.close()
    (copy,) = (folder / "backups").iterdir()
    assert copy.name == f"before-upgrade-{len(MIGRATIONS)}-20260302T093000.db"
    # The older program refuses the upgraded office, and opens the copy in its place.
    with pytest.raises(OfficeFaultError, match="newer version"):
        open_as(folder)
    copy.replace(folder / "office.db")
    with open_as(folder) as office:
        assert office.cases.get("LRS-2022-0001").version == 1
        assert office.journal.verify(NoProgress()).ok


def test_an_upgrade_that_fails_changes_nothing(folder):
    with pytest.raises(Exception, match="no_such_table"):
        open_with(folder, (*MIGRATIONS, broken_step))
    with open_as(folder) as office:
        columns = {row["name"] for row in office._session.rows("PRAGMA table_info(case_)")}
        assert "remark" not in columns
        assert office._session.value("PRAGMA user_version") == len(MIGRATIONS)
        assert office.journal.verify(NoProgress()).ok


def test_an_upgrade_without_room_for_the_copy_is_not_begun(folder):
    (folder / "backups").rmdir()
    with pytest.raises(OfficeFaultError):
        open_with(folder, (*MIGRATIONS, next_step))
    (folder / "backups").mkdir()
    with open_as(folder) as office:
        assert office.cases.count(CaseFilter()) == 1


def test_an_older_office_on_a_read_only_medium_says_what_to_do(tmp_path):
    with small_disk(tmp_path / "disk") as disk:
        make_office(disk / "office")
        make_read_only(disk)
        before = files_below(disk)
        with pytest.raises(OfficeFaultError, match="needs an upgrade"):
            open_with(disk / "office", (*MIGRATIONS, next_step), read_only=True)
        assert files_below(disk) == before


def test_every_step_keeps_the_triggers(folder):
    session = Session(folder, key_of(folder), read_only=False)
    triggers = {
        row["name"] for row in session.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    }
    session.close()
    assert triggers == {
        "journal_no_update",
        "journal_no_delete",
        "journal_in_order",
        "user_no_delete",
        "law_no_update",
        "law_no_delete",
        "case_no_delete",
        "case_content_no_delete",
        "opinion_no_update",
        "opinion_no_delete",
        "attachment_no_delete",
        "attachment_stays",
        "document_no_delete",
        "document_issued_stays",
        "register_row_no_delete",
        "register_row_forward",
        "register_version_no_delete",
        "register_version_no_update",
        "follow_up_no_delete",
        "follow_up_event_no_delete",
        "follow_up_event_no_update",
        "certificate_no_delete",
        "certificate_stays",
        "clock_event_no_delete",
        "clock_event_no_update",
        "calendar_year_no_delete",
        "calendar_year_no_update",
    }
