"""Issued papers put together into one file to print, with their stamps drawn in."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import Pdf

from auditdesk.documents import grid

if TYPE_CHECKING:
    from collections.abc import Iterable


def merged(papers: Iterable[bytes]) -> bytes:
    """One PDF of many; signatures become pictures of themselves, enclosed files stay behind.

    Each paper begins on a sheet of its own when it is printed on both sides.
    """
    with Pdf.new() as whole:
        for paper in papers:
            with Pdf.open(BytesIO(paper)) as one:
                one.flatten_annotations("print")
                whole.pages.extend(one.pages)
            if len(whole.pages) % 2:
                whole.add_blank_page(page_size=(grid.PAPER_WIDTH, grid.PAPER_HEIGHT))
        target = BytesIO()
        whole.save(target, deterministic_id=True)
        return target.getvalue()
