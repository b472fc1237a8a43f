"""A laid-out page as plain values, and the PDF made of such pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4
from reportlab.lib.rl_accel import fp_str
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary
from reportlab.pdfgen.canvas import Canvas

from auditdesk.documents import grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from auditdesk.documents.fonts import Fonts, Style
    from auditdesk.documents.grid import Box

Colour = tuple[float, float, float]
_Coded = tuple[float, str]  # how far along the line a run begins, and its operators
_AT_ORIGIN = "BT 1 0 0 1 0 0 Tm "
Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Text:
    """Some characters from (x, y) rightwards; `spacing` is added after each character."""

    x: float
    y: float
    text: str
    style: Style
    size: float
    spacing: float = 0.0
    colour: Colour = grid.BLACK

    def raised(self, rise: float) -> Text:
        """The same text, higher up by so many points."""
        y = self.y + rise
        return Text(self.x, y, self.text, self.style, self.size, self.spacing, self.colour)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    colour: Colour = grid.BLACK


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle."""

    box: Box
    colour: Colour


@dataclass(frozen=True, slots=True)
class Circle:
    """A dashed circle, where a seal would be."""

    x: float
    y: float
    radius: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that fills a rectangle."""

    box: Box
    content: bytes


@dataclass(frozen=True, slots=True)
class Modules:
    """A square of dark and light modules, as a QR code; `rows` from the top down."""

    box: Box
    rows: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Clipped:
    """Of some items only what lies inside a rectangle."""

    box: Box
    items: tuple[Text | Circle | Picture, ...]


@dataclass(frozen=True, slots=True)
class Slanted:
    """A word across the page, pale, under everything else."""

    text: str
    size: float


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle kept free for a signature; its name finds it again in the PDF."""

    name: str
    box: Box


Item = Text | Stroke | Bar | Circle | Picture | Modules | Clipped | Slanted | Place


@dataclass(slots=True)
class Page:
    """What stands on one page, in the order of painting; width and height of its paper."""

    items: list[Item] = field(default_factory=list)
    size: Size = A4

    def add(self, *items: Item) -> None:
        """Put more on the page."""
        self.items += items


def paint(pages: Iterable[Page], fonts: Fonts, title: str, *, places: bool = True) -> bytes:
    """The pages as a PDF; equal pages give equal bytes.

    With `places`, those to sign become named destinations of the catalog, whatever the text
    does.

    Raises:
        UnusableInputError: a character that no font has.
    """
    target = BytesIO()
    canvas = Canvas(
        target,
        pagesize=A4,
        pageCompression=1,
        invariant=1,
        initialFontName=fonts.name("song"),
        lang="zh-CN",
    )
    canvas.setTitle(title)
    painter = _Painter(canvas, fonts)
    for page in pages:
        canvas.setPageSize(page.size)
        painter.size = page.size
        for item in page.items:
            painter.paint(item)
        canvas.showPage()
    if places:
        canvas.setCatalogEntry("Dests", PDFDictionary(painter.places))
    canvas.save()
    return target.getvalue()


class _Painter:
    def __init__(self, canvas: Canvas, fonts: Fonts) -> None:
        self._canvas = canvas
        self._fonts = fonts
        self.size: Size = A4
        self.places: dict[str, PDFArray] = {}
        self._known: dict[tuple[object, ...], tuple[_Coded, ...]] = {}

    def paint(self, item: Item) -> None:
        match item:
            case Text():
                self._text(item)
            case Stroke():
                self._stroke(item)
            case Bar():
                self._bar(item)
            case Circle():
                self._circle(item)
            case Picture():
                self._picture(item)
            case Modules():
                self._modules(item)
            case Clipped():
                self._clipped(item)
            case Slanted():
                self._slanted(item)
            case Place():
                self._place(item)

    def _text(self, item: Text) -> None:
        for along, code in self._coded(item):
            place = fp_str(item.x + along, item.y)
            self._canvas.addLiteral(f"BT 1 0 0 1 {place} Tm {code}")

    def _coded(self, item: Text) -> tuple[_Coded, ...]:
        """A text's runs; most of a paper's words stand in all the others of its kind, too."""
        words = (item.text, item.style, item.size, item.spacing, item.colour)
        if words not in self._known:
            self._known[words] = tuple(self._runs(item))
        return self._known[words]

    def _runs(self, item: Text) -> Iterator[_Coded]:
        along = 0.0
        for run in self._fonts.runs(item.style, item.text):
            text = self._canvas.beginText()
            text.setFont(run.face, item.size)
            text.setFillColorRGB(*item.colour)
            text.setCharSpace(item.spacing)
            text.textOut(run.text)
            yield along, str(text.getCode()).removeprefix(_AT_ORIGIN)
            along += self._fonts.width(item.style, run.text) * item.size
            along += item.spacing * len(run.text)

    def _stroke(self, item: Stroke) -> None:
        self._canvas.setStrokeColorRGB(*item.colour)
        self._canvas.setLineWidth(item.width)
        self._canvas.line(item.x1, item.y1, item.x2, item.y2)

    def _bar(self, item: Bar) -> None:
        box = item.box
        self._canvas.setFillColorRGB(*item.colour)
        width, height = box.right - box.left, box.top - box.bottom
        self._canvas.rect(box.left, box.bottom, width, height, stroke=0, fill=1)

    def _circle(self, item: Circle) -> None:
        self._canvas.saveState()
        self._canvas.setStrokeColorRGB(*item.colour)
        self._canvas.setLineWidth(0.8)
        self._canvas.setDash(4, 3)
        self._canvas.circle(item.x, item.y, item.radius)
        self._canvas.restoreState()

    def _picture(self, item: Picture) -> None:
        box = item.box
        self._canvas.drawImage(
            ImageReader(BytesIO(item.content)),
            box.left,
            box.bottom,
            width=box.right - box.left,
            height=box.top - box.bottom,
            mask="auto",
        )

    def _modules(self, item: Modules) -> None:
        side = (item.box.right - item.box.left) / len(item.rows)
        path = self._canvas.beginPath()
        for number, row in enumerate(item.rows, 1):
            at = 0
            for dark, run in groupby(row):
                length = len(list(run))
                if dark:
                    x, y = item.box.left + at * side, item.box.top - number * side
                    path.rect(x, y, length * side, side)
                at += length
        self._canvas.setFillColorRGB(*grid.BLACK)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def _clipped(self, item: Clipped) -> None:
        box = item.box
        self._canvas.saveState()
        path = self._canvas.beginPath()
        path.rect(box.left, box.bottom, box.right - box.left, box.top - box.bottom)
        self._canvas.clipPath(path, stroke=0, fill=0)
        for inner in item.items:
            self.paint(inner)
        self._canvas.restoreState()

    def _slanted(self, item: Slanted) -> None:
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(self.size[0] / 2, self.size[1] / 2)
        canvas.rotate(45)
        width = self._fonts.width("hei", item.text) * item.size
        self._text(Text(-width / 2, -0.36 * item.size, item.text, "hei", item.size, 0, grid.PALE))
        canvas.restoreState()

    def _place(self, item: Place) -> None:
        page = self._canvas._doc.thisPageRef()  # noqa: SLF001 – the library has no other way
        self.places[item.name] = PDFArray([page, "/FitR", *item.box])
