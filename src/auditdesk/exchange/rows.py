"""The rows of one sheet as the format's XML (ECMA-376, 18.3.1), streamed.

openpyxl writes all else of a workbook. Rows are written here because its own way takes several
times as long, brings every number through a binary float, and keeps parts of the sheet in files
that outlive a cancelled export.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    # A cell: the number of its style, whether its text is a number's digits, its text.
    Cell = tuple[int, bool, str]

GREATEST_ROW = 1_048_576
GREATEST_HEIGHT = 409.0  # points
_ROWS_AT_ONCE = 200


class Rows:
    """Appends rows to an open part of the workbook; `flush` hands on what still waits."""

    def __init__(self, part: IO[bytes], columns: int) -> None:
        """Write to `part` rows of at most so many columns."""
        self.number = 0
        self._part = part
        self._letters = [get_column_letter(number) for number in range(1, columns + 1)]
        self._waiting: list[str] = []

    def append(self, cells: Iterable[Cell], height: float = 0) -> None:
        """Add a row, `height` points high; 0: as high as the sheet's rows are.

        Raises:
            UnusableInputError: the sheet is full.
            OSError: the disk is full or failed.
        """
        self.number += 1
        if self.number > GREATEST_ROW:
            raise UnusableInputError(
                f"一张工作表最多 {GREATEST_ROW} 行，请缩短导出期间。",
                f"A sheet holds {GREATEST_ROW} rows at most; export a shorter period.",
            )
        high = f' ht="{min(height, GREATEST_HEIGHT):g}" customHeight="1"' if height else ""
        self._waiting.append(f'<row r="{self.number}"{high}>')
        self._waiting += [
            _cell_xml(f"{letter}{self.number}", cell)
            for letter, cell in zip(self._letters, cells, strict=False)
        ]
        self._waiting.append("</row>")
        if self.number % _ROWS_AT_ONCE == 0:
            self.flush()

    def flush(self) -> None:
        """Hand on the rows that wait."""
        self._part.write("".join(self._waiting).encode())
        self._waiting.clear()


def _cell_xml(place: str, cell: Cell) -> str:
    style, is_number, text = cell
    if is_number:
        return f'<c r="{place}" s="{style}"><v>{text}</v></c>'
    if not text:
        return f'<c r="{place}" s="{style}"/>'
    inline = f'<is><t xml:space="preserve">{escape(text)}</t></is>'
    return f'<c r="{place}" s="{style}" t="inlineStr">{inline}</c>'
