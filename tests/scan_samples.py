"""Scans for the tests: honest ones, and files that only look like scans."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib

import pikepdf
import pytest
from PIL import Image

from raw_pdfs import CATALOG, PAGES, one_page, raw_pdf, stream

A4 = (595, 842)


@pytest.fixture
def file(tmp_path):
    """Writes a file to be attached: a PDF of one page, if nothing else is wanted."""

    def write(name="证.pdf", content=None):
        path = tmp_path / name
        path.write_bytes(pdf_of() if content is None else content)
        return path

    return write


def pdf_of(pages=1, size=A4, mark=0, ballast=0):
    """A PDF of so many pages; `mark` makes its content another one, `ballast` its file large."""
    pdf = pikepdf.new()
    if ballast:
        pdf.Root.Ballast = pikepdf.Stream(pdf, os.urandom(ballast))
    for number in range(pages):
        page = pdf.add_blank_page(page_size=size)
        page.Contents = pikepdf.Stream(pdf, b"%d %d 50 50 re f" % (10 + mark, 10 + number))
    return saved(pdf)


def saved(pdf, **how):
    target = io.BytesIO()
    pdf.save(target, static_id=True, **how)
    return target.getvalue()


def picture(kind="PNG", size=(40, 60), mode="RGB", **how):
    target = io.BytesIO()
    Image.effect_noise(size, 40).convert(mode).save(target, kind, **how)
    return target.getvalue()


def leaves(pages, kind="TIFF", size=(40, 60), **how):
    """Pictures that follow each other in one file."""
    first, *more = (Image.new("RGB", size, (n % 256, 9, 9)) for n in range(pages))
    target = io.BytesIO()
    first.save(target, kind, save_all=True, append_images=more, **how)
    return target.getvalue()


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of(header, pixels, *more):
    """A PNG of such a header whose pixels are these, compressed."""
    parts = (chunk(b"IHDR", header), *more, chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def head_of(width, height, depth=8, colour=0):
    return struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)


def archive(before=b""):
    """A zip, perhaps behind something else."""
    target = io.BytesIO(before)
    with zipfile.ZipFile(target, "a") as packed:
        packed.writestr("run.bat", "del")
    return target.getvalue()


def acting(action, where=b"/OpenAction"):
    return one_page(catalog=where + b" " + action)


def many_leaves(depth, width=10):
    """A tree of pages that is as small as its depth and as large as width to its power."""
    last = 2 + depth
    nodes = [
        b"<< /Type /Pages /Count 1 /Kids [%b] >>" % (b"%d 0 R " % (number + 1) * width)
        for number in range(2, last)
    ]
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    return raw_pdf(CATALOG % b"", *nodes, page)


def locked(**passwords):
    pdf = pikepdf.open(io.BytesIO(pdf_of()))
    return saved(pdf, encryption=pikepdf.Encryption(**passwords))


def enclosing():
    pdf = pikepdf.open(io.BytesIO(pdf_of()))
    pdf.attachments["a.exe"] = b"MZ"
    return saved(pdf)


def packed_away():
    """An action within a compressed object stream, by a name that is written in hexadecimal."""
    pdf = pikepdf.open(io.BytesIO(acting(b"<< /S /Java#53cript /J#53 (app.alert(1)) >>")))
    return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


HONEST = {
    "one page": (pdf_of(), "application/pdf", 1),
    "200 pages": (pdf_of(200), "application/pdf", 200),
    "blanks behind the end": (pdf_of() + b"\r\n\0\0 \n" * 50, "application/pdf", 1),
    "a form to fill in": (
        one_page(catalog=b"/AcroForm << /Fields [] >>"),
        "application/pdf",
        1,
    ),
    "a link to a page of the web": (
        one_page(page=b"/Annots [<< /Subtype /Link /A << /S /URI /URI (https://x) >> >>]"),
        "application/pdf",
        1,
    ),
    "a cross-reference table out of place": (
        pdf_of().replace(b"startxref\n", b"startxref\n1"),
        "application/pdf",
        1,
    ),
    "jpeg": (picture("JPEG", (300, 200)), "image/jpeg", 1),
    "grey jpeg": (picture("JPEG", mode="L"), "image/jpeg", 1),
    "jpeg for print": (picture("JPEG", mode="CMYK"), "image/jpeg", 1),
    "progressive jpeg": (picture("JPEG", (300, 200), progressive=True), "image/jpeg", 1),
    "a telephone's jpeg with another behind": (
        picture("JPEG") + picture("JPEG", (9, 9)),
        "image/jpeg",
        1,
    ),
    "png": (picture(), "image/png", 1),
    "black and white png": (picture(mode="1"), "image/png", 1),
    "png with a palette": (picture(mode="P"), "image/png", 1),
    "png with transparency": (picture(mode="RGBA"), "image/png", 1),
    "large png": (picture(size=(3000, 2000), mode="L"), "image/png", 1),
    "tiff": (picture("TIFF"), "image/tiff", 1),
    "fax": (picture("TIFF", mode="1", compression="group4"), "image/tiff", 1),
    "packed tiff": (picture("TIFF", compression="tiff_lzw"), "image/tiff", 1),
    "tiff of 12 leaves": (leaves(12), "image/tiff", 12),
}
_JPEG, _PNG, _PDF, _TIFF = picture("JPEG", (300, 200)), picture(), pdf_of(3), leaves(3)
_SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
HOSTILE = {
    "nothing": (b"", "empty"),
    "text": ("这不是扫描件".encode(), "no scan"),
    "a program": (b"MZ\x90\x00" + bytes(500), "a program"),
    "a program of Linux": (b"\x7fELF" + bytes(500), "a program"),
    "a script of the shell": (b"#!/bin/sh\nrm -rf /", "a program"),
    "an archive": (archive(), "an archive"),
    "an old document": (b"\xd0\xcf\x11\xe0" + bytes(500), "an old Word"),
    "a web page": (b"\n <html><script>alert(1)</script>", "a web page"),
    "a moving gif": (leaves(3, "GIF"), "of the web"),
    "a picture of the web": (picture("WEBP"), "of the web"),
    "the head of a pdf": (b"%PDF-1.7\n", "not whole"),
    "a pdf cut off": (_PDF[: len(_PDF) // 2], "not whole"),
    "a pdf cut off near its end": (_PDF[:-20], "not whole"),
    "a pdf of noise": (b"%PDF-1.7\n" + bytes(range(256)) * 50 + b"%%EOF", "damaged"),
    "something behind a pdf": (_PDF + b"x" * 2000, "not whole"),
    "a pdf with an archive behind": (archive(_PDF), "hidden"),
    "a pdf that is a web page too": (
        b"%PDF-1.7\n<html><script>x</script>" + _PDF[9:],
        "hidden",
    ),
    "a pdf under lock": (locked(user="geheim", owner="geheim"), "encrypted"),
    "a pdf with restrictions": (locked(owner="geheim"), "encrypted"),
    "a script at opening": (acting(_SCRIPT), "a script"),
    "a script under a name": (
        acting(b"<< /JavaScript << /Names [(a) %b] >> >>" % _SCRIPT, b"/Names"),
        "a script",
    ),
    "a script on a page": (one_page(page=b"/AA << /O %b >>" % _SCRIPT), "a script"),
    "a script put away": (packed_away(), "a script"),
    "a program to start": (acting(b"<< /S /Launch /F (cmd.exe) >>"), "starts or sends"),
    "a form that sends itself": (acting(b"<< /S /SubmitForm /F (http://x) >>"), "sends"),
    "a file inside": (enclosing(), "enclosed"),
    "a file pinned to a page": (
        one_page(page=b"/Annots [<< /Subtype /FileAttachment >>]"),
        "enclosed",
    ),
    "a film": (one_page(page=b"/Annots [<< /Subtype /RichMedia >>]"), "film"),
    "a dynamic form": (
        one_page(stream(b"", b"<xdp/>"), catalog=b"/AcroForm << /XFA 4 0 R >>"),
        "dynamic form",
    ),
    "no pages": (raw_pdf(CATALOG % b"", b"<< /Type /Pages /Kids [] /Count 0 >>"), "no page"),
    "30,000 pages": (pdf_of(30_000), "more than 2000 pages"),
    "pages without end": (many_leaves(9), "memory or time|more than 2000|damaged"),
    "pages in a circle": (
        raw_pdf(CATALOG % b"", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
        "damaged|no page",
    ),
    "nested without end": (one_page(catalog=b"/X " + b"[" * 60_000), "damaged|memory or time"),
    "a stream that says another length": (
        raw_pdf(CATALOG % b"", PAGES, b"7"),
        "damaged|no page",
    ),
    "a jpeg cut off": (_JPEG[: len(_JPEG) // 2], "not whole"),
    "a jpeg without its end": (_JPEG[:-2], "not whole"),
    "a jpeg with an archive behind": (archive(_JPEG), "hidden"),
    "a jpeg with a program behind": (_JPEG + b"\x7fELF" + bytes(99), "hidden"),
    "a jpeg with a pdf behind": (picture("JPEG", (9, 9)) + _PDF, "hidden"),
    "a jpeg of 65,500 squared": (
        b"\xff\xd8\xff\xc0\x00\x0b\x08\xff\xdc\xff\xdc\x01\x01\x11\x00\xff\xd9",
        "too large",
    ),
    "the head of a jpeg": (b"\xff\xd8\xff", "not whole"),
    "a png cut off": (_PNG[: len(_PNG) // 2], "not whole"),
    "a png without its end": (_PNG[:-12], "not whole"),
    "a png with a flipped bit": (
        _PNG[:60] + bytes([_PNG[60] ^ 1]) + _PNG[61:],
        "damaged",
    ),
    "a png with a wrong check": (_PNG[:-13] + bytes([_PNG[-13] ^ 1]) + _PNG[-12:], "damaged"),
    "a png with an archive behind": (archive(_PNG), "hidden"),
    "a png with noise behind": (_PNG + b"more", "hidden"),
    "a moving png": (leaves(3, "PNG"), "moves"),
    "a png of 60,000 squared": (
        png_of(head_of(60_000, 60_000), zlib.compress(bytes(1000))),
        "too large",
    ),
    "a png a million dots wide": (png_of(head_of(1_000_000, 1), b""), "too large"),
    "a png that is smaller than it says": (
        png_of(head_of(12_000, 12_000), zlib.compress(bytes(1000))),
        "not whole",
    ),
    "a png of no colour": (png_of(head_of(9, 9, colour=1), b""), "damaged"),
    "a tiff cut off": (_TIFF[: len(_TIFF) // 2], "not whole|damaged"),
    "a tiff without its last strip": (picture("TIFF")[:-100], "not whole"),
    "a tiff of 2,500 leaves": (leaves(2500, size=(1, 1)), "more than 2000 pages"),
    "the head of a tiff": (b"II*\x00\x08\x00\x00\x00", "damaged"),
}
