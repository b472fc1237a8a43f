"""PDFs put together object by object, so that any of them can be wrong."""

from __future__ import annotations

CATALOG = b"<< /Type /Catalog /Pages 2 0 R %b >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] %b >>"


def raw_pdf(*objects, trailer=b"/Root 1 0 R"):
    """A PDF of raw objects, numbered from 1, with a right cross-reference table."""
    body, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += b"trailer\n<< /Size %d %b >>\n" % (len(objects) + 1, trailer)
    return bytes(body + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(dictionary, content):
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (dictionary, len(content), content)


def one_page(*more, catalog=b"", page=b""):
    """A PDF of one empty page, with more in its catalog, its page, and objects from 4 on."""
    return raw_pdf(CATALOG % catalog, PAGES, PAGE % page, *more)
