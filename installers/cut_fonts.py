"""Cut the fonts of `resources/fonts` out of their full source fonts.

    python installers/cut_fonts.py SOURCE_FOLDER

SOURCE_FOLDER holds the six full TrueType fonts named in `CUTS`. The same sources and the same
fontTools give the same bytes; `resources/fonts/SHA256SUMS` is written anew.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"
GUIDE = "LXGWZhuqueFangsong-Regular.ttf"


@dataclass(frozen=True, slots=True)
class Cut:
    """One font: its source file, its shipped file, and how much of it is kept."""

    source: str
    target: str
    reach: str


CUTS = (
    Cut(GUIDE, "ZhuqueFangsong-Regular.ttf", "table"),
    Cut("LXGWWenKaiGBLite-Regular.ttf", "LXGWWenKaiGBLite-Regular.ttf", "table"),
    Cut("NotoSerifSC_400Regular.ttf", "NotoSerifSC-Regular.ttf", "all"),
    Cut("NotoSerifSC_900Black.ttf", "NotoSerifSC-Black.ttf", "table"),
    Cut("NotoSansSC_400Regular.ttf", "NotoSansSC-Regular.ttf", "unified"),
    Cut("NotoSansSC_700Bold.ttf", "NotoSansSC-Bold.ttf", "table"),
)

# Latin with its accents and phonetic marks (pinyin), punctuation, figures, arrows, mathematics,
# enclosed figures, box lines, shapes, Chinese punctuation, enclosed Chinese figures, square
# units, full-width forms.
SYMBOLS = (
    (0x0020, 0x007E),
    (0x00A0, 0x024F),
    (0x02B0, 0x02FF),
    (0x0370, 0x03FF),
    (0x2000, 0x206F),
    (0x2070, 0x22FF),
    (0x2300, 0x23FF),
    (0x2460, 0x25FF),
    (0x2600, 0x266F),
    (0x2E80, 0x303F),
    (0x3100, 0x312F),
    (0x3200, 0x33FF),
    (0xFE10, 0xFE4F),
    (0xFF00, 0xFFEF),
)
UNIFIED = ((0x4E00, 0x9FFF),)
IDEOGRAPHS = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))


def within(ranges: tuple[tuple[int, int], ...], characters: set[int]) -> set[int]:
    """The characters that lie in one of the ranges, ends included."""
    return {c for c in characters if any(first <= c <= last for first, last in ranges)}


def kept(cut: Cut, own: set[int], table: set[int]) -> set[int]:
    """The characters of a font that ship: symbols, and ideographs as far as `reach` says.

    `table` – the ideographs of the 仿宋, which cover the general table of 8,105 and GB 2312;
    `unified` – those and the whole basic block, for what people type in the window;
    `all` – every ideograph of the font, since it stands in where another font has a gap.
    """
    ideographs = within(IDEOGRAPHS, own)
    if cut.reach == "unified":
        ideographs &= table | within(UNIFIED, own)
    elif cut.reach == "table":
        ideographs &= table
    return ideographs | within(SYMBOLS, own)


def cut_font(cut: Cut, sources: Path, table: set[int]) -> Path:
    """Write one shipped font and return its path."""
    font = TTFont(sources / cut.source, recalcTimestamp=False)
    options = subset.Options(
        layout_features=[],
        hinting=False,
        glyph_names=False,
        notdef_outline=True,
        name_IDs=["*"],
        name_languages=["*"],
        drop_tables=[*subset.Options().drop_tables, "vhea", "vmtx", "BASE", "DSIG", "STAT"],
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=kept(cut, set(font.getBestCmap()), table))
    cutter.subset(font)
    path = TARGET / cut.target
    font.save(path)
    return path


def checksum_line(path: Path) -> str:
    """One line of SHA256SUMS, as `sha256sum --check` reads it."""
    return f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"


def main(arguments: list[str]) -> int:
    """Cut every font and write the list of checksums."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    sources = Path(arguments[0])
    guide = set(TTFont(sources / GUIDE, lazy=True).getBestCmap())
    table = within(IDEOGRAPHS, guide)
    paths = [cut_font(cut, sources, table) for cut in CUTS]
    for path in paths:
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")
    lines = "".join(checksum_line(path) for path in sorted(paths))
    (TARGET / "SHA256SUMS").write_text(lines, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
