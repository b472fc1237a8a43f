"""What somebody without any key may do to an issued paper, and the sentence that tells it."""

from __future__ import annotations

import io
import re

import pikepdf
from asn1crypto import cms
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from stamp_samples import authority


def flipped(pdf, at):
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def updated(change):
    def alter(pdf):
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        change(writer)
        target = io.BytesIO()
        writer.write(target)
        return target.getvalue()

    return alter


def first_page(writer):
    return writer.root["/Pages"]["/Kids"][0].get_object()


def blank_page(writer):
    page = first_page(writer)
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))


def second_page_twice(writer):
    pages = writer.root["/Pages"]
    pages["/Kids"].append(pages["/Kids"].raw_get(0))
    pages["/Count"] = generic.NumberObject(len(pages["/Kids"]))
    writer.update_container(pages)


def exchanged_case(writer):
    spec = writer.root["/AF"][0].get_object()
    spec["/EF"]["/F"] = writer.add_object(generic.StreamObject(stream_data=b'{"data": {}}'))
    writer.update_container(spec)


def note(writer):
    name = generic.pdf_name
    made = generic.DictionaryObject(
        {
            name("/Type"): name("/Annot"),
            name("/Subtype"): name("/FreeText"),
            name("/Contents"): generic.pdf_string("作废"),
            name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (100, 100, 400, 400))),
        }
    )
    first_page(writer)["/Annots"] = generic.ArrayObject([writer.add_object(made)])
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))


def script(writer):
    name = generic.pdf_name
    action = {name("/S"): name("/JavaScript"), name("/JS"): generic.pdf_string("1")}
    writer.root["/OpenAction"] = generic.DictionaryObject(action)
    writer.update_root()


def moved_stamp(writer):
    field = writer.root["/AcroForm"]["/Fields"][1].get_object()
    field["/Rect"][0] = generic.NumberObject(300)
    writer.update_container(field["/Rect"])


def other_metadata(writer):
    writer.root["/Metadata"] = writer.add_object(generic.StreamObject(stream_data=b"<x/>"))
    writer.update_root()


def one_more_file(writer):
    writer.root["/AF"].append(writer.add_object(generic.DictionaryObject()))
    writer.update_container(writer.root["/AF"])


def nothing(writer):
    writer.update_root()


def trash(writer):
    writer.add_object(generic.StreamObject(stream_data=b"behind everybody's back"))


def later_certificates(writer):
    writer.root["/DSS"] = writer.add_object(generic.DictionaryObject())
    writer.update_root()


def form_resources(writer):
    form = writer.root["/AcroForm"]
    form["/DR"] = generic.DictionaryObject()
    writer.update_container(form)


def drawn_by_the_reader(writer):
    writer.root["/AcroForm"]["/NeedAppearances"] = generic.BooleanObject(value=True)
    writer.update_container(writer.root["/AcroForm"])


def other_stamp(number):
    """A black area in the place of what a signature shows, or is to show."""

    def change(writer):
        fields = writer.root["/AcroForm"]["/Fields"]
        black = generic.StreamObject(stream_data=b"0 0 0 rg 0 0 187 45 re f")
        for key, entry in (("/Type", "/XObject"), ("/Subtype", "/Form")):
            black[generic.pdf_name(key)] = generic.pdf_name(entry)
        corners = map(generic.NumberObject, (0, 0, 187, 45))
        black[generic.pdf_name("/BBox")] = generic.ArrayObject(corners)
        drawn = generic.DictionaryObject({generic.pdf_name("/N"): writer.add_object(black)})
        fields[number].get_object()["/AP"] = drawn
        writer.mark_update(fields.raw_get(number))

    return change


def no_lock(writer):
    fields = writer.root["/AcroForm"]["/Fields"]
    del fields[1].get_object()["/Lock"]
    writer.mark_update(fields.raw_get(1))


def no_permissions(writer):
    del writer.root["/Perms"]
    writer.update_root()


def new_page_tree(writer):
    """A second tree of pages, its first page exchanged; the old one stays in the file."""
    name, old = generic.pdf_name, writer.root["/Pages"]
    empty = generic.DictionaryObject(dict(first_page(writer)))
    empty[name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    kids = generic.ArrayObject([writer.add_object(empty), *list(old["/Kids"])[1:]])
    tree = {name("/Type"): name("/Pages"), name("/Kids"): kids}
    tree[name("/Count")] = generic.NumberObject(len(kids))
    writer.root["/Pages"] = writer.add_object(generic.DictionaryObject(tree))
    writer.update_root()


def resaved(change=lambda _pdf: None, **how):
    def alter(content):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            change(pdf)
            target = io.BytesIO()
            pdf.save(target, **how)
            return target.getvalue()

    return alter


def strip(pdf):
    for field in pdf.Root.AcroForm.Fields:
        del field.V


def swap(pdf):
    first, second = pdf.Root.AcroForm.Fields
    first.V, second.V = second.V, first.V


def revisions(pdf):
    """Ends of the revisions: as laid out, with the first signature, with both."""
    return [found.end() for found in re.finditer(rb"%%EOF\n?", pdf)]


def other_range(pdf):
    found = list(re.finditer(rb"/ByteRange\s*\[\s*0\s+(\d+)", pdf))[-1]
    shorter = str(int(found[1]) - 1).encode().rjust(len(found[1]))
    return pdf[: found.start(1)] + shorter + pdf[found.end(1) :]


def own_stamp_container(pdf):
    """The first signature's container in the place of the second's."""
    first, second = [
        (int(s.byte_range[1]), int(s.byte_range[2]))
        for s in PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    ]
    taken = pdf[slice(*first)].ljust(second[1] - second[0])[: second[1] - second[0]]
    return pdf[: second[0]] + taken + pdf[second[1] :]


def wrapped(pdf):
    """The paper as an enclosed file of an empty one, as portfolios have it."""
    with pikepdf.new() as outer:
        outer.add_blank_page()
        outer.attachments["批复.pdf"] = pdf
        outer.Root.Collection = pikepdf.Dictionary(View=pikepdf.Name.D)
        target = io.BytesIO()
        outer.save(target)
        return target.getvalue()


def gap_widened(pdf):
    """The last signature is said to leave out more than its own container."""
    found = list(re.finditer(rb"/ByteRange\s*\[\s*0\s+\d+\s+(\d+)\s+(\d+)", pdf))[-1]
    start, length = (int(found[n]) for n in (1, 2))
    wider = f"{start + 40} {length - 40}".encode().rjust(found.end(2) - found.start(1))
    return pdf[: found.start(1)] + wider + pdf[found.end(2) :]


def rewritten(pdf, change, which=-1):
    """A signature's container, which nothing covers, written anew with something changed."""
    signature = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[which]
    first, last = int(signature.byte_range[1]) + 1, int(signature.byte_range[2]) - 1
    signed = cms.ContentInfo.load(bytes.fromhex(pdf[first:last].decode()))["content"].copy()
    change(signed)
    parts = {"content_type": "signed_data", "content": signed}
    content = cms.ContentInfo(parts).dump(force=True)
    return pdf[:first] + content.hex().upper().encode().ljust(last - first, b"0") + pdf[last:]


def with_certificates(choose):
    """Other certificates in the last signature's container."""

    def change(signed):
        found = [choice.chosen for choice in signed["certificates"]]
        signed["certificates"] = choose([c for c in found if c.self_signed == "no"], found)

    return lambda pdf: rewritten(pdf, change)


def no_stamp(signed):
    signed["signer_infos"][0]["unsigned_attrs"] = None


ADDED = "changed or added to after the last signature|damaged or altered"
NO_MATCH = "does not match the file|damaged or altered"
LOCKED = f"{ADDED}|does not allow"
WITHOUT_KEYS = {
    "a byte of the text": (lambda p: flipped(p, p.index(b"stream") + 60), NO_MATCH),
    "a byte in the middle": (lambda p: flipped(p, len(p) // 2), f"{NO_MATCH}|is missing"),
    "a byte of the last line": (lambda p: flipped(p, len(p) - 12), NO_MATCH),
    "bytes at the end": (lambda p: p + b"\n% more", ADDED),
    "bytes at the front": (lambda p: b"%!PS\n" + p, f"{NO_MATCH}|{ADDED}"),
    "the last bytes cut off": (lambda p: p[:-700], f"{NO_MATCH}|is missing"),
    "another text on page one": (updated(blank_page), LOCKED),
    "a page twice": (updated(second_page_twice), LOCKED),
    "the case inside exchanged": (updated(exchanged_case), LOCKED),
    "a note on top": (updated(note), LOCKED),
    "a script": (updated(script), LOCKED),
    "a stamp moved": (updated(moved_stamp), LOCKED),
    "other metadata": (updated(other_metadata), LOCKED),
    "one more file inside": (updated(one_more_file), LOCKED),
    "an empty update": (updated(nothing), LOCKED),
    "the second signature cut off": (lambda p: p[: revisions(p)[-2]], "signature is missing"),
    "both signatures cut off": (lambda p: p[: revisions(p)[-3]], "not signed"),
    "both signatures taken out": (resaved(strip), "not signed"),
    "the signatures swapped": (resaved(swap), NO_MATCH),
    "saved anew by another program": (resaved(), f"{NO_MATCH}|not cover"),
    "encrypted": (
        resaved(encryption=pikepdf.Encryption(owner="x", user="", R=6)),
        "encrypted",
    ),
    "another byte range": (other_range, NO_MATCH),
    "one signature in both places": (own_stamp_container, NO_MATCH),
    "a new tree of pages": (updated(new_page_tree), LOCKED),
    "what a stamp shows": (updated(other_stamp(0)), LOCKED),
    "certificates for later": (updated(later_certificates), LOCKED),
    "permissions taken out": (updated(no_permissions), LOCKED),
    "made anew with objects in streams": (
        resaved(object_stream_mode=pikepdf.ObjectStreamMode.generate),
        f"{NO_MATCH}|not cover",
    ),
    "made anew for the web": (resaved(linearize=True), f"{NO_MATCH}|not cover"),
    "put into a portfolio": (wrapped, "not signed"),
    "a byte range with a gap": (gap_widened, NO_MATCH),
    "the root taken out of a signature": (with_certificates(lambda own, _: own), NO_MATCH),
    "a certificate twice in a signature": (
        with_certificates(lambda own, found: [*own, *found]),
        NO_MATCH,
    ),
    "a stranger's certificate put in": (
        with_certificates(lambda _, found: [*found, authority().asn1_root]),
        NO_MATCH,
    ),
    "another file altogether": (lambda _: b"MZ\x90 nothing of the kind", "not a PDF"),
}
# Put in after the first signature, before the second one: the library allows the first five.
BETWEEN = {
    "other metadata": updated(other_metadata),
    "certificates for later": updated(later_certificates),
    "resources for fields": updated(form_resources),
    "stamps that the reader draws": updated(drawn_by_the_reader),
    "something that nobody sees": updated(trash),
    "the first stamp exchanged": updated(other_stamp(0)),
    "the second stamp drawn before": updated(other_stamp(1)),
    "no lock": updated(no_lock),
    "no permissions": updated(no_permissions),
    "another page": updated(blank_page),
}
