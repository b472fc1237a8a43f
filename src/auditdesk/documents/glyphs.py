"""Whether the fonts inside a paper draw the characters that its text says.

A reader that copies text believes the font's map to Unicode, the eye sees the outlines. So every
outline is held against that of the shipped font of the same name. A font file must therefore
never be exchanged for another under its name.
"""

from __future__ import annotations

import mmap
import re
import struct
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from auditdesk.documents.fonts import FILES
from auditdesk.util.paths import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pikepdf import Object

_ENTRY = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4}(?:[0-9A-Fa-f]{4})?)>")
_KEYS = {
    *("/Type", "/Subtype", "/Name", "/BaseFont", "/FirstChar", "/LastChar", "/Widths"),
    *("/ToUnicode", "/FontDescriptor"),
}
_DESCRIPTOR = {
    *("/Type", "/FontName", "/Flags", "/FontBBox", "/ItalicAngle", "/Ascent", "/Descent"),
    *("/CapHeight", "/StemV", "/MissingWidth", "/FontFile2"),
}
_SYMBOLIC, _BOLD = 4, 1 << 18  # flags: codes are looked up in the font's own map; it is bold
_NO_GLYPHS = frozenset(" \u3000")  # what has no ink
_INSTRUCTIONS = ("cvt ", "fpgm", "prep")  # programs that move the points of outlines
_COMPOSITE_HEAD = 10
_MORE, _WORDS, _SCALE, _TWO_SCALES, _MATRIX = 0x20, 0x01, 0x08, 0x40, 0x80
_TRIMMED, _GROUPS = 6, 12  # formats of a map from codes to glyphs (OpenType, cmap)


class OtherGlyphsError(Exception):
    """A font draws something else than the text says; the argument names the font."""


@dataclass(frozen=True, slots=True)
class PaperFace:
    """A font inside a paper.

    Attributes:
        characters: what each code stands for.
    """

    characters: dict[int, str]

    def text(self, codes: bytes) -> str | None:
        """The characters of some codes; None if one of them stands for nothing."""
        if any(code not in self.characters for code in codes):
            return None
        return "".join(self.characters[code] for code in codes)


def checked_face(font: Object) -> PaperFace:
    """A font of a page, once it is clear that it draws what it says.

    Raises:
        OtherGlyphsError: it does not, or it is none of the shipped fonts.
    """
    name = str(font.get("/BaseFont", ""))[1:].partition("+")[2]
    try:
        if not _plain(font) or f"{name}.ttf" not in FILES.values():
            raise OtherGlyphsError(name or "—")
        content = font.FontDescriptor.FontFile2.read_bytes()
        characters = _characters(font.ToUnicode.read_bytes())
        if not _same(_Face(content), _shipped(name), characters, list(font.Widths.as_list())):
            raise OtherGlyphsError(name)
    except (struct.error, KeyError, IndexError, AttributeError, ValueError, TypeError) as error:
        raise OtherGlyphsError(name or "—") from error
    return PaperFace(characters)


def _plain(font: Object) -> bool:
    """Whether nothing but the font's own map says which code is which outline."""
    descriptor = font.FontDescriptor
    known = not set(font.keys()) - _KEYS and not set(descriptor.keys()) - _DESCRIPTOR
    kind = str(font.Subtype) == "/TrueType" and int(descriptor.Flags) & ~_BOLD == _SYMBOLIC
    return known and kind and int(font.FirstChar) == 0


def _characters(content: bytes) -> dict[int, str]:
    return {
        int(code, 16): bytes.fromhex(point.decode()).decode("utf-16-be")
        for code, point in _ENTRY.findall(content)
    }


def _same(own: _Face, known: _Face, characters: dict[int, str], widths: Sequence[Object]) -> bool:
    if own.units != known.units:
        return False
    if any(own.table(tag) != known.table(tag) for tag in _INSTRUCTIONS):
        return False
    return all(
        _same_character(own, known, code, character, float(widths[code]))
        for code, character in characters.items()
    )


def _same_character(own: _Face, known: _Face, code: int, character: str, width: float) -> bool:
    here, there = own.glyph_of(code), known.glyph_of(ord(character))
    if abs(width - known.advance(there)) > 1:
        return False
    if character in _NO_GLYPHS:
        return not own.outline(here)
    pairs = zip_longest(own.parts(here), known.parts(there))  # ends where the two part
    return bool(there) and all(one == other for one, other in pairs)


@cache
def _shipped(name: str) -> _Face:
    """The shipped font of that name, mapped, not read: only few of its outlines are wanted."""
    with (shipped("resources") / "fonts" / f"{name}.ttf").open("rb") as file:
        return _Face(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


class _Face:
    """As much of a TrueType file as outlines need (OpenType: cmap, loca, glyf, hmtx)."""

    def __init__(self, content: bytes | mmap.mmap) -> None:
        self._content = content
        (count,) = struct.unpack_from(">H", content, 4)
        entries = (struct.unpack_from(">4s4xLL", content, 12 + 16 * n) for n in range(count))
        self._tables = {tag.decode("latin-1"): (start, size) for tag, start, size in entries}
        head, hhea = self._start("head"), self._start("hhea")
        (self.units,) = struct.unpack_from(">H", content, head + 18)
        (self._long,) = struct.unpack_from(">H", content, head + 50)
        (self._measured,) = struct.unpack_from(">H", content, hhea + 34)
        self._map = self._find_map()

    def _start(self, tag: str) -> int:
        return int(self._tables[tag][0])

    def table(self, tag: str) -> bytes:
        """A table whole; empty where there is none."""
        start, size = self._tables.get(tag, (0, 0))
        return bytes(self._content[start : start + size])

    def _find_map(self) -> tuple[int, int]:
        """The map from characters: that for all of Unicode, or the only one of a subset."""
        start = self._start("cmap")
        (count,) = struct.unpack_from(">H", self._content, start + 2)
        found: dict[int, int] = {}
        for number in range(count):
            (offset,) = struct.unpack_from(">L", self._content, start + 8 + 8 * number)
            (form,) = struct.unpack_from(">H", self._content, start + offset)
            found[int(form)] = start + offset
        if _GROUPS in found:
            return _GROUPS, found[_GROUPS]
        if set(found) != {_TRIMMED} or count != 1:
            raise ValueError("several maps, or one of another kind")
        return _TRIMMED, found[_TRIMMED]

    def glyph_of(self, code: int) -> int:
        """The glyph of a character or a code; 0: none."""
        form, start = self._map
        return self._in_groups(start, code) if form == _GROUPS else self._trimmed(start, code)

    def _trimmed(self, start: int, code: int) -> int:
        first, count = struct.unpack_from(">HH", self._content, start + 6)
        if not first <= code < first + count:
            return 0
        return int(struct.unpack_from(">H", self._content, start + 10 + 2 * (code - first))[0])

    def _in_groups(self, start: int, code: int) -> int:
        (count,) = struct.unpack_from(">L", self._content, start + 12)
        low, high = 0, count
        while low < high:
            middle = (low + high) // 2
            first, last, glyph = struct.unpack_from(">LLL", self._content, start + 16 + 12 * middle)
            if code > last:
                low = middle + 1
            elif code < first:
                high = middle
            else:
                return int(glyph + code - first)
        return 0

    def advance(self, glyph: int) -> float:
        """How far a glyph moves the line on, in thousandths of an em."""
        at = self._start("hmtx") + 4 * min(glyph, self._measured - 1)
        return float(struct.unpack_from(">H", self._content, at)[0] * 1000 / self.units)

    def outline(self, glyph: int) -> bytes:
        """A glyph's description, without the zeros that fill it up."""
        loca, glyf = self._start("loca"), self._start("glyf")
        if self._long:
            first, last = struct.unpack_from(">LL", self._content, loca + 4 * glyph)
        else:
            first, last = (
                2 * n for n in struct.unpack_from(">HH", self._content, loca + 2 * glyph)
            )
        return bytes(self._content[glyf + first : glyf + last]).rstrip(b"\0")

    def parts(self, glyph: int, depth: int = 0) -> Iterator[bytes]:
        """A glyph's description and those that it is put together from, free of their numbers."""
        outline = self.outline(glyph)
        if not outline or outline[0] < 0x80 or depth > 4:  # noqa: PLR2004 – no composite; too deep
            yield outline
            return
        plain, at, more = (
            bytearray(outline.ljust(_COMPOSITE_HEAD + 4, b"\0")),
            _COMPOSITE_HEAD,
            True,
        )
        parts: list[int] = []
        while more:
            flags, part = struct.unpack_from(">HH", plain, at)
            plain[at + 2 : at + 4] = b"\0\0"
            parts.append(part)
            at += 4 + _component_size(flags)
            more = bool(flags & _MORE)
        yield bytes(plain).rstrip(b"\0")
        for part in parts:
            yield from self.parts(part, depth + 1)


def _component_size(flags: int) -> int:
    """Bytes of a component's place and scale."""
    size = 4 if flags & _WORDS else 2
    for flag, more in ((_SCALE, 2), (_TWO_SCALES, 4), (_MATRIX, 8)):
        size += more if flags & flag else 0
    return size
