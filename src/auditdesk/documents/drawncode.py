"""The QR code that is really drawn on a paper's last page, against the one that it should be.

The page is drawn as a reader shows it and looked at where the code has its place: whatever lies
over the code is seen, too. The code that belongs there is worked out anew, so nothing has to be
decoded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.documents.furniture import CODE_BOXES
from auditdesk.documents.papercode import qr_rows
from auditdesk.documents.preview import opened

if TYPE_CHECKING:
    import pypdfium2 as pdfium

    from auditdesk.documents.grid import Box

DOTS = 5  # of the drawing a module; its middle one is free of its neighbours
DARK = 128  # of 255


def code_drawn(pdf: bytes, text: str) -> bool:
    """Whether the last page shows the QR code of a text where papers have it.

    Not for two threads at a time (see `preview`).

    Raises:
        UnusableInputError: the file is no usable PDF.
    """
    rows = qr_rows(text)
    with opened(pdf) as document:
        page = document[len(document) - 1]
        return any(_modules(page, box, len(rows)) == rows for box in CODE_BOXES)


def _modules(page: pdfium.PdfPage, box: Box, count: int) -> tuple[tuple[bool, ...], ...]:
    """What is dark in a square of the page, seen as so many rows of so many modules."""
    width, height = page.get_size()
    scale = DOTS * count / (box.right - box.left)
    around = (box.left, box.bottom, width - box.right, height - box.top)
    if min(around) < 0:
        return ()  # the page ends before
    drawn = page.render(scale=scale, crop=around, may_draw_forms=True).to_pil().convert("L")
    dots = drawn.resize((DOTS * count, DOTS * count)) if drawn.width != DOTS * count else drawn
    middle = DOTS // 2
    return tuple(
        tuple(
            dots.getpixel((DOTS * across + middle, DOTS * down + middle)) < DARK
            for across in range(count)
        )
        for down in range(count)
    )
