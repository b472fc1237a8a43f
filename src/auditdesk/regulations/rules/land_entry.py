"""The rules of 集体经营性建设用地入市方案 (济政办发〔2021〕21号).

Every figure comes from the regulations' dated parameters; articles are cited in the pack.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from auditdesk.domain.money import yuan_grouped
from auditdesk.regulations.facts import NOT_APPLICABLE, Answer, Facts
from auditdesk.regulations.logic import both, either, opposite
from auditdesk.regulations.rules.common import (
    all_true,
    district_reference,
    provisional_note,
    regulation_in_force,
)
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from auditdesk.regulations.law import RuleFunction

_LEASE = "lease"
_COMPETITIVE = frozenset({"tender", "auction", "listing"})
_ALL_SHARES = Decimal(100)


def use_operating(f: Facts) -> Answer:
    """Only land planned for operating use enters the market (art. 12)."""
    planned = f.text("planned_use")
    return Answer(None if planned is None else planned != "operating")


def ownership_registered(f: Facts) -> Answer:
    """The collective's ownership is registered (art. 12)."""
    return Answer(opposite(f.flag("ownership_registered")))


def policy_compliant(f: Facts) -> Answer:
    """Industry policy and environment are complied with (art. 18(1))."""
    return all_true(f, "industry_policy_ok", "environment_ok")


def title_clear(f: Facts) -> Answer:
    """No dispute about the title, and clear boundaries (art. 18(2))."""
    return Answer(either(f.flag("ownership_disputed"), opposite(f.flag("boundary_clear"))))


def site_clear(f: Facts) -> Answer:
    """A cleared site, or clear title to what stands on it (art. 18(3))."""
    cleared, structures = f.flag("site_cleared"), f.flag("structures_title_clear")
    return Answer(both(opposite(cleared), opposite(structures)))


def development_ready(f: Facts) -> Answer:
    """The basic conditions for development are there (art. 18(4))."""
    return Answer(opposite(f.flag("development_ready")))


def stock_preferred(f: Facts) -> Answer:
    """Idle, abandoned and inefficient land should go first (art. 13)."""
    kind = f.text("stock_kind")
    return Answer(None if kind is None else kind == "new")


def vote_consistent(f: Facts) -> Answer:
    """The counted votes fit each other; those given may show already that they cannot."""
    total, present = f.integer("vote_total"), f.integer("vote_present")
    votes = [f.integer(name) for name in ("vote_agree", "vote_against", "vote_abstain")]
    counted, all_given = sum(vote or 0 for vote in votes), None not in votes
    # nobody votes who is not present, so the counted votes are a lower bound of those present
    attending = max(present or 0, counted)
    figures = {"total": total, "attending": attending, "present": present, "counted": counted}
    if total == 0:
        return Answer(True, figures, variant="fail_nobody")
    if total is not None and attending > total:
        return Answer(True, figures, variant="fail_present")
    if present is not None and (counted > present or (all_given and counted != present)):
        return Answer(True, figures)
    complete = all_given and total is not None and present is not None
    return Answer(False if complete else None, figures)


def vote_two_thirds(f: Facts) -> Answer:
    """Two thirds of all members or representatives agree; those absent count (art. 19)."""
    total, agree = f.integer("vote_total"), f.integer("vote_agree")
    share = f.share_of("vote_share")
    if total is None or agree is None:
        return Answer(None)
    needed = -(-total * share.numerator // share.denominator)
    figures = {"total": total, "agree": agree, "share": share, "needed": needed}
    return Answer(agree * share.denominator < total * share.numerator, figures)


def vote_resolution(f: Facts) -> Answer:
    """The meeting has passed a resolution (art. 19)."""
    return Answer(opposite(f.flag("vote_resolution")))


def vote_topics(f: Facts) -> Answer:
    """Entry, method, price and distribution were all voted on (art. 19)."""
    topics = f.several("vote_topics")
    if topics is None:
        return Answer(None)
    missing = tuple(label for name, label in _TOPICS.items() if name not in topics)
    return Answer(bool(missing), {"missing": missing})


_TOPICS: Mapping[str, Label] = {
    "entry": Label("入市", "entry"),
    "method": Label("入市方式", "method"),
    "price": Label("价格", "price"),
    "distribution": Label("收益分配", "distribution"),
}


def vote_before_filing(f: Facts) -> Answer:
    """The vote comes before the plan is filed (art. 22(1)); the same day will do."""
    vote, filed = f.day("vote_date"), f.day("filed_on")
    if vote is None or filed is None:
        return Answer(None)
    return Answer(vote > filed, {"vote": vote, "filed": filed})


def appraisal_present(f: Facts) -> Answer:
    """The price was appraised, with report number and value (art. 20); emptiness is the failure."""
    number, value = f.text("appraisal_report_no"), f.fen("appraisal_value_yuan")
    missing = [_REPORT_NUMBER] * (number is None) + [_APPRAISED] * (value is None)
    return Answer(bool(missing), {"missing": tuple(missing)})


_REPORT_NUMBER = Label("评估报告编号", "the appraisal report's number")
_APPRAISED = Label("评估价", "the appraised value")


def appraisal_qualified(f: Facts) -> Answer:
    """An appraisal, where there is one, was made by a qualified appraiser (art. 20)."""
    if f.text("appraisal_report_no") is None and f.fen("appraisal_value_yuan") is None:
        return NOT_APPLICABLE
    return Answer(opposite(f.flag("appraiser_qualified")))


def price_below_appraisal(f: Facts) -> Answer:
    """The price reaches the appraised value (art. 20)."""
    price, value = f.fen("entry_price_yuan"), f.fen("appraisal_value_yuan")
    if price is None or value is None:
        return Answer(None)
    return Answer(price < value, {"price": yuan_grouped(price), "value": yuan_grouped(value)})


def lease_max_term(f: Facts) -> Answer:
    """A lease lasts at most 20 years, these included (art. 16, Civil Code art. 705)."""
    limit = f.number_of("lease_max_years")
    return _lease_term(f, lambda years: years > limit, limit)


def lease_min_term(f: Facts) -> Answer:
    """A lease lasts as a rule at least 5 years, these included (art. 16)."""
    limit = f.number_of("lease_min_years")
    return _lease_term(f, lambda years: years < limit, limit)


def _lease_term(f: Facts, fails: Callable[[Decimal], bool], limit: int) -> Answer:
    method, years = f.text("entry_method"), f.decimal("term_years")
    if method not in (None, _LEASE):
        return NOT_APPLICABLE
    if method is None or years is None:
        return Answer(None)
    return Answer(fails(years), {"years": years, "limit": limit})


def term_statutory_max(f: Facts) -> Answer:
    """Other terms stay within the maximum of their use (art. 27, 暂行条例 art. 12).

    While the use is still empty, a term beyond every maximum fails and one within every
    maximum passes.
    """
    method, years = f.text("entry_method"), f.decimal("term_years")
    if method == _LEASE:
        return NOT_APPLICABLE
    if method is None or years is None:
        return Answer(None)
    table, use = f.table_of("term_years_by_use"), f.text("land_use")
    limits = {table[use]} if use is not None else set(table.values())
    beyond = {years > limit for limit in limits}
    figures = {"years": years, "limit": max(limits)}
    return Answer(beyond.pop() if len(beyond) == 1 else None, figures)


def term_positive(f: Facts) -> Answer:
    """The term is longer than nothing."""
    years = f.decimal("term_years")
    return Answer(None if years is None else years <= 0, {"years": years})


def distribution_total(f: Facts) -> Answer:
    """The shares add up to exactly 100 percent (art. 21)."""
    rows = f.rows("income_distribution")
    if rows is None:
        return Answer(None)
    total = sum((row.get("share_percent", Decimal(0)) for row in rows), Decimal(0))
    unfinished = any("share_percent" not in row for row in rows) and total <= _ALL_SHARES
    return Answer(None if unfinished else total != _ALL_SHARES, {"total": total})


def filing_lead_time(f: Facts) -> Answer:
    """Trading is planned no earlier than the 10th working day after filing (条例 art. 40)."""
    filed, planned = f.day("filed_on"), f.day("planned_trade_on")
    days = f.number_of("filing_lead_workdays")
    if filed is None or planned is None:
        return Answer(None)
    earliest = f.calendar.nth_after(filed, days)
    note = provisional_note(f, filed, earliest)
    figures = {"filed": filed, "planned": planned, "earliest": earliest, "days": days}
    return Answer(planned < earliest, {**figures, "note": note})


# The dates of a case in their order; those after the last strict step must lie after it.
_ORDER = (
    "filed_on",
    "town_reviewed_on",
    "district_reviewed_on",
    "decision_body_agreed_on",
    "government_approved_on",
    "trade_notice_on",
    "deal_confirmed_on",
    "publicity_start",
    "publicity_end",
    "contract_signed_on",
    "registered_on",
)
_OF_COMPETITION = frozenset({"decision_body_agreed_on", "trade_notice_on", "deal_confirmed_on"})
_STRICTLY_AFTER = _ORDER.index("contract_signed_on")


def stage_order(f: Facts) -> Answer:
    """The dates of the case's own route stand in their order (art. 22)."""
    method = f.text("entry_method")
    own = [n for n in _ORDER if method in _COMPETITIVE or n not in _OF_COMPETITION]
    dated = [(name, day) for name in own if (day := f.day(name)) is not None]
    for (earlier, first), (later, second) in combinations(dated, 2):
        if _is_wrong(earlier, first, later, second):
            figures = {"earlier": _DATES[earlier], "first": first}
            return Answer(True, {**figures, "later": _DATES[later], "second": second})
    if len(dated) <= 1:
        return NOT_APPLICABLE
    waiting = f.awaits("entry_method") or any(f.awaits(name) for name in own)
    return Answer(None if waiting else False)


def _is_wrong(earlier: str, first: date, later: str, second: date) -> bool:
    strict = _ORDER.index(earlier) < _STRICTLY_AFTER <= _ORDER.index(later)
    return first >= second if strict else first > second


_DATES: Mapping[str, Label] = {
    "filed_on": Label("方案报送日期", "filing of the plan"),
    "town_reviewed_on": Label("镇（街）初审日期", "town review"),
    "district_reviewed_on": Label("区级审查日期", "district review"),
    "decision_body_agreed_on": Label("决策机构同意日期", "agreement of the decision body"),
    "government_approved_on": Label("区政府批准日期", "government approval"),
    "trade_notice_on": Label("交易公告日期", "trade notice"),
    "deal_confirmed_on": Label("成交确认日期", "confirmation of the deal"),
    "publicity_start": Label("公示起始日", "first day of publicity"),
    "publicity_end": Label("公示截止日", "last day of publicity"),
    "contract_signed_on": Label("合同签订日期", "signing of the contract"),
    "registered_on": Label("登记日期", "registration"),
}


def publicity_completed(f: Facts) -> Answer:
    """The contract follows a publicity period that ended without objection (art. 22(5))."""
    signed, end = f.day("contract_signed_on"), f.day("publicity_end")
    objection = f.flag("publicity_objection")
    if objection:
        return Answer(True, variant="fail_objection")
    early = None if signed is None or end is None else signed <= end
    return Answer(either(objection, early), {"signed": signed, "end": end})


def registration_paid(f: Facts) -> Answer:
    """Price, levy and deed tax are paid before registration (art. 25); none paid fails."""
    registered = f.day("registered_on")
    if registered is None:
        return Answer(None)
    unpaid = tuple(
        label
        for name, label in _PAYMENTS.items()
        if (paid := f.day(name)) is None or paid > registered
    )
    return Answer(bool(unpaid), {"registered": registered, "unpaid": unpaid})


_PAYMENTS: Mapping[str, Label] = {
    "price_paid_on": Label("土地价款", "the price"),
    "levy_paid_on": Label("增值收益", "the levy"),
    "deed_tax_paid_on": Label("契税", "the deed tax"),
}


def method_equity_route(f: Facts) -> Answer:
    """Equity is named by neither branch of art. 22; the reader is told."""
    method = f.text("entry_method")
    if method not in (None, "equity"):
        return NOT_APPLICABLE
    return Answer(None if method is None else True)


RULES: Mapping[str, RuleFunction] = {
    "use.operating": use_operating,
    "ownership.registered": ownership_registered,
    "policy.compliant": policy_compliant,
    "title.clear": title_clear,
    "site.clear": site_clear,
    "development.ready": development_ready,
    "stock.preferred": stock_preferred,
    "vote.consistent": vote_consistent,
    "vote.two_thirds": vote_two_thirds,
    "vote.resolution": vote_resolution,
    "vote.topics": vote_topics,
    "vote.before_filing": vote_before_filing,
    "appraisal.present": appraisal_present,
    "appraisal.qualified": appraisal_qualified,
    "price.below_appraisal": price_below_appraisal,
    "lease.max_term": lease_max_term,
    "lease.min_term": lease_min_term,
    "term.statutory_max": term_statutory_max,
    "term.positive": term_positive,
    "distribution.total": distribution_total,
    "filing.lead_time": filing_lead_time,
    "stage.order": stage_order,
    "publicity.completed": publicity_completed,
    "registration.paid": registration_paid,
    "method.equity_route": method_equity_route,
    "district.reference": district_reference,
    "regulation.in_force": regulation_in_force,
}
