"""PDF/A-3b (ISO 19005-3) clause by clause, from the layout's archive form to both signatures."""

from __future__ import annotations

import io
import re
from functools import cache
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw

from auditdesk.documents.archive import to_archive
from auditdesk.documents.papercode import code_of
from auditdesk.documents.signing import certify, countersign, prepare_fields
from paper_kinds import Kind, content, pdf
from paper_samples import INFO, LETTER, clerk_text, embedded, fonts, office, supervisor_text

ACTIONS = {  # 6.6.1: kinds of actions that there must be none of; signing needs none at all
    "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/JavaScript", "/Hide",
    "/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView", "/SubmitForm", "/URI", "/GoToR",
    "/GoToE", "/Named",
}  # fmt: skip
SCHEMAS = {  # 6.6.2.3: predefined ones; any other would have to be described in the packet
    "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/pdf/1.3/",
    "http://www.aiim.org/pdfa/ns/id/", "http://ns.adobe.com/xap/1.0/",
}  # fmt: skip
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
CODE = code_of("号", "机关", b"{}", b"{}")
STATES = ("archive", "fields", "one signature", "two signatures")


def seal():
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((5, 5, 395, 395), outline=(220, 0, 0, 255), width=9)
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


@cache
def made(paper):
    """A paper in each state of its life."""
    laid_out = {
        "letter": lambda: pdf(Kind("land_entry", "approval"), "long"),
        "sheet": lambda: pdf(Kind("land_entry", "review_sheet"), "long"),
        "sealed": lambda: pdf(
            Kind("land_entry", "approval"), seal_image=seal(), seal_across=True, code=CODE
        ),
        "sample": lambda: pdf(Kind("land_entry", "approval"), sample=True, seal_across=True),
    }[paper]()
    archive = to_archive(laid_out, INFO, embedded())
    fields = prepare_fields(archive, LETTER.signers)
    one = certify(fields, office().signer("clerk"), clerk_text(), role="clerk", fonts=fonts())
    signer = office().signer("supervisor")
    two = countersign(one, signer, supervisor_text(), role="supervisor", fonts=fonts())
    return dict(zip(STATES, (archive, fields, one, two), strict=True))


PAPERS = [(paper, state) for paper in ("letter", "sheet", "sealed", "sample") for state in STATES]


@pytest.fixture(params=PAPERS, ids="-".join)
def content_of(request):
    paper, state = request.param
    return made(paper)[state]


@pytest.fixture
def found(content_of):
    with pikepdf.open(io.BytesIO(content_of)) as opened:
        yield opened


def dictionaries(found):
    return [o for o in found.objects if isinstance(o, pikepdf.Dictionary | pikepdf.Stream)]


def streams(found):
    return [o for o in found.objects if isinstance(o, pikepdf.Stream)]


def test_header_and_end(content_of):
    assert re.match(rb"%PDF-1\.[4-7]\r?\n%[\x80-\xff]{4}", content_of), "6.1.2"
    assert content_of.rstrip(b"\r\n").endswith(b"%%EOF"), "6.1.3: nothing after the end"


def test_trailer_and_catalog(found):
    assert len(found.trailer.ID) == 2
    assert "/Encrypt" not in found.trailer, "6.1.3"
    for key in ("/AA", "/OpenAction", "/Requirements", "/OCProperties", "/NeedsRendering"):
        assert key not in found.Root
    assert set(found.Root.Names.keys()) == {"/EmbeddedFiles"}, "6.6.1: no JavaScript"
    assert set(found.Root.get("/Perms", {})) <= {"/DocMDP"}, "6.1.12"
    assert str(found.Root.Lang) == "zh-CN"


def test_streams_have_no_outside_and_no_forbidden_filter(found):
    for stream in streams(found):
        assert not {"/F", "/FFilter", "/FDecodeParms"} & set(stream.keys()), "6.1.7.1"
        filters = stream.get("/Filter", pikepdf.Array())
        names = [filters] if isinstance(filters, pikepdf.Name) else list(filters)
        allowed = {"/FlateDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/DCTDecode"}
        assert {str(name) for name in names} <= allowed, "6.1.7.2"
        stream.read_bytes()  # the length is right and the data whole


def test_limits_of_what_a_reader_must_take(found):
    for page in found.pages:
        assert all(3 <= side <= 14400 for side in page.mediabox[2:]), "6.1.13"
        depth = deepest = 0
        for instruction in pikepdf.parse_content_stream(page):
            depth += {"q": 1, "Q": -1}.get(str(instruction.operator), 0)
            deepest = max(deepest, depth)
            for operand in instruction.operands:
                assert not isinstance(operand, pikepdf.String) or len(bytes(operand)) < 32768
        assert depth == 0
        assert deepest <= 28


def test_colours_are_those_of_the_output_intent(found):
    (intent,) = found.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert str(intent.OutputConditionIdentifier)
    profile = intent.DestOutputProfile.read_bytes()
    assert intent.DestOutputProfile.N == 3
    assert int.from_bytes(profile[:4], "big") == len(profile)
    assert profile[8] in {2, 4}, "6.2.3: a profile of version 2 or 4"
    assert profile[12:16] in {b"mntr", b"prtr"}
    assert profile[16:20] == b"RGB "
    assert profile[36:40] == b"acsp"
    for page in found.pages:
        used = {str(i.operator) for i in pikepdf.parse_content_stream(page)}
        assert not used & {"k", "K"}, "6.2.4.3: no CMYK"
    for stream in streams(found):
        if stream.get("/Subtype") == "/Image":
            assert stream.ColorSpace in {"/DeviceRGB", "/DeviceGray"}
            assert stream.BitsPerComponent in {1, 2, 4, 8, 16}
            assert not stream.get("/Interpolate", False), "6.2.8"
            assert not {"/Alternates", "/OPI"} & set(stream.keys())
        assert not {"/OPI", "/Ref", "/PS", "/Subtype2"} & set(stream.keys()), "6.2.9"


def test_graphics_states_are_plain(found):
    for thing in dictionaries(found):
        if thing.get("/Type") == "/ExtGState":
            assert not {"/TR", "/HTP"} & set(thing.keys()), "6.2.5"
            assert str(thing.get("/BM", "/Normal")) in {"/Normal", "/Compatible"}
    for page in found.pages:
        assert "/AA" not in page
        operators = {str(i.operator) for i in pikepdf.parse_content_stream(page)}
        assert not operators & {"ri", "i", "PS"}


def test_the_metadata_say_what_it_is_and_contradict_nothing(found):
    stream = found.Root.Metadata
    assert (stream.Type, stream.Subtype) == ("/Metadata", "/XML")
    assert "/Filter" not in stream
    packet = stream.read_bytes().decode("utf-8")
    head = packet[: packet.index("?>")]
    assert 'id="W5M0MpCehiHzreSzNTczkc9d"' in head
    assert "bytes=" not in head, "6.6.2.1"
    assert "encoding=" not in head
    root = ET.fromstring(packet[packet.index("?>") + 2 : packet.rindex("<?xpacket")])
    (about,) = root.iter(f"{RDF}Description")
    spaces = {child.tag[1:].partition("}")[0] for child in about}
    assert spaces <= SCHEMAS
    ident = {child.tag.partition("}")[2]: child.text for child in about}
    assert (ident["part"], ident["conformance"]) == ("3", "B")
    assert dict(found.docinfo) == {} if "/Info" in found.trailer else True, "6.6.2.2"


def test_fonts_are_embedded_and_as_wide_as_they_say(found):
    faces = [o for o in dictionaries(found) if o.get("/Type") == "/Font"]
    assert faces
    for face in faces:
        assert face.Subtype == "/TrueType"
        descriptor = face.FontDescriptor
        assert descriptor.FontName == face.BaseFont
        assert re.match(r"/[A-Z]{6}\+", str(face.BaseFont)), "6.2.11.4.2"
        symbolic = bool(int(descriptor.Flags) & 4)
        assert symbolic == ("/Encoding" not in face), "6.2.11.6"
        program = descriptor.FontFile2.read_bytes()
        assert int(descriptor.FontFile2.Length1) == len(program)
        with TTFont(io.BytesIO(program)) as font:
            tables = font["cmap"].tables
            assert len(tables) == 1 or any((t.platformID, t.platEncID) == (3, 0) for t in tables)
            widths, em = font["hmtx"].metrics, font["head"].unitsPerEm
            glyphs = tables[0].cmap
            for at, width in enumerate(face.Widths, int(face.FirstChar)):
                glyph = glyphs.get(at) or glyphs.get(0xF000 + at)
                if glyph is not None:
                    real = widths[glyph][0] * 1000 / em
                    assert float(width) == pytest.approx(real, abs=1), "6.2.11.5"


def test_text_maps_back_to_unicode_without_gaps(found):
    for face in (o for o in dictionaries(found) if o.get("/Type") == "/Font"):
        mapped = face.ToUnicode.read_bytes().decode("ascii")
        points = re.findall(r"<[0-9A-F]{2}> <([0-9A-F]{4,})>", mapped)
        assert points
        for point in points:
            assert bytes.fromhex(point).decode("utf-16-be") not in {"\0", "\ufeff", "\ufffe"}


def test_annotations_are_signature_fields_that_can_be_seen(found):
    for page in found.pages:
        for annotation in page.get("/Annots", []):
            assert annotation.Subtype == "/Widget", "6.3.1"
            assert annotation.FT == "/Sig"
            flags = int(annotation.F)
            assert flags & 4, "6.3.2: printed"
            assert not flags & (1 | 2 | 32 | 256), "6.3.2: never hidden"
            assert set(annotation.AP.keys()) == {"/N"}, "6.3.3"
            assert isinstance(annotation.AP.N, pikepdf.Stream)
            assert not {"/A", "/AA"} & set(annotation.keys()), "6.4.1"
    form = found.Root.get("/AcroForm", {})
    assert not form.get("/NeedAppearances", False), "6.4.1"
    assert "/XFA" not in form, "6.4.2"


def test_nothing_in_it_acts(found):
    for thing in dictionaries(found):
        assert str(thing.get("/S", "")) not in ACTIONS, "6.5.1"
        assert not {"/JS", "/AA", "/XFA", "/RichMediaContent", "/3DD"} & set(thing.keys())


def test_enclosed_files_are_related_and_typed(found):
    related = list(found.Root.AF)
    listed = list(found.Root.Names.EmbeddedFiles.Names)
    specs = [o for o in dictionaries(found) if "/EF" in o]
    assert len(related) == len(specs) == len(listed) // 2 == 3
    assert {spec.objgen for spec in related} == {spec.objgen for spec in listed[1::2]}, "6.8"
    for spec in related:
        assert spec.Type == "/Filespec"
        assert str(spec.F) == str(spec.UF)
        assert spec.AFRelationship == "/Data"
        file = spec.EF.F
        assert file.Subtype == "/application/json"
        assert file.Params.Size == len(file.read_bytes())
        assert re.match(r"D:\d{14}[+-]\d\d'\d\d", str(file.Params.ModDate))


def test_signatures_are_those_of_the_standard(content_of, found):
    signed = [o for o in dictionaries(found) if o.get("/Type") == "/Sig"]
    for one in signed:
        assert one.SubFilter == "/ETSI.CAdES.detached"
        first, length, second, rest = map(int, one.ByteRange)
        assert first == 0
        assert content_of[length : length + 1] == b"<"
        assert content_of[second - 1 : second] == b">"
        assert second + rest <= len(content_of), "6.4.3: all but the signature itself"
    ends = [int(one.ByteRange[2]) + int(one.ByteRange[3]) for one in signed]
    assert not ends or max(ends) == len(content_of), "the last one covers the file to its end"


def test_the_sealed_paper_really_has_a_picture_and_the_checks_see_it():
    with pikepdf.open(io.BytesIO(made("sealed")["two signatures"])) as found:
        images = [s for s in streams(found) if s.get("/Subtype") == "/Image"]
        assert len(images) == 2, "the seal once, with its transparency, however often it is used"
    assert content(Kind("land_entry", "approval")).seal_image is None
