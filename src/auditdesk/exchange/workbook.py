"""The workbook for the city's bureau: a cover and one sheet a case type.

Amounts and areas are numbers, written digit by digit and never through a binary float; codes,
identity numbers and whatever is longer than 15 digits are text. A workbook is there whole or
not at all.
"""

from __future__ import annotations

import errno
from contextlib import suppress
from datetime import UTC
from operator import length_hint
from typing import TYPE_CHECKING, BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZipFile

from lxml.etree import SerialisationError
from openpyxl.workbook import Workbook
from openpyxl.writer.excel import ExcelWriter

from auditdesk.exchange import paper
from auditdesk.exchange.cells import sheet_names
from auditdesk.exchange.content import WorkbookFacts
from auditdesk.exchange.cover import TITLE, fill_cover, new_cover
from auditdesk.exchange.table import write_table
from auditdesk.util.atomic import atomic_file, disk_fault
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from auditdesk.exchange.content import Cover, SheetFacts, WorkbookSheet
    from auditdesk.util.progress import Progress

ROWS_A_STEP = 100


def write_workbook(
    path: Path,
    cover: Cover,
    sheets: Sequence[WorkbookSheet],
    progress: Progress,
    *,
    overwrite: bool = False,
) -> WorkbookFacts:
    """Write a workbook, or leave what was there.

    Progress counts rows; where a sheet's rows do not know how many they are, the total grows.

    Raises:
        UnusableInputError: `path` exists and `overwrite` was not asked for.
        OfficeFaultError: the disk is full, failed or cannot be written.
        CancelledError: the user cancelled; nothing was left behind.
    """
    if path.exists() and not overwrite:
        raise UnusableInputError(
            f"文件已存在，没有覆盖：{path}。请换一个文件名，或先移走原文件。",
            f"{path} exists already and was not replaced. Choose another name or move it first.",
        )
    try:
        with atomic_file(path) as file:
            return _save(file, cover, sheets, progress)
    except OSError as error:
        raise disk_fault(error, path) from error


def _save(
    file: BinaryIO, cover: Cover, sheets: Sequence[WorkbookSheet], progress: Progress
) -> WorkbookFacts:
    workbook = Workbook(write_only=True)
    workbook.properties.creator = cover.made_by
    workbook.properties.modified = workbook.properties.created = cover.made_at.astimezone(UTC)
    workbook.properties.title = f"{cover.office} {cover.period}"
    try:
        facts = _filled(workbook, cover, sheets, progress)
        # Not workbook.save, which on a fault leaves its archive open to fail once more later.
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(workbook, archive).save()
    except SerialisationError as error:
        raise _as_os_error(error) from error
    finally:
        _discard_parts(workbook)
    return facts


def _filled(
    workbook: Workbook, cover: Cover, sheets: Sequence[WorkbookSheet], progress: Progress
) -> WorkbookFacts:
    front = new_cover(workbook, cover)
    counter = _Counter(progress, sum(length_hint(sheet.rows) for sheet in sheets))
    _, *names = sheet_names([TITLE, *(sheet.title for sheet in sheets)])
    facts = WorkbookFacts(
        tuple(
            _write_sheet(workbook, name, spec, cover, counter)
            for name, spec in zip(names, sheets, strict=True)
        )
    )
    fill_cover(front, cover, facts)
    return facts


def _write_sheet(
    workbook: Workbook, name: str, spec: WorkbookSheet, cover: Cover, counter: _Counter
) -> SheetFacts:
    widths = [column.width for column in spec.columns]
    sheet = paper.new_sheet(workbook, name, widths, landscape=True)
    paper.freeze(sheet, columns=1)
    mark = "样例　" if cover.sample else ""
    paper.caption(sheet, f"{mark}{cover.office}　{spec.title}", cover.period)
    return write_table(sheet, spec, counter.row)


def _discard_parts(workbook: Workbook) -> None:
    """Remove the temporary files of sheets that were never saved; they hold personal data.

    openpyxl itself does so only when the program ends. An abandoned sheet may be in any state,
    so each step is tried whatever became of the one before.
    """
    for sheet in cast("list[WriteOnlyWorksheet]", workbook.worksheets):
        writer = getattr(sheet, "_writer", None)
        if writer is not None:
            for step in (sheet.close, writer.close, writer.cleanup):
                with suppress(Exception):
                    step()


def _as_os_error(error: SerialisationError) -> OSError:
    """The operating system's error behind lxml's, which only names it: "IO_ENOSPC"."""
    number = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
    return OSError(number, str(error))


class _Counter:
    """Counts rows over all sheets and tells the progress now and then."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0
        self._tell()

    def row(self) -> None:
        self._done += 1
        if self._done % ROWS_A_STEP == 0 or self._done == self._total:
            self._tell()

    def _tell(self) -> None:
        self._progress.step(self._done, max(self._done, self._total))
