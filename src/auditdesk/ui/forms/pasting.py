"""Cells on their way from and to a spreadsheet, as text; no Qt here.

Excel and LibreOffice hand cells over as lines of cells parted by tabs. A cell that holds a tab
or a line end stands in quotes, and a quote in it is doubled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditdesk.ui.forms.reading import half_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from auditdesk.domain.declaration import Field

Line = tuple[str, ...]

# a quoted cell: only where it ends at the cell's end; a lone quote is a character like others
_CELL = re.compile(r'"((?:[^"]|"")*)"(?=\t|\n|\Z)|([^\t\n]*)')
_LINE_END = re.compile(r"\s*\n\s*")
_QUOTED = ("\t", "\n", '"')
# a heading's unit or remark: 使用面积（平方米）, Used area [m²], 比例/%
_ASIDE = re.compile(r"[(\[{/<].*")
# above the headings stands at most a title and who drew the table up
_HEADINGS_WITHIN = 3
# columns that tables have for their readers' sake
_USUAL = frozenset({"序号", "编号", "备注", "no.", "no", "remarks"})


def is_block(text: str) -> bool:
    """Whether copied text is more than one cell."""
    return "\t" in text or "\n" in text.rstrip("\r\n")


def lines_of(text: str) -> list[Line]:
    """The cells of a copied block; one empty line at the end is the copying program's."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    lines: list[Line] = []
    cells: list[str] = []
    place = 0
    while True:
        found = _CELL.match(plain, place)
        if found is None:  # the pattern also matches nothing at all
            break
        quoted, bare = found.groups()
        cells.append(_one_line(bare if quoted is None else quoted.replace('""', '"')))
        place = found.end()
        end = plain[place : place + 1]
        if end != "\t":
            lines.append(tuple(cells))
            cells = []
        if not end:
            break
        place += 1
    return lines[:-1] if lines and lines[-1] == ("",) else lines


def _one_line(cell: str) -> str:
    """A cell's words in one line: a table's cell has no second one."""
    return _LINE_END.sub(" ", cell.strip("\n"))


def text_of(lines: Iterable[Sequence[str]]) -> str:
    """Cells as text that a spreadsheet takes back."""
    return "".join("\t".join(_quoted(cell) for cell in line) + "\r\n" for line in lines)


def _quoted(cell: str) -> str:
    if not any(mark in cell for mark in _QUOTED):
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


@dataclass(frozen=True, slots=True)
class Block:
    """A copied block laid over a table's columns.

    Attributes:
        lines: for each row its cells by the column that they belong to.
        headings: how many lines at the top were headings.
        spare: how many of the block's columns hold something and have no column here.
    """

    lines: tuple[dict[int, str], ...]
    headings: int
    spare: int


def lay_over(lines: Sequence[Line], columns: Sequence[Field], at: int) -> Block:
    """Lay a copied block over a table's columns.

    Where headings came along, each column goes under its own; without any, the block's first
    column goes under column `at`, and the others beside it.
    """
    headings, places = _headings(lines, columns)
    body = lines[headings:]
    width = max((len(line) for line in body), default=0)
    if not headings:
        places = {across: at + across for across in range(len(columns) - at)}
    rows = tuple({places[n]: cell for n, cell in enumerate(row) if n in places} for row in body)
    spare = sum(
        any(n < len(line) and line[n].strip() for line in body)
        for n in range(width)
        if n not in places
    )
    return Block(rows, headings, spare)


def _headings(lines: Sequence[Line], columns: Sequence[Field]) -> tuple[int, dict[int, int]]:
    """How many lines down the headings end, and which column stands under which of them."""
    names = {name: place for place, column in enumerate(columns) for name in _names(column)}
    for number, line in enumerate(lines[:-1][:_HEADINGS_WITHIN], start=1):
        filled = [cell for cell in line if cell.strip()]
        found = [(across, names.get(_plain(cell))) for across, cell in enumerate(line)]
        known = {across: place for across, place in found if place is not None}
        distinct = len(set(known.values())) == len(known)
        usual = sum(_plain(cell) in _USUAL for cell in filled)
        if known and distinct and 2 * (len(known) + usual) >= len(filled):
            return number, known
    return 0, {}


def _names(column: Field) -> set[str]:
    return {_plain(name) for name in (column.label.zh, column.label.en, column.id)}


def _plain(heading: str) -> str:
    """A heading without spaces, unit and remark."""
    return _ASIDE.sub("", "".join(half_width(heading).lower().split())).strip("*:")
