"""Whether a JPEG or TIFF is whole; for the process that looks at scans.

No picture is unpacked whole: a JPEG is drawn at an eighth of its size, and of a TIFF the places of
the strips are compared with the end of the file.
"""

from __future__ import annotations

import os
import re
import struct
from typing import TYPE_CHECKING, BinaryIO, cast

from PIL import Image, UnidentifiedImageError

from auditdesk.documents import scan_refusals
from auditdesk.documents.scan_sizes import require_size
from auditdesk.documents.scans import MOST_PAGES

if TYPE_CHECKING:
    from PIL.TiffImagePlugin import TiffImageFile

_PIECE = 2**20
# Markers of a JPEG (ITU-T T.81, table B.1)
_SCAN, _END = 0xDA, 0xD9
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
_NEXT_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # neither a stuffed byte nor a restart
_COEFFICIENTS = 120 * 2**20  # bytes; what unpacking a progressive JPEG may take
_BEHIND = re.compile(
    rb"PK\x03\x04|Rar!\x1a|7z\xbc\xaf|%PDF-|\x7fELF|^MZ|<script|<html|<\?php", re.IGNORECASE
)
_LONGEST_MARK = 16
# What Pillow raises for pictures that it cannot read.
UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, KeyError, TypeError)
_TIFF_PLACES = ((273, 279), (324, 325))  # tags: where strips or tiles begin, how long they are

Image.MAX_IMAGE_PIXELS = None  # sizes are looked at before anything is unpacked


def jpeg(file: BinaryIO) -> int:
    """One page, if the JPEG is whole.

    Pictures behind the first, as telephones add them, are let pass; other kinds of files are not.

    Raises:
        UnusableInputError: it is not whole, too large, or something is hidden behind its end.
    """
    memory = _walk(file)
    _refuse_behind(file)
    if memory <= _COEFFICIENTS:
        _draw_small(file)
    return 1


def _walk(file: BinaryIO) -> int:
    """From segment to segment to the end; the bytes that unpacking takes at once."""
    file.seek(2)
    memory = 0
    marker = _marker(file)
    while marker != _END:
        length = _two(file) - 2
        if marker in _FRAMES:
            head = file.read(length)
            memory = _frame(head, progressive=marker in _PROGRESSIVE)
        else:
            file.seek(length, os.SEEK_CUR)
        marker = _marker_after_data(file) if marker == _SCAN else _marker(file)
    if not memory:
        raise scan_refusals.damaged()
    return memory


def _two(file: BinaryIO) -> int:
    both = file.read(2)
    if len(both) < 2:  # noqa: PLR2004 – a number of two bytes
        raise scan_refusals.truncated()
    return int(struct.unpack(">H", both)[0])


def _marker(file: BinaryIO) -> int:
    number = _two(file)
    while number == 0xFFFF:  # noqa: PLR2004 – a marker may be filled up in front
        file.seek(-1, os.SEEK_CUR)
        number = _two(file)
    if number >> 8 != 0xFF:  # noqa: PLR2004 – no marker at all
        raise scan_refusals.damaged()
    return number & 0xFF


def _marker_after_data(file: BinaryIO) -> int:
    """The marker that ends a scan's compressed data."""
    while piece := file.read(_PIECE):
        found = _NEXT_MARKER.search(piece)
        if found is not None:
            file.seek(found.end() - len(piece), os.SEEK_CUR)
            return piece[found.end() - 1]
        if piece[-1] == 0xFF and len(piece) > 1:  # noqa: PLR2004 – half a marker
            file.seek(-1, os.SEEK_CUR)
    raise scan_refusals.truncated()


def _frame(head: bytes, *, progressive: bool) -> int:
    """The bytes that a frame takes while it is unpacked."""
    try:
        _, height, width, parts = struct.unpack(">BHHB", head[:6])
        factors = [head[7 + 3 * part] for part in range(parts)]
    except (struct.error, IndexError) as error:
        raise scan_refusals.damaged() from error
    require_size(width, height)
    if not progressive:
        return 1
    most = max((factor >> 4) * (factor & 15) for factor in factors)
    shares = sum((factor >> 4) * (factor & 15) for factor in factors)
    return int(2 * width * height * shares / max(most, 1))


def _refuse_behind(file: BinaryIO) -> None:
    before = b""
    while piece := file.read(_PIECE):
        if _BEHIND.search(before + piece):
            raise scan_refusals.two_in_one()
        before = piece[-_LONGEST_MARK:]


def _draw_small(file: BinaryIO) -> None:
    file.seek(0)
    try:
        with Image.open(file, formats=("JPEG",)) as picture:
            picture.draft(None, (picture.width // 8, picture.height // 8))
            picture.load()
    except UNREADABLE as error:
        raise scan_refusals.damaged() from error


def tiff(file: BinaryIO) -> int:
    """How many pages a TIFF has.

    Raises:
        UnusableInputError: it is not whole, has too many pages, or one that is too large.
    """
    end = file.seek(0, os.SEEK_END)
    file.seek(0)
    try:
        with Image.open(file, formats=("TIFF",)) as picture:
            return _leafed_through(cast("TiffImageFile", picture), end)
    except UNREADABLE as error:
        raise scan_refusals.damaged() from error


def _leafed_through(picture: TiffImageFile, end: int) -> int:
    for page in range(MOST_PAGES + 1):
        try:
            picture.seek(page)
        except EOFError:
            return page
        require_size(*picture.size)
        _require_strips(picture, end)
    raise scan_refusals.too_many_pages(MOST_PAGES)


def _require_strips(picture: TiffImageFile, end: int) -> None:
    """Every strip or tile lies within the file."""
    tags = picture.tag_v2
    for starts, lengths in _TIFF_PLACES:
        for start, length in zip(tags.get(starts, ()), tags.get(lengths, ()), strict=False):
            if start + length > end:
                raise scan_refusals.truncated()
