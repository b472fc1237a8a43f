"""Hundreds of documents at once: numbers without gaps, nothing lost on cancel or failure."""

from __future__ import annotations

import io

import pdfplumber
import pikepdf
import pytest

from auditdesk.operations import batches, cases, documents, printing
from auditdesk.operations.documents import SigningKey
from auditdesk.operations.verification import verify_bytes
from auditdesk.store.records import CaseFilter
from auditdesk.util.faults import RefusedError
from auditdesk.util.progress import CancelledError, NoProgress
from desk_samples import PASSWORD, save, to_approval

KEY = SigningKey(PASSWORD)
COUNT = 9  # more than are laid out ahead


class Stopping:
    """Cancels after so many steps."""

    def __init__(self, after) -> None:
        self.after, self.heard = after, []

    def step(self, done, total):
        self.heard.append((done, total))
        if done >= self.after:
            raise CancelledError


@pytest.fixture
def approved(at_desk, entered):
    """Several approved cases, in the order of entry."""
    views = [entered(data={"village": f"某{n}村"}) for n in range(COUNT)]
    return [to_approval(at_desk, view).no for view in views]


def wanted(numbers):
    return [(no, "approval") for no in numbers]


def numbers_of(documents_made):
    return [document.number for document in documents_made]


def test_clerk_and_supervisor_sign_them_all(at_desk, approved):
    desk = at_desk("li")
    found = batches.waiting(desk, approved, NoProgress(), "approval")
    assert [one.no for one in found] == approved
    report, changes = batches.sign(desk, wanted(approved), KEY, NoProgress())
    assert numbers_of(report.done) == [f"章政土批〔2026〕{n}号" for n in range(1, COUNT + 1)]
    assert (report.failed, report.cancelled) == ([], False)
    assert changes.cases == frozenset(approved)
    desk = at_desk("wang")
    report, _ = batches.sign(desk, wanted(approved), KEY, NoProgress())
    assert [document.state for document in report.done] == ["issued"] * COUNT
    for document in report.done:
        found = verify_bytes(documents.content(desk, document.id), desk)
        assert found.good
        assert found.verification.number == document.number
    assert batches.waiting(desk, approved, NoProgress(), "approval") == ()
    assert desk.office.journal.verify(NoProgress()).ok


def test_cancelling_keeps_what_is_done_and_begins_no_more(at_desk, approved):
    desk, stop = at_desk("li"), Stopping(3)
    report, changes = batches.sign(desk, wanted(approved), KEY, stop)
    assert report.cancelled
    assert stop.heard == [(0, COUNT), (1, COUNT), (2, COUNT), (3, COUNT)]
    assert [document.case_no for document in report.done] == approved[:3]
    assert changes.cases == frozenset(approved[:3])
    kept = [documents.issued(desk, no) for no in approved]
    assert [len(one) for one in kept] == [1] * 3 + [0] * (COUNT - 3)
    report, _ = batches.sign(desk, wanted(approved[3:]), KEY, NoProgress())
    assert numbers_of(report.done)[0] == "章政土批〔2026〕4号"


def test_what_cannot_be_made_is_told_and_leaves_no_gap(at_desk, entered, approved):
    odd = entered(data={"planning_conditions": "容积率🏢不高于2.0"})
    odd = to_approval(at_desk, odd).no
    desk = at_desk("li")
    order = [*approved[:2], odd, *approved[2:], "RS-2026-9999", approved[0]]
    report, _ = batches.sign(desk, wanted(order), KEY, NoProgress())
    assert numbers_of(report.done) == [f"章政土批〔2026〕{n}号" for n in range(1, COUNT + 1)]
    (no, why), (missing, _) = report.failed
    assert (no, missing) == (odd, "RS-2026-9999")
    assert "🏢" in why.zh
    for document in report.done:
        content = documents.content(desk, document.id)
        assert verify_bytes(content, desk).verification.number == document.number


def test_only_what_the_person_may_sign_is_offered_and_done(at_desk, approved):
    desk = at_desk("wang")
    kinds = {one.kind.id for one in batches.waiting(desk, approved, NoProgress())}
    assert "approval" not in kinds
    report, _ = batches.sign(desk, wanted(approved[:1]), KEY, NoProgress())
    assert not report.done
    assert "经办人" in report.failed[0][1].zh


def test_a_wrong_passphrase_is_refused_before_anything_is_done(at_desk, approved):
    desk = at_desk("li")
    with pytest.raises(RefusedError):
        batches.sign(desk, wanted(approved), SigningKey("wrong"), NoProgress())
    assert not documents.issued(desk, approved[0])


def test_a_paper_of_a_batch_is_the_one_that_is_made_alone(at_desk, entered):
    """Laid out in the second process, it differs in number, hash and signature only."""
    nos = [to_approval(at_desk, entered()).no for _ in range(2)]
    desk = at_desk("li")
    batches.sign(desk, wanted(nos[:1]), KEY, NoProgress())
    documents.certify(desk, nos[1], "approval", KEY)
    texts = []
    for no in nos:
        (made,) = documents.issued(desk, no)
        inside = verify_bytes(documents.content(desk, made.id), desk).verification
        texts.append((inside.case, inside.report, len(inside.signatures)))
    assert texts[0] == texts[1]


def test_a_case_that_was_changed_keeps_what_was_approved(at_desk, approved):
    desk = at_desk("li")
    save(desk, cases.view(desk, approved[0]), publicity_start="2022-03-14")
    report, _ = batches.sign(desk, wanted(approved[:1]), KEY, NoProgress())
    content = documents.content(desk, report.done[0].id)
    assert "publicity_start" not in verify_bytes(content, desk).verification.case["data"]


def test_proofs_and_copies_are_one_file_to_print(at_desk, approved):
    desk = at_desk("li")
    some = wanted(approved[:3])
    proofs = printing.proofs(desk, some, NoProgress())
    assert texts_of(proofs).count("批复如下") == 3
    with pytest.raises(RefusedError, match="not issued"):
        printing.copies(desk, some, NoProgress())
    batches.sign(desk, some, KEY, NoProgress())
    desk = at_desk("wang")
    batches.sign(desk, some, KEY, NoProgress())
    assert printing.issued(desk, approved, "approval") == tuple(some)
    copies = printing.copies(desk, some, NoProgress())
    said = texts_of(copies)
    assert said.count("王建国") == 3, "the stamps are drawn into the pages"
    assert said.count("电子签名") == 6
    with pikepdf.open(io.BytesIO(copies)) as found:
        assert "/AcroForm" not in found.Root
        assert not any("/Annots" in page for page in found.pages)
        assert len(found.pages) % 2 == 0


def texts_of(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return "".join(page.extract_text() for page in opened.pages)


def test_the_cases_of_a_filter_are_those_of_the_list(at_desk, approved):
    desk = at_desk("li")
    assert sorted(batches.numbers(desk, CaseFilter(case_type="land_entry"))) == sorted(approved)
    assert len(batches.numbers(desk, CaseFilter(), most=4)) == 4
    assert batches.numbers(desk, CaseFilter(stage="intake")) == ()
