from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from auditdesk.store.attachments import ContentFiles
from auditdesk.store.crypto import CHUNK_BYTES
from auditdesk.store.records import ScanWay
from auditdesk.util.faults import OfficeFaultError, RefusedError, UnusableInputError
from auditdesk.util.progress import CancelledError
from office_samples import add_case, clock_at, files_below, open_as

PDF = b"%PDF-1.7 made up scan"


def attach(office, case, content=PDF, **facts):
    kept = office.attachments.keep(content)
    with office.write("material.attach", case.no, {}) as writer:
        return writer.add_attachment(
            case.no, "title_proof", kept, file_name="证.pdf", media_type="application/pdf", **facts
        )


def contents(folder):
    return {name for name, data in files_below(folder / "attachments").items() if data is not None}


def test_a_scan_comes_back_after_reopening(folder, tmp_path):
    source = tmp_path / "scan.pdf"
    source.write_bytes(PDF * 100_000)
    with open_as(folder) as office:
        added = attach(office, add_case(office), source, pages=3, original=True)
        assert added == office.attachments.get(added.id)
    with open_as(folder, "wangfang") as office:
        assert office.attachments.of_case("LRS-2022-0001") == (added,)
        assert office.attachments.content(added.id) == PDF * 100_000
    assert (added.size, added.pages, added.original) == (len(PDF) * 100_000, 3, True)
    assert (added.file_name, added.added_by, added.added_at) == (
        "证.pdf",
        "lihua",
        clock_at().now(),
    )


def test_nothing_of_a_scan_can_be_read_on_the_disk(office):
    attach(office, add_case(office))
    for name, data in files_below(office.folder).items():
        assert data is None or b"%PDF" not in data, name
        assert "证" not in name


def test_the_same_content_is_kept_once(office):
    case = add_case(office)
    first, second = attach(office, case), attach(office, case)
    assert first.id != second.id
    assert first.digest == second.digest
    assert len(contents(office.folder)) == 1


def test_a_damaged_copy_is_replaced_by_the_good_one(office):
    case = add_case(office)
    added = attach(office, case)
    (name,) = contents(office.folder)
    path = office.folder / "attachments" / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(OfficeFaultError, match="damaged"):
        office.attachments.content(added.id)
    attach(office, case)
    assert office.attachments.content(added.id) == PDF


def test_a_missing_unreadable_or_exchanged_file_is_told(office):
    case = add_case(office)
    added, other = attach(office, case), attach(office, case, b"other")
    path, second = (office._files.path(a.digest) for a in (added, other))
    path.write_bytes(second.read_bytes())  # a sound file, but another one
    with pytest.raises(OfficeFaultError, match="damaged"):
        office.attachments.content(added.id)
    path.unlink()
    with pytest.raises(OfficeFaultError, match="lacks its file"):
        office.attachments.content(added.id)
    path.mkdir()
    with pytest.raises(OfficeFaultError, match="cannot be read"):
        office.attachments.content(added.id)


def test_a_removed_scan_leaves_the_list_but_not_the_office(office):
    case = add_case(office)
    added = attach(office, case)
    with office.write("material.remove", case.no, {}) as writer:
        removed = writer.remove_attachment(added.id)
    assert (removed.removed_by, removed.removed_at) == ("lihua", clock_at().now())
    assert office.attachments.of_case(case.no) == ()
    assert office.attachments.of_case(case.no, removed=True) == (removed,)
    assert office.attachments.content(added.id) == PDF
    with pytest.raises(RefusedError), office.write("x", case.no, {}) as writer:
        writer.remove_attachment(added.id)
    with pytest.raises(RefusedError):
        office.attachments.get(99)


@pytest.mark.parametrize("name", ["missing.pdf", "folder", "fifo"])
def test_sources_that_are_no_files(office, tmp_path, name):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(UnusableInputError):
        office.attachments.keep(tmp_path / name)
    assert contents(office.folder) == set()


def test_an_unreadable_source_is_told(office):
    with pytest.raises(UnusableInputError, match="cannot be read"):
        # A regular file that the kernel lets nobody read from its beginning.
        office.attachments.keep(Path("/proc/self/mem"))
    assert contents(office.folder) == set()


def test_empty_and_oversized_sources(office, tmp_path):
    empty, large = tmp_path / "empty.pdf", tmp_path / "large.pdf"
    empty.touch()
    large.write_bytes(b"x" * 101)
    for source in (empty, b""):
        with pytest.raises(UnusableInputError, match="empty"):
            office.attachments.keep(source)
    for source in (large, large.read_bytes()):
        with pytest.raises(UnusableInputError, match="too large"):
            office.attachments.keep(source, limit=100)
    assert office.attachments.keep(large, limit=101).size == 101
    assert len(contents(office.folder)) == 1


def test_a_source_without_an_end_is_stopped_at_the_limit(office):
    # /proc files say they are empty, and are not.
    with pytest.raises(UnusableInputError, match="too large"):
        office.attachments.keep(Path("/proc/self/status"), limit=10)
    assert contents(office.folder) == set()


def test_keeping_tells_how_far_it_is_and_can_be_cancelled(office, tmp_path):
    source = tmp_path / "scan.pdf"
    source.write_bytes(b"x" * (3 * CHUNK_BYTES))
    steps = []

    class Watch:
        def step(self, done, total):
            steps.append((done, total))
            if done > CHUNK_BYTES:
                raise CancelledError

    with pytest.raises(CancelledError):
        office.attachments.keep(source, progress=Watch())
    assert steps == [(CHUNK_BYTES, 3 * CHUNK_BYTES), (2 * CHUNK_BYTES, 3 * CHUNK_BYTES)]
    assert contents(office.folder) == set()


def test_a_scan_of_a_case_that_does_not_exist(office):
    kept = office.attachments.keep(PDF)
    with pytest.raises(RefusedError), office.write("x", None, {}) as writer:
        writer.add_attachment("LRS-1", "m", kept, file_name="a", media_type="b")


def issue(office, case, content=PDF, year=2026, kind="approval"):
    with office.write("document.certify", case.no, {}) as writer:
        return writer.insert_document(
            case.no,
            kind,
            year=year,
            number_of=lambda n: f"章政土{kind[0]}〔{year}〕{n}号",
            content=lambda number: content + number.encode(),
        )


def test_a_document_is_numbered_kept_finished(folder):
    with open_as(folder) as office:
        case = add_case(office)
        made = issue(office, case)
        assert (made.number, made.serial, made.state) == ("章政土a〔2026〕1号", 1, "certified")
        assert (made.created_by, made.issued_by, made.issued_at) == ("lihua", None, None)
        assert office.documents.content(made.id) == PDF + made.number.encode()
    with open_as(folder, "wangfang") as office:
        with office.write("document.issue", case.no, {}) as writer:
            done = writer.finish_document(made.id, PDF + b" signed twice")
        assert (done.state, done.issued_by, done.number) == ("issued", "wangfang", made.number)
        assert office.documents.content(made.id) == PDF + b" signed twice"
        assert office.documents.find(made.number) == done
        assert office.documents.find("章政土a〔2026〕2号") is None
        assert office.documents.of_case(case.no) == (done,)
        with pytest.raises(RefusedError), office.write("x", None, {}) as writer:
            writer.finish_document(made.id, PDF)


def test_document_numbers_have_no_gaps(office):
    case = add_case(office)
    assert issue(office, case).serial == 1

    def broken(number):
        assert number == "2"
        raise RuntimeError("rendering failed")

    with pytest.raises(RuntimeError), office.write("x", case.no, {}) as writer:
        writer.insert_document(case.no, "approval", year=2026, number_of=str, content=broken)
    assert issue(office, case).serial == 2
    assert issue(office, case, year=2027).serial == 1
    assert issue(office, case, kind="review").serial == 1
    assert [d.serial for d in office.documents.of_year("approval", 2026)] == [1, 2]


def test_a_number_is_given_once(office):
    case = add_case(office)
    with office.write("x", case.no, {}) as writer:
        made = writer.insert_document(case.no, "a", year=2026, number_of=str, content=lambda _: PDF)
    with pytest.raises(RefusedError, match="taken"), office.write("x", case.no, {}) as writer:
        writer.insert_document(case.no, "b", year=2026, number_of=str, content=lambda _: PDF)
    assert office.documents.of_case(case.no) == (made,)


def test_a_void_document_keeps_number_and_bytes(office):
    case = add_case(office)
    made = issue(office, case)
    with office.write("document.void", case.no, {}) as writer:
        void = writer.void_document(made.id, "地块名称有误")
    assert (void.state, void.void_reason, void.number) == ("void", "地块名称有误", made.number)
    assert office.documents.content(made.id).startswith(PDF)
    assert issue(office, case).serial == 2
    for act in (
        lambda w: w.void_document(made.id, "again"),
        lambda w: w.finish_document(made.id, PDF),
        lambda w: w.void_document(99, "none"),
    ):
        with pytest.raises(RefusedError), office.write("x", None, {}) as writer:
            act(writer)


def test_the_database_refuses_to_change_an_issued_document(office):
    case = add_case(office)
    made = issue(office, case)
    with office.write("document.issue", case.no, {}) as writer:
        writer.finish_document(made.id, b"final")
    attach(office, case)
    for statement in (
        "UPDATE document SET digest = 'x'",
        "UPDATE document SET number = 'x'",
        "UPDATE document SET case_id = 2",
        "UPDATE document SET kind = 'x'",
        "DELETE FROM document",
        "DELETE FROM attachment",
    ):
        with pytest.raises(dbapi2.IntegrityError), office._session.transaction():
            office._session.execute(statement)
    assert office.documents.content(made.id) == b"final"


def recorded(monkeypatch, office):
    """What happens on the disk, in order: syncs, renames, and the database's commit."""
    events = []
    real_fsync = os.fsync

    def fsync(handle):
        events.append(("fsync", str(Path(f"/proc/self/fd/{handle}").readlink())))
        real_fsync(handle)

    real_replace = Path.replace

    def replace(self, target):
        events.append(("rename", str(target)))
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    office._session.database.conn.set_trace_callback(
        lambda sql: events.append(("sql", sql)) if sql in {"BEGIN IMMEDIATE", "COMMIT"} else None
    )
    return events


def test_a_scan_is_on_the_disk_before_the_transaction_begins(office, monkeypatch):
    case = add_case(office)
    events = recorded(monkeypatch, office)
    added = attach(office, case)
    folder = str(office.folder / "attachments")
    target = str(office._files.path(added.digest))
    kinds = [kind for kind, _ in events]
    assert kinds == ["fsync", "rename", "fsync", "fsync", "sql", "sql"]
    assert events[0][1].startswith(f"{folder}/.part-")
    assert events[1][1] == target
    assert [events[2][1], events[3][1]] == [str(Path(target).parent), folder]
    assert [sql for _, sql in events[4:]] == ["BEGIN IMMEDIATE", "COMMIT"]


def test_a_content_that_is_there_already_is_synced_again(office, monkeypatch):
    case = add_case(office)
    added = attach(office, case)
    events = recorded(monkeypatch, office)
    office.attachments.keep(PDF)
    target = office._files.path(added.digest)
    synced = [what for kind, what in events if kind == "fsync"]
    assert synced == [str(target), str(target.parent), str(office.folder / "attachments")]


def test_a_document_is_on_the_disk_before_its_commit(office, monkeypatch):
    case = add_case(office)
    events = recorded(monkeypatch, office)
    made = issue(office, case)
    at = events.index(("rename", str(office._files.path(made.digest))))
    assert events.index(("sql", "BEGIN IMMEDIATE")) < at < events.index(("sql", "COMMIT"))
    assert events[at - 1][0] == "fsync"
    assert [kind for kind, _ in events[at + 1 : at + 3]] == ["fsync", "fsync"]


def test_a_sound_content_is_told_from_a_damaged_one(office):
    files = ContentFiles(office.folder / "attachments", office.key)
    kept = office.attachments.keep(PDF)
    assert files.is_sound(kept.digest)
    assert not files.is_sound("0" * 64)


def test_scans_of_one_content_are_found_wherever_they_are(office):
    first, second = add_case(office), add_case(office)
    one, other = attach(office, first), attach(office, second)
    attach(office, first, b"another")
    assert office.attachments.of_content(one.digest) == (one, other)
    with office.write("material.remove", first.no, {}) as writer:
        writer.remove_attachment(one.id)
    assert office.attachments.of_content(one.digest) == (other,)
    assert office.attachments.of_content("0" * 64) == ()


def test_a_content_that_is_not_whole_is_told_before_it_is_used_again(office):
    added = attach(office, add_case(office))
    office.attachments.require_sound(added.id)
    path = office._files.path(added.digest)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(OfficeFaultError, match="damaged"):
        office.attachments.require_sound(added.id)
    with pytest.raises(RefusedError):
        office.attachments.require_sound(99)


def test_the_way_of_a_scan_is_kept_with_it(office):
    case = add_case(office)
    first = attach(office, case)
    assert (first.came, first.taken_from, first.reason) == ("attached", None, "")
    moved = attach(office, case, way=ScanWay("moved", first.id, "放错了", "missing"))
    assert office.attachments.get(moved.id) == moved
    assert (moved.came, moved.taken_from, moved.reason, moved.verdict_before) == (
        "moved",
        first.id,
        "放错了",
        "missing",
    )
    with pytest.raises(dbapi2.IntegrityError):
        attach(office, case, way=ScanWay("moved", 99, "", ""))


def test_a_scan_stays_where_it_came_to(office):
    added = attach(office, add_case(office))
    add_case(office)
    for change in ("case_id = 2", "material = 'x'", "digest = 'x'", "came = 'moved'"):
        statement = f"UPDATE attachment SET {change} WHERE id = {added.id}"  # noqa: S608 – ours
        with pytest.raises(dbapi2.IntegrityError, match="stays"):
            office._session.database.execute(statement)


def test_an_entry_that_concerns_two_cases_is_read_with_both(office):
    first, second, third = (add_case(office) for _ in range(3))
    with office.write("material.move", first.no, {"to_case": second.no}):
        pass
    with office.write("material.move", first.no, {}):
        pass
    kinds = {
        case.no: [e.kind for e in office.journal.page(case_no=case.no)]
        for case in (first, second, third)
    }
    made = kinds[third.no]
    assert kinds[first.no] == ["material.move", "material.move", *made]
    assert kinds[second.no] == ["material.move", *made]
    moved = office.journal.page(case_no=second.no)[0]
    assert [e.seq for e in office.journal.page(moved.seq, 5, second.no)] == [
        e.seq for e in office.journal.page(None, 5, second.no)[1:]
    ]
