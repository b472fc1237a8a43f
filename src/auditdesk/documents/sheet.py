"""Papers in form style: facts, tables that break over pages, lines to sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditdesk.documents import grid
from auditdesk.documents.area import UPRIGHT
from auditdesk.documents.blocks import Block, filled, planned
from auditdesk.documents.ending import Ending
from auditdesk.documents.facts import fact_lines
from auditdesk.documents.fonts import plain
from auditdesk.documents.furniture import foot_of_last, new_page, number_of_total
from auditdesk.documents.headlines import TextLine, head_blocks, heading
from auditdesk.documents.page import paint
from auditdesk.documents.seal import across_edges
from auditdesk.documents.setting import face
from auditdesk.documents.table import Density, row_of
from auditdesk.documents.tabular import broken_tables, faces_of, measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditdesk.documents.blocks import Placed
    from auditdesk.documents.content import Sheet
    from auditdesk.documents.facts import Line as FactLine
    from auditdesk.documents.fonts import Fonts
    from auditdesk.documents.page import Page
    from auditdesk.documents.tabular import Broken

NUMBER_SIZE = 12.0
NUMBER_LINE = 22.0
GAP = 10.0
# From the usual one to the closest in which 五号 is still easily read.
DENSITIES = (
    Density(pitch=1.5, padding=4.5, gap=10, note=18, signing=12),
    Density(pitch=1.4, padding=4.0, gap=9, note=17, signing=9),
    Density(pitch=1.3, padding=3.5, gap=8, note=16, signing=6),
)
TORN = 0.5  # of a page: a last page with less on it is worth being saved


def render_sheet(sheet: Sheet, fonts: Fonts) -> bytes:
    """Lay out a sheet and return it as PDF; equal sheets give equal bytes.

    Raises:
        UnusableInputError: a character that no font has.
    """
    return paint(sheet_pages(sheet, fonts), fonts, plain(sheet.title))


def sheet_pages(sheet: Sheet, fonts: Fonts) -> list[Page]:
    """The pages of a sheet; raises as `render_sheet`."""
    pages = []
    for shapes in _planned(_words(sheet, fonts)):
        page = new_page(sample=sheet.sample, preview=sheet.preview)
        for shape, top in shapes:
            shape.draw(page, top)
        pages.append(page)
    number_of_total(pages, fonts)
    foot_of_last(pages[-1], plain(sheet.checkpoint), sheet.code, fonts, right=True)
    across_edges(pages, sheet, fonts)
    return pages


@dataclass(frozen=True, slots=True)
class _Words:
    """A sheet's words, broken into lines; how closely these are set is decided afterwards."""

    sheet: Sheet
    fonts: Fonts
    facts: Sequence[FactLine]
    tables: Sequence[Broken]
    ending: Ending


def _words(sheet: Sheet, fonts: Fonts) -> _Words:
    faces = faces_of(fonts, grid.SMALL_SIZE)
    facts, label = fact_lines(sheet.facts, faces)
    tables = broken_tables([measured(table, faces) for table in sheet.tables], UPRIGHT)
    return _Words(sheet, fonts, facts, tables, Ending(sheet, fonts, label))


def _planned(words: _Words) -> list[list[Placed]]:
    """The pages; set more closely where that saves a last page with little on it."""
    usual = planned(_blocks(words, DENSITIES[0]), UPRIGHT)
    if len(usual) > 1 and filled(usual, UPRIGHT) < TORN:
        for density in DENSITIES[1:]:
            closer = planned(_blocks(words, density), UPRIGHT)
            if len(closer) < len(usual):
                return closer
    return usual


def _blocks(words: _Words, density: Density) -> Iterator[Block]:
    yield from _head(words.sheet, words.fonts)
    last = len(words.facts) - 1
    for number, (cells, edges) in enumerate(words.facts):
        yield Block(row_of(cells, edges, density), density.gap if number == last else 0.0)
    closing = words.ending.blocks(density)
    height = sum(block.shape.height for block in closing)
    last = len(words.tables) - 1
    for number, (table, broken) in enumerate(zip(words.sheet.tables, words.tables, strict=True)):
        title = heading(table.title, words.fonts, UPRIGHT) if table.title else None
        under = height if number == last else 0.0
        yield from broken.blocks(title, density, UPRIGHT.height, under)
    yield from closing


def _head(sheet: Sheet, fonts: Fonts) -> Iterator[Block]:
    """Office, title and number; the facts or the first table follow on the same page."""
    yield from head_blocks(sheet.office, sheet.title, fonts, UPRIGHT)
    how = face(fonts, "fangsong", NUMBER_SIZE)
    height = NUMBER_LINE if sheet.number else GAP
    yield Block(TextLine(plain(sheet.number), how, height, "right", UPRIGHT), keep=True)
