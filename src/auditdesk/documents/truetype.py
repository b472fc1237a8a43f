"""A TrueType font whose text can be copied out of the PDF whatever its characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.pdfbase.ttfonts import TTFont

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_IN_A_BLOCK = 100  # entries of one bfchar block (Adobe Technical Note 5014, 2.4)


class PaperFont(TTFont):  # type: ignore[misc]  # the library has no types
    """A font whose map back to Unicode is right outside the basic plane, too.

    The library writes such characters with five hexadecimal digits, where the PDF format
    wants UTF-16: 𬭎 would be copied, searched and read aloud as something else.
    """

    def em_width(self, character: str) -> float:
        """Width of a character in em."""
        return float(self.face.getCharWidth(ord(character))) / 1000

    def has(self, character: str) -> bool:
        """Whether the font has a glyph for the character."""
        return ord(character) in self.face.charToGlyph

    def addObjects(self, doc: Any) -> None:  # noqa: N802 – the library's name
        """Add the font's subsets to the document, with maps to Unicode of our own."""
        subsets: Sequence[Sequence[int]] = self.state[doc].subsets
        super().addObjects(doc)
        for stream, subset in zip(self._maps(doc), subsets, strict=True):
            stream.content = to_unicode_map(subset)

    def _maps(self, doc: Any) -> Iterable[Any]:
        mapping = doc.fontMapping[self.fontName][1:]
        fonts = doc.idToObject["BasicFonts"].dict
        number = 0
        while f"{mapping}+{number}" in fonts:
            reference = fonts[f"{mapping}+{number}"].ToUnicode
            yield doc.idToObject[reference.name]
            number += 1


def to_unicode_map(subset: Sequence[int]) -> str:
    """The ToUnicode map of one subset: its characters in the order of their codes.

    Args:
        subset: code points by one-byte code; 0 stands for an unused code.
    """
    entries = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>"
        for code, point in enumerate(subset)
        if point
    ]
    blocks = [entries[i : i + MOST_IN_A_BLOCK] for i in range(0, len(entries), MOST_IN_A_BLOCK)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)
