"""PDF/A-3b: its structure, before and after both signatures."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from auditdesk.documents.archive import to_archive
from paper_samples import (
    CASE,
    INFO,
    LETTER,
    REPORT,
    approval,
    embedded,
    plain_letter,
    plain_sheet,
    prepared,
)

FORBIDDEN = ("/JavaScript", "/JS", "/Launch", "/OpenAction", "/AA", "/RichMedia", "/XFA")


def archive():
    return to_archive(plain_letter(), INFO, embedded())


def red_seal():
    target = io.BytesIO()
    Image.new("RGBA", (60, 60), (220, 0, 0, 120)).save(target, "PNG")
    return target.getvalue()


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))


STATES = {
    "letter": archive,
    "sheet": lambda: to_archive(plain_sheet(), INFO, embedded()),
    "seal": lambda: to_archive(plain_letter(seal_image=red_seal()), INFO, embedded()),
    "fields": prepared,
    "signed": approval,
}


@pytest.fixture(params=STATES)
def pdf(request):
    with opened(STATES[request.param]()) as found:
        yield found


def test_it_says_that_it_is_pdf_a_3b(pdf):
    packet = pdf.Root.Metadata.read_bytes().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in packet
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in packet
    assert "/Filter" not in pdf.Root.Metadata


def test_signing_leaves_the_metadata_alone():
    with opened(prepared()) as before, opened(approval()) as after:
        assert before.Root.Metadata.read_bytes() == after.Root.Metadata.read_bytes()


def test_the_metadata_are_well_formed_and_complete(pdf):
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        assert metadata["dc:title"] == LETTER.title
        assert metadata["dc:identifier"] == LETTER.number
        assert metadata["dc:creator"] == ["济南市章丘区（样例）"]
        assert metadata["dc:description"] == "批复 LE-2022-0017 <&>"
        assert metadata["xmp:CreateDate"] == "2022-03-18T10:00:00+08:00"


def test_no_second_set_of_metadata_can_contradict_the_first(pdf):
    assert "/Info" not in pdf.trailer or not dict(pdf.docinfo)


def test_the_colours_are_srgb(pdf):
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    profile = intent.DestOutputProfile
    assert profile.N == 3
    assert profile.read_bytes()[36:40] == b"acsp"


def test_it_has_an_id_and_no_encryption(pdf):
    assert len(pdf.trailer.ID) == 2
    assert not pdf.is_encrypted


def test_nothing_in_it_acts(pdf):
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            assert not [key for key in FORBIDDEN if key in thing]


def test_every_font_is_embedded_with_a_map_to_unicode(pdf):
    fonts = [
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
    ]
    assert len(fonts) >= 5
    for font in fonts:
        assert "/FontFile2" in font.FontDescriptor
        assert re.match(r"/[A-Z]{6}\+", str(font.BaseFont))
        assert "/ToUnicode" in font


def test_the_case_and_its_report_are_inside_as_data(pdf):
    related = {str(spec.UF): spec for spec in pdf.Root.AF}
    assert set(related) == {"case.json", "check.json", "document.json"}
    for spec in related.values():
        assert spec.AFRelationship == "/Data"
        assert spec.EF.F.Subtype == "/application/json"
        assert spec.EF.F.Params.Size == len(spec.EF.F.read_bytes())
    assert json.loads(related["case.json"].EF.F.read_bytes()) == CASE
    assert json.loads(related["check.json"].EF.F.read_bytes()) == REPORT
    names = [str(name) for name in pdf.Root.Names.EmbeddedFiles.Names][::2]
    assert names == sorted(related)


def test_annotations_can_be_seen_and_are_printed(pdf):
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            assert annotation.F & 4
            assert "/N" in annotation.AP


def test_no_filter_is_outside_what_pdf_a_allows(pdf):
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            assert "LZW" not in str(thing.get("/Filter", ""))


def test_no_image_asks_for_interpolation(pdf):
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image":
            assert not thing.get("/Interpolate", False)


def test_equal_input_gives_equal_bytes():
    assert archive() == archive()


def test_other_input_gives_other_bytes():
    other = to_archive(plain_letter(), replace(INFO, number="二"), embedded())
    assert other != archive()


def test_control_characters_cannot_break_the_metadata():
    info = replace(INFO, title="甲\x00\x0b<乙>&\ufffe")
    with opened(to_archive(plain_letter(), info, ())) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "甲<乙>&"
