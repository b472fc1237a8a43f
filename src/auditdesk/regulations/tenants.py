"""The tenants of a building: who counts, and between which bounds what they add up to lies.

A cell that is empty leaves open whether its row counts and how much it adds. The sums are
therefore known by their least and their most; a rule decides as soon as both sides agree.
Each row speaks for itself; rows with one code are one firm (domain text, "Rules").
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from auditdesk.domain.exact import exact_sum
from auditdesk.regulations.logic import both, opposite

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from auditdesk.regulations.facts import Facts

# More than any table's sum: what an empty cell could add.
BOUNDLESS = Decimal(10) ** 30
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Tenant:
    """One row; None is what its cells leave open.

    Attributes:
        code: the firm's credit code.
        leading: of the leading industry.
        moved_in: not merely intending to.
        counts: leading, moved in, business- and tax-registered.
        area: used area in m².
        contribution: of the year before, in 万元.
    """

    code: str | None
    leading: bool | None
    moved_in: bool | None
    counts: bool | None
    area: Decimal | None
    contribution: Decimal | None


def tenants(f: Facts) -> tuple[Tenant, ...] | None:
    """The rows of the table; None while it is empty."""
    rows = f.rows("tenants")
    return None if rows is None else tuple(_tenant(row) for row in rows)


def _tenant(row: Mapping[str, Any]) -> Tenant:
    leading, moved_in = row.get("leading"), opposite(row.get("intending"))
    registered = both(row.get("business_registered"), row.get("tax_registered"))
    return Tenant(
        code=row.get("uscc"),
        leading=leading,
        moved_in=moved_in,
        counts=both(leading, moved_in, registered),
        area=row.get("used_area_m2"),
        contribution=row.get("contribution_wan"),
    )


def firms(rows: Iterable[Tenant]) -> tuple[int, int]:
    """The least and the most firms that count; a row without code may be a firm of its own."""
    certain, possible = _certain(rows), _possible(rows)
    known = {t.code for t in certain if t.code}
    named = {t.code for t in possible if t.code}
    return len(known) or min(len(certain), 1), len(named) + sum(not t.code for t in possible)


def contribution(rows: Iterable[Tenant]) -> tuple[Decimal, Decimal]:
    """The least and the most contribution of the firms that count, in 万元."""
    least = _by_firm([t for t in _certain(rows) if t.code], _NOTHING)
    return least, _by_firm(_possible(rows), BOUNDLESS)


def _by_firm(rows: Iterable[Tenant], unknown: Decimal) -> Decimal:
    """The largest contribution of each firm, added up."""
    largest: dict[str | int, Decimal] = {}
    for index, tenant in enumerate(rows):
        firm = tenant.code or index
        given = unknown if tenant.contribution is None else tenant.contribution
        largest[firm] = max(given, largest.get(firm, _NOTHING))
    return exact_sum(largest.values())


def leading_area(rows: Iterable[Tenant]) -> tuple[Decimal, Decimal]:
    """The least and the most area of the firms that count, in m²."""
    return _area(_certain(rows), _NOTHING), _area(_possible(rows), BOUNDLESS)


def other_area(rows: Iterable[Tenant]) -> tuple[Decimal, Decimal]:
    """The least and the most area of those moved in that do not count, in m²."""
    least = [t for t in rows if t.moved_in and t.counts is False]
    most = [t for t in rows if t.moved_in is not False and t.counts is not True]
    return _area(least, _NOTHING), _area(most, BOUNDLESS)


def occupied_area(rows: Iterable[Tenant]) -> tuple[Decimal, Decimal]:
    """The least and the most area of all firms moved in, in m²."""
    least = _area([t for t in rows if t.moved_in], _NOTHING)
    return least, _area([t for t in rows if t.moved_in is not False], BOUNDLESS)


def _area(rows: Iterable[Tenant], unknown: Decimal) -> Decimal:
    return exact_sum(unknown if t.area is None else t.area for t in rows)


def _certain(rows: Iterable[Tenant]) -> list[Tenant]:
    return [t for t in rows if t.counts]


def _possible(rows: Iterable[Tenant]) -> list[Tenant]:
    return [t for t in rows if t.counts is not False]


def any_leading(rows: Iterable[Tenant]) -> bool | None:
    """Whether a firm of the leading industry has moved in or intends to."""
    said = [t.leading for t in rows]
    return True if True in said else None if None in said else False
