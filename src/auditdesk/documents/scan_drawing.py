"""The process that draws the pages of a scan; nothing of it touches a disk."""

from __future__ import annotations

import io
import json
import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from auditdesk.documents import scan_refusals
from auditdesk.documents.drawer import LENGTH, View, cannot_be_shown
from auditdesk.documents.scan_pictures import UNREADABLE
from auditdesk.util import confined
from auditdesk.util.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PDF = b"%PDF-"
_SECONDS = 3600  # of the processor's time for one sitting with one scan
_DOTS = 96 / 72  # of a screen for a point of a PDF
_MOST_DOTS = 40_000_000  # of one drawing: four large screens
_QUARTER = 90
_FORMATS = ("JPEG", "PNG", "TIFF")
_SCALES = (8, 4, 2)  # at which JPEGs can be unpacked
_TURNED = {3: 180, 6: 90, 8: 270}  # the camera's note (EXIF 2.3, Orientation) in degrees
_ORIENTATION = 274
_DEEP = ("I", "F")  # how the names of modes with more than 8 bits a sample begin
_SEEN_THROUGH = ("RGBA", "LA", "PA", "RGBa", "La")
_KEPT_AS_IT_IS = ("L", "RGB")

Image.MAX_IMAGE_PIXELS = None  # sizes were looked at before the scan was kept


class Pages(Protocol):
    """A scan that has been opened."""

    sizes: list[tuple[int, int]]

    def draw(self, view: View) -> Image.Image:
        """The part of a page that is wanted."""
        ...


def main(arguments: list[str]) -> int:
    """Read a scan from standard input, then answer one request a line until there are no more."""
    (memory,) = arguments
    confined.confine(int(memory), _SECONDS)
    source, pages = sys.stdin.buffer, None

    def begin() -> None:
        nonlocal pages
        (length,) = LENGTH.unpack(source.read(LENGTH.size))
        pages = opened(source.read(length))
        confined.say({"sizes": pages.sizes})

    if not _answered(begin) or pages is None:
        return 0
    for line in source:
        _answered(partial(_show, pages, View(**json.loads(line))))
    return 0


def _answered(work: Callable[[], None]) -> bool:
    """Do the work, or say why it cannot be done."""
    try:
        work()
    except Fault as fault:
        _refuse(fault)
    except MemoryError:
        _refuse(cannot_be_shown())
    else:
        return True
    return False


def _refuse(fault: Fault) -> None:
    confined.say({"refused": [fault.message.zh, fault.message.en]})


def _show(pages: Pages, view: View) -> None:
    if not _is_within(pages, view):
        raise cannot_be_shown()
    drawn = pages.draw(view).convert("RGB")
    rows = drawn.tobytes()
    confined.say({"width": drawn.width, "height": drawn.height})
    sys.stdout.buffer.write(rows)
    sys.stdout.buffer.flush()


def _is_within(pages: Pages, view: View) -> bool:
    """Whether there is such a page, such a part of it, and room to draw it."""
    across = 0 <= view.left < view.left + view.across <= view.width
    down = 0 <= view.top < view.top + view.down <= view.height
    return (
        across
        and down
        and 0 <= view.page < len(pages.sizes)
        and view.across * view.down <= _MOST_DOTS
    )


def opened(content: bytes) -> Pages:
    """The pages of a scan.

    Raises:
        UnusableInputError: it cannot be shown.
    """
    return PdfPages(content) if content.startswith(_PDF) else PicturePages(content)


class PdfPages:
    """A PDF, drawn with what signatures and forms show."""

    def __init__(self, content: bytes) -> None:
        try:
            self._document = pdfium.PdfDocument(content)
            if self._document.get_formtype():
                self._document.init_forms()
            pages = range(len(self._document))
            sizes = [self._document.get_page_size(index) for index in pages]
        except pdfium.PdfiumError as error:
            raise scan_refusals.damaged() from error
        self.sizes = [(round(width * _DOTS), round(height * _DOTS)) for width, height in sizes]

    def draw(self, view: View) -> Image.Image:
        """The part of the page on white."""
        try:
            page = self._document[view.page]
        except pdfium.PdfiumError as error:
            raise scan_refusals.damaged() from error
        bitmap = pdfium.PdfBitmap.new_native(view.across, view.down, raw.FPDFBitmap_BGR)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, view.across, view.down)
        place = (-view.left, -view.top, view.width, view.height, view.turn // _QUARTER)
        raw.FPDF_RenderPageBitmap(bitmap, page, *place, raw.FPDF_ANNOT)
        if self._document.formenv:
            raw.FPDF_FFLDraw(self._document.formenv, bitmap, page, *place, raw.FPDF_ANNOT)
        return cast("Image.Image", bitmap.to_pil())


class PicturePages:
    """A picture, or the pages of a TIFF; the page last drawn is kept unpacked."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._kept: tuple[int, int, Image.Image] | None = None
        self.sizes: list[tuple[int, int]] = []
        with self._opened() as picture:
            # a TIFF is turned by the library; to ask a PNG would unpack it
            noted = picture.getexif().get(_ORIENTATION, 1) if picture.format == "JPEG" else 1
            self._turn = _TURNED.get(noted, 0)
            leaves = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
            for page in range(leaves):
                picture.seek(page)
                self.sizes.append(_turned(picture.size, self._turn))

    @contextmanager
    def _opened(self) -> Iterator[Image.Image]:
        try:
            with Image.open(io.BytesIO(self._content), formats=_FORMATS) as picture:
                yield picture
        except UNREADABLE as error:
            raise scan_refusals.damaged() from error

    def draw(self, view: View) -> Image.Image:
        """The part of the page, scaled and turned."""
        turn = (view.turn + self._turn) % 360
        whole = _turned((view.width, view.height), turn)
        left, top, across, down = _before_turn(view, turn)
        picture = self._unpacked(view.page, max(whole))
        wide, high = picture.width / whole[0], picture.height / whole[1]
        box = (
            left * wide,
            top * high,
            min((left + across) * wide, picture.width),
            min((top + down) * high, picture.height),
        )
        smooth = Image.Resampling.BILINEAR
        drawn = picture.resize((across, down), smooth, box, reducing_gap=2.0)
        return drawn.rotate(-turn, expand=True) if turn else drawn

    def _unpacked(self, page: int, longest: int) -> Image.Image:
        """The page at a size that is enough to draw it so long."""
        size = _turned(self.sizes[page], self._turn)
        scale = next((s for s in _SCALES if max(size) // s >= longest), 1)
        if self._kept is None or self._kept[0] != page or self._kept[1] > scale:
            self._kept = None  # room for the next
            with self._opened() as picture:
                picture.seek(page)
                if picture.format == "JPEG":
                    picture.draft(None, (size[0] // scale, size[1] // scale))
                else:
                    scale = 1
                self._kept = page, scale, _flat(picture)
        return self._kept[2]


def _turned(size: tuple[int, int], turn: int) -> tuple[int, int]:
    """Width and height once a page is turned, or before it was."""
    return (size[1], size[0]) if turn % 180 else size


def _before_turn(view: View, turn: int) -> tuple[int, int, int, int]:
    """Where a part of the turned page lies on the page as it is: left, top, across, down."""
    right, bottom = view.left + view.across, view.top + view.down
    match turn:
        case 90:
            return view.top, view.width - right, view.down, view.across
        case 180:
            return view.width - right, view.height - bottom, view.across, view.down
        case 270:
            return view.height - bottom, view.left, view.down, view.across
        case _:
            return view.left, view.top, view.across, view.down


def _flat(picture: Image.Image) -> Image.Image:
    """A picture in grey or colour, eight bits a sample, on white where it is seen through."""
    if picture.mode in _SEEN_THROUGH or "transparency" in picture.info:
        over = picture.convert("RGBA")
        white = Image.new("RGB", over.size, "white")
        white.paste(over, mask=over.getchannel("A"))
        return white
    if picture.mode.startswith(_DEEP):
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in _KEPT_AS_IT_IS:
        picture.load()
        return picture  # unpacked it needs its file no more
    return picture.convert("L" if picture.mode == "1" else "RGB")
