"""The workbook for the city's bureau: a cover and one sheet a case type.

Amounts and areas are numbers, written digit by digit and never through a binary float; codes,
identity numbers and whatever is longer than 15 digits are text. A workbook is there whole or
not at all.
"""

from __future__ import annotations

from datetime import UTC
from operator import length_hint
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from auditdesk.exchange import paper
from auditdesk.exchange.cells import sheet_names
from auditdesk.exchange.content import WorkbookFacts
from auditdesk.exchange.cover import TITLE, WIDTHS, new_cover, write_cover
from auditdesk.exchange.envelope import Envelope
from auditdesk.exchange.rows import Rows
from auditdesk.exchange.table import write_table
from auditdesk.util.atomic import atomic_file, disk_fault
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

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
        UnusableInputError: `path` exists and `overwrite` was not asked for; or a sheet has
            more rows than the format allows.
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
    envelope = Envelope(
        cover.made_by, f"{cover.office} {cover.period}", cover.made_at.astimezone(UTC)
    )
    front = new_cover(envelope.workbook, cover)
    counter = _Counter(progress, sum(length_hint(sheet.rows) for sheet in sheets))
    _, *names = sheet_names([TITLE, *(sheet.title for sheet in sheets)])
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        facts = WorkbookFacts(
            tuple(
                _write_sheet(
                    archive, envelope, _table_sheet(envelope, name, spec, cover), spec, counter
                )
                for name, spec in zip(names, sheets, strict=True)
            )
        )
        with envelope.rows_of(archive, front) as part:
            rows = Rows(part, len(WIDTHS))
            write_cover(front, rows, cover, facts)
            rows.flush()
        envelope.write_rest(archive)
    return facts


def _table_sheet(envelope: Envelope, name: str, spec: WorkbookSheet, cover: Cover) -> Worksheet:
    widths = [column.width for column in spec.columns]
    sheet = paper.new_sheet(envelope.workbook, name, widths, landscape=True)
    paper.freeze(sheet, columns=1)
    mark = "样例　" if cover.sample else ""
    paper.caption(sheet, f"{mark}{cover.office}　{spec.title}", cover.period)
    return sheet


def _write_sheet(
    archive: ZipFile, envelope: Envelope, sheet: Worksheet, spec: WorkbookSheet, counter: _Counter
) -> SheetFacts:
    with envelope.rows_of(archive, sheet) as part:
        rows = Rows(part, len(spec.columns))
        facts = write_table(sheet, rows, spec, counter.row)
        rows.flush()
    return facts


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
