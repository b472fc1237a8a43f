"""Papers in somebody's hand: held against a file, and looked up among the office's documents."""

from __future__ import annotations

import pytest

from auditdesk.operations import batches, cases, documents, papercodes
from auditdesk.operations.documents import SigningKey
from auditdesk.operations.verification import verify_bytes
from auditdesk.store.records import CaseFilter
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.progress import NoProgress
from desk_samples import PASSWORD, to_approval
from page_reading import codes_of

KEY = SigningKey(PASSWORD)


@pytest.fixture
def signed(at_desk, entered):
    """Two cases' approvals, one signed alone and one in a batch, with what a phone reads."""
    first, second = (
        to_approval(at_desk, entered(data={"village": f"某{n}村"})).no for n in range(2)
    )
    desk = at_desk("li")
    documents.certify(desk, first, "approval", KEY)
    batches.sign(desk, [(second, "approval")], KEY, NoProgress())
    desk = at_desk("wang")
    found = []
    for no in (first, second):
        _, pdf, _ = documents.countersign(desk, no, "approval", KEY)
        (text,) = codes_of(pdf)
        found.append((no, pdf, text))
    return found


def test_a_paper_is_held_against_its_file(at_desk, signed):
    (_, pdf, scanned), (_, other, other_scanned) = signed
    printed = scanned.split()[-1].upper()
    for text in (scanned, printed, f"  {printed[:16]} {printed[16:]}"):
        found = verify_bytes(pdf, code=text)
        assert (found.good, found.paper_ok) == (True, True)
        assert "一致" in found.paper.zh
    for file, text in ((pdf, other_scanned), (other, scanned), (pdf, "0" * 32)):
        found = verify_bytes(file, code=text)
        assert (found.good, found.paper_ok, found.verification.good) == (False, False, True)
    assert verify_bytes(pdf).paper is None
    with pytest.raises(UnusableInputError, match="there are 3 here"):
        verify_bytes(pdf, code="3f7")
    unreadable = verify_bytes(b"%PDF-1.7 nothing", code=scanned)
    assert unreadable.paper_ok is False
    assert "no such code" in unreadable.paper.en


def test_the_office_looks_a_paper_up(at_desk, signed):
    desk = at_desk("sun")
    for no, _, scanned in signed:
        (found,) = papercodes.find(desk, scanned)
        assert (found.document.case_no, found.document.kind) == (no, "approval")
        assert (found.label.zh, found.told.zh) == ("批复", "已签发")
        (same,) = papercodes.find(desk, scanned.split()[-1])
        assert same == found
    forged = signed[0][2].replace("1号", "9号")
    for text in (forged, "0" * 32):
        with pytest.raises(RefusedError, match="issued no document"):
            papercodes.find(desk, text)
    with pytest.raises(UnusableInputError):
        papercodes.find(desk, "章政土批〔2026〕1号")


def test_a_void_paper_is_told(at_desk, signed):
    desk = at_desk("wang")
    no, _, scanned = signed[0]
    (document,) = documents.issued(desk, no)
    documents.void(desk, no, document.id, "金额写错")
    (found,) = papercodes.find(desk, scanned)
    assert found.told.zh == "已作废：金额写错"


def test_papers_made_from_the_same_facts_are_all_named(at_desk, signed):
    """Without the QR code only the figures are known, and two papers of a case share them."""
    no, pdf, scanned = signed[0]
    desk = at_desk("li")
    sheet, content, _ = documents.certify(desk, no, "review_sheet", KEY)
    inside = [verify_bytes(one).verification for one in (pdf, content)]
    assert inside[0].code.digest == inside[1].code.digest
    found = papercodes.find(desk, scanned.split()[-1])
    assert {one.document.number for one in found} == {inside[0].number, sheet.number}
    (only,) = papercodes.find(desk, scanned)
    assert only.document.number == inside[0].number


def test_the_search_finds_the_case_of_a_scanned_paper(at_desk, signed):
    desk = at_desk("sun")
    for no, _, scanned in signed:
        for text in (scanned, scanned.replace("\n", " "), scanned.split()[-1]):
            assert [row.no for row in cases.search(desk, text, CaseFilter()).rows] == [no]
    assert cases.search(desk, "0" * 32, CaseFilter()).rows == ()
