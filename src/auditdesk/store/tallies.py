"""Counting cases and adding up what they declare as sums, all of it from columns and indexes.

A sum is kept as a whole number, the value times 10^8, in two parts of which neither leaves
SQLite's 64 bits, not even added up over every case that an office can have: exact to the last
digit, and never a float.
"""

# ruff: noqa: S608 – the texts put into statements are constants; values are always bound

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from auditdesk.store.cases import record_out
from auditdesk.store.narrowing import OUTCOME, REACHED, TIMELINESS, terms_of, where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from auditdesk.store.records import CaseFilter, CaseRecord
    from auditdesk.store.session import Row, Session

Basis = Literal["accepted_on", "decided_on"]
Dimension = Literal["case_type", "reached", "outcome", "timeliness", "place", "month"]
DIMENSIONS: tuple[Dimension, ...] = (
    *("case_type", "reached", "outcome", "timeliness", "place", "month"),
)

DECIMALS = 8
SCALE: int = 10**DECIMALS
_LOW, _HIGH = 10**13, 10**6
_BATCH = 200


@dataclass(frozen=True, slots=True)
class OwnTally:
    """What figures count of one case.

    Attributes:
        sums: by column, the exact number times 10^8.
        tallied: by which declaration that was worked out.
        decided_on: to be noted where the case has no day of decision yet, as `decided_due`.
    """

    town: str
    sums: Mapping[str, int]
    tallied: str
    decided_on: date | None = None
    decided_due: date | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """What some cases have in common: a value of one dimension.

    Attributes:
        value: case type, outcome, timeliness, or month as 2026-03; of a place its district; of
            what was reached the case type whose stages these are.
        part: the town of a district; what was reached: a stage, `refused` or `withdrawn`.
    """

    dimension: Dimension
    value: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """How many cases have a value, and what the values add up to, times 10^8."""

    cases: int
    total: int


def parts_of(number: int) -> tuple[int, int]:
    """A sum's number as the two parts that are kept; the lower one is never negative."""
    return divmod(number, _LOW)


class TallyReader:
    """Counting over the cases of an open office."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def counts(self, case_filter: CaseFilter, basis: Basis, day: date) -> dict[Shared, int]:
        """How many of the cases that a filter leaves share each value of each dimension.

        Args:
            case_filter: which cases; it names a period of the basis.
            basis: the day by which the cases have a month.
            day: the day by which a due day is past.
        """
        with_kinds, values = _kinds(case_filter, basis, day, "")
        each = " UNION ALL ".join(
            f"SELECT {_place(d)}, count(*) AS cases FROM kind GROUP BY 2, 3" for d in DIMENSIONS
        )
        rows = self._session.rows(f"{with_kinds} {each}", values)
        return {_shared(row): row["cases"] for row in rows}

    def amounts(
        self,
        case_filter: CaseFilter,
        basis: Basis,
        day: date,
        dimensions: tuple[Dimension, ...] = DIMENSIONS,
    ) -> dict[tuple[Shared, str], Amount]:
        """What those cases add up to, by dimension and column; see `counts`."""
        with_kinds, values = _kinds(case_filter, basis, day, "column_id, high, low")
        each = " UNION ALL ".join(
            f"SELECT {_place(d)}, column_id, {_ADDED} FROM kind GROUP BY 2, 3, 4"
            for d in dimensions
        )
        rows = self._session.rows(f"{with_kinds} {each}", values)
        return {(_shared(row), row["column_id"]): _amount(row) for row in rows}

    def tallied(self) -> dict[tuple[str, str], int]:
        """How many cases of each type were tallied by which declaration; empty: by none."""
        rows = self._session.rows(
            "SELECT case_type, tallied, count(*) AS cases FROM case_ INDEXED BY case_accepted"
            " GROUP BY 1, 2"
        )
        return {(row["case_type"], row["tallied"]): row["cases"] for row in rows}

    def each_behind(self, case_type: str, tallied: str) -> Iterator[CaseRecord]:
        """Cases of a type that another declaration tallied; they may be tallied meanwhile."""
        last = 0
        while rows := self._session.rows(
            "SELECT * FROM case_ JOIN case_content ON case_id = id"
            " WHERE id > ? AND case_type = ? AND tallied <> ? ORDER BY id LIMIT ?",
            (last, case_type, tallied, _BATCH),
        ):
            yield from map(record_out, rows)
            last = rows[-1]["id"]


_INDEXES: Mapping[Basis, str] = {"accepted_on": "case_accepted", "decided_on": "case_decided"}
_ADDED = (
    f"count(*) AS cases, sum(high / {_HIGH}) AS top, sum(high % {_HIGH}) AS high, sum(low) AS low"
)
_PLACES: Mapping[Dimension, tuple[str, str]] = {
    "reached": ("case_type", "reached"),
    "place": ("district", "town"),
}


def _kinds(
    case_filter: CaseFilter, basis: Basis, day: date, sums: str
) -> tuple[str, tuple[Any, ...]]:
    """The cases, or each of their sums, read once from an index that holds all that counts."""
    terms, values = terms_of(case_filter)
    joined = " CROSS JOIN case_sum ON case_id = id" if sums else ""
    kinds = (
        f"WITH kind AS MATERIALIZED (SELECT case_type, district, town, {REACHED} AS reached,"
        f" {OUTCOME} AS outcome, {TIMELINESS} AS timeliness, substr({basis}, 1, 7) AS month"
        f"{', ' + sums if sums else ''}"
        f" FROM case_ INDEXED BY {_INDEXES[basis]}{joined} {where(terms)})"
    )
    return kinds, (day.toordinal(), *values)


def _place(dimension: Dimension) -> str:
    value, part = _PLACES.get(dimension, (dimension, "''"))
    return f"'{dimension}' AS dimension, {value} AS value, {part} AS part"


def _shared(row: Row) -> Shared:
    return Shared(row["dimension"], row["value"], row["part"])


def _amount(row: Row) -> Amount:
    return Amount(row["cases"], (row["top"] * _HIGH + row["high"]) * _LOW + row["low"])
