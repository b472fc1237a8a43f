"""The computed values of 集体经营性建设用地入市方案; sources beside each."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from auditdesk.domain.money import share_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from auditdesk.regulations.facts import Facts
    from auditdesk.regulations.law import ComputedFunction, FollowUpFunction


def agree_ratio(f: Facts) -> str | None:
    """Those who agree out of all who may vote, as "134/200" (art. 19)."""
    agree, total = f.integer("vote_agree"), f.integer("vote_total")
    return None if agree is None or total is None else f"{agree}/{total}"


def _levy_percent(f: Facts) -> int | None:
    use = f.text("land_use")
    if use is None or not f.has("levy_percent_by_use"):
        return None
    return f.table_of("levy_percent_by_use")[use]


def levy_rate_percent(f: Facts) -> str | None:
    """The rate of the levy on the net gain, in percent (art. 24)."""
    percent = _levy_percent(f)
    return None if percent is None else str(percent)


def levy_yuan(f: Facts) -> int | None:
    """The levy in 分: the rate of the net gain, half-up (art. 24)."""
    percent, gain = _levy_percent(f), f.fen("net_gain_yuan")
    return None if percent is None or gain is None else share_of(gain, Fraction(percent, 100))


def deed_tax_yuan(f: Facts) -> int | None:
    """The deed tax in 分: 3 percent of the deal price, half-up (art. 25)."""
    price = f.fen("deal_price_yuan")
    if price is None or not f.has("deed_tax_rate"):
        return None
    return share_of(price, f.share_of("deed_tax_rate"))


def max_term_years(f: Facts) -> int | None:
    """The longest term for the method and use (art. 16 and 27)."""
    method, use = f.text("entry_method"), f.text("land_use")
    if method == "lease":
        return f.number_of("lease_max_years") if f.has("lease_max_years") else None
    if method is None or use is None or not f.has("term_years_by_use"):
        return None
    return f.table_of("term_years_by_use")[use]


def _workdays_after_filing(f: Facts, parameter: str) -> date | None:
    filed = f.day("filed_on")
    if filed is None or not f.has(parameter):
        return None
    return f.calendar.nth_after(filed, f.number_of(parameter))


def earliest_trade_on(f: Facts) -> date | None:
    """The 10th working day after filing (条例 art. 40)."""
    return _workdays_after_filing(f, "filing_lead_workdays")


def comment_due_on(f: Facts) -> date | None:
    """The 5th working day after filing: the government's comments (条例 art. 40)."""
    return _workdays_after_filing(f, "comment_workdays")


FOLLOW_UPS: Mapping[str, FollowUpFunction] = {}
COMPUTED: Mapping[str, ComputedFunction] = {
    "agree_ratio": agree_ratio,
    "levy_rate_percent": levy_rate_percent,
    "levy_yuan": levy_yuan,
    "deed_tax_yuan": deed_tax_yuan,
    "max_term_years": max_term_years,
    "earliest_trade_on": earliest_trade_on,
    "comment_due_on": comment_due_on,
}
