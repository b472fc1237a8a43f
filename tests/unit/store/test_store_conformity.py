from __future__ import annotations

import pytest

from auditdesk.store import conformity, journal
from auditdesk.store.journal import Draft
from auditdesk.util.progress import CancelledError, NoProgress
from office_samples import add_case, clock_at, open_as


@pytest.fixture
def full(office):
    """An office in which everything that can be written has been written, some of it twice."""
    first, second = add_case(office), add_case(office)
    kept = office.attachments.keep(b"scan")
    for case in (first, second):
        with office.write("material.attach", case.no, {}) as writer:
            writer.add_attachment(case.no, "m", kept, file_name="a.pdf", media_type="b")
            writer.add_opinion(case.no, stage="intake", action="advance", reason="材料齐全")
            writer.add_opinion(case.no, stage="intake", action="note", reason="补充")
            writer.insert_document(
                case.no,
                "approval",
                year=2026,
                number_of="批{}号".format,
                content=lambda number: number.encode(),
            )
    with office.write("case.save", first.no, {}) as writer:
        writer.save_case(first.no, 1, stage="review")
        writer.save_case(first.no, 2, verdict="justify")
        writer.save_case(second.no, 1, due_on=None)
        writer.finish_document(1, b"signed")
        writer.void_document(2, "x")
        writer.remove_attachment(2)
    return office


def verdict(office):
    return office.journal.verify(NoProgress())


def test_what_was_written_is_what_the_journal_says(full):
    assert verdict(full).ok


FORGERIES = {
    "status of a case": "UPDATE case_ SET status = 'closed' WHERE id = 1",
    "stage of a case": "UPDATE case_ SET stage = 'decision' WHERE id = 2",
    "verdict of a case": "UPDATE case_ SET verdict = 'pass' WHERE id = 1",
    "due day of a case": "UPDATE case_ SET due_on = '2030-01-01' WHERE id = 1",
    "who entered a case": "UPDATE case_ SET created_by = 'wangfang' WHERE id = 1",
    "version of a case": "UPDATE case_ SET version = 1 WHERE id = 1",
    "data of a case": "UPDATE case_content SET body = replace(body, '13340', '13341')",
    "report of a case": "UPDATE case_content SET report = '{}' WHERE case_id = 2",
    "case slipped in": "INSERT INTO case_ (id, no, case_type, district, stage, status,"
    " accepted_on, title, place, due_on, due_day, verdict, created_by, created_at, updated_at,"
    " version) SELECT 9, 'LRS-2022-0009', case_type, district, stage, status, accepted_on, title,"
    " place, due_on, due_day, verdict, created_by, created_at, updated_at, version"
    " FROM case_ WHERE id = 1; INSERT INTO case_content SELECT 9, law, body,"
    " report, words, initials FROM case_content WHERE case_id = 1",
    "content of a case removed": "DROP TRIGGER case_content_no_delete;"
    " DELETE FROM case_content WHERE case_id = 2",
    "reason of an opinion": "DROP TRIGGER opinion_no_update; UPDATE opinion SET reason = 'ok'",
    "person of an opinion": "DROP TRIGGER opinion_no_update;"
    " UPDATE opinion SET by_user = 'wangfang', full_name = '王芳' WHERE id = 3",
    "opinion slipped in": "INSERT INTO opinion SELECT 9, case_id, stage, 'approve', 'wangfang',"
    " '王芳', at, reason, extra FROM opinion WHERE id = 1",
    "opinion removed": "DROP TRIGGER opinion_no_delete; DELETE FROM opinion WHERE id = 4",
    "state of a document": "UPDATE document SET state = 'issued' WHERE id = 2",
    "content of a document": "DROP TRIGGER document_issued_stays;"
    " UPDATE document SET digest = 'x' WHERE id = 1",
    "document slipped in": "INSERT INTO document SELECT 9, case_id, kind, '批9号', year, 9, state,"
    " digest, created_by, created_at, issued_by, issued_at, void_reason FROM document LIMIT 1",
    "document removed": "DROP TRIGGER document_no_delete; DELETE FROM document WHERE id = 2",
    "content of a scan": "DROP TRIGGER attachment_stays;"
    " UPDATE attachment SET digest = 'x' WHERE id = 1",
    "removed scan brought back": "DROP TRIGGER attachment_stays;"
    " UPDATE attachment SET removed_by = NULL WHERE id = 2",
    "scan moved to another case": "DROP TRIGGER attachment_stays;"
    " UPDATE attachment SET case_id = 2 WHERE id = 1",
    "scan of an original": "UPDATE attachment SET original = 1 WHERE id = 1",
    "pages of a scan": "UPDATE attachment SET pages = 9 WHERE id = 1",
    "where a scan comes from": "UPDATE attachment SET taken_from = 2 WHERE id = 1",
    "why a scan was moved": "UPDATE attachment SET reason = '放错' WHERE id = 1",
    "origin of a scan taken away": "DROP TRIGGER attachment_stays;"
    " UPDATE attachment SET came = NULL WHERE id = 1",
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_row_forged_behind_the_journals_back_shows(full, name):
    for statement in FORGERIES[name].split("; "):
        full._session.database.execute(statement.strip())
    found = verdict(full)
    assert not found.ok
    assert found.first_bad_seq is None
    assert "与日志记载不一致" in found.reason.zh


def test_forgeries_show_after_reopening_too(full):
    full._session.database.execute("UPDATE case_ SET verdict = 'pass' WHERE id = 1")
    full.close()
    with open_as(full.folder, "wangfang") as office:
        found = verdict(office)
    assert "LRS-2022-0001" in found.reason.zh
    assert "the case LRS-2022-0001" in found.reason.en


@pytest.mark.parametrize("notes", [3, [3], [{}], [{"of": 1, "salt": "zz", "sha256": ""}]])
def test_notes_that_cannot_be_read_are_told(full, notes):
    with full._session.transaction():
        draft = Draft("x", None, {"cases": notes}, clock_at().now())
        journal.append(full._session, full._id, full._actor, draft)
    found = verdict(full)
    assert not found.ok
    assert "无法辨认" in found.reason.zh


def test_comparing_can_be_cancelled(full, monkeypatch):
    monkeypatch.setattr(conformity, "_STEP", 2)
    steps = []

    class Watch:
        def step(self, done, total):
            steps.append((done, total))
            if total != 8:  # past the journal's own entries
                raise CancelledError

    with pytest.raises(CancelledError):
        full.journal.verify(Watch())
    assert steps[-1] == (2, 12)
