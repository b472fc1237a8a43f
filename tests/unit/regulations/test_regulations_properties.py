from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from auditdesk.regulations.casefile import read_case
from auditdesk.regulations.judge import judge

ORDER = ["block", "incomplete", "justify", "pass"]
# Each makes one fact of a whole case worse and touches fields that no other one touches.
WORSE = [
    {"set": {"planned_use": "public"}},
    {"set": {"ownership_registered": False}},
    {"set": {"industry_policy_ok": False}},
    {"set": {"environment_ok": False}},
    {"set": {"ownership_disputed": True}},
    {"set": {"boundary_clear": False}},
    {"set": {"site_cleared": False}},
    {"set": {"structures_title_clear": False}},
    {"set": {"development_ready": False}},
    {"set": {"stock_kind": "new"}},
    {"set": {"vote_agree": 59, "vote_against": 17}},
    {"set": {"vote_resolution": False}},
    {"set": {"vote_topics": ["entry", "price"]}},
    {"set": {"vote_date": "2022-03-01"}},
    {"set": {"appraiser_qualified": False}},
    {"set": {"entry_price_yuan": "3999999.99"}},
    {"set": {"term_years": "41"}},
    {"set": {"income_distribution": [{"recipient": "甲", "share_percent": "99.99"}]}},
    {"set": {"planned_trade_on": "2022-03-01"}},
    {"set": {"publicity_objection": True}},
    {"set": {"deed_tax_paid_on": "2022-06-01"}},
    {"set": {"contract_signed_on": "2022-05-11"}},
    {"set": {"applicant_uscc": "N2370114MF1234567Q"}},
    {"set": {"deal_price_yuan": "1.001"}},
    {"drop": ["village"]},
    {"drop": ["land_source"]},
    {"materials": {"vote_record": "missing"}},
    {"materials": {"contract": "not_applicable"}},
]
STAGES = [
    "intake",
    "town_review",
    "district_review",
    "decision",
    "trade",
    "publicity",
    "contract",
    "closed",
]


def worsened(moves):
    together = {"base": "listing", "set": {}, "drop": [], "materials": {}}
    for move in moves:
        together["set"] |= move.get("set", {})
        together["drop"] += move.get("drop", [])
        together["materials"] |= move.get("materials", {})
    return together


@given(
    st.lists(st.sampled_from(range(len(WORSE))), unique=True, min_size=1, max_size=8),
    st.sampled_from(STAGES),
    st.sampled_from(["2021-06-01", "2022-03-01", "2024-03-04"]),
)
def test_a_verdict_never_improves_when_a_fact_gets_worse(make_report_of_session, moves, stage, day):
    verdicts = []
    for count in range(len(moves) + 1):
        test = worsened([WORSE[index] for index in moves[:count]])
        report = make_report_of_session(test | {"stage": stage, "accepted_on": day})
        verdicts.append(ORDER.index(str(report.verdict)))
    assert verdicts == sorted(verdicts, reverse=True)


@given(
    st.integers(0, 10**17),
    st.sampled_from(["industrial_storage", "commercial", "tourism", "entertainment"]),
)
def test_the_levy_and_what_is_left_are_the_gain(make_report_of_session, gain, use):
    yuan = f"{gain // 100}.{gain % 100:02d}"
    test = {"base": "listing", "stage": "intake", "set": {"net_gain_yuan": yuan, "land_use": use}}
    computed = make_report_of_session(test).computed
    levy = Decimal(computed["levy_yuan"])
    exact = Decimal(gain) * Decimal(computed["levy_rate_percent"]) / 10000
    assert abs(levy - exact) <= Decimal("0.005")
    assert Decimal(yuan) - levy >= 0


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12))
def test_shares_pass_exactly_when_they_add_up(make_report_of_session, parts):
    rows = [{"recipient": "甲", "share_percent": f"{p // 100}.{p % 100:02d}"} for p in parts]
    test = {"base": "listing", "stage": "intake", "set": {"income_distribution": rows}}
    report = make_report_of_session(test)
    outcome = report.finding("land_entry.distribution.total").outcome
    assert (outcome == "pass") == (sum(parts) == 10_000)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30) | st.decimals(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@given(st.data())
def test_any_value_in_any_field_is_judged_or_named(library, calendar, bases, data):
    case = bases["land_entry"].case("listing")
    law = library.law("land_entry")
    names = [f.id for f in law.case_type.fields]
    for name in data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=4)):
        case["data"][name] = data.draw(JSON)
    case |= {"format": "auditdesk.case/1", "stage": "intake"}
    report = judge(read_case(case, library), law, calendar)
    assert len(report.findings) == len(law.case_type.rules)
    assert all(f.citations for f in report.findings)
    assert not report.invalid_fields or report.verdict == "block"
