"""All of a workbook but the rows: styles, page set-up, names, the list of its parts."""

from __future__ import annotations

import re
from contextlib import contextmanager
from io import BytesIO
from typing import IO, TYPE_CHECKING
from zipfile import ZipFile

from openpyxl.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from openpyxl.worksheet.worksheet import Worksheet

# The size is written before the rows are known, and need not be.
_SIZE = re.compile(rb"<dimension [^>]*/>")
_NO_ROWS = re.compile(rb"<sheetData ?/>|<sheetData></sheetData>")


class Envelope:
    """A workbook without rows, which openpyxl writes out as often as it is asked for."""

    def __init__(self, author: str, title: str, made_at: datetime) -> None:
        """Begin a workbook without sheets."""
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.worksheets[0])
        self.workbook.properties.creator = author
        self.workbook.properties.title = title
        self.workbook.properties.created = made_at

    @contextmanager
    def rows_of(self, archive: ZipFile, sheet: Worksheet) -> Iterator[IO[bytes]]:
        """The part of a sheet, open where its rows belong.

        What stands before the rows is settled when the block begins, what stands after them
        (such as the filter) when it ends.
        """
        name = f"xl/worksheets/sheet{self.workbook.sheetnames.index(sheet.title) + 1}.xml"
        with archive.open(name, "w", force_zip64=True) as part:
            part.write(self._halves(name)[0] + b"<sheetData>")
            yield part
            part.write(b"</sheetData>" + self._halves(name)[1])

    def write_rest(self, archive: ZipFile) -> None:
        """Write every part that `rows_of` has not written."""
        there = set(archive.namelist())
        for name, content in self._parts().items():
            if name not in there:
                archive.writestr(name, content)

    def _halves(self, name: str) -> tuple[bytes, bytes]:
        before, after = _NO_ROWS.split(_SIZE.sub(b"", self._parts()[name]))
        return before, after

    def _parts(self) -> dict[str, bytes]:
        written = BytesIO()
        self.workbook.save(written)
        with ZipFile(written) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
