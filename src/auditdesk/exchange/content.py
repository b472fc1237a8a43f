"""What a workbook is made of and what was written; plain values, without openpyxl."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

Kind = Literal["text", "integer", "decimal", "money", "percent", "date"]


@dataclass(frozen=True, slots=True)
class AsTyped:
    """What somebody typed that is none of its column's kind: written as text, never summed."""

    text: str


Value = str | int | Decimal | date | AsTyped | None

SUMMABLE = ("integer", "decimal", "money")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Attributes:
        kind: money comes as whole 分, percent as a `Decimal` where 60 is 60 %.
        width: in characters of the ordinary letter's width; a Chinese one takes two.
        total: whether the totals row carries the column's sum.
    """

    title: str
    kind: Kind
    width: int = 14
    total: bool = False

    def __post_init__(self) -> None:
        """Refuse a sum of what has none."""
        if self.total and self.kind not in SUMMABLE:
            raise ValueError(f"a column of kind {self.kind} has no sum: {self.title}")


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet: its rows are read once, in order, each with a value for every column."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first sheet says; counts and sums are added from the sheets themselves.

    Attributes:
        lines: further facts, each with a label.
        checkpoint: the journal's last entry, so that a cut-off journal shows.
        sample: a sample office, which says so on everything that it hands out.
        name: what the workbook is.
        period_name: what its period is called.
        rows_name: what the number of a sheet's rows is called.
    """

    office: str
    district: str
    period_from: date
    period_to: date
    made_by: str
    made_at: datetime
    lines: tuple[tuple[str, str], ...]
    checkpoint: str
    sample: bool
    name: str = "报送工作簿"
    period_name: str = "报送期间"
    rows_name: str = "件数与合计"

    @property
    def period(self) -> str:
        """The period as it is printed; a single day stands alone."""
        if self.period_from == self.period_to:
            return self.period_from.isoformat()
        return f"{self.period_from.isoformat()} 至 {self.period_to.isoformat()}"


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What was written to one sheet.

    Attributes:
        sums: of each column that has one, as whole 分 for money, else as the values came.
        shortened: the cells, such as `C12`, whose text was longer than a cell can hold.
    """

    name: str
    rows: int
    sums: tuple[tuple[Column, int | Decimal], ...]
    shortened: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkbookFacts:
    """What was written, sheet by sheet, the cover left out."""

    sheets: tuple[SheetFacts, ...]
