"""Every paper that the program makes passes as its own: no kind, length, mark or seal stands out.

What somebody may put into a paper besides is in tests/hostile/test_documents_alterations.py.
"""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from PIL import Image, ImageDraw

from auditdesk.documents.archive import DOCUMENT_FILE
from auditdesk.documents.drawncode import code_drawn
from auditdesk.documents.enclosed import as_object
from auditdesk.documents.glyphs import OtherGlyphsError, checked_face
from auditdesk.documents.issuing import Draft, prepared
from auditdesk.documents.ownform import form_of
from paper_kinds import content, kinds
from paper_samples import CODE, INFO, approval, embedded, fonts
from paper_samples import prepared as sample


def seal():
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((9, 9, 390, 390), outline=(220, 0, 0, 255), width=9)
    target = BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def unsigned(paper):
    info = replace(INFO, signers=paper.signers, number=paper.number, title=paper.title)
    return prepared(Draft(paper, info, embedded()), fonts())


def document_of(pdf):
    with pikepdf.open(BytesIO(pdf)) as paper:
        return as_object(paper.attachments[DOCUMENT_FILE].get_file().read_bytes())


@pytest.mark.parametrize("kind", kinds(), ids=str)
@pytest.mark.parametrize(
    ("length", "look"),
    [
        ("short", {"sample": True, "seal_across": True}),
        ("long", {"seal_image": seal(), "seal_across": True}),
    ],
    ids=["sample", "sealed"],
)
def test_nothing_of_any_kind_of_paper_is_foreign(kind, length, look):
    paper = replace(content(kind, length), **look)
    pdf = unsigned(paper)
    found = form_of(pdf, document_of(pdf), 0)
    assert [p.en for p in found.problems] == [
        "The first signature does not forbid later changes (no DocMDP)."
    ]
    assert list(found.stamps) == list(paper.signers)
    assert code_drawn(pdf, paper.code.text)


def test_signed_it_passes_whole_and_tells_where_its_stamps_are():
    found = form_of(approval(), document_of(approval()), 2)
    assert found.problems == ()
    pages = {role: page for role, (page, _) in found.stamps.items()}
    assert len(set(pages.values())) == 1
    assert code_drawn(approval(), CODE.text)
    assert not code_drawn(approval(), CODE.text.replace("17", "18"))


def test_a_paper_that_still_waits_is_told_as_not_certified():
    found = form_of(sample(), document_of(sample()), 0)
    assert [p.zh for p in found.problems] == ["第一个签名没有声明此后不得改动（缺少 DocMDP）。"]


def fonts_of(pdf):
    with pikepdf.open(BytesIO(pdf)) as paper:
        yield from (f for page in paper.pages for _, f in page.Resources.Font.items())


def test_every_character_of_a_font_is_looked_at():
    for font in fonts_of(sample()):
        said = re.findall(rb"<(..)> <([0-9A-F]{4,8})>", font.ToUnicode.read_bytes())
        assert len(checked_face(font).characters) == len(said) > 10


@pytest.mark.parametrize(
    "change",
    [
        {"Subtype": pikepdf.Name.Type3},
        {"BaseFont": pikepdf.Name("/AAAAAA+Arial")},
        {"BaseFont": pikepdf.Name("/Arial")},
        {"FirstChar": 1},
        {"Encoding": pikepdf.Dictionary(Differences=[5, pikepdf.Name.nine])},
        {"ToUnicode": 7},
    ],
    ids=str,
)
def test_fonts_that_are_none_of_ours_are_refused(change):
    for font in fonts_of(sample()):
        for key, new in change.items():
            font[f"/{key}"] = new
        with pytest.raises(OtherGlyphsError):
            checked_face(font)


@pytest.mark.parametrize("end", [0, 3, 11, 40, 200, 600])
def test_a_font_file_cut_short_is_refused(end):
    for font in fonts_of(sample()):
        file = font.FontDescriptor.FontFile2
        file.write(file.read_bytes()[:end])
        with pytest.raises(OtherGlyphsError):
            checked_face(font)
