"""Pages as pictures, for the screen and for the printer, signatures visible."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

POINTS = 72  # an inch
MOST_PIXELS = 200_000_000  # A3 at 1200 dpi


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has.

    Raises:
        UnusableInputError: the file is no PDF or is damaged.
    """
    with opened(pdf) as document:
        return len(document)


def paper_size(pdf: bytes) -> tuple[float, float]:
    """Width and height of the first page, in points.

    Raises:
        UnusableInputError: the file is no PDF, is damaged or has no page.
    """
    with opened(pdf) as document:
        if not len(document):
            raise _unusable()
        width, height = document[0].get_size()
        return width, height


def render_page(pdf: bytes, index: int, dpi: int) -> tuple[int, int, bytes]:
    """One page as (width, height, RGB rows without padding), signature stamps included.

    Not for two threads at a time: the renderer is not thread-safe.

    Args:
        pdf: the file's bytes.
        index: the page, from 0.
        dpi: dots an inch; 96 for a screen, 300 or more for a printer.

    Raises:
        UnusableInputError: the file is no PDF or is damaged, has no such page, or the page
            is too large to be drawn so finely.
    """
    with opened(pdf) as document:
        if not 0 <= index < len(document):
            raise _unusable()
        page = document[index]
        width, height = page.get_size()
        if width * height * (dpi / POINTS) ** 2 > MOST_PIXELS:
            raise _unusable()
        bitmap = page.render(scale=dpi / POINTS, rev_byteorder=True, may_draw_forms=True)
        return bitmap.width, bitmap.height, _rgb(bitmap)


def _rgb(bitmap: pdfium.PdfBitmap) -> bytes:
    """The bitmap's rows without the padding at their ends."""
    return bytes(bitmap.to_pil().convert("RGB").tobytes())


@contextmanager
def opened(pdf: bytes) -> Iterator[pdfium.PdfDocument]:
    """A PDF for the renderer, its form fields ready to be drawn.

    Raises:
        UnusableInputError: the file is no PDF or is damaged.
    """
    try:
        document = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as error:
        raise _unusable() from error
    try:
        if document.get_formtype():
            document.init_forms()  # without it signature stamps are not drawn
        yield document
    except pdfium.PdfiumError as error:
        raise _unusable() from error
    finally:
        document.close()


def _unusable() -> UnusableInputError:
    return UnusableInputError(
        "文件不是可用的 PDF，或没有这一页，无法显示。",
        "The file is no usable PDF, or has no such page; it cannot be shown.",
    )
