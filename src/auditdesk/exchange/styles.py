"""Which styles of a workbook show a number as a date (ECMA-376, 18.8.30)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditdesk.exchange.markup import Listener, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# The format's own numbers for dates and times; from 27 on those of Chinese spreadsheets.
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_SAID_LITERALLY = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DATE_LETTERS = re.compile(r"[ydhs]|(?<![a-z])m+(?![a-z])", re.IGNORECASE)


def read_date_styles(chunks: Iterable[bytes]) -> frozenset[int]:
    """The numbers of the cell styles that show dates or times."""
    found = _Styles()
    parse(chunks, found)
    return frozenset(place for place, form in enumerate(found.cells) if found.shows_date(form))


class _Styles(Listener):
    """Number formats of the workbook's own, and the format of each cell style."""

    def __init__(self) -> None:
        self.cells: list[int] = []
        self._own: dict[int, str] = {}
        self._in_cells = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            number = attributes.get("numFmtId", "")
            if number.isdigit():
                self._own[int(number)] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            number = attributes.get("numFmtId", "0")
            self.cells.append(int(number) if number.isdigit() else 0)

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False

    def shows_date(self, form: int) -> bool:
        """Whether a number format shows a date or a time."""
        code = self._own.get(form)
        if code is None:
            return form in _DATE_FORMATS
        plain = _SAID_LITERALLY.sub("", code.partition(";")[0])
        return "general" not in plain.casefold() and _DATE_LETTERS.search(plain) is not None
