"""Ledgers: a list over many pages, upright or turned as its columns ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from auditdesk.documents import grid
from auditdesk.documents.area import TURNED, UPRIGHT
from auditdesk.documents.blocks import Block, planned
from auditdesk.documents.content import SheetColumn
from auditdesk.documents.fonts import plain
from auditdesk.documents.furniture import new_page
from auditdesk.documents.headlines import TextLine, head_blocks
from auditdesk.documents.page import paint
from auditdesk.documents.passage import IN_CELLS, Passage
from auditdesk.documents.setting import face, one_line, passage, set_line, set_right
from auditdesk.documents.table import Density
from auditdesk.documents.tabular import faces_of, measured, stocks_of
from auditdesk.documents.widths import (
    MOST_ROWS,
    comfortable,
    divided,
    least_widths,
    most,
    side_of,
)
from auditdesk.util.progress import Part, watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditdesk.documents.area import Area
    from auditdesk.documents.blocks import Placed
    from auditdesk.documents.content import Ledger, SheetTable
    from auditdesk.documents.fonts import Fonts
    from auditdesk.documents.page import Page
    from auditdesk.documents.setting import Face
    from auditdesk.documents.tabular import Measured
    from auditdesk.documents.widths import Stock
    from auditdesk.util.progress import Progress

NUMBERS = SheetColumn("序号", 1, "centre")
SUMS = "合计"
ORDINALS = "一二三四五六七八九十"
DENSITY = Density(pitch=1.4, padding=4.0, gap=6, note=0, signing=0)
SCOPE_SIZE = 10.5
SCOPE_LINE = 18.0
FOOT_SIZE = 9.0
FOOT_DROP = 7 * grid.MM  # page numbers under the type area, as on other papers
UNBROKEN = 12  # characters: texts of up to that length are given one line where there is room
TIGHT, ROOMY = 2, 1  # how far short cells may be broken: in one part, in several
MOST_LINES = 3.0  # to a row on the average; with more, columns go to pages of their own
SHORT = 6  # characters: a column without longer texts is set in the middle
STEPS = 3  # of the work: to measure the words, to break them, to draw the pages


@dataclass(frozen=True, slots=True)
class Manner:
    """On which paper a ledger is printed, and in which size."""

    area: Area
    size: float


_Plan = tuple[str, Sequence["Placed"]]  # the title of a page's part, and what stands on the page
# The first in which nothing much has to be broken; 小五 on a turned page if none is.
MANNERS = (Manner(UPRIGHT, 10.5), Manner(TURNED, 10.5), Manner(TURNED, 9.0))


@dataclass(frozen=True, slots=True)
class PrintedLedger:
    """A finished ledger: its PDF, how many pages it has, whether they are turned."""

    pdf: bytes
    pages: int
    turned: bool


def render_ledger(ledger: Ledger, fonts: Fonts, progress: Progress) -> PrintedLedger:
    """Lay out a ledger as PDF; equal ledgers give equal bytes.

    Raises:
        UnusableInputError: a character that no font has.
        CancelledError: by `progress`.
    """
    table = _numbered(ledger.table)
    manner = _manner(table, fonts)
    faces = faces_of(fonts, manner.size)
    whole = measured(table, faces, Part(progress, 0, STEPS))
    parts = [whole.only(places) for places in _parts(whole, ledger.naming + 1, manner)]
    plans: list[_Plan] = []
    for at, part in enumerate(parts):
        title = plain(ledger.title) + (_ordinal(at) if len(parts) > 1 else "")
        own = replace(ledger, title=title)
        watch = Part(Part(progress, 1, STEPS), at, len(parts))
        plans += [(title, shapes) for shapes in _planned(own, part, fonts, manner.area, watch)]
    pages = _pages(plans, fonts, manner.area, Part(progress, 2, STEPS), ledger.sample)
    pdf = paint(pages, fonts, plain(ledger.title), places=False)
    return PrintedLedger(pdf, len(plans), manner.area is TURNED)


def _ordinal(at: int) -> str:
    return f"（{ORDINALS[at] if at < len(ORDINALS) else at + 1}）"


def _numbered(table: SheetTable) -> SheetTable:
    """The list with a number before each row, and the name of the sums before these."""
    return replace(
        table,
        columns=(NUMBERS, *table.columns),
        rows=tuple((str(number), *row) for number, row in enumerate(table.rows, 1)),
        sums=(SUMS, *table.sums) if table.sums else (),
    )


def _manner(table: SheetTable, fonts: Fonts) -> Manner:
    """The paper that the columns ask for, by rows that stand for all."""
    some = replace(table, rows=table.rows[:: 1 + len(table.rows) // MOST_ROWS], sums=())
    for manner in MANNERS:
        stocks = stocks_of([measured(some, faces_of(fonts, manner.size))])
        if comfortable(stocks, manner.area.width, manner.size, UNBROKEN) <= manner.area.width:
            return manner
    return MANNERS[-1]


def _parts(table: Measured, naming: int, manner: Manner) -> list[Sequence[int]]:
    """Which columns stand beside each other; those that name a row stand in every part."""
    width, stocks = manner.area.width, stocks_of([table])
    if len(stocks) <= naming + 1 or _fit(stocks, manner):
        return [range(len(stocks))]
    needs = least_widths(stocks, width, manner.size, ROOMY)
    fewest = len(_shared(needs, naming, width))
    even = sum(needs[:naming]) + sum(needs[naming:]) / fewest
    for step in range(11):  # parts of about the same width, as many as are needed at least
        shared = _shared(needs, naming, even + (width - even) * step / 10)
        if len(shared) == fewest:
            break
    return [(*range(naming), *part) for part in shared]


def _fit(stocks: Sequence[Stock], manner: Manner) -> bool:
    """Whether all columns fit beside each other in rows that are not too high."""
    width = manner.area.width
    if sum(least_widths(stocks, width, manner.size, TIGHT)) > width:
        return False
    widths = divided(stocks, width, manner.size)
    rows = zip(*(stock.cells for stock in stocks), strict=True)
    rooms = [own - 2 * side_of(manner.size) for own in widths]
    lines = [max(map(Passage.count, row, rooms)) for row in islice(rows, MOST_ROWS)]
    return sum(lines) <= MOST_LINES * len(lines)


def _shared(needs: Sequence[float], naming: int, width: float) -> list[list[int]]:
    """The columns one after the other, as many in each part as it has room for."""
    parts: list[list[int]] = [[]]
    taken = fixed = sum(needs[:naming])
    for place in range(naming, len(needs)):
        if parts[-1] and taken + needs[place] > width:
            parts.append([])
            taken = fixed
        parts[-1].append(place)
        taken += needs[place]
    return parts


def _planned(
    ledger: Ledger, table: Measured, fonts: Fonts, area: Area, progress: Progress
) -> list[list[Placed]]:
    """The pages of one part."""
    stocks, size = stocks_of([table]), table.faces.body.size
    columns = tuple(
        replace(column, align="centre")
        if column.align == "left" and most(stock, size) <= SHORT * size + 2 * side_of(size)
        else column
        for column, stock in zip(table.table.columns, stocks, strict=True)
    )
    table = replace(table, table=replace(table.table, columns=columns))
    broken = table.broken(divided(stocks, area.width, size), area.left, progress)
    how = face(fonts, "fangsong", SCOPE_SIZE)
    scope = _lines(ledger.scope, ledger.count, how, area)
    made = _lines(ledger.made, "", how, area) if ledger.made else []
    blocks = [
        *head_blocks(ledger.office, ledger.title, fonts, area),
        *(Block(line, keep=True) for line in scope),
        *broken.blocks(None, DENSITY, area.height, SCOPE_LINE * len(made)),
        *(Block(line, keep=line is not made[-1]) for line in made),
    ]
    return planned(blocks, area)


def _lines(text: str, beside: str, how: Face, area: Area) -> list[TextLine]:
    """A text over or under the list, with another at the right end of its last line."""
    end = plain(beside)
    room = area.width - how.width(end) - 2 * how.size
    lines = passage(how, plain(text), IN_CELLS).lines(room)
    return [
        TextLine(line.text, how, SCOPE_LINE, "left", area, end if line is lines[-1] else "")
        for line in lines
    ]


def _pages(
    plans: Sequence[_Plan], fonts: Fonts, area: Area, progress: Progress, sample: bool
) -> Iterator[Page]:
    """The pages one after the other, drawn when they are wanted; each says which one it is."""
    how = face(fonts, "song", FOOT_SIZE)
    y = area.bottom - FOOT_DROP
    for number, (title, shapes) in enumerate(watched(plans, progress), 1):
        page = new_page(sample=sample, preview=False)
        page.size = area.paper
        for shape, top in shapes:
            shape.draw(page, top)
        page.add(*set_line(one_line(title, how), how, area.left, y))
        text = f"第 {number} 页　共 {len(plans)} 页"
        page.add(*set_right(one_line(text, how), how, area.right, y))
        yield page
