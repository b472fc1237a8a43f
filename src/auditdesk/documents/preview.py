"""Pages as pictures, for the screen and for the printer, signatures visible."""

from __future__ import annotations


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has.

    Raises:
        UnusableInputError: the file is no PDF or is damaged.
    """
    raise NotImplementedError(pdf)


def render_page(pdf: bytes, index: int, dpi: int) -> tuple[int, int, bytes]:
    """One page as (width, height, RGB rows without padding), signature stamps included.

    Not for two threads at a time: the renderer is not thread-safe.

    Args:
        pdf: the file's bytes.
        index: the page, from 0.
        dpi: dots an inch; 96 for a screen, 300 or more for a printer.

    Raises:
        UnusableInputError: the file is no PDF or is damaged, or has no such page.
    """
    raise NotImplementedError(pdf, index, dpi)
