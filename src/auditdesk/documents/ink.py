"""Whether a page draws nothing but what this program draws, and shows all of its text.

What a page says can be told from what it shows: text may be white, clipped away, of no size, or
covered. So every instruction of a page is looked at. What `page` paints passes: dark text of a
readable size upright on the paper, fine lines, the modules of the code, images as large as a
seal, one pale word across the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pikepdf

from auditdesk.documents.furniture import CODE_BOXES, PREVIEW, SAMPLE
from auditdesk.documents.glyphs import OtherGlyphsError, checked_face
from auditdesk.documents.seal import SEAL_SIZE
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pikepdf import Object

    from auditdesk.documents.glyphs import PaperFace
    from auditdesk.documents.page import Colour

LEAST_SIZE = 2.0  # points; a long name on a stamp is set that small
LIGHT = 0.75  # relative luminance; the pale red of a sample's seal has 0.69
WIDEST = 4.0  # points; the thick rules have 1 or so
_TOLERANCE = 1.0  # point
_RESOURCES = {"/Font", "/ProcSet", "/XObject"}
_MARKS = set(f"{SAMPLE}{PREVIEW} ")
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Matrix = tuple[float, ...]
Rect = tuple[float, float, float, float]


class ForeignInkError(Exception):
    """A page draws something that this program does not; says what."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep both sentences."""
        super().__init__(en)
        self.label = Label(zh, en)


@dataclass(frozen=True, slots=True)
class Ground:
    """Where something is drawn.

    Attributes:
        width, height: of the page or the stamp.
        fills: where modules of a code may be filled.
        stamp: a signature's stamp, which has no images and no marks across it.
    """

    width: float
    height: float
    fills: tuple[Rect, ...] = ()
    stamp: bool = False


def last_page(width: float, height: float) -> Ground:
    """A last page, which carries the code."""
    return Ground(width, height, CODE_BOXES)


def check_ink(drawing: Object, resources: Object, ground: Ground) -> None:
    """Look at every instruction of a page or of a stamp.

    Raises:
        ForeignInkError: the first that this program does not write.
    """
    if set(resources.keys()) - _RESOURCES:
        raise _foreign("/".join(sorted(set(resources.keys()) - _RESOURCES)))
    reader = _Reader(ground, resources)
    for instruction in pikepdf.parse_content_stream(drawing):
        if not isinstance(instruction, pikepdf.ContentStreamInstruction):
            raise _foreign("BI")  # an image within the instructions
        operator = str(instruction.operator)
        try:
            reader.take(operator, list(instruction.operands))
        except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
            raise _foreign(operator) from error  # with other operands than it has


@dataclass(frozen=True, slots=True)
class _State:
    """What `q` keeps and `Q` gives back."""

    matrix: Matrix = _IDENTITY
    fill: Colour = (0.0, 0.0, 0.0)
    stroke: Colour = (0.0, 0.0, 0.0)
    width: float = 1.0
    clipped: bool = False

    @property
    def slanted(self) -> bool:
        return abs(self.matrix[1]) > 0.01 or abs(self.matrix[2]) > 0.01  # noqa: PLR2004


@dataclass(slots=True)
class _Text:
    face: PaperFace | None = None
    size: float = 0.0
    x: float = 0.0
    y: float = 0.0


@dataclass(slots=True)
class _Reader:
    ground: Ground
    resources: Object
    now: _State = field(default_factory=_State)
    before: list[_State] = field(default_factory=list)
    text: _Text = field(default_factory=_Text)
    rects: list[Rect] = field(default_factory=list)
    lines: int = 0
    cut: bool = False
    faces: dict[str, PaperFace] = field(default_factory=dict)

    def take(self, operator: str, operands: Sequence[Object]) -> None:
        deed = _DEEDS.get(operator)
        if deed is None:
            raise _foreign(operator)
        deed(self, operands)

    def nothing(self, _: Sequence[Object]) -> None:
        """Spacing, leading, begin and end of text, dashes: nothing that hides anything."""

    def keep(self, _: Sequence[Object]) -> None:
        self.before.append(self.now)

    def give_back(self, _: Sequence[Object]) -> None:
        self.now = self.before.pop() if self.before else _State()

    def transform(self, operands: Sequence[Object]) -> None:
        self.now = replace(self.now, matrix=_times(_numbers(operands), self.now.matrix))

    def fill_colour(self, operands: Sequence[Object]) -> None:
        red, green, blue = _numbers(operands)
        self.now = replace(self.now, fill=(red, green, blue))

    def line_colour(self, operands: Sequence[Object]) -> None:
        red, green, blue = _numbers(operands)
        self.now = replace(self.now, stroke=(red, green, blue))

    def line_width(self, operands: Sequence[Object]) -> None:
        self.now = replace(self.now, width=_numbers(operands)[0])

    def new_path(self, _: Sequence[Object]) -> None:
        """`n` begins a path, as the library writes it, or ends one that clips."""
        if self.cut:
            self.now = replace(self.now, clipped=True)
        self.rects, self.lines, self.cut = [], 0, False

    def draw_to(self, _: Sequence[Object]) -> None:
        self.lines += 1

    def rectangle(self, operands: Sequence[Object]) -> None:
        x, y, width, height = _numbers(operands)
        self.rects.append((x, y, x + width, y + height))

    def clip(self, _: Sequence[Object]) -> None:
        self.cut = True

    def stroke(self, _: Sequence[Object]) -> None:
        if self.rects or self.now.width > WIDEST or luminance(self.now.stroke) > LIGHT:
            raise _foreign("S")
        self.lines = 0

    def fill(self, _: Sequence[Object]) -> None:
        """Only the code's modules are filled, at their place, in black."""
        inside = all(any(_within(r, box) for box in self.ground.fills) for r in self.rects)
        upright = self.now.matrix[:4] == _IDENTITY[:4]
        if self.lines or not inside or not upright or luminance(self.now.fill) > 0:
            raise ForeignInkError(
                "页面上有涂盖的色块",
                "a filled area covers something",
            )
        self.rects = []

    def font(self, operands: Sequence[Object]) -> None:
        name, size = str(operands[0]), float(operands[1])
        if name not in self.faces:
            try:
                self.faces[name] = checked_face(self.resources.Font[name])
            except OtherGlyphsError as error:
                raise ForeignInkError(
                    f"字体 {error} 的字形与文字不符，看到的与复制出的不是同样的字",
                    f"the font {error} draws other characters than the text says",
                ) from error
        self.text.face, self.text.size = self.faces[name], size

    def place(self, operands: Sequence[Object]) -> None:
        matrix = _numbers(operands)
        if matrix[:4] != _IDENTITY[:4]:
            raise _foreign("Tm")
        self.text.x, self.text.y = matrix[4:]

    def show(self, operands: Sequence[Object]) -> None:
        codes, face = bytes(operands[0]), self.text.face
        words = None if face is None else face.text(codes)
        if words is None:
            raise ForeignInkError("页面上有无法读出的字", "characters that cannot be read")
        if words.strip():
            self._look(words)

    def _look(self, words: str) -> None:
        """Whether some words can be seen where they stand."""
        if self.now.slanted:  # the pale mark of a sample or a preview
            if set(words) - _MARKS:
                raise _unseen(words)
            return
        x, y = _at(self.now.matrix, self.text.x, self.text.y)
        there = 0 <= x <= self.ground.width and 0 <= y <= self.ground.height
        if not there or self.text.size < LEAST_SIZE or luminance(self.now.fill) > LIGHT:
            raise _unseen(words)
        if self.now.clipped and set(words) - _MARKS:  # a strip of a sample's seal
            raise _unseen(words)

    def image(self, operands: Sequence[Object]) -> None:
        """The office's seal, or a strip of it."""
        drawn = self.resources.XObject[str(operands[0])]
        a, b, c, d, *_ = self.now.matrix
        small = max(abs(a), abs(d)) <= SEAL_SIZE + _TOLERANCE and not (b or c)
        if drawn.get("/Subtype") != "/Image" or not small or self.ground.stamp:
            raise ForeignInkError(
                "页面上贴有图片或另外的内容，可能遮盖正文",
                "an image or another drawing is laid over the page",
            )


_DEEDS: dict[str, Callable[[_Reader, Sequence[Object]], None]] = {
    "q": _Reader.keep,
    "Q": _Reader.give_back,
    "cm": _Reader.transform,
    "rg": _Reader.fill_colour,
    "RG": _Reader.line_colour,
    "w": _Reader.line_width,
    "d": _Reader.nothing,
    "n": _Reader.new_path,
    "m": _Reader.draw_to,
    "l": _Reader.draw_to,
    "c": _Reader.draw_to,
    "h": _Reader.nothing,
    "re": _Reader.rectangle,
    "W": _Reader.clip,
    "W*": _Reader.clip,
    "S": _Reader.stroke,
    "f": _Reader.fill,
    "f*": _Reader.fill,
    "BT": _Reader.nothing,
    "ET": _Reader.nothing,
    "Tm": _Reader.place,
    "Tf": _Reader.font,
    "Tc": _Reader.nothing,
    "TL": _Reader.nothing,
    "Tj": _Reader.show,
    "Do": _Reader.image,
}


def luminance(colour: Colour) -> float:
    """How light a colour is: 0 black, 1 white (weights of ITU-R BT.709)."""
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _numbers(operands: Sequence[Object]) -> tuple[float, ...]:
    return tuple(float(one) for one in operands)


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    turned = a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j
    return *turned, e * g + f * i + k, e * h + f * j + m


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _within(rect: Rect, box: Rect) -> bool:
    return (
        rect[0] >= box[0] - _TOLERANCE
        and rect[1] >= box[1] - _TOLERANCE
        and rect[2] <= box[2] + _TOLERANCE
        and rect[3] <= box[3] + _TOLERANCE
    )


def _foreign(what: str) -> ForeignInkError:
    return ForeignInkError(
        f"页面上有本程序不写的内容（{what[:20]}）", f"something that no paper has ({what[:20]})"
    )


def _unseen(words: str) -> ForeignInkError:
    shown = words[:12]
    return ForeignInkError(f"页面上有看不见的文字“{shown}”", f"text that cannot be seen: “{shown}”")
