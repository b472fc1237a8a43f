"""Sums of a case type's sheet in the city's workbook, a line for each group of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditdesk.exchange.content import Column, WorkbookSheet
from auditdesk.operations.words import STATUSES, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditdesk.domain.declaration import CaseType, TotalsBy
    from auditdesk.exchange.content import Value
    from auditdesk.store.records import CaseRecord

_COUNT = "件数"
_BLANK = "（未填）"
# A case that ended this way is counted by how it ended, not by the stage at which it did.
_ENDED = ("refused", "withdrawn")


class Tally:
    """Adds up the rows of one sheet while they are written; its own sheet comes behind them."""

    def __init__(self, case_type: CaseType, totals: TotalsBy, columns: Sequence[Column]) -> None:
        """Take the columns as the sheet has them, in the order of the declaration."""
        self._totals, self._columns = totals, columns
        ids = [column.id for column in case_type.export_columns]
        self._groups = [ids.index(name) for name in totals.groups]
        self._summed = [place for place, column in enumerate(columns) if column.total]
        stages = {stage.id: stage.label.zh for stage in case_type.stages}
        ends = {status: word(STATUSES, status).zh for status in _ENDED}
        self._progress = (stages | ends) if totals.progress else {}
        self._lines: dict[tuple[Value, ...], _Line] = {}

    def add(self, record: CaseRecord, row: Sequence[Value]) -> None:
        """Count one case, whose row has just been made."""
        group = tuple(row[place] for place in self._groups)
        line = self._lines.setdefault(group, _Line(len(self._summed)))
        reached = record.status if record.status in _ENDED else record.stage
        line.add(reached, [row[place] for place in self._summed])

    def sheet(self) -> WorkbookSheet:
        """The sheet of sums; its rows are made when they are read, once all cases are added."""
        groups = tuple(
            Column(self._columns[place].title, "text", self._columns[place].width)
            for place in self._groups
        )
        counts = tuple(
            Column(title, "integer", 10, total=True) for title in (_COUNT, *self._progress.values())
        )
        sums = tuple(self._columns[place] for place in self._summed)
        return WorkbookSheet(self._totals.label.zh, (*groups, *counts, *sums), self._rows())

    def _rows(self) -> Iterator[tuple[Value, ...]]:
        for group, line in sorted(self._lines.items(), key=lambda item: _order(item[0])):
            names = (_BLANK if value is None else str(value) for value in group)
            reached = (line.reached.get(name, 0) for name in self._progress)
            yield (*names, line.cases, *reached, *line.sums)


class _Line:
    """What has been added up for one group."""

    def __init__(self, sums: int) -> None:
        self.cases = 0
        self.reached: dict[str, int] = {}
        self.sums: list[Any] = [None] * sums

    def add(self, reached: str, values: Sequence[Any]) -> None:
        self.cases += 1
        self.reached[reached] = self.reached.get(reached, 0) + 1
        self.sums = [
            old if new is None else new if old is None else old + new
            for old, new in zip(self.sums, values, strict=True)
        ]


def _order(group: tuple[Value, ...]) -> tuple[tuple[bool, str], ...]:
    """Groups by their values, those without one last."""
    return tuple((value is None, str(value)) for value in group)
