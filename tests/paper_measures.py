"""Measuring laid-out papers: what stands where on a page of the finished PDF, in points."""

from __future__ import annotations

import io
from functools import lru_cache

import pdfplumber
import pikepdf

MM = 72 / 25.4
PAPER = (210 * MM, 297 * MM)
LEFT, TOP, RIGHT, BOTTOM = 28 * MM, 37 * MM, 184 * MM, 262 * MM  # the type area
ROW, CELL = 225 * MM / 22, 156 * MM / 28
# GB/T 15834-2011, 5.1, written down once more, so that a mark lost in the program is missed here
NOT_AT_START = set("，。、；：？！”’）〕］｝〉》」』】·—…％%℃‰.,:;?!)]}")
NOT_AT_END = set("“‘（〔［｛〈《「『【￥([{")
ABOVE, BELOW = 0.88, 0.12  # of a character's size, over and under its baseline


@lru_cache(maxsize=64)
def pages_of(pdf):
    """The pages, everything on them read."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            page.chars  # noqa: B018 – read before the file is closed
        return list(opened.pages)


def slanted(char):
    """Whether it is of a mark across the page."""
    return abs(char["matrix"][1]) > 0.1


def rows_of(page, size=16.0):
    """The lines of text of one size: (distance of the baseline from the top, characters)."""
    found = {}
    for char in page.chars:
        if abs(char["size"] - size) < 0.01 and not slanted(char):
            found.setdefault(round(page.height - char["matrix"][5], 1), []).append(char)
    return [(y, sorted(found[y], key=lambda c: c["x0"])) for y in sorted(found)]


def text_of(chars):
    return "".join(char["text"] for char in chars)


def is_word(character):
    """Whether a character is Latin or a digit."""
    return "!" <= character < "\u2000"


def is_red(item):
    colour = item.get("non_stroking_color") if "text" in item else item["stroking_color"]
    return colour[0] > 0.8 and colour[1] < 0.2


def red_head(page):
    """The red head: distance of its upper and lower edge from the top, and its characters."""
    chars = [char for char in page.chars if is_red(char) and char["size"] != 26]
    baseline, size = page.height - chars[0]["matrix"][5], chars[0]["size"]
    return baseline - ABOVE * size, baseline + BELOW * size, chars


def red_rules(page):
    """Red lines from the top down: upper edge, lower edge, left and right end."""
    lines = [line for line in page.lines if is_red(line)]
    return sorted(
        (
            line["top"] - line["linewidth"] / 2,
            line["top"] + line["linewidth"] / 2,
            line["x0"],
            line["x1"],
        )
        for line in lines
    )


def boxes_of(page):
    """What is printed, each as (left, top, right, bottom); marks across the page left out."""
    boxes = [
        (c["x0"], page.height - c["matrix"][5] - ABOVE * c["size"], c["x1"],
         page.height - c["matrix"][5] + BELOW * c["size"])
        for c in page.chars
        if not slanted(c) and not c["text"].isspace()
    ]  # fmt: skip
    boxes += [(line["x0"], line["top"], line["x1"], line["bottom"]) for line in page.lines]
    return boxes


def code_box(page):
    """The QR code: left, top, right, bottom; None where the page has none."""
    modules = [rect for rect in page.rects if rect["width"] < 60 and rect["fill"]]
    if not modules:
        return None
    return (
        min(r["x0"] for r in modules),
        min(r["top"] for r in modules),
        max(r["x1"] for r in modules),
        max(r["bottom"] for r in modules),
    )


def places_of(pdf, signers):
    """The places to sign, in the order of the signers: (page, left, top, right, bottom)."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        places = opened.Root.Dests
        assert set(places) == {f"/signature-{role}" for role in signers}
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
        found = [places[f"/signature-{role}"] for role in signers]
        boxes = [(numbers[p[0].objgen], *(float(p[i]) for i in range(2, 6))) for p in found]
    return [
        (number, left, PAPER[1] - top, right, PAPER[1] - bottom)
        for number, left, bottom, right, top in boxes
    ]


def collisions(pdf, signers=()):
    """Pairs of things that stand upon each other; texts, lines, QR code and places to sign."""
    places = places_of(pdf, signers)
    for number, page in enumerate(pages_of(pdf)):
        boxes = boxes_of(page) + [box for at, *box in places if at == number]
        code = code_box(page)
        boxes += [code] if code else []
        ordered = sorted(boxes, key=lambda box: box[1])
        for at, (left, _, right, bottom) in enumerate(ordered):
            for other in ordered[at + 1 :]:
                if other[1] > bottom - 1:
                    break
                if min(right, other[2]) - max(left, other[0]) > 1:
                    yield number, (left, bottom), other
