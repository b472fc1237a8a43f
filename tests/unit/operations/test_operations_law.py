"""Rules that change later never reach a case that was entered before."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from auditdesk.operations import cases, documents, offices, papers, reviews
from auditdesk.operations.documents import SigningKey
from auditdesk.operations.reviews import Reasons
from auditdesk.operations.situation import situation
from auditdesk.regulations.casefile import read_case
from auditdesk.regulations.library import load_library
from auditdesk.util.faults import OfficeFaultError
from auditdesk.util.hashing import sha256_hex
from auditdesk.util.paths import shipped
from desk_samples import PASSWORD, hand_on, to_approval, to_decision
from template_samples import REFUSAL, put_template

CLOSE_VOTE = {
    "vote_total": 90,
    "vote_present": 80,
    "vote_agree": 60,
    "vote_against": 16,
    "vote_abstain": 4,
}


@pytest.fixture
def stricter(tmp_path, surroundings):
    """The surroundings of a later version: five sixths have to agree, the approval says more."""
    forms, resources = tmp_path / "forms", tmp_path / "resources"
    shutil.copytree(shipped("forms"), forms)
    shutil.copytree(shipped("resources") / "regulations", resources / "regulations")
    shutil.copytree(shipped("resources") / "tables", resources / "tables")
    for path in (resources / "regulations").glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('"2/3"', '"5/6"'), encoding="utf-8")
    template = forms / "land_entry" / "documents" / "approval.toml"
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace("收悉", "业已收悉"), encoding="utf-8")
    return replace(surroundings, library=load_library(forms, resources))


def test_a_case_is_judged_by_the_law_of_its_entry(at_desk, entered, office_folder, stricter, plan):
    old = entered(data=CLOSE_VOTE)
    at_desk("li").close()
    desk = offices.sign_in(office_folder, "li", PASSWORD, stricter)
    try:
        assert cases.view(desk, old.no).report.verdict == "pass"
        new, _ = cases.import_case(desk, read_case(plan(data=CLOSE_VOTE), desk.library))
        assert new.report.finding("land_entry.vote.two_thirds").outcome == "fail"
        assert new.record.law != old.record.law
        assert hand_on(desk, cases.view(desk, old.no)).stage.id == "town_review"
    finally:
        desk.close()


def test_a_paper_has_the_offices_own_words_and_the_journal_notes_which(
    at_desk, entered, office_folder
):
    view = to_decision(at_desk, entered())
    desk = at_desk("wang")
    reviews.refuse(desk, view.no, view.record.version, Reasons("不符合规划"))
    documents.certify(at_desk("li"), view.no, "refusal", SigningKey(PASSWORD))
    (shipped_one,) = documents.issued(at_desk("li"), view.no)
    assert "template" not in entry_of(at_desk("li"), "document.certify").body
    documents.void(at_desk("wang"), view.no, shipped_one.id, "换用本单元的文书")
    put_template(office_folder, "land_entry/refusal.toml")
    desk = at_desk("li")
    assert desk.library.problems == ()
    documents.certify(desk, view.no, "refusal", SigningKey(PASSWORD))
    assert entry_of(desk, "document.certify").body["template"] == sha256_hex(REFUSAL.encode())
    case = situation(desk, view.no)
    paper = papers.paper(case, case.case_type.document("refusal"))
    assert paper.filled.paragraphs[0][1].startswith("经章丘区集体土地审查处审查")
    assert "行政复议法》第二十条" in paper.filled.paragraphs[-1][1]


def entry_of(desk, kind):
    return next(e for e in desk.office.journal.page(None, 50) if e.kind == kind)


def test_the_judgement_of_a_case_that_is_over_never_changes(
    at_desk, entered, office_folder, surroundings
):
    """A calendar that is corrected later moves the days of open cases only."""
    running, over = entered(), entered()
    desk = at_desk("li")
    reviews.withdraw(desk, over.no, over.record.version, Reasons("撤回"))
    desk.close()
    free = surroundings.calendar.holidays | {date(2022, 3, 2), date(2022, 3, 3)}
    corrected = replace(surroundings, calendar=replace(surroundings.calendar, holidays=free))
    with closing(offices.sign_in(office_folder, "li", PASSWORD, corrected)) as desk:
        before = over.report.computed["comment_due_on"]
        assert cases.view(desk, running.no).report.computed["comment_due_on"] > before
        assert cases.view(desk, over.no).report == over.report


def test_an_issued_document_never_changes(at_desk, entered, office_folder, stricter):
    view = to_approval(at_desk, entered())
    made, first, _ = documents.certify(at_desk("li"), view.no, "approval", SigningKey(PASSWORD))
    at_desk("li").close()
    desk = offices.sign_in(office_folder, "li", PASSWORD, stricter)
    try:
        assert documents.content(desk, made.id) == first
        assert documents.preview(desk, view.no, "approval") != first
    finally:
        desk.close()


def test_a_law_that_this_version_cannot_load_is_a_clear_fault(at_desk, entered, surroundings):
    view = entered()
    desk = at_desk("li")
    with desk.office.write("case.law", view.no, {}) as writer:
        writer.put_law("f" * 64, '{"forms/elsewhere/case_type.toml": "id = 1"}')
        writer.save_case(view.no, view.record.version, law="f" * 64)
    with pytest.raises(OfficeFaultError) as fault:
        cases.view(desk, view.no)
    assert view.no in fault.value.message.zh
