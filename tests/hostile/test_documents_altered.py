"""Every alteration of a signed paper is told; the untouched paper is good."""

from __future__ import annotations

import io
import random
import re
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from auditdesk.documents.archive import to_archive
from auditdesk.documents.authority import PersonName, issue_certificate
from auditdesk.documents.signing import certify, countersign, load_pkcs12, prepare_fields
from auditdesk.documents.verify import verify
from auditdesk.util.faults import UnusableInputError
from paper_samples import (
    AT,
    CASE,
    CHECKPOINT,
    INFO,
    LETTER,
    OFFICE,
    PASSPHRASE,
    RARE_NAME,
    REPORT,
    approval,
    certified,
    clerk_text,
    embedded,
    fonts,
    office,
    plain_letter,
    prepared,
    supervisor_text,
)

ROOTS = (office().root,)


def gap_of_last_signature(pdf):
    """Where the container of the last signature stands: (first, last + 1)."""
    signature = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[-1]
    _, length, second, _ = (int(part) for part in signature.byte_range)
    return length, second


def flipped(pdf, at, bit=0):
    altered = bytearray(pdf)
    altered[at] ^= 1 << bit
    return bytes(altered)


def told(pdf):
    """The verification of an altered file; it must not be good, and must say why."""
    found = verify(pdf, ROOTS)
    assert not found.good
    assert found.problems
    for problem in found.problems:
        assert problem.zh
        assert problem.en
        assert "Traceback" not in problem.en
    return found


def updated(pdf, change):
    """The PDF with an incremental update appended, as an attacker would."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def test_the_untouched_paper_is_good():
    found = verify(approval(), ROOTS)
    assert found.good
    assert (found.intact, found.complete, found.trusted, found.problems) == (True, True, True, ())
    clerk, supervisor = found.signatures
    assert (clerk.role, clerk.name, clerk.organisation) == ("clerk", "李娜", OFFICE)
    assert (supervisor.name, supervisor.at) == (RARE_NAME, AT + timedelta(hours=3))
    assert (clerk.covers_file, supervisor.covers_file) == (False, True)
    assert supervisor.reason == "同意"
    assert len(supervisor.path) == 2
    assert (found.case, found.report) == (CASE, REPORT)
    assert (found.number, found.checkpoint) == (LETTER.number, CHECKPOINT)


def test_without_an_authority_intact_and_known_are_two_answers():
    found = verify(approval())
    assert found.good
    assert (found.intact, found.trusted, found.trust_checked) == (True, False, False)
    assert "not checked" in found.remarks[0].en


def test_a_paper_still_waiting_for_the_second_signature_is_intact_but_not_complete():
    found = told(certified())
    assert (found.intact, found.complete) == (True, False)
    assert "审批人" in found.problems[0].zh


def test_every_flipped_byte_outside_the_container_is_told():
    pdf, rng = approval(), random.Random(9704)  # noqa: S311 – which bytes, the same ones in every run
    first, last = gap_of_last_signature(pdf)
    outside = [at for at in rng.sample(range(len(pdf)), 130) if not first <= at < last]
    for at in outside:
        assert not told(flipped(pdf, at, rng.randrange(8))).intact


def test_every_flipped_byte_of_the_container_is_told():
    """No signature covers its own container: only comparing it byte for byte helps."""
    pdf, rng = approval(), random.Random(19005)  # noqa: S311 – as above
    first, last = gap_of_last_signature(pdf)
    written = pdf.index(b"0" * 64, first)
    places = [first, last - 1, last - 2, written - 1, (written + last) // 2]
    places += rng.sample(range(first, written), 110)
    for at in places:
        assert not told(flipped(pdf, at, rng.randrange(8))).intact


@pytest.mark.long
def test_each_single_byte_of_the_container_is_told():
    pdf = approval()
    first, last = gap_of_last_signature(pdf)
    for at in range(first, pdf.index(b"0" * 64, first)):
        assert not told(flipped(pdf, at, at % 8)).intact
    assert not told(flipped(pdf, last - 1)).intact


def test_a_container_written_in_small_letters_is_told():
    pdf = approval()
    first, last = gap_of_last_signature(pdf)
    assert not told(pdf[:first] + pdf[first:last].lower() + pdf[last:]).intact


@pytest.mark.parametrize("tail", [b"\n", b" ", b"%", b"\x00" * 5000, b"%%EOF\n", b"PK\x03\x04"])
def test_appended_bytes_are_told(tail):
    assert not told(approval() + tail).intact


@pytest.mark.parametrize("head", [b"\n", b"%!PS\n", b"\x00" * 100])
def test_prepended_bytes_are_told(head):
    assert not told(head + approval()).intact


@pytest.mark.parametrize("cut", [1, 2, 7, 100, 5000, 20000, 100000])
def test_a_cut_file_is_told(cut):
    told(approval()[:-cut])


def other_text(writer):
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))


def another_page(writer):
    pages = writer.root["/Pages"]
    pages["/Kids"].append(pages["/Kids"].raw_get(0))
    pages["/Count"] = generic.NumberObject(len(pages["/Kids"]))
    writer.update_container(pages)


def other_case(writer):
    spec = writer.root["/AF"][0].get_object()
    stream = generic.StreamObject(stream_data=b'{"format": "auditdesk.case/1"}')
    spec["/EF"]["/F"] = writer.add_object(stream)
    writer.update_container(spec)


def note_on_top(writer):
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Contents"): generic.pdf_string("作废"),
            generic.pdf_name("/Rect"): generic.ArrayObject(
                generic.NumberObject(n) for n in (100, 100, 400, 400)
            ),
        }
    )
    page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))


def moved_stamp(writer):
    field = writer.root["/AcroForm"]["/Fields"][1].get_object()
    field["/Rect"][0] = generic.NumberObject(300)
    writer.update_container(field["/Rect"])


def another_field(writer):
    fields = writer.root["/AcroForm"]["/Fields"]
    fields.append(fields.raw_get(0))
    writer.update_container(fields)


def a_script(writer):
    action = generic.DictionaryObject(
        {
            generic.pdf_name("/S"): generic.pdf_name("/JavaScript"),
            generic.pdf_name("/JS"): generic.pdf_string("app.alert(1)"),
        }
    )
    writer.root["/OpenAction"] = action
    writer.update_root()


def an_empty_update(writer):
    writer.update_root()


UPDATES = [
    other_text,
    another_page,
    other_case,
    note_on_top,
    moved_stamp,
    another_field,
    a_script,
    an_empty_update,
]


@pytest.mark.parametrize("change", UPDATES)
def test_a_malicious_update_after_the_last_signature_is_told(change):
    assert not told(updated(approval(), change)).intact


@pytest.mark.parametrize("change", [other_text, another_page, other_case, note_on_top, a_script])
def test_a_malicious_update_between_the_signatures_is_told(change):
    """The supervisor signs what was changed behind the clerk's back."""
    changed = updated(certified(), change)
    signed = countersign(
        changed, office().signer("supervisor"), supervisor_text(), role="supervisor", fonts=fonts()
    )
    found = told(signed)
    assert not found.intact
    assert [one.intact for one in found.signatures] == [False, True]
    assert "does not allow" in found.problems[0].en


def test_a_stripped_second_signature_is_told():
    """Cut back to the clerk's revision, the file is as the clerk signed it, and unfinished."""
    found = told(approval()[: len(certified())])
    assert (found.intact, found.complete) == (True, False)


def test_a_file_cut_back_to_before_the_signatures_is_told():
    found = told(approval()[: len(prepared())])
    assert not found.intact
    assert "not signed" in found.problems[0].en


def resaved(change=None):
    with pikepdf.open(io.BytesIO(approval())) as pdf:
        if change:
            change(pdf)
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


def strip_first(pdf):
    del pdf.Root.AcroForm.Fields[0].V


def strip_all(pdf):
    del pdf.Root.AcroForm
    for page in pdf.pages:
        if "/Annots" in page:
            del page.Annots


def swap_signatures(pdf):
    first, second = pdf.Root.AcroForm.Fields
    first.V, second.V = second.V, first.V


def rename_roles(pdf):
    first, second = pdf.Root.AcroForm.Fields
    first.T, second.T = second.T, first.T


@pytest.mark.parametrize("change", [None, strip_first, strip_all, swap_signatures, rename_roles])
def test_a_file_saved_anew_is_told(change):
    assert not told(resaved(change)).intact


def signed_by(clerk, supervisor, *, info=INFO, roles=("clerk", "supervisor")):
    archive = to_archive(plain_letter(), info, embedded())
    pdf = prepare_fields(archive, roles)
    pdf = certify(pdf, clerk, clerk_text(), role="clerk", fonts=fonts())
    if "supervisor" not in roles:
        return pdf
    return countersign(pdf, supervisor, supervisor_text(), role="supervisor", fonts=fonts())


def test_a_foreign_certificate_of_the_same_names_is_told():
    foreign = office("别处伪造的机构").signer("supervisor")
    found = told(signed_by(office().signer("clerk"), foreign))
    assert (found.intact, found.complete, found.trusted) == (True, True, False)
    assert [one.trusted for one in found.signatures] == [True, False]
    assert "known authority" in found.problems[0].en


def test_an_authority_that_only_bears_the_name_is_told():
    twin = office.__wrapped__(OFFICE)
    found = told(signed_by(twin.signer("clerk"), twin.signer("supervisor")))
    assert (found.intact, found.trusted) == (True, False)


def test_one_person_in_both_places_is_told():
    clerk = office().signer("clerk")
    found = told(signed_by(clerk, clerk))
    assert not found.complete
    assert not found.trusted
    assert any("different people" in problem.en for problem in found.problems)


def test_a_certificate_of_another_role_is_told():
    second_clerk = issue_certificate(
        office().root_p12,
        PASSPHRASE,
        person=PersonName(name="zhao", full_name="赵某", role="clerk", office=OFFICE),
        p12_passphrase=PASSPHRASE,
        at=AT - timedelta(days=1),
    )
    signer = load_pkcs12(second_clerk.p12, PASSPHRASE, at=AT)
    found = told(signed_by(office().signer("clerk"), signer))
    assert (found.intact, found.trusted) == (True, False)
    assert "role" in found.problems[0].en


def test_a_signer_that_the_paper_names_and_that_has_no_field_is_missed():
    found = told(signed_by(office().signer("clerk"), None, roles=("clerk",)))
    assert (found.intact, found.complete) == (True, False)


def test_an_empty_field_is_missed_even_where_the_paper_names_nobody():
    pdf = prepare_fields(to_archive(plain_letter(), replace(INFO, signers=()), ()), LETTER.signers)
    found = told(certify(pdf, office().signer("clerk"), clerk_text(), role="clerk", fonts=fonts()))
    assert (found.intact, found.complete) == (True, False)


def test_a_certificate_run_out_when_signing_is_told():
    """The program refuses to sign so; somebody else's program might not."""
    late = AT + timedelta(days=800)
    signer = office().signer("clerk")
    pdf = certify(prepared(), signer, replace(clerk_text(), at=late), role="clerk", fonts=fonts())
    found = told(pdf)
    assert not found.intact
    assert "not valid when it was made" in found.problems[0].en


def test_a_paper_is_judged_by_the_day_of_signing_and_stays_good_for_decades():
    root = office.__wrapped__(OFFICE)
    assert verify(approval(), (office().root, root.root)).good
    assert not verify(approval(), (root.root,)).trusted


def test_containers_cannot_be_moved_between_papers():
    other = signed_by(
        office().signer("clerk"), office().signer("supervisor"), info=replace(INFO, number="别的")
    )
    first, last = gap_of_last_signature(approval())
    theirs = slice(*gap_of_last_signature(other))
    assert theirs.stop - theirs.start == last - first
    assert not told(approval()[:first] + other[theirs] + approval()[last:]).intact


def test_a_changed_byte_range_is_told():
    pdf = approval()
    found = list(re.finditer(rb"/ByteRange\s*\[\s*0\s+(\d+)", pdf))[-1]
    shorter = str(int(found[1]) - 1).encode().rjust(len(found[1]))
    assert not told(pdf[: found.start(1)] + shorter + pdf[found.end(1) :]).intact


@pytest.mark.parametrize("text", ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_an_authority_that_is_no_certificate_is_refused(text):
    with pytest.raises(UnusableInputError):
        verify(approval(), (text,))
