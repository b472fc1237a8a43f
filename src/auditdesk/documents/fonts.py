"""The fonts of official papers, and which of them prints a character."""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError

from auditdesk.documents.truetype import PaperFont
from auditdesk.util.faults import OfficeFaultError, UnusableInputError
from auditdesk.util.hashing import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Style = Literal["fangsong", "kai", "song", "title", "hei", "sans"]

FILES: Mapping[str, str] = {
    "fangsong": "ZhuqueFangsong-Regular.ttf",
    "kai": "LXGWWenKaiGBLite-Regular.ttf",
    "song": "NotoSerifSC-Regular.ttf",
    "title": "NotoSerifSC-Black.ttf",
    "sans": "NotoSansSC-Regular.ttf",
    "hei": "NotoSansSC-Bold.ttf",
}
# Where a style's own font has a gap. 宋体 comes first, since it has the most ideographs.
STAND_INS = ("song", "sans", "kai", "fangsong")
# Latin, digits and quotation marks of these styles come from 宋体, as offices set them: the
# fonts' own quotation marks are Latin ones, a third of a character wide.
LATIN_FROM_SONG = frozenset({"fangsong", "kai"})
QUOTATION_MARKS = frozenset("“”‘’")
MIDDLE_DOT = "·"  # in names (阿卜杜·热合曼): Chinese, although it sits among the Latin characters


class Run(NamedTuple):
    """Some characters that one font prints; `face` is the font's name for the canvas."""

    face: str
    text: str


class Fonts:
    """The fonts of one folder, loaded and ready for the layout."""

    __slots__ = ("_choices", "_faces", "_widths")

    def __init__(self, faces: Mapping[str, PaperFont]) -> None:
        """Keep the loaded fonts by the name of the style that they are for."""
        self._faces = faces
        self._choices = {style: _Choices(style, faces) for style in faces}
        self._widths = {style: _Widths(choices) for style, choices in self._choices.items()}

    def width(self, style: Style, text: str) -> float:
        """Width of a text in em, each character as its font has it."""
        return sum(map(self._widths[style].__getitem__, text))

    def runs(self, style: Style, text: str) -> tuple[Run, ...]:
        """The text cut where the font changes.

        Raises:
            UnusableInputError: a character that no font has; it is named.
        """
        choices = self._choices[style]
        cut = groupby(text, lambda character: choices[character].fontName)
        return tuple(Run(face, "".join(characters)) for face, characters in cut)

    def name(self, style: Style) -> str:
        """The name by which the canvas knows a style's own font."""
        return str(self._faces[style].fontName)


class _Choices(dict[str, PaperFont]):
    """Which font prints a character in one style; found out once a character."""

    def __init__(self, style: str, faces: Mapping[str, PaperFont]) -> None:
        super().__init__()
        self._style, self._faces = style, faces

    def __missing__(self, character: str) -> PaperFont:
        from_song = self._style in LATIN_FROM_SONG and _is_latin(character)
        own = "song" if from_song else self._style
        for name in (own, self._style, *STAND_INS):
            if self._faces[name].has(character):
                self[character] = self._faces[name]
                return self[character]
        raise _no_font(character)


class _Widths(dict[str, float]):
    """How wide a character is in one style, in em; measured once a character."""

    def __init__(self, choices: _Choices) -> None:
        super().__init__()
        self._choices = choices

    def __missing__(self, character: str) -> float:
        self[character] = self._choices[character].em_width(character)
        return self[character]


def _is_latin(character: str) -> bool:
    if character == MIDDLE_DOT:
        return False
    return character < "\u2000" or character in QUOTATION_MARKS


def _no_font(character: str) -> UnusableInputError:
    code = f"U+{ord(character):04X}"
    called = unicodedata.name(character, "")
    return UnusableInputError(
        f"字符“{character}”（{code}）没有字体可以打印，文书未生成。请改用通用的写法，"
        "或在材料中另附该字的写法。",
        f"No font has the character “{character}” ({code} {called}); nothing was printed. "
        "Please use a common form of it.",
    )


def plain(text: str) -> str:
    """The text without characters that show nothing; tabs become spaces, line ends LF.

    Control and format characters (zero-width, direction marks) are left out: they could make
    a paper read differently from what is stored in it.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\u00a0", " ")
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf"})


@cache
def load_fonts(folder: Path) -> Fonts:
    """Load the fonts of `resources/fonts`; the same folder is loaded once a process (0.2 s).

    Raises:
        OfficeFaultError: a font file is missing or damaged.
    """
    tag = sha256_hex(str(folder).encode())[:8]
    return Fonts({style: _load(folder / file, f"{style}-{tag}") for style, file in FILES.items()})


def _load(path: Path, name: str) -> PaperFont:
    try:
        font = PaperFont(name, str(path), asciiReadable=False, shapable=False)
    except (OSError, TTFError) as error:
        raise OfficeFaultError(
            f"字体文件缺失或损坏：{path.name}。请重新安装程序。",
            f"A font file is missing or damaged: {path.name}. Please install the program again.",
        ) from error
    pdfmetrics.registerFont(font)
    return font
