"""Finished papers read back: pages, and the cells of their tables with what stands in them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import pairwise

import pdfplumber

MM = 72 / 25.4


def pages_of(pdf):
    """The pages, read before the file is closed."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            page.chars  # noqa: B018
        return list(opened.pages)


def text_of(pages):
    """All words without any spaces."""
    return "".join(page.extract_text() for page in pages).replace(" ", "").replace("\n", "")


@dataclass(frozen=True)
class PrintedCell:
    """One cell as its borders enclose it, and its lines from above."""

    left: float
    top: float
    right: float
    bottom: float
    lines: tuple[str, ...]
    chars: tuple[tuple[dict, ...], ...]

    @property
    def height(self):
        return self.bottom - self.top

    @property
    def text(self):
        return "".join(self.lines)


def level(char):
    """Whether a character stands on a level line, as all do but those of a mark across the page."""
    return char["matrix"][1] == 0


def rows_of(page):
    """The rows of all tables of a page from above; cells from left to right.

    A row is where upright lines have the same ends; its cells lie between them.
    """
    uprights = {}
    for line in page.lines:
        if abs(line["x0"] - line["x1"]) < 0.1:
            ends = round(line["top"], 1), round(line["bottom"], 1)
            uprights.setdefault(ends, set()).add(round(line["x0"], 2))
    lines = _lines(page)
    return [
        [_cell(lines, (left, top, right, bottom)) for left, right in pairwise(sorted(edges))]
        for (top, bottom), edges in sorted(uprights.items())
    ]


def _lines(page):
    """The characters of a page by their baselines, from left to right."""
    lines = {}
    for char in sorted(page.chars, key=lambda char: char["x0"]):
        if level(char):
            lines.setdefault(round(page.height - char["matrix"][5], 1), []).append(char)
    return lines


def _cell(every, box):
    """A cell and the characters that have their middle in it."""
    left, top, right, bottom = box
    lines = {}
    for y, chars in every.items():
        if top < y < bottom:
            within = [c for c in chars if left < (c["x0"] + c["x1"]) / 2 < right]
            if within:
                lines[y] = within
    found = tuple(tuple(lines[y]) for y in sorted(lines))
    return PrintedCell(*box, tuple("".join(c["text"] for c in line) for line in found), found)


def require_inside(page):
    """Every character of a table stands whole in one cell, and no two upon each other."""
    for cell in (cell for row in rows_of(page) for cell in row):
        for char in (char for line in cell.chars for char in line if not char["text"].isspace()):
            baseline = page.height - char["matrix"][5]
            assert cell.left + 1 <= char["x0"], char["text"]
            assert char["x1"] <= cell.right - 1, char["text"]
            assert baseline - 0.88 * char["size"] >= cell.top - 0.1, char["text"]
            assert baseline + 0.12 * char["size"] <= cell.bottom + 0.1, char["text"]
    require_apart(page)


def require_apart(page):
    """No character stands upon another."""
    places = sorted(
        (round(char["matrix"][5], 1), (char["x0"] + char["x1"]) / 2, char["text"])
        for char in page.chars
        if not char["text"].isspace() and level(char)
    )
    for (y, x, before), (below, right, after) in pairwise(places):
        assert y != below or right - x > 1, before + after
