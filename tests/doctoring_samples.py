"""What somebody with both signers' keys may do to a paper before it is signed, and who tells.

Each takes the open PDF as it was before the first signature; the sentences are those that
`verify` has to say, in English.
"""

from __future__ import annotations

import json
import re
import struct

from pikepdf import Array, Dictionary, Name, String

from auditdesk.documents.furniture import CODE_BOXES
from auditdesk.documents.papercode import qr_rows

A4 = (595.2756, 841.8898)
FILLED = re.compile(rb"(?:[\d. ]+ re\s*)+f\*")  # the modules of a code


def inside(name, change):
    """Changes a file inside."""

    def alter(paper):
        for spec in paper.Root.AF:
            if name == spec.UF:
                content = json.loads(spec.EF.F.read_bytes())
                change(content)
                spec.EF.F.write(json.dumps(content, ensure_ascii=False).encode())

    return alter


def value(field, new):
    return inside("case.json", lambda content: content["data"].update({field: new}))


def fact(field, new):
    return inside("document.json", lambda content: content.update({field: new}))


def both(*changes):
    def alter(paper):
        for change in changes:
            change(paper)

    return alter


def drop_page(paper):
    del paper.pages[0]


def blank_first_page(paper):
    paper.pages[0].Contents = paper.make_stream(b"")


def without(*names):
    """The files of these names taken out, from every list."""

    def alter(paper):
        paper.Root.AF = Array([spec for spec in paper.Root.AF if str(spec.UF) not in names])
        pairs = [part for s in paper.Root.AF for part in (s.UF, s)]
        paper.Root.Names.EmbeddedFiles.Names = Array(pairs)

    return alter


def file_called(paper, name, content):
    stream = paper.make_stream(content, Type=Name.EmbeddedFile)
    files = Dictionary(F=stream, UF=stream)
    return paper.make_indirect(
        Dictionary(Type=Name.Filespec, F=String(name), UF=String(name), EF=files)
    )


def one_file_more(paper):
    spec = file_called(paper, "setup.exe", b"MZ")
    paper.Root.AF.append(spec)
    paper.Root.Names.EmbeddedFiles.Names.extend([String("setup.exe"), spec])


def a_second_case(paper):
    paper.Root.AF.append(file_called(paper, "case.json", b'{"data": {}}'))


def another_case_in_the_tree(paper):
    """Readers show what the name tree holds, programs what the list of associated files does."""
    names = paper.Root.Names.EmbeddedFiles.Names
    names[1] = file_called(paper, "case.json", b'{"data": {"entry_price_yuan": "1.00"}}')


def two_contents_of_one_file(paper):
    paper.Root.AF[0].EF.UF = paper.make_stream(b'{"data": {}}')


def case_and_report_swapped(paper):
    first, second = (s for s in paper.Root.AF if s.UF in {"case.json", "check.json"})
    first.EF, second.EF = second.EF, first.EF


def painted(change, page=0):
    """Changes the instructions of a page."""

    def alter(paper):
        shown = paper.pages[page]
        shown.Contents = paper.make_stream(change(shown.Contents.read_bytes()))

    return alter


def over(instructions, page=0):
    return painted(lambda content: content + b"\n" + instructions, page)


def layer(state):
    """A layer over page one that readers show or hide."""

    def alter(paper):
        group = paper.make_indirect(Dictionary(Type=Name.OCG, Name=String("x")))
        order = {state: Array([group])}
        paper.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(**order))
        paper.pages[0].Resources.Properties = Dictionary(L=group)
        over(b"/OC /L BDC 1 1 1 rg 80 300 400 90 re f EMC")(paper)

    return alter


def note_on_top(paper):
    white = paper.make_stream(
        b"1 1 1 rg 0 0 400 90 re f",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 400, 90]),
    )
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Square,
        Rect=Array([80, 300, 480, 390]),
        F=4,
        AP=Dictionary(N=white),
    )
    paper.pages[0].Annots = paper.make_indirect(Array([paper.make_indirect(note)]))


def form_on_top(paper):
    white = paper.make_stream(
        b"1 1 1 rg 0 0 400 90 re f",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 400, 90]),
    )
    paper.pages[0].Resources.XObject = Dictionary(X=white)
    over(b"q 1 0 0 1 80 300 cm /X Do Q")(paper)


def picture_on_top(paper):
    picture = paper.make_stream(
        b"\xff" * 3,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=1,
        Height=1,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
    )
    paper.pages[0].Resources.XObject = Dictionary(P=picture)
    over(b"q 400 0 0 90 80 300 cm /P Do Q")(paper)


def pages_in_another_order(paper):
    kids = paper.Root.Pages.Kids
    kids[0], kids[1] = kids[1], kids[0]


def page(**settings):
    def alter(paper):
        for key, new in settings.items():
            paper.pages[0].obj[f"/{key}"] = new

    return alter


def root(**entries):
    def alter(paper):
        for key, new in entries.items():
            paper.Root[f"/{key}"] = new

    return alter


def other_metadata(paper):
    packet = paper.Root.Metadata.read_bytes()
    paper.Root.Metadata.write(packet.replace("〔2026〕1号".encode(), "〔2026〕9号".encode()))


def no_metadata(paper):
    del paper.Root.Metadata


def digits_font(paper):
    """The font of page one that has the digits."""
    fonts = paper.pages[0].Resources.Font
    return next(fonts[k] for k in fonts.keys() if b"<0035>" in fonts[k].ToUnicode.read_bytes())  # noqa: SIM118 – no dict


def other_meaning(paper):
    """Copied text says 5 where 8 is seen, and the other way round."""
    table = digits_font(paper).ToUnicode
    swapped = table.read_bytes().replace(b"<0035>", b"<5>").replace(b"<0038>", b"<0035>")
    table.write(swapped.replace(b"<5>", b"<0038>"))


def other_outlines(paper):
    """Seen is 8 where the text says 5: the font's own map is turned round."""
    font = digits_font(paper)
    codes = dict(re.findall(rb"<(..)> <(00[0-9A-F]{2})>", font.ToUnicode.read_bytes())[::-1])
    five, eight = (
        next(int(code, 16) for code, point in codes.items() if point == wanted)
        for wanted in (b"0035", b"0038")
    )
    file = bytearray(font.FontDescriptor.FontFile2.read_bytes())
    entries = (struct.unpack_from(">4s4xLL", file, 12 + 16 * n) for n in range(file[5]))
    glyphs = next(start for tag, start, _ in entries if tag == b"cmap") + 12 + 10
    at, other = (slice(glyphs + 2 * code, glyphs + 2 * code + 2) for code in (five, eight))
    file[at], file[other] = file[other], file[at]
    font.FontDescriptor.FontFile2.write(bytes(file))


def narrow_digits(paper):
    """Digits that are drawn on top of each other."""
    font = digits_font(paper)
    font.Widths = Array([0] * len(font.Widths.as_list()))


def without_code(paper):
    painted(lambda content: FILLED.sub(b"", content), -1)(paper)


def code_saying(text):
    """Another QR code in the place of the paper's own, drawn as the program draws it."""

    def alter(paper):
        rows, box = qr_rows(text), CODE_BOXES[len(paper.pages) % 2 == 0]
        side = (box.right - box.left) / len(rows)
        squares = [
            f"{box.left + at * side:.4f} {box.top - down * side:.4f} {side:.4f} {side:.4f} re"
            for down, row in enumerate(rows, 1)
            for at, dark in enumerate(row)
            if dark
        ]
        drawn = "\n".join(["", *squares, "f*"]).encode()
        painted(lambda content: FILLED.sub(drawn, content), -1)(paper)

    return alter


def blot(paper):
    """A square of ink in the code, on whichever side it stands."""
    squares = " ".join(f"{box.left + 9} {box.bottom + 9} 9 9 re" for box in CODE_BOXES)
    over(f"0 0 0 rg {squares} f".encode(), -1)(paper)


def printed_code_taken_out(paper):
    """The last line of the last page, which has the code in figures."""

    def change(content):
        last = re.findall(rb"BT 1 0 0 1 [\d.]+ ([\d.]+) Tm", content)[-1]
        return re.sub(rb"BT 1 0 0 1 [\d.]+ %s Tm[^\n]*\n" % re.escape(last), b"", content)

    painted(change, -1)(paper)


def third_field(paper):
    typed = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("remark"),
        V=String("作废"),
        F=4,
        Rect=Array([80, 300, 480, 390]),
        P=paper.pages[0].obj,
    )
    paper.Root.AcroForm.Fields.append(paper.make_indirect(typed))
    paper.pages[0].Annots = paper.make_indirect(Array([paper.Root.AcroForm.Fields[-1]]))


def field(number, **settings):
    def alter(paper):
        for key, new in settings.items():
            paper.Root.AcroForm.Fields[number][f"/{key}"] = new

    return alter


def settings_of_all_pages(paper):
    paper.Root.Pages.CropBox = Array([0, 0, 595, 500])


def no_colours(paper):
    del paper.Root.OutputIntents


def no_lock(paper):
    del paper.Root.AcroForm.Fields[-1].Lock


UNSEEN = "text that cannot be seen"
FOREIGN = "something that no paper has"
COVERED = "a filled area covers something|laid over the page"
PARTS = "parts that no document has"
FILES = "files inside are not those of a document"
OTHER_FONT = "draws other characters than the text says"
BUILT = {
    "one file more inside": (one_file_more, FILES),
    "a second case inside": (a_second_case, FILES),
    "another case for readers than for programs": (another_case_in_the_tree, FILES),
    "a file inside with two contents": (two_contents_of_one_file, FILES),
    "case and report swapped": (case_and_report_swapped, "but the data inside say"),
    "the report taken out": (without("check.json"), FILES),
    "a hidden layer": (layer("OFF"), PARTS),
    "a layer over the text": (layer("ON"), PARTS),
    "a script": (root(OpenAction=Dictionary(S=Name.JavaScript, JS=String("1"))), PARTS),
    "a portfolio": (root(Collection=Dictionary(View=Name.T)), PARTS),
    "a bookmark": (root(Outlines=Dictionary(Count=0)), PARTS),
    "a note over the text": (note_on_top, "lies on top of it"),
    "a drawing over the text": (form_on_top, COVERED),
    "a picture over the text": (picture_on_top, COVERED),
    "a picture in the instructions": (
        over(b"q 400 0 0 90 80 300 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID \xff\xff\xff EI Q"),
        FOREIGN,
    ),
    "a white area over the text": (over(b"1 1 1 rg 80 300 400 90 re f"), COVERED),
    "a black area over the text": (over(b"0 0 0 rg 80 300 400 90 re f"), COVERED),
    "a broad white line over the text": (over(b"1 1 1 RG 90 w 80 300 m 400 300 l S"), FOREIGN),
    "white text": (painted(lambda c: c.replace(b"0 0 0 rg", b"1 1 1 rg")), UNSEEN),
    "text of no size": (over(b"BT 1 0 0 1 90 90 Tm /F2+0 0.4 Tf (\001) Tj ET"), UNSEEN),
    "text beside the paper": (over(b"BT 1 0 0 1 -90 90 Tm /F2+0 16 Tf (\001) Tj ET"), UNSEEN),
    "text that is cut away": (
        over(b"q n 0 0 1 1 re W n BT 1 0 0 1 90 90 Tm /F2+0 16 Tf (\001) Tj ET Q"),
        UNSEEN,
    ),
    "text drawn across": (
        over(b"q 0 1 -1 0 90 90 cm BT 1 0 0 1 0 0 Tm /F2+0 16 Tf (\001) Tj ET Q"),
        UNSEEN,
    ),
    "text that is not painted": (painted(lambda c: b"3 Tr\n" + c), FOREIGN),
    "text squeezed together": (painted(lambda c: b"1 Tz\n" + c), FOREIGN),
    "an instruction that is none": (over(b"(a) (b) cm"), FOREIGN),
    "characters that mean others": (other_meaning, OTHER_FONT),
    "outlines of other characters": (other_outlines, OTHER_FONT),
    "digits on top of each other": (narrow_digits, OTHER_FONT),
    "pages in another order": (pages_in_another_order, "does not bear that number"),
    "page one twice": (lambda p: p.pages.insert(1, p.pages[0]), "does not bear that number"),
    "an empty page": (lambda p: p.add_blank_page(page_size=A4), "does not bear that number"),
    "a page turned": (page(Rotate=180), "turned or cropped"),
    "a page cropped": (page(CropBox=Array([0, 0, 595, 500])), "settings of its own"),
    "a page of another size": (page(MediaBox=Array([0, 0, 595, 700])), "turned or cropped"),
    "a page in another unit": (page(UserUnit=3), "settings of its own"),
    "an action of a page": (
        page(AA=Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("1")))),
        "settings of its own",
    ),
    "settings of all pages": (settings_of_all_pages, "settings of its own"),
    "metadata with another number": (other_metadata, "metadata say"),
    "no metadata": (no_metadata, "metadata say"),
    "no colours for the archive": (no_colours, "lacks parts"),
    "the QR code taken out": (without_code, "QR code on the last page"),
    "something over the QR code": (blot, "QR code on the last page"),
    "the printed code taken out": (printed_code_taken_out, "no printed code"),
    "no list of figures": (fact("figures", []), "does not say which of its data"),
    "another office": (fact("office", "历下区审查处"), "is of 章丘区集体土地审查处"),
    "the signers in another order": (fact("signers", ["supervisor", "clerk"]), "places to sign"),
    "a field to type in": (third_field, "places to sign"),
    "a stamp as large as the page": (field(0, Rect=Array([80, 200, 500, 700])), "is not this prog"),
    "a hidden stamp": (field(0, F=2), "is not this program's"),
    "a field that does not lock": (no_lock, "does not lock"),
}
