"""The city's workbook, against openpyxl used the ordinary way on the same cells."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from measure import Figure, Size, side_by_side
from openpyxl import Workbook

from auditdesk.exchange.content import Column, Cover, WorkbookSheet
from auditdesk.exchange.workbook import write_workbook
from auditdesk.util.clock import CHINA
from auditdesk.util.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KINDS = ("text", "text", "money", "decimal", "date", "integer", "percent", "text")
REPEATED = 5  # 40 columns
COVER = Cover(
    office="样例办公室",
    district="370114",
    period_from=date(2022, 1, 1),
    period_to=date(2022, 12, 31),
    made_by="王小明",
    made_at=datetime(2023, 1, 4, 9, 30, tzinfo=CHINA),
    lines=(),
    checkpoint="",
    sample=True,
)


def export(size: Size, folder: Path) -> Iterator[Figure]:
    """Both write the same cells; ours adds formats, sums, a cover, and the fsync."""
    columns = tuple(Column(f"列{n}", kind) for n, kind in enumerate(KINDS * REPEATED))
    rows = [_row(number) * REPEATED for number in range(size.cases)]
    sheet = WorkbookSheet("样例", columns, rows)
    ours, theirs = side_by_side(
        lambda: write_workbook(folder / "a.xlsx", COVER, [sheet], NoProgress(), overwrite=True),
        lambda: _ordinary(folder / "b.xlsx", rows),
        min(size.rounds, 2),
    )
    yield Figure(
        f"workbook of {len(rows):,} × {len(columns)}",
        f"{ours:,.2f} s",
        "openpyxl's ordinary mode",
        f"{theirs:,.2f} s",
        ours / theirs,
    )


def _row(number: int) -> tuple[object, ...]:
    return (
        f"RS-2022-{number:05d}",
        "样例村股份经济合作社",
        420_000_000 + number,
        Decimal("13340.50"),
        date(2022, 3, 1),
        number,
        Decimal("66.67"),
        "370101199001011234",
    )


def _ordinary(path: Path, rows: list[tuple[object, ...]]) -> None:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
