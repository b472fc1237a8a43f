"""Certificates of an office's own, and signing by two people."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.serialization import pkcs12

from alteration_samples import rewritten
from auditdesk.documents.authority import (
    PersonName,
    authority_certificate,
    certificate_facts,
    issue_certificate,
)
from auditdesk.documents.preview import page_count, render_page
from auditdesk.documents.signing import certify, countersign, load_pkcs12, prepare_fields
from auditdesk.documents.subject import from_subject, to_subject
from auditdesk.documents.verify import verify
from auditdesk.util.faults import RefusedError, UnusableInputError
from paper_samples import (
    AT,
    OFFICE,
    PASSPHRASE,
    RARE_NAME,
    approval,
    certified,
    clerk_text,
    fonts,
    office,
    plain_letter,
    prepared,
)


def person_certificate(role):
    return x509.load_der_x509_certificate(office().signer(role).certificate)


def test_the_root_issues_and_does_not_sign_papers():
    root = x509.load_pem_x509_certificate(office().root.encode())
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    usage = root.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.key_cert_sign, usage.content_commitment) == (True, False)
    assert root.not_valid_after_utc > AT + timedelta(days=365 * 29)


def test_a_persons_certificate_names_the_person_and_is_for_signing():
    facts = certificate_facts(
        person_certificate("supervisor").public_bytes(serialization.Encoding.PEM).decode()
    )
    assert facts.person == PersonName(
        name="wang", full_name=RARE_NAME, role="supervisor", office=OFFICE
    )
    assert facts.valid_to - facts.valid_from == timedelta(days=365)
    usage = person_certificate("supervisor").extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.digital_signature, usage.content_commitment) == (True, True)
    assert not usage.key_cert_sign
    root = x509.load_pem_x509_certificate(office().root.encode())
    person_certificate("supervisor").verify_directly_issued_by(root)


def test_no_certificate_outlives_its_authority():
    issued = issue_certificate(
        office().root_p12,
        PASSPHRASE,
        person=PersonName(name="a", full_name="某" * 60, role="clerk", office="某" * 90),
        p12_passphrase=PASSPHRASE,
        at=AT,
        days=365 * 90,
    )
    root = x509.load_pem_x509_certificate(office().root.encode())
    assert certificate_facts(issued.certificate_pem).valid_to == root.not_valid_after_utc


@pytest.mark.parametrize("name", [RARE_NAME, "李娜", "阿卜杜·热合曼", "O'Neil (U+41)", "\ue000某"])
def test_any_name_comes_back_from_a_certificate(name):
    assert from_subject(to_subject(name)) == name


def test_a_rare_character_stands_in_a_certificate_by_its_code():
    assert to_subject(RARE_NAME) == "王(U+2CB4E)"
    assert from_subject("(U+FFFFFF)") == "(U+FFFFFF)"


@pytest.mark.parametrize("content", [b"", b"text", b"\x30\x80" + bytes(50), b"\x30" * 2_000_000])
def test_what_is_no_container_is_unusable(content):
    with pytest.raises(UnusableInputError):
        load_pkcs12(content, PASSPHRASE, at=AT)


def test_a_wrong_passphrase_is_refused():
    for open_it in (
        lambda: load_pkcs12(office().people["clerk"], "falsch", at=AT),
        lambda: authority_certificate(office().root_p12, ""),
    ):
        with pytest.raises(RefusedError, match="passphrase"):
            open_it()


@pytest.mark.parametrize("days", [-60, 366])
def test_a_certificate_not_in_force_is_refused(days):
    with pytest.raises(RefusedError, match="not in force"):
        office().signer("clerk", AT + timedelta(days=days))


def test_a_certificate_that_is_not_for_signing_is_refused():
    with pytest.raises(RefusedError, match="not meant for signing"):
        load_pkcs12(office().root_p12, PASSPHRASE, at=AT)


def test_a_container_without_a_certificate_is_unusable():
    key = ec.generate_private_key(ec.SECP256R1())
    encryption = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    bare = pkcs12.serialize_key_and_certificates(b"x", key, None, None, encryption)
    with pytest.raises(UnusableInputError):
        load_pkcs12(bare, PASSPHRASE, at=AT)


def test_both_fields_exist_before_the_first_signature_and_the_last_one_locks():
    with pikepdf.open(io.BytesIO(prepared())) as pdf:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        assert list(fields) == ["clerk", "supervisor"]
        assert all("/V" not in field for field in fields.values())
        assert "/Lock" not in fields["clerk"]
        assert fields["supervisor"].Lock.Action == "/All"
        assert "/Dests" not in pdf.Root


def test_the_first_signature_certifies_and_allows_form_filling_only():
    with pikepdf.open(io.BytesIO(certified())) as pdf:
        reference = pdf.Root.Perms.DocMDP.Reference[0]
        assert (reference.TransformMethod, reference.TransformParams.P) == ("/DocMDP", 2)


def test_the_last_signature_locks_every_field():
    with pikepdf.open(io.BytesIO(approval())) as pdf:
        field = pdf.Root.AcroForm.Fields[1]
        locks = [r for r in field.V.Reference if r.TransformMethod == "/FieldMDP"]
        assert locks[0].TransformParams.Action == "/All"


def test_a_paper_with_one_signer_allows_no_change_at_all():
    single = prepare_fields(plain_letter(signers=("clerk",)), ("clerk",))
    signed = certify(single, office().signer("clerk"), clerk_text(), role="clerk", fonts=fonts())
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        assert pdf.Root.Perms.DocMDP.Reference[0].TransformParams.P == 1


def test_a_place_that_the_layout_did_not_keep_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="no place"):
        prepare_fields(plain_letter(signers=("clerk",)), ("clerk", "supervisor"))


def test_signing_adds_to_the_file_and_changes_nothing_in_it():
    assert certified().startswith(prepared())
    assert approval().startswith(certified())


@pytest.mark.parametrize(
    ("sign", "state", "role"),
    [
        (certify, certified, "clerk"),
        (certify, certified, "supervisor"),
        (certify, prepared, "administrator"),
        (countersign, prepared, "supervisor"),
        (countersign, approval, "supervisor"),
        (countersign, certified, "clerk"),
        (certify, lambda: b"%PDF-1.7 nothing", "clerk"),
        (certify, lambda: b"", "clerk"),
    ],
)
def test_signing_out_of_turn_is_refused(sign, state, role):
    with pytest.raises(UnusableInputError):
        sign(state(), office().signer("clerk"), clerk_text(), role=role, fonts=fonts())


def test_the_moment_of_signing_is_the_one_given():
    with pikepdf.open(io.BytesIO(approval())) as pdf:
        assert str(pdf.Root.AcroForm.Fields[0].V.M) == "D:20220318100000+08'00'"


def test_a_stamp_with_a_character_that_no_font_has_is_refused():
    text = replace(clerk_text(), name="李🏢")
    with pytest.raises(UnusableInputError, match="1F3E2"):
        certify(prepared(), office().signer("clerk"), text, role="clerk", fonts=fonts())


def test_stamps_do_not_cover_the_text():
    with pikepdf.open(io.BytesIO(approval())) as pdf:
        boxes = [[float(x) for x in field.Rect] for field in pdf.Root.AcroForm.Fields]
        page = pdf.Root.AcroForm.Fields[0].P
        index = next(i for i, p in enumerate(pdf.pages) if p.obj.objgen == page.objgen)
    assert index == len(pikepdf.open(io.BytesIO(approval())).pages) - 1
    width, _, pixels = render_page(plain_letter(), index, 72)
    height = len(pixels) // 3 // width
    for left, bottom, right, top in boxes:
        for y in range(int(height - top) + 1, int(height - bottom)):
            row = pixels[3 * (y * width + int(left) + 1) : 3 * (y * width + int(right))]
            assert set(row) == {255}, "the layout keeps the place free"


def test_stamps_show_in_the_preview():
    index = page_count(approval()) - 1
    before, after = render_page(prepared(), index, 96), render_page(approval(), index, 96)
    assert before[:2] == after[:2]
    assert sum(a != b for a, b in zip(before[2], after[2], strict=True)) > 3000


def container(key, others):
    """A clerk's certificate for a key, with other certificates in its container."""
    old = person_certificate("clerk")
    root_key = pkcs12.load_key_and_certificates(office().root_p12, PASSPHRASE.encode())[0]
    builder = x509.CertificateBuilder(old.issuer, old.subject, key.public_key(), 77)
    builder = builder.not_valid_before(AT - timedelta(days=1)).not_valid_after(AT + timedelta(9))
    usage = old.extensions.get_extension_for_class(x509.KeyUsage).value
    builder = builder.add_extension(usage, critical=True)
    certificate = builder.sign(root_key, hashes.SHA256())
    encryption = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    return pkcs12.serialize_key_and_certificates(b"x", key, certificate, others, encryption)


def test_an_elliptic_key_signs_as_well(tmp_path):
    root = x509.load_pem_x509_certificate(office().root.encode())
    key = ec.generate_private_key(ec.SECP256R1())
    signer = load_pkcs12(container(key, [root]), PASSPHRASE, at=AT)
    signed = certify(prepared(), signer, clerk_text(), role="clerk", fonts=fonts())
    assert "Signature is Valid" in pdfsig(tmp_path / "signed.pdf", signed)
    found = verify(signed, (office().root,))
    assert (found.intact, found.trusted) == (True, True)


def test_of_the_two_signatures_of_an_elliptic_key_one_is_ours():
    """Anybody can make the other one, which holds as well, without the key."""
    root = x509.load_pem_x509_certificate(office().root.encode())
    signer = load_pkcs12(
        container(ec.generate_private_key(ec.SECP256R1()), [root]), PASSPHRASE, at=AT
    )
    signed = certify(prepared(), signer, clerk_text(), role="clerk", fonts=fonts())

    def other(content):
        value = content["signer_infos"][0]["signature"].native
        first, second = decode_dss_signature(value)
        turned = encode_dss_signature(first, ec.SECP256R1.group_order - second)
        content["signer_infos"][0]["signature"] = turned

    found = verify(rewritten(signed, other), (office().root,))
    assert not found.intact
    assert "altered after signing" in found.problems[0].en


def test_a_container_without_its_root_signs_as_well():
    signer = load_pkcs12(
        container(ec.generate_private_key(ec.SECP256R1()), None), PASSPHRASE, at=AT
    )
    signed = certify(prepared(), signer, clerk_text(), role="clerk", fonts=fonts())
    found = verify(signed, (office().root,))
    assert (found.intact, found.trusted) == (True, True)
    assert verify(signed).intact


def test_a_certificate_that_leads_to_no_root_stays_out_of_the_signature():
    stray = person_certificate("supervisor")
    p12 = container(ec.generate_private_key(ec.SECP256R1()), [stray])
    assert load_pkcs12(p12, PASSPHRASE, at=AT).chain == ()


def pdfsig(path, pdf):
    path.write_bytes(pdf)
    return subprocess.run(
        ["pdfsig", "-nocert", path], check=False, capture_output=True, text=True
    ).stdout


def test_pdfsig_accepts_both_signatures(tmp_path):
    shown = pdfsig(tmp_path / "approval.pdf", approval())
    assert shown.count("Signature is Valid") == 2
    assert "Total document signed" in shown


def test_pdfsig_refuses_a_flipped_byte(tmp_path):
    altered = bytearray(approval())
    altered[altered.index(b"stream") + 40] ^= 1
    shown = pdfsig(tmp_path / "altered.pdf", bytes(altered))
    assert "Signature is Valid" not in shown
    assert len(re.findall(r"Digest Mismatch|Signature is Invalid", shown)) == 2
