"""Filling pages with lines: paragraphs kept decent, the closing never alone on a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from auditdesk.documents import grid
from auditdesk.documents.setting import grid_face, set_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from auditdesk.documents.content import ParagraphKind
    from auditdesk.documents.fonts import Fonts, Style
    from auditdesk.documents.grid import Lines
    from auditdesk.documents.page import Item, Page, Text

STYLES: Mapping[ParagraphKind, Style] = {"heading1": "hei", "heading2": "kai"}
INDENT = 2 * grid.CELL
TEXT_WITH_CLOSING = 2  # lines of text that stand over the signatory at least
ROUNDING = 1e-6  # heights are floats


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the type area; its texts stand on a baseline at 0 until they are placed.

    Attributes:
        items: what stands in it.
        keep_with_next: whether the next line stands on the same page.
        noted: a line of the note on what is attached, or the blank one over it; it is no text
            for the signatory to stand under.
    """

    items: tuple[Text, ...]
    keep_with_next: bool = False
    noted: bool = False


_Group = list[Row]  # lines that stand on one page


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands at the very foot of the last page; its upper edge, and its items."""

    top: float = 0.0
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Closing:
    """What follows the text.

    Attributes:
        rows: how many lines the signatory's block takes among the given ones.
        block: that block, when its first line is the one with the given number.
        only: the foot of a letter's only page.
        last: the foot of the last of several pages.
    """

    rows: Callable[[Lines], int]
    block: Callable[[Lines, int], list[Item]]
    only: Foot
    last: Foot


@dataclass(frozen=True, slots=True)
class Filled:
    """One page: the lines that it has, and what stands in them."""

    lines: Lines
    rows: tuple[Row, ...]

    @property
    def text(self) -> int:
        """How many lines of text there are, without the note on what is attached."""
        return sum(not row.noted for row in self.rows)


@lru_cache(maxsize=512)  # of hundreds of papers most paragraphs are alike
def paragraph_rows(kind: ParagraphKind, text: str, fonts: Fonts) -> tuple[Row, ...]:
    """The lines of one paragraph, indented two characters."""
    how = grid_face(fonts, STYLES.get(kind, "fangsong"))
    rows = []
    for number, line in enumerate(how.break_evenly(text, grid.WIDTH, grid.WIDTH - INDENT)):
        indent = 0.0 if number else INDENT
        texts = set_line(line, how, grid.LEFT + indent, 0, grid.WIDTH - indent)
        rows.append(Row(tuple(texts)))
    return _kept(rows, heading=kind.startswith("heading"))


def _kept(rows: list[Row], *, heading: bool) -> tuple[Row, ...]:
    """No page begins or ends with a single line of a paragraph, or ends with a heading."""
    last = len(rows) - 1
    return tuple(
        replace(row, keep_with_next=heading or (number < last and number in {0, last - 1}))
        for number, row in enumerate(rows)
    )


def filled_pages(rows: list[Row], closing: Closing, first: Lines, later: Lines) -> list[Filled]:
    """Share the text out over pages, so that the closing has room on the last.

    Args:
        rows: the text.
        closing: what follows it.
        first: the first page's lines, under the head.
        later: those of every other page.
    """
    pages = _fill(_groups(rows, later.rows), first, later)
    if not _closes(pages, closing, first, later):
        pages.append(_take_from(pages[-1], TEXT_WITH_CLOSING))
    elif len(pages) > 1 and _height(pages[-2]) > TEXT_WITH_CLOSING:
        lacking = TEXT_WITH_CLOSING - _text(pages[-1])
        needed = _height(pages[-1]) + TEXT_WITH_CLOSING + closing.rows(later)
        if lacking > 0 and _room(later, needed, closing.last):
            pages[-1][:0] = _take_from(pages[-2], lacking)
    return [
        Filled(later if number else first, tuple(row for group in page for row in group))
        for number, page in enumerate(pages)
    ]


def laid_pages(
    filled: Sequence[Filled], closing: Closing, new_page: Callable[[], Page]
) -> list[Page]:
    """Put the text, and the closing under it, on pages that `new_page` makes."""
    pages = [new_page() for _ in filled]
    for page, content in zip(pages, filled, strict=True):
        _place(page, content)
    lines, after = filled[-1].lines, len(filled[-1].rows)
    pages[-1].add(*closing.block(lines, after))
    foot = closing.only if len(pages) == 1 else closing.last
    if not _room(lines, after + closing.rows(lines), foot):
        pages.append(new_page())
        foot = closing.last
    pages[-1].add(*foot.items)
    return pages


def _groups(rows: list[Row], most: int) -> list[_Group]:
    groups: list[_Group] = [[]]
    for row in rows:
        groups[-1].append(row)
        if not row.keep_with_next or len(groups[-1]) >= most:
            groups.append([])
    return [group for group in groups if group]


def _fill(groups: list[_Group], first: Lines, later: Lines) -> list[list[_Group]]:
    pages: list[list[_Group]] = [[]]
    room = first.rows
    for group in groups:
        if len(group) > room:  # on the first page the head may leave none at all
            pages.append([])
            room = later.rows
        pages[-1].append(group)
        room -= len(group)
    return pages


def _closes(pages: list[list[_Group]], closing: Closing, first: Lines, later: Lines) -> bool:
    """Whether the closing fits under the text of the last page."""
    only = len(pages) == 1
    lines, foot = (first, closing.only) if only else (later, closing.last)
    return _room(lines, _height(pages[-1]) + closing.rows(lines), foot)


def _room(lines: Lines, rows: int, foot: Foot) -> bool:
    """Whether so many lines stand over the foot."""
    return lines.row_top(rows) >= max(lines.bottom, foot.top) - ROUNDING


def _height(groups: list[_Group]) -> int:
    return sum(len(group) for group in groups)


def _text(groups: list[_Group]) -> int:
    """How many lines of text there are, without the note on what is attached."""
    return sum(not row.noted for group in groups for row in group)


def _take_from(page: list[_Group], least: int) -> list[_Group]:
    """Take the last lines of text off a full page, to stand over the signatory on the next.

    A page is never emptied by it: then only so many go, wherever their paragraph began, or what
    is attached alone where there is no more text than that.
    """
    taken: list[_Group] = []
    while page and _text(taken) < least:
        taken.insert(0, page.pop())
    rows = [row for group in taken for row in group]
    text = [at for at, row in enumerate(rows) if not row.noted]
    cut = text[-least] if len(text) > least else len(text)
    if page or cut == len(rows):
        return taken
    page.append(rows[:cut])
    return [rows[cut:]]


def _place(page: Page, content: Filled) -> None:
    for number, row in enumerate(content.rows):
        baseline = content.lines.baseline(number)
        page.add(*(item.raised(baseline) for item in row.items))
