"""Files that are no papers: told quickly and in plain words, never a traceback."""

from __future__ import annotations

import io
import random
import time
import zlib

import pikepdf
import pytest

from auditdesk.documents.preview import page_count, render_page
from auditdesk.documents.verify import MOST_BYTES, verify
from auditdesk.util.faults import UnusableInputError
from paper_samples import approval, prepared
from raw_pdfs import CATALOG, PAGE, PAGES, one_page, raw_pdf, stream

BOMB = zlib.compress(bytes(200_000_000), 9)


def with_case(dictionary, content):
    """A PDF that encloses a case.json of these bytes."""
    spec = b"<< /Type /Filespec /UF (case.json) /EF << /F 5 0 R >> >>"
    return one_page(spec, stream(dictionary, content), catalog=b"/AF [4 0 R]")


NOISE = random.Random(1).randbytes(50_000)  # noqa: S311 – the same noise in every run
FILES = {
    "empty": b"",
    "text": "这不是 PDF".encode(),
    "zip": b"PK\x03\x04" + bytes(1000),
    "header only": b"%PDF-1.7\n",
    "header and noise": b"%PDF-1.7\n" + NOISE,
    "no catalog": raw_pdf(b"<< >>"),
    "catalog is a number": raw_pdf(b"7"),
    "pages point to themselves": raw_pdf(
        CATALOG % b"", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"
    ),
    "endless startxref": b"%PDF-1.7\nstartxref\n9\n%%EOF",
    "xref points to itself": raw_pdf(
        CATALOG % b"", PAGES, PAGE % b"", trailer=b"/Root 1 0 R /Prev 300"
    ),
    "deep arrays": one_page(catalog=b"/X " + b"[" * 60_000 + b"]" * 60_000),
    "deep dictionaries": one_page(catalog=b"/X " + b"<</A " * 30_000),
    "fields in a circle": one_page(
        b"<< /T (a) /Kids [4 0 R] /Parent 4 0 R >>",
        catalog=b"/AcroForm << /Fields [4 0 R] >>",
    ),
    "a signature of nothing": one_page(
        b"<< /FT /Sig /T (clerk) /V 5 0 R >>",
        b"<< /Type /Sig /ByteRange [0 0 0 0] /Contents <> >>",
        catalog=b"/AcroForm << /Fields [4 0 R] /SigFlags 3 >>",
    ),
    "a signature with a huge range": one_page(
        b"<< /FT /Sig /T (clerk) /V 5 0 R >>",
        b"<< /Type /Sig /SubFilter /ETSI.CAdES.detached /ByteRange [0 99999999999999 1 -5]"
        b" /Contents <3080> >>",
        catalog=b"/AcroForm << /Fields [4 0 R] /SigFlags 3 >>",
    ),
    "a bomb for a case": with_case(b"/Filter /FlateDecode", BOMB),
    "a bomb in a bomb": with_case(b"/Filter [/FlateDecode /FlateDecode]", zlib.compress(BOMB, 9)),
    "a case of endless nesting": with_case(b"", b"[" * 200_000),
    "a case of endless digits": with_case(b"", b'{"a": ' + b"9" * 200_000 + b"}"),
    "a case that is no object": with_case(b"", b"[1, 2]"),
    "a case that is no UTF-8": with_case(b"", b"\xff\xfe\xfd"),
    "associated files are a number": one_page(catalog=b"/AF 7"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_told_as_a_problem(name):
    begun = time.process_time()
    found = verify(FILES[name])
    assert time.process_time() - begun < 10
    assert not found.good
    assert not found.intact
    assert found.problems[0].zh
    assert found.case is None


@pytest.mark.parametrize("name", ["empty", "text", "zip"])
def test_what_is_no_pdf_is_called_that(name):
    assert "not a PDF" in verify(FILES[name]).problems[0].en


def test_a_file_beyond_any_paper_is_not_even_read():
    begun = time.process_time()
    found = verify(b"%PDF-1.7\n" + bytes(MOST_BYTES))
    assert time.process_time() - begun < 2
    assert "64 MB" in found.problems[0].en


def test_an_encrypted_file_is_told():
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(prepared())) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="a", user=""))
    assert "encrypted" in verify(target.getvalue()).problems[0].en


def test_a_file_of_endless_revisions_is_told_soon():
    pdf = prepared()
    start = pdf.rindex(b"xref\n0 ")
    for _ in range(200):
        trailer = b"\nxref\n0 0\ntrailer\n<< /Size 99 /Root 1 0 R /Prev %d >>\n" % start
        start = len(pdf) + 1
        pdf += trailer + b"startxref\n%d\n%%%%EOF\n" % start
    begun = time.process_time()
    assert not verify(pdf).good
    assert time.process_time() - begun < 10


def test_any_cut_or_scrambled_paper_is_told():
    rng, pdf = random.Random(32100), approval()  # noqa: S311 – the same cuts in every run
    for _ in range(40):
        at, size = rng.randrange(len(pdf)), rng.randrange(1, 3000)
        scrambled = pdf[:at] + rng.randbytes(size) + pdf[at + size :]
        removed = pdf[:at] + pdf[at + size :]
        doubled = pdf[: at + size] + pdf[at:]
        assert not any(verify(altered).intact for altered in (scrambled, removed, doubled))


@pytest.mark.parametrize("name", FILES)
def test_a_preview_of_a_hostile_file_is_a_fault_or_a_picture(name):
    try:
        count = page_count(FILES[name])
        width, height, pixels = render_page(FILES[name], 0, 72)
    except UnusableInputError:
        return
    assert count >= 1
    assert len(pixels) == 3 * width * height


@pytest.mark.parametrize("index", [-1, 3, 10**9])
def test_a_page_that_is_not_there_is_a_fault(index):
    with pytest.raises(UnusableInputError):
        render_page(approval(), index, 72)


def test_a_page_that_would_fill_the_memory_is_refused():
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 14000 14000] >>"
    with pytest.raises(UnusableInputError):
        render_page(raw_pdf(CATALOG % b"", PAGES, page), 0, 600)
