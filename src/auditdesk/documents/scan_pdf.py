"""Whether a PDF is whole and shows pages only; for the process that looks at scans."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, BinaryIO

import pikepdf
import pypdfium2 as pdfium

from auditdesk.documents import scan_refusals
from auditdesk.documents.scans import MOST_PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditdesk.util.label import Label

_END = b"%%EOF"
_TAIL = 64 * 1024
_ROOM = 1024  # readers look for the end of a PDF in so many of its last bytes
_BLANK = b"\x00\t\n\f\r "
_MOST_PARTS = 1_000_000

# Actions by their name, and annotations by their kind.
_ACTIONS = {
    "/JavaScript": scan_refusals.SCRIPT,
    "/Launch": scan_refusals.LAUNCH,
    "/ImportData": scan_refusals.LAUNCH,
    "/SubmitForm": scan_refusals.LAUNCH,
    "/GoToE": scan_refusals.LAUNCH,
    "/GoToR": scan_refusals.LAUNCH,
    "/Rendition": scan_refusals.MEDIA,
    "/Movie": scan_refusals.MEDIA,
    "/Sound": scan_refusals.MEDIA,
    "/RichMediaExecute": scan_refusals.MEDIA,
}
_ANNOTATIONS = {
    "/FileAttachment": scan_refusals.ENCLOSED,
    "/RichMedia": scan_refusals.MEDIA,
    "/Screen": scan_refusals.MEDIA,
    "/Movie": scan_refusals.MEDIA,
    "/Sound": scan_refusals.MEDIA,
    "/3D": scan_refusals.MEDIA,
}
_KEYS = {
    "/EmbeddedFiles": scan_refusals.ENCLOSED,
    "/EF": scan_refusals.ENCLOSED,
    "/XFA": scan_refusals.FORM,
    "/JavaScript": scan_refusals.SCRIPT,
}


def pages(file: BinaryIO) -> int:
    """How many pages it has.

    Raises:
        UnusableInputError: not whole, encrypted, too long, or more than pages.
    """
    _require_end(file)
    try:
        count = _looked_through(file)
    except pikepdf.PasswordError as error:
        raise scan_refusals.encrypted() from error
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, RecursionError) as error:
        raise scan_refusals.damaged() from error
    if count != _as_shown(file):
        raise scan_refusals.damaged()  # what was looked through is not what would be shown
    return count


def _require_end(file: BinaryIO) -> None:
    file.seek(max(file.seek(0, os.SEEK_END) - _TAIL, 0))
    tail = file.read().rstrip(_BLANK)
    if _END not in tail[-_ROOM:]:
        raise scan_refusals.truncated()


def _looked_through(file: BinaryIO) -> int:
    file.seek(0)
    # piece by piece: mapped into memory, a large file would take it all
    stream = pikepdf.AccessMode.stream
    with pikepdf.open(file, access_mode=stream, suppress_warnings=True) as pdf:
        if pdf.is_encrypted:
            raise scan_refusals.encrypted()
        _require_page_count(pdf)
        for part in _parts(pdf):
            _refuse_active(part)
        return len(pdf.pages)


def _require_page_count(pdf: pikepdf.Pdf) -> None:
    """By the root's own word first: a tree of a thousand million leaves is never walked."""
    claimed = pdf.Root.Pages.get("/Count", 0)
    if isinstance(claimed, int) and claimed > MOST_PAGES:
        raise scan_refusals.too_many_pages(MOST_PAGES)
    count = len(pdf.pages)
    if count > MOST_PAGES:
        raise scan_refusals.too_many_pages(MOST_PAGES)
    if not count:
        raise scan_refusals.no_pages()


def _parts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary and stream, those that stand inside others too, each once."""
    seen = 0
    for top in pdf.objects:
        waiting = [top]
        while waiting:
            part = waiting.pop()
            seen += 1
            if seen > _MOST_PARTS:
                raise scan_refusals.beyond_limits()
            if isinstance(part, (pikepdf.Dictionary, pikepdf.Stream)):
                yield part
            waiting += (inner for inner in _inside(part) if not _is_elsewhere(inner))


def _inside(part: Any) -> list[Any]:
    if isinstance(part, (pikepdf.Dictionary, pikepdf.Stream)):
        return [part[key] for key in part.keys()]  # noqa: SIM118 – no mapping of Python's
    return list(part) if isinstance(part, pikepdf.Array) else []


def _is_elsewhere(part: Any) -> bool:
    """Whether it is an object of its own, that is come to by itself."""
    return isinstance(part, pikepdf.Object) and part.is_indirect


def _refuse_active(part: Any) -> None:
    names = (
        _ACTIONS.get(str(part.get("/S", ""))),
        _ANNOTATIONS.get(str(part.get("/Subtype", ""))),
        *(what for key, what in _KEYS.items() if key in part),
    )
    found: Label | None = next(filter(None, names), None)
    if found is not None:
        raise scan_refusals.active(found)


def _as_shown(file: BinaryIO) -> int:
    """How many pages the program that draws them finds; each has a size."""
    file.seek(0)
    try:
        document = pdfium.PdfDocument(file)
        try:
            for index in range(len(document)):
                document.get_page_size(index)
            return len(document)
        finally:
            document.close()
    except pdfium.PdfiumError as error:
        raise scan_refusals.damaged() from error
