"""Numbers, signatures, kept bytes, and what comes back."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from io import BytesIO

import pdfplumber
import pytest
from pypdfium2 import PdfDocument

from auditdesk.operations import cases, documents, offices, papers, people, reviews
from auditdesk.operations.documents import SigningKey
from auditdesk.operations.reviews import Reasons
from auditdesk.operations.settings import put_settings
from auditdesk.operations.situation import situation
from auditdesk.operations.verification import verify_bytes, verify_file
from auditdesk.util.faults import RefusedError, UnusableInputError
from desk_samples import PASSWORD, save, to_approval, to_decision

KEY = SigningKey(PASSWORD)


@pytest.fixture
def approved(at_desk, entered):
    return to_approval(at_desk, entered()).no


@pytest.fixture
def issued(at_desk, approved):
    """An approval with both signatures."""
    documents.certify(at_desk("li"), approved, "approval", KEY)
    return documents.countersign(at_desk("wang"), approved, "approval", KEY)


def next_step(desk, no, kind):
    offer = next(o for o in documents.offers(desk, no) if o.kind.id == kind)
    return offer.next_step, offer.enabled


def test_clerk_and_supervisor_sign_the_approval(at_desk, approved):
    desk = at_desk("li")
    assert next_step(desk, approved, "approval") == ("certify", True)
    made, first, changes = documents.certify(desk, approved, "approval", KEY)
    assert (made.number, made.state) == ("章政土批〔2026〕1号", "certified")
    assert changes.documents
    assert not verify_bytes(first, desk).verification.complete
    desk = at_desk("wang")
    assert next_step(desk, approved, "approval") == ("countersign", True)
    made, second, _ = documents.countersign(desk, approved, "approval", KEY)
    assert (made.state, made.issued_by) == ("issued", "wang")
    assert next_step(desk, approved, "approval") == ("fetch", True)
    assert documents.content(desk, made.id) == second
    found = verify_bytes(second, desk)
    assert found.good
    assert found.verification.trusted
    assert (found.journal_ok, found.kept) == (True, True)
    assert [s.name for s in found.verification.signatures] == ["李晓彤", "王建国"]


def test_the_paper_carries_the_facts_that_were_approved(at_desk, approved):
    desk = at_desk("li")
    save(desk, cases.view(desk, approved), publicity_start="2022-03-14")
    _, pdf, _ = documents.certify(desk, approved, "approval", KEY)
    inside = verify_bytes(pdf, desk).verification
    assert inside.case["format"] == "auditdesk.case/1"
    assert inside.case["stage"] == "decision"
    assert "publicity_start" not in inside.case["data"]
    assert inside.report["verdict"] == "pass"
    assert inside.number == "章政土批〔2026〕1号"


def test_an_altered_copy_and_a_foreign_office_show(at_desk, issued, tmp_path):
    _, pdf, _ = issued
    desk = at_desk("li")
    at = pdf.index(b"stream") + 60
    flipped = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]
    assert not verify_bytes(flipped, desk).good
    assert not verify_bytes(pdf + b"\n% appended", desk).good
    root = desk.profile.settings["authority_certificate"]
    with desk.office.write("settings.change", None, {}) as writer:
        writer.put_setting("authority_certificate", "")
    assert verify_bytes(pdf, desk).verification.trust_checked is False
    assert root.startswith("-----BEGIN CERTIFICATE-----")


def test_a_checkpoint_that_the_journal_does_not_hold_shows(at_desk, issued, surroundings, tmp_path):
    _, pdf, _ = issued
    at_desk("li").close()
    new = offices.NewOffice("另一个单元", "370112", "admin", "管理员", PASSWORD)
    offices.create(tmp_path / "other", new, surroundings)
    desk = offices.sign_in(tmp_path / "other", "admin", PASSWORD, surroundings)
    try:
        found = verify_bytes(pdf, desk)
    finally:
        desk.close()
    assert found.journal_ok is False
    assert not found.verification.trusted
    assert not found.good


def test_a_journal_whose_tail_was_cut_off_shows(at_desk, entered, office_folder, surroundings):
    """An office put back to yesterday knows its own certificates, not what happened since."""
    yesterday = office_folder.with_name("yesterday")
    shutil.copytree(office_folder, yesterday)
    no = to_approval(at_desk, entered()).no
    documents.certify(at_desk("li"), no, "approval", KEY)
    _, pdf, _ = documents.countersign(at_desk("wang"), no, "approval", KEY)
    assert verify_bytes(pdf, at_desk("li")).good
    at_desk("li").close()
    with closing(offices.sign_in(yesterday, "li", PASSWORD, surroundings)) as desk:
        found = verify_bytes(pdf, desk)
    assert found.verification.trusted
    assert found.journal_ok is False
    assert not found.good


def test_nobody_signs_twice_or_out_of_turn(at_desk, approved):
    with pytest.raises(RefusedError):
        documents.certify(at_desk("wang"), approved, "approval", KEY)
    with pytest.raises(RefusedError):
        documents.countersign(at_desk("li"), approved, "approval", KEY)
    documents.certify(at_desk("li"), approved, "approval", KEY)
    for name in ("li", "zhao"):
        for sign in (documents.certify, documents.countersign):
            with pytest.raises(RefusedError):
                sign(at_desk(name), approved, "approval", KEY)
    assert len(documents.issued(at_desk("li"), approved)) == 1


def test_whoever_signed_first_does_not_sign_second_whatever_their_role(at_desk, approved):
    desk = at_desk("sun")
    with desk.office.write("document.certify", approved, {}) as writer:
        writer.insert_document(
            approved,
            "approval",
            year=2026,
            number_of=lambda serial: f"章政土批〔2026〕{serial}号",
            content=lambda _number: b"%PDF-1.7",
        )
    with pytest.raises(RefusedError, match="signed already"):
        documents.countersign(desk, approved, "approval", KEY)


def test_a_first_reviewer_does_not_countersign(at_desk, entered):
    view = to_decision(at_desk, entered(), reviewer="wang")
    desk = at_desk("sun")
    view, _ = reviews.advance(desk, view.no, view.record.version)
    documents.certify(at_desk("li"), view.no, "approval", KEY)
    with pytest.raises(RefusedError, match="four eyes"):
        documents.countersign(at_desk("wang"), view.no, "approval", KEY)


def test_a_wrong_passphrase_uses_up_no_number(at_desk, approved):
    desk = at_desk("li")
    with pytest.raises(RefusedError):
        documents.certify(desk, approved, "approval", SigningKey("falsch"))
    assert documents.issued(desk, approved) == ()
    made, _, _ = documents.certify(desk, approved, "approval", KEY)
    assert made.serial == 1


def test_a_document_that_cannot_be_made_uses_up_no_number(at_desk, entered):
    view = to_decision(at_desk, entered())
    save(at_desk("li"), view, planning_conditions="容积率\U0010fffd")
    desk = at_desk("wang")
    view, _ = reviews.advance(desk, view.no, cases.view(desk, view.no).record.version)
    desk = at_desk("li")
    with pytest.raises(UnusableInputError):
        documents.certify(desk, view.no, "approval", KEY)
    assert documents.issued(desk, view.no) == ()
    good = to_approval(at_desk, entered())
    made, _, _ = documents.certify(at_desk("li"), good.no, "approval", KEY)
    assert made.serial == 1


def test_the_occasion_must_have_come(at_desk, entered):
    view = entered()
    desk = at_desk("li")
    for kind in ("approval", "refusal", "correction_notice", "review_sheet"):
        assert next_step(desk, view.no, kind) == ("", False)
        with pytest.raises(RefusedError):
            documents.certify(desk, view.no, kind, KEY)
    with pytest.raises(UnusableInputError):
        documents.certify(desk, view.no, "no_such", KEY)


def test_a_correction_notice_is_the_clerks_alone_and_each_return_has_its_own(at_desk, entered):
    view = entered()
    desk = at_desk("li")
    numbers = []
    for _ in range(2):
        reasons = Reasons(materials=("vote_record",))
        view, _ = reviews.return_case(desk, view.no, view.record.version, reasons)
        made, pdf, _ = documents.certify(desk, view.no, "correction_notice", KEY)
        assert made.state == "issued"
        assert verify_bytes(pdf, desk).good
        numbers.append(made.number)
        desk.clock.moment = desk.clock.moment.replace(hour=desk.clock.moment.hour + 1)
        view, _ = reviews.advance(desk, view.no, view.record.version)
    assert numbers == ["章政土补〔2026〕1号", "章政土补〔2026〕2号"]


def test_a_notice_says_what_was_ticked(at_desk, entered, tmp_path):
    view = entered()
    desk = at_desk("li")
    reasons = Reasons("请核对。", ("land_entry.site.clear",), ("vote_record",), ("town",))
    reviews.return_case(desk, view.no, view.record.version, reasons)
    _, pdf, _ = documents.certify(desk, view.no, "correction_notice", KEY)
    with pdfplumber.open(BytesIO(pdf)) as opened:
        text = "".join(page.extract_text() for page in opened.pages).replace("\n", "")
    law = desk.library.law("land_entry").case_type
    for label in (
        law.rule("land_entry.site.clear").title.zh,
        law.material("vote_record").label.zh,
        law.field("town").label.zh,
    ):
        assert label in text
    assert "请核对。" in text


def test_a_refusal_states_the_reason(at_desk, entered):
    named = {"review_body": "样例市人民政府", "court": "样例区人民法院"}
    put_settings(at_desk("admin"), named)
    view = to_decision(at_desk, entered())
    desk = at_desk("wang")
    view, _ = reviews.refuse(desk, view.no, view.record.version, Reasons("不符合规划"))
    documents.certify(at_desk("li"), view.no, "refusal", KEY)
    made, pdf, _ = documents.countersign(at_desk("wang"), view.no, "refusal", KEY)
    assert made.state == "issued"
    assert verify_bytes(pdf).good
    told = "".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf))
    told = "".join(told.split())
    assert "决定理由：不符合规划" in told
    assert "依法向样例市人民政府申请行政复议" in told
    assert "依法向样例区人民法院提起行政诉讼" in told


def said(desk, no, kind):
    """What a paper would say if it were made now."""
    case = situation(desk, no)
    paper = papers.paper(case, case.case_type.document(kind))
    return "\n".join(text for _, text in paper.filled.paragraphs)


def test_the_remedies_are_those_of_the_day_of_issue(at_desk, entered):
    view = to_decision(at_desk, entered(accepted_on="2022-03-01"))
    desk = at_desk("wang")
    view, _ = reviews.refuse(desk, view.no, view.record.version, Reasons("不符合规划"))
    assert "《中华人民共和国行政复议法》第二十条" in said(desk, view.no, "refusal")
    desk.clock.moment = desk.clock.moment.replace(year=2023, month=12, day=31)
    assert "《中华人民共和国行政复议法》第九条" in said(desk, view.no, "refusal")
    desk.clock.moment = desk.clock.moment.replace(year=2014)
    with pytest.raises(UnusableInputError) as caught:
        documents.preview(desk, view.no, "refusal")
    assert "2014-12-31 有效的《中华人民共和国行政诉讼法》" in caught.value.message.zh


def test_a_notice_names_the_telephone_that_the_settings_have(at_desk, entered):
    no = to_decision(at_desk, entered()).no
    assert "联系电话" not in said(at_desk("wang"), no, "acceptance_notice")
    put_settings(at_desk("admin"), {"contact": "0531-00000000", "handling_body": "样例承办处"})
    told = said(at_desk("wang"), no, "acceptance_notice")
    assert "承办机构：样例承办处。联系电话：0531-00000000。" in told
    put_settings(at_desk("admin"), {"contact": "", "handling_body": ""})
    assert said(at_desk("wang"), no, "acceptance_notice").endswith("承办机构：本机关。")


def test_papers_name_the_district_of_the_case(at_desk, entered):
    no = to_decision(at_desk, entered()).no
    assert "报章丘区政府于" in said(at_desk("wang"), no, "approval")


def test_the_preview_is_neither_numbered_nor_signed(at_desk, entered):
    view = to_decision(at_desk, entered())
    desk = at_desk("wang")
    pdf = documents.preview(desk, view.no, "approval")
    assert pdf.startswith(b"%PDF-")
    assert not verify_bytes(pdf).good
    assert documents.issued(desk, view.no) == ()


def test_a_void_document_makes_room_for_the_next_number(at_desk, approved):
    made, _, _ = documents.certify(at_desk("li"), approved, "approval", KEY)
    with pytest.raises(RefusedError):
        documents.void(at_desk("li"), approved, made.id, "印错")
    desk = at_desk("wang")
    with pytest.raises(UnusableInputError):
        documents.void(desk, approved, made.id, " ")
    made, _ = documents.void(desk, approved, made.id, "印错")
    assert made.state == "void"
    again, _, _ = documents.certify(at_desk("li"), approved, "approval", KEY)
    assert again.number == "章政土批〔2026〕2号"


def test_a_changed_password_opens_the_certificate_too(
    at_desk, office_folder, surroundings, approved
):
    people.change_password(at_desk("li"), PASSWORD, "Neues-Wort-9")
    at_desk("wang").close()
    desk = offices.sign_in(office_folder, "li", "Neues-Wort-9", surroundings)
    try:
        made, _, _ = documents.certify(desk, approved, "approval", SigningKey("Neues-Wort-9"))
    finally:
        desk.close()
    assert made.state == "certified"


def test_an_own_certificate_file_signs_too(at_desk, approved):
    desk = at_desk("li")
    own = desk.office.users.get("li").pkcs12
    colleague = desk.office.users.get("zhao").pkcs12
    with pytest.raises(RefusedError, match="sign with your own"):
        documents.certify(desk, approved, "approval", SigningKey(PASSWORD, colleague))
    made, _, _ = documents.certify(desk, approved, "approval", SigningKey(PASSWORD, own))
    assert made.state == "certified"
    with pytest.raises(UnusableInputError):
        documents.countersign(at_desk("wang"), approved, "approval", SigningKey("x", b"no p12"))


def test_what_is_no_pdf_is_refused(tmp_path):
    text = tmp_path / "text.pdf"
    text.write_text("kein PDF", encoding="utf-8")
    for path in (text, tmp_path / "missing.pdf", tmp_path):
        with pytest.raises(UnusableInputError):
            verify_file(path)


def test_the_numbers_of_a_year_have_no_gaps(at_desk, entered):
    numbers = []
    for _ in range(3):
        view = to_approval(at_desk, entered())
        made, _, _ = documents.certify(at_desk("li"), view.no, "approval", KEY)
        numbers.append(made.serial)
    assert numbers == [1, 2, 3]


def test_the_embedded_report_is_the_one_of_the_decision(at_desk, issued):
    made, pdf, _ = issued
    report = verify_bytes(pdf).verification.report
    view = cases.view(at_desk("li"), made.case_no)
    approval = next(o for o in view.opinions if o.action == "approve")
    assert json.dumps(report, sort_keys=True) == json.dumps(
        approval.extra["report"], sort_keys=True
    )
