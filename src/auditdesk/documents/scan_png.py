"""Whether a PNG is whole and still (ISO/IEC 15948); for the process that looks at scans.

It is inflated piece by piece and thrown away, so that no picture fills the memory.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, BinaryIO

from auditdesk.documents import scan_refusals
from auditdesk.documents.scan_sizes import require_size

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNATURE = 8  # bytes
_PIECE = 2**16
_INFLATED = 2**20
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # colour type to samples a pixel
_DEPTHS = frozenset({1, 2, 4, 8, 16})
_WHOLE = ((0, 1, 0, 1),)
# Adam7: start and step of each pass, across and down
_PASSES = (
    (0, 8, 0, 8),
    (4, 8, 0, 8),
    (0, 4, 4, 8),
    (2, 4, 0, 4),
    (0, 2, 2, 4),
    (1, 2, 0, 2),
    (0, 1, 1, 2),
)


def pages(file: BinaryIO) -> int:
    """One, if the picture is whole and still.

    Raises:
        UnusableInputError: it is not, it is too large, or something is hidden behind its end.
    """
    file.seek(_SIGNATURE)
    pixels: _Pixels | None = None
    while True:
        kind, body = _chunk(file)
        if kind == b"acTL":
            raise scan_refusals.animated()
        if kind == b"IHDR":
            pixels = _Pixels(_inflated_size(b"".join(body)))
        for piece in body:
            if kind == b"IDAT" and pixels is not None:
                pixels.take(piece)
        if kind == b"IEND":
            break
    if pixels is None or pixels.lacking > 0:
        raise scan_refusals.truncated()
    if file.read(1):
        raise scan_refusals.two_in_one()
    return 1


def _chunk(file: BinaryIO) -> tuple[bytes, Iterator[bytes]]:
    """The next part: its kind, and its content, which has to be read to its end."""
    head = file.read(8)
    if len(head) < 8:  # noqa: PLR2004 – length and kind, four bytes each
        raise scan_refusals.truncated()
    length, kind = struct.unpack(">I4s", head)
    return kind, _body(file, kind, length)


def _body(file: BinaryIO, kind: bytes, length: int) -> Iterator[bytes]:
    check = zlib.crc32(kind)
    while length:
        piece = file.read(min(length, _PIECE))
        if not piece:
            raise scan_refusals.truncated()
        length -= len(piece)
        check = zlib.crc32(piece, check)
        yield piece
    noted = file.read(4)
    if len(noted) < 4:  # noqa: PLR2004 – the check itself
        raise scan_refusals.truncated()
    if noted != struct.pack(">I", check):
        raise scan_refusals.damaged()


def _inflated_size(header: bytes) -> int:
    """How many bytes the picture has once it is inflated."""
    try:
        width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
        samples = _SAMPLES[colour]
    except (struct.error, KeyError) as error:
        raise scan_refusals.damaged() from error
    if depth not in _DEPTHS:
        raise scan_refusals.damaged()
    require_size(width, height)
    total = 0
    for left, across, top, down in _PASSES if interlaced else _WHOLE:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + -(-columns * samples * depth // 8))
    return total


class _Pixels:
    """Counts what comes out of the picture's compressed stream, and keeps none of it."""

    def __init__(self, expected: int) -> None:
        self.lacking = expected
        self._inflating = zlib.decompressobj()

    def take(self, piece: bytes) -> None:
        """Inflate a piece; what is beyond the picture's size is never looked at."""
        while piece and self.lacking > 0:
            try:
                self.lacking -= len(self._inflating.decompress(piece, _INFLATED))
            except zlib.error as error:
                raise scan_refusals.damaged() from error
            piece = self._inflating.unconsumed_tail
