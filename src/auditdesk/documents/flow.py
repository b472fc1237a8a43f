"""Filling pages of 22 lines: paragraphs kept decent, the closing never alone on a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from auditdesk.documents import grid
from auditdesk.documents.setting import grid_face, set_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auditdesk.documents.content import ParagraphKind
    from auditdesk.documents.fonts import Fonts, Style
    from auditdesk.documents.page import Item, Page, Text

STYLES: Mapping[ParagraphKind, Style] = {"heading1": "hei", "heading2": "kai"}
INDENT = 2 * grid.CELL
TEXT_WITH_CLOSING = 2  # lines of text that stand over the signatory at least


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the type area; its texts stand on a baseline at 0 until they are placed."""

    items: tuple[Text, ...]
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class Closing:
    """What follows the text.

    Attributes:
        rows: lines that the signatory's block takes.
        block: that block, when its first line is the given one.
        foot_rows: lines at the very foot of the last page.
        foot: what stands there.
    """

    rows: int
    block: Callable[[int], list[Item]]
    foot_rows: int
    foot: tuple[Item, ...]


@lru_cache(maxsize=512)  # of hundreds of papers most paragraphs are alike
def paragraph_rows(kind: ParagraphKind, text: str, fonts: Fonts) -> tuple[Row, ...]:
    """The lines of one paragraph, indented two characters."""
    how = grid_face(fonts, STYLES.get(kind, "fangsong"))
    rows = []
    for number, line in enumerate(how.break_lines(text, grid.WIDTH, grid.WIDTH - INDENT)):
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


def fill_pages(
    rows: list[Row], closing: Closing, first_row: int, new_page: Callable[[], Page]
) -> list[Page]:
    """Place the rows, then the closing under them.

    Args:
        rows: the text.
        closing: what follows it.
        first_row: where the text begins on the first page.
        new_page: makes an empty page.
    """
    filled = _fill(_groups(rows), first_row)
    starts = [first_row] + [0] * len(filled)
    if not _fits(filled, starts, closing.rows + closing.foot_rows):
        filled.append(_take_from(filled[-1]))
    pages = [new_page() for _ in filled]
    for page, groups, start in zip(pages, filled, starts, strict=False):
        _place(page, groups, start)
    after = starts[len(filled) - 1] + _height(filled[-1])
    pages[-1].add(*closing.block(after))
    if after + closing.rows + closing.foot_rows > grid.ROWS:
        pages.append(new_page())
    pages[-1].add(*closing.foot)
    return pages


def _groups(rows: list[Row]) -> list[list[Row]]:
    groups: list[list[Row]] = [[]]
    for row in rows:
        groups[-1].append(row)
        if not row.keep_with_next or len(groups[-1]) >= grid.ROWS:
            groups.append([])
    return [group for group in groups if group]


def _fill(groups: list[list[Row]], first_row: int) -> list[list[list[Row]]]:
    pages: list[list[list[Row]]] = [[]]
    row = first_row
    for group in groups:
        if row + len(group) > grid.ROWS and pages[-1]:
            pages.append([])
            row = 0
        if row + len(group) > grid.ROWS:  # the head leaves no room on the first page
            pages.append([])
            row = 0
        pages[-1].append(group)
        row += len(group)
    return pages


def _height(groups: list[list[Row]]) -> int:
    return sum(len(group) for group in groups)


def _fits(filled: list[list[list[Row]]], starts: list[int], rows: int) -> bool:
    return starts[len(filled) - 1] + _height(filled[-1]) + rows <= grid.ROWS


def _take_from(page: list[list[Row]]) -> list[list[Row]]:
    """Take the last lines off a full page, to stand over the signatory on the next.

    A page is never emptied by it: then two lines go, wherever their paragraph began.
    """
    taken: list[list[Row]] = []
    while page and _height(taken) < TEXT_WITH_CLOSING:
        taken.insert(0, page.pop())
    rows = [row for group in taken for row in group]
    if page or len(rows) <= TEXT_WITH_CLOSING:
        return taken
    page.append(rows[:-TEXT_WITH_CLOSING])
    return [rows[-TEXT_WITH_CLOSING:]]


def _place(page: Page, groups: list[list[Row]], start: int) -> None:
    for number, row in enumerate((row for group in groups for row in group), start):
        baseline = grid.row_baseline(number)
        page.add(*(item.raised(baseline) for item in row.items))
