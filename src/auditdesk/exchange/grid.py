"""What stands in the sheets of a workbook, cell by cell; read from its parts."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditdesk.exchange.markup import Listener, local, parse
from auditdesk.exchange.package import damaged
from auditdesk.exchange.styles import read_date_styles
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from auditdesk.exchange.package import Package

MOST_ROWS = 100_000
MOST_COLUMNS = 256
MOST_CELLS = 2_000_000
MOST_CHARACTERS = 100_000_000  # of text, in all sheets together
MOST_SHEETS = 50
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RANGE = re.compile(rf"{_PLACE.pattern}(?::{_PLACE.pattern})?")
_MAIN = ("/officeDocument",)
_FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as the file has it.

    Attributes:
        kind: the format's own: n, s, str, inlineStr, b, e or d; `formula` where it has one.
        is_date: whether its style shows numbers as dates.
    """

    kind: str
    text: str
    is_date: bool


@dataclass(slots=True)
class RawSheet:
    """One visible sheet.

    Attributes:
        rows: by number, each with its cells by the number of the column, both from 1.
        merged: ranges as (first column, first row, last column, last row).
    """

    name: str
    rows: dict[int, dict[int, RawCell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """All visible sheets; `from_1904`: days count from 1904 and not from 1900."""

    sheets: tuple[RawSheet, ...]
    from_1904: bool


def read_grid(package: Package, tell: Callable[[int, int], None]) -> RawWorkbook:
    """Read all visible sheets; `tell` hears how many of how many bytes are done.

    Raises:
        UnusableInputError: it is no workbook, or a larger one than is taken in.
    """
    main = next(
        (t for kind, t in _relations(package, "") if kind.endswith(_MAIN)), "xl/workbook.xml"
    )
    book = _Book()
    parse(package.chunks(main), book)
    kinds = {t: kind for kind, t in _relations(package, main)}
    targets = _targets(package, main)
    budget = _Budget(package, tell)
    texts = _Texts(budget)
    for part, kind in kinds.items():
        if kind.endswith("/sharedStrings") and part in package:
            parse(budget.watch(part), texts)
    styles = next((p for p, k in kinds.items() if k.endswith("/styles") and p in package), "")
    date_styles = read_date_styles(package.chunks(styles)) if styles else frozenset()
    sheets = []
    for name, relation in book.sheets:
        part = targets.get(relation, "")
        if kinds.get(part, "").endswith("/worksheet"):
            reader = _SheetReader(RawSheet(name), texts.all, date_styles, budget)
            parse(budget.watch(part), reader)
            sheets.append(reader.sheet)
    return RawWorkbook(tuple(sheets), book.from_1904)


def _relations(package: Package, part: str) -> list[tuple[str, str]]:
    return [(kind, target) for _, kind, target in _read_relations(package, part)]


def _targets(package: Package, part: str) -> dict[str, str]:
    return {name: target for name, _, target in _read_relations(package, part)}


def _read_relations(package: Package, part: str) -> list[tuple[str, str, str]]:
    folder, name = posixpath.split(part)
    place = posixpath.join(folder, "_rels", f"{name}.rels")
    if place not in package:
        raise damaged(f"缺少 {place}", f"{place} is missing")
    found = _Relations(folder)
    parse(package.chunks(place), found)
    return found.all


class _Relations(Listener):
    """The parts that a part refers to: id, kind, place in the package."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.all: list[tuple[str, str, str]] = []

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            place = target.removeprefix("/")
            if not target.startswith("/"):
                place = posixpath.normpath(posixpath.join(self._folder, target))
            self.all.append((attributes.get("Id", ""), attributes.get("Type", ""), place))


class _Book(Listener):
    """The list of sheets, and from which year days count."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False
        self._is_book = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbook":
            self._is_book = True
        elif not self._is_book:
            raise damaged("没有工作簿部件", "it has no workbook part")
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif name == "sheet" and attributes.get("state", "visible") == "visible":
            self.sheets.append((attributes.get("name", ""), local(attributes, "id")))
            if len(self.sheets) > MOST_SHEETS:
                raise _too_much(f"{MOST_SHEETS} 张工作表", f"{MOST_SHEETS} sheets")


class _Budget:
    """Counts what is taken in, and stops where it becomes too much."""

    def __init__(self, package: Package, tell: Callable[[int, int], None]) -> None:
        self._package, self._tell = package, tell
        self._done = self._total = 0
        self._cells, self._characters = MOST_CELLS, MOST_CHARACTERS

    def watch(self, part: str) -> Iterator[bytes]:
        if part in self._package:
            self._total += self._package.size(part)
        for chunk in self._package.chunks(part):
            self._done += len(chunk)
            self._tell(self._done, max(self._done, self._total))
            yield chunk

    def take_text(self, characters: int) -> None:
        self._characters -= characters
        if self._characters < 0:
            raise _too_much(f"{MOST_CHARACTERS:,} 字", f"{MOST_CHARACTERS:,} characters")

    def take_cell(self, characters: int) -> None:
        self._cells -= 1
        if self._cells < 0:
            raise _too_much(f"{MOST_CELLS:,} 格", f"{MOST_CELLS:,} cells")
        self.take_text(characters)


class _Texts(Listener):
    """The table of texts that cells refer to; phonetic readings are left out."""

    def __init__(self, budget: _Budget) -> None:
        self.all: list[str] = []
        self._budget = budget
        self._pieces: list[str] = []
        self._in_text = self._in_reading = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        del attributes
        if name == "si":
            self._pieces = []
        self._in_reading = self._in_reading or name == "rPh"
        self._in_text = name == "t" and not self._in_reading

    def text(self, text: str) -> None:
        if self._in_text:
            self._budget.take_text(len(text))
            self._pieces.append(text)

    def end(self, name: str) -> None:
        self._in_text = False
        if name == "rPh":
            self._in_reading = False
        elif name == "si":
            self._budget.take_cell(0)
            self.all.append("".join(self._pieces))


class _SheetReader(Listener):
    """The rows of one sheet and its merged ranges."""

    def __init__(
        self, sheet: RawSheet, texts: list[str], date_styles: frozenset[int], budget: _Budget
    ) -> None:
        self.sheet = sheet
        self._texts, self._dates, self._budget = texts, date_styles, budget
        self._row = self._column = 0
        self._cells: dict[int, RawCell] = {}
        self._kind, self._style, self._pieces = "n", 0, [""]
        self._taking = self._in_reading = self._is_sheet = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "worksheet":
            self._is_sheet = True
        elif not self._is_sheet:
            raise damaged("没有工作表", "a sheet is none")
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif name in ("v", "t"):
            self._taking = not self._in_reading
        elif name == "f":
            self._kind = _FORMULA
        elif name == "rPh":
            self._in_reading = True
        elif name == "mergeCell":
            self.sheet.merged.append(_range(attributes.get("ref", "")))

    def text(self, text: str) -> None:
        if self._taking:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._taking = False
        elif name == "c":
            self._end_cell()
        elif name == "rPh":
            self._in_reading = False

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        number = _number(attributes.get("r", str(self._row + 1)))
        if number <= self._row:
            raise damaged("行号重复或颠倒", "rows are out of order")
        self._row, self._column, self._cells = number, 0, {}

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        place = attributes.get("r")
        column = _column(place) if place else self._column + 1
        if column <= self._column:
            raise damaged("单元格重复或颠倒", "cells are out of order")
        self._column = column
        self._kind = attributes.get("t", "n")
        self._style = _number(attributes.get("s", "0"), least=0)
        self._pieces = []

    def _end_cell(self) -> None:
        text = "".join(self._pieces)
        if self._kind == "s":
            text = self._shared(text)
        if not text and self._kind != _FORMULA:
            return
        if self._column > MOST_COLUMNS:
            raise _too_much(f"{MOST_COLUMNS} 列", f"{MOST_COLUMNS} columns")
        self._budget.take_cell(len(text))
        if not self._cells:
            self._keep_row()
        self._cells[self._column] = RawCell(self._kind, text, self._style in self._dates)

    def _keep_row(self) -> None:
        if len(self.sheet.rows) >= MOST_ROWS:
            raise _too_much(f"{MOST_ROWS:,} 行", f"{MOST_ROWS:,} rows")
        self.sheet.rows[self._row] = self._cells

    def _shared(self, text: str) -> str:
        number = _number(text, least=0)
        if number >= len(self._texts):
            raise damaged("文字表缺项", "a cell's text is missing")
        return self._texts[number]


def _number(text: str, least: int = 1) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 7 or int(text) < least:  # noqa: PLR2004 – digits of the last row
        raise damaged("编号不合规", "a number in it is not allowed")
    return int(text)


def _column(place: str) -> int:
    match = _PLACE.fullmatch(place)
    if match is None:
        raise damaged("单元格地址不合规", "a cell's place is not allowed")
    return _column_number(match[1])


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """The letters by which a spreadsheet calls a column, from 1: A, B, …, Z, AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _range(text: str) -> tuple[int, int, int, int]:
    match = _RANGE.fullmatch(text)
    if match is None:
        raise damaged("合并区域不合规", "a merged range is not allowed")
    first = (_column_number(match[1]), int(match[2]))
    last = (_column_number(match[3]), int(match[4])) if match[3] else first
    return (*first, *last)


def _too_much(zh: str, en: str) -> UnusableInputError:
    return UnusableInputError(
        f"工作簿超出可导入的范围：最多 {zh}。请只留下要导入的工作表，并删去表外的内容。",
        f"The workbook has more than is taken in: {en} at most. Keep only the sheet to be "
        "imported, and nothing beside its table.",
    )


def merged_rows(ranges: Iterable[tuple[int, int, int, int]], row: int) -> bool:
    """Whether a row is touched by a merged range."""
    return any(first <= row <= last for _, first, _, last in ranges)
