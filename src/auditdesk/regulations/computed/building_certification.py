"""The computed values of 特色产业楼宇认定; sources beside each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from auditdesk.domain.exact import percent_text
from auditdesk.domain.follow_up import Period
from auditdesk.domain.workdays import add_months
from auditdesk.regulations import tenants as t
from auditdesk.regulations.rules.building_certification import (
    RESERVE,
    countable_area,
    eligible_class,
    share_base,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from auditdesk.regulations.facts import Facts
    from auditdesk.regulations.law import ComputedFunction, FollowUpFunction

_T = TypeVar("_T")


def _known(f: Facts, sums: Callable[[tuple[t.Tenant, ...]], tuple[_T, _T]]) -> _T | None:
    """A sum over the tenants; None while an empty cell leaves it open."""
    rows = t.tenants(f)
    if rows is None:
        return None
    least, most = sums(rows)
    return least if least == most else None


def leading_firms(f: Facts) -> int | None:
    """The firms that count, each once (二(一)4)."""
    return _known(f, t.firms)


def leading_area_m2(f: Facts) -> Decimal | None:
    """The area that they use, in m² (二(一)4)."""
    return _known(f, t.leading_area)


def occupied_area_m2(f: Facts) -> Decimal | None:
    """The area of all firms moved in, in m²."""
    return _known(f, t.occupied_area)


def leading_share_percent(f: Facts) -> str | None:
    """Their share of the area that the reading names, in percent with two decimals (二(一)4)."""
    area, others = leading_area_m2(f), _known(f, t.other_area)
    if area is None or others is None or not f.has("leading_share_base"):
        return None
    base = share_base(f, area, others)
    return None if base is None else percent_text(area, base)


def contribution_total_wan(f: Facts) -> Decimal | None:
    """Their contribution of the year before, in 万元 (二(一)4)."""
    return _known(f, t.contribution)


def publicity_earliest_end(f: Facts) -> date | None:
    """The first day on which publicity may end; its first day counts (二(二)3)."""
    start = f.day("publicity_start")
    if start is None or not f.has("publicity_workdays"):
        return None
    return f.calendar.nth_after(start - timedelta(days=1), f.number_of("publicity_workdays"))


def rectification_due_on(f: Facts) -> date | None:
    """Half a year after it started (三(二); Civil Code art. 202)."""
    started = f.day("rectification_started_on")
    if started is None or not f.has("rectification_months"):
        return None
    return add_months(started, f.number_of("rectification_months"))


def reserve_expires_on(f: Facts) -> date | None:
    """The end of the second calendar year after the year of certification (三(二))."""
    certified = f.day("certified_on")
    if certified is None or f.text("applied_class") != RESERVE or not f.has("reserve_years"):
        return None
    return date(certified.year + f.number_of("reserve_years"), 12, 31)


def rectification(f: Facts) -> tuple[Period, ...]:
    """The half year to put right, shown from its first day (三(二))."""
    due = rectification_due_on(f)
    return () if due is None else (Period(due, f.day("rectification_started_on")),)


def reserve(f: Facts) -> tuple[Period, ...]:
    """The two calendar years of a reserve building, shown through the last of them (三(二))."""
    expires = reserve_expires_on(f)
    return () if expires is None else (Period(expires, date(expires.year, 1, 1)),)


FOLLOW_UPS: Mapping[str, FollowUpFunction] = {"rectification": rectification, "reserve": reserve}
COMPUTED: Mapping[str, ComputedFunction] = {
    "countable_area_m2": countable_area,
    "leading_firms": leading_firms,
    "leading_area_m2": leading_area_m2,
    "occupied_area_m2": occupied_area_m2,
    "leading_share_percent": leading_share_percent,
    "contribution_total_wan": contribution_total_wan,
    "eligible_class": eligible_class,
    "publicity_earliest_end": publicity_earliest_end,
    "rectification_due_on": rectification_due_on,
    "reserve_expires_on": reserve_expires_on,
}
