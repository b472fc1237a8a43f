"""The text that stands on a paper's pages, the stamps of its signatures included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditdesk.documents.preview import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium

MOST_PAGES = 400  # a ledger of thousands of rows has fewer; hostile files have more


@dataclass(frozen=True, slots=True)
class PrintedText:
    """The pages' texts as a copying reader gets them, and the same without any spaces."""

    pages: tuple[str, ...]
    dense: tuple[str, ...]

    def holds(self, text: str) -> bool:
        """Whether a text stands on one page, whole, however its lines and spaces fall.

        A number counts only where it is not part of a longer one.
        """
        wanted = _dense(text)
        if not any(wanted in page for page in self.dense):
            return False
        if not (wanted[:1].isdigit() or wanted[-1:].isdigit()):
            return True
        before = r"(?<![\d.,])" if wanted[:1].isdigit() else ""
        after = r"(?!\d|[.,]\d)" if wanted[-1:].isdigit() else ""
        pattern = re.compile(before + r"\s*".join(map(re.escape, wanted)) + after)
        return any(pattern.search(page) for page in self.pages)


def _dense(text: str) -> str:
    return "".join(text.split())


def text_at(pdf: bytes, page: int, place: tuple[float, float, float, float]) -> str:
    """The text within a rectangle (left, bottom, right, top) of a page, without any spaces.

    Raises:
        UnusableInputError: the file is no usable PDF.
    """
    with opened(pdf) as document:
        return _dense(_flat(document, page).get_text_bounded(*place))


def printed_text(pdf: bytes) -> PrintedText:
    """The text of every page; not for two threads at a time (see `preview`).

    Raises:
        UnusableInputError: the file is no usable PDF.
    """
    pages = tuple(_pages(pdf))
    return PrintedText(pages, tuple(map(_dense, pages)))


def _pages(pdf: bytes) -> Iterator[str]:
    with opened(pdf) as document:
        for index in range(min(len(document), MOST_PAGES)):
            yield _flat(document, index).get_text_bounded().replace("\r\n", "\n")


def _flat(document: pdfium.PdfDocument, index: int) -> pdfium.PdfTextPage:
    """A page's text, its stamps included."""
    if document.formenv is not None:
        document[index].flatten()  # in memory: the stamps become part of the page
    return document[index].get_textpage()
