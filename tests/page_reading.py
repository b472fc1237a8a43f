"""A paper's pages as a person or a phone sees them."""

from __future__ import annotations

import zxingcpp
from PIL import Image

from auditdesk.documents.preview import page_count, render_page


def page_picture(pdf, index=-1, dpi=300):
    """A page as it is printed; -1 is the last one."""
    width, height, rows = render_page(pdf, index % page_count(pdf), dpi)
    return Image.frombytes("RGB", (width, height), rows)


def codes_of(pdf, index=-1, dpi=300):
    """The QR codes that a reader finds on a printed page."""
    return [found.text for found in zxingcpp.read_barcodes(page_picture(pdf, index, dpi))]
