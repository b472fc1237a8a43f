"""The short code of the last page, read back from the printed page as a reader sees it."""

from __future__ import annotations

import hashlib
import io

import pdfplumber
import pytest

from auditdesk.documents.papercode import code_of, printed_digest, read_code, typed_code
from auditdesk.documents.preview import page_count
from page_reading import codes_of
from paper_samples import plain_letter, plain_sheet

MM = 72 / 25.4
CASE, REPORT = b'{"a": 1}', b'{"b": 2}'
CODE = code_of("章政土批〔2026〕1号", "济南市章丘区自然资源局", CASE, REPORT)
LONG = code_of("莱芜高政土不批〔2026〕10024号", "济南市莱芜高新技术产业开发区" * 2, CASE, REPORT)


def last_page(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[-1]
        return page, page.extract_text()


@pytest.mark.parametrize("code", [CODE, LONG], ids=["usual", "long"])
@pytest.mark.parametrize("paper", [plain_letter, plain_sheet])
def test_a_reader_finds_it_on_the_last_page_alone(paper, code):
    pdf = paper(code=code)
    last = page_count(pdf) - 1
    assert last >= 1
    assert [codes_of(pdf, index) for index in range(last)] == [[]] * last
    (text,) = codes_of(pdf, last)
    assert read_code(text) == code


def test_it_can_be_read_from_a_coarse_print():
    pdf = plain_letter(code=LONG)
    assert read_code(codes_of(pdf, page_count(pdf) - 1, 150)[0]) == LONG


def test_it_is_the_hash_that_anybody_can_work_out():
    assert CODE.digest == hashlib.sha256(CASE + REPORT).hexdigest()[:32]
    assert code_of("", "", CASE, b"{}").digest != CODE.digest
    assert code_of("", "", b"{}", REPORT).digest != CODE.digest


@pytest.mark.parametrize("paper", [plain_letter, plain_sheet])
def test_it_is_printed_in_figures_beside_the_code(paper):
    _, text = last_page(paper(code=CODE))
    assert printed_digest(text) == CODE.digest


@pytest.mark.parametrize("paper", [plain_letter, plain_sheet])
@pytest.mark.parametrize("checkpoint", ["", "128 " + "ab" * 32 + " " + "cd" * 64])
def test_it_stands_in_the_foot_margin_clear_of_everything_else(paper, checkpoint):
    page, _ = last_page(paper(code=CODE, checkpoint=checkpoint))
    modules = [rect for rect in page.rects if rect["top"] > 262 * MM]
    left, right = min(r["x0"] for r in modules), max(r["x1"] for r in modules)
    top, bottom = min(r["top"] for r in modules), max(r["bottom"] for r in modules)
    assert right - left == pytest.approx(20 * MM, abs=0.1)
    assert bottom - top == pytest.approx(20 * MM, abs=0.1)
    assert left >= 28 * MM - 0.1
    assert right <= 184 * MM + 0.1
    assert bottom <= 288 * MM
    quiet = 4 * 20 * MM / 41  # four modules of white around it (ISO/IEC 18004)
    for char in page.chars:
        apart = char["x1"] < left - quiet or char["x0"] > right + quiet
        assert apart or char["bottom"] < top - quiet / 2 or char["top"] > bottom, char["text"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org",
        "甲\n乙\nAD1 123",
        CODE.text + "\n丙",
        CODE.text.replace("AD1", "AD2"),
    ],
)
def test_other_codes_are_none_of_ours(text):
    assert read_code(text) is None


def test_two_different_digests_on_a_page_are_none():
    other = code_of("", "", b"", b"")
    assert printed_digest(f"{CODE.printed}\n{other.printed}") is None
    assert printed_digest("核验码 1234") is None


@pytest.mark.parametrize(
    "text",
    [
        CODE.text,
        CODE.text.replace("\n", " "),
        CODE.text.replace("\n", "\u2028"),
        CODE.text.replace("\n", ""),
        f"\r\n{CODE.text.upper()}\r\n",
        CODE.printed,
        CODE.printed.removeprefix("核验码"),
        CODE.digest.upper(),
        "-".join(CODE.digest[at : at + 4] for at in range(0, 32, 4)),
        "　".join(CODE.digest).translate({n + 48: n + 0xFF10 for n in range(10)}),
    ],
)
def test_what_was_scanned_or_typed_is_read_however_it_was_written(text):
    found = typed_code(text)
    assert found.digest == CODE.digest
    assert found.problem(CODE) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "核验码",
        CODE.digest[:-1],
        CODE.digest + "0",
        CODE.digest[:-1] + "g",
        "https://example.org/" + CODE.digest,
        CODE.text + "\n丙",
        CODE.text.replace("AD1", "AD2"),
        "王𬭎",
    ],
)
def test_what_holds_no_code_is_none(text):
    assert typed_code(text) is None


def test_a_paper_of_another_number_or_office_is_told_by_its_qr_code():
    other = code_of("章政土批〔2026〕2号", CODE.office, CASE, REPORT)
    assert "another document" in typed_code(other.text).problem(CODE).en
    elsewhere = code_of(CODE.number, "历下区", CASE, REPORT)
    assert "another document" in typed_code(elsewhere.text).problem(CODE).en
    assert typed_code(other.printed).problem(CODE) is None, "the figures alone do not say it"
    assert "not printed from this file" in typed_code("0" * 32).problem(CODE).en
