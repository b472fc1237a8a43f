"""What holds of every reservoir case, whatever its figures."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdesk.domain.workdays import add_years

FEN = st.integers(0, 10**17)
DAYS = st.dates(date(1950, 1, 1), date(2080, 12, 31))


def yuan(fen):
    return f"{fen // 100}.{fen % 100:02d}"


def fen(text):
    return int(Decimal(text) * 100)


def project(report_of, stage="planned", base="small", **data):
    return report_of({"base": base, "stage": stage, "set": data}, "reservoir_project")


@given(
    st.lists(FEN, min_size=4, max_size=4),
    st.sampled_from(["small", "small_2", "rainfall", "safety"]),
)
def test_both_shares_add_up_to_the_shortfall(make_report_of_session, amounts, base):
    total, central, provincial, other = amounts
    computed = project(
        make_report_of_session,
        base=base,
        total_cost_yuan=yuan(total),
        central_subsidy_yuan=yuan(central),
        provincial_subsidy_yuan=yuan(provincial),
        other_funds_yuan=yuan(other),
    ).computed
    shortfall = max(total - central - provincial - other, 0)
    city, district = fen(computed["city_share_due_yuan"]), fen(computed["district_share_due_yuan"])
    assert fen(computed["shortfall_yuan"]) == shortfall == city + district
    assert abs(10 * city - 4 * shortfall) <= 5
    assert min(city, district) >= 0


@given(FEN, st.integers(-2, 2), st.integers(-2, 2))
def test_only_the_shares_due_pass(make_report_of_session, shortfall, city_more, district_more):
    city = (4 * shortfall + 5) // 10
    shares = (city + city_more, shortfall - city + district_more)
    if min(shares) < 0:
        return
    report = project(
        make_report_of_session,
        total_cost_yuan=yuan(shortfall),
        provincial_subsidy_yuan="0",
        city_share_yuan=yuan(shares[0]),
        district_share_yuan=yuan(shares[1]),
    )
    right = city_more == district_more == 0
    assert report.finding("reservoir_project.funding.split").outcome == (
        "pass" if right else "fail"
    )
    balanced = city_more + district_more == 0
    assert report.finding("reservoir_project.funding.balance").outcome == (
        "pass" if balanced else "fail"
    )


SOURCES = [
    "total_cost_yuan", "central_subsidy_yuan", "provincial_subsidy_yuan", "other_funds_yuan",
    "city_share_yuan", "district_share_yuan",
]  # fmt: skip


@given(st.lists(st.integers(0, 300), min_size=6, max_size=6), st.sets(st.sampled_from(SOURCES)))
def test_what_fails_with_gaps_fails_however_they_are_filled(make_report_of_session, amounts, gaps):
    """Before the plan an empty amount is open: a rule may fail only if no filling helps."""
    whole = {name: yuan(amount) for name, amount in zip(SOURCES, amounts, strict=True)}
    full = project(make_report_of_session, "design_approved", **whole)
    partly = project(make_report_of_session, "design_approved", **whole | dict.fromkeys(gaps))
    for rule in ("funding.split", "funding.balance"):
        early = partly.finding(f"reservoir_project.{rule}").outcome
        final = full.finding(f"reservoir_project.{rule}").outcome
        assert early in {final, "unknown", "not_applicable"}


@given(DAYS, st.integers(-3, 3), st.sampled_from([("first", 5), ("periodic", 10)]))
def test_an_appraisal_is_late_from_the_day_after_it_was_due(
    make_report_of_session, start, off, kind
):
    name, years = kind
    field = {"first": "completion_accepted_on", "periodic": "previous_appraisal_on"}[name]
    due = add_years(start, years)
    made = due + timedelta(days=off)
    data = {field: start.isoformat(), "appraised_on": made.isoformat(), "built_year": 1950}
    data |= {"approved_on": None, "verified_on": None}
    test = {"base": name, "stage": "appraised", "set": data}
    report = make_report_of_session(test, "reservoir_appraisal")
    assert report.computed["due_on"] == due.isoformat()
    late = report.finding(f"reservoir_appraisal.cycle.{name}").outcome == "fail"
    assert late == (off > 0)
    next_year = report.finding("reservoir_appraisal.year.same").outcome == "fail"
    assert next_year == (made.year > due.year)
    assert report.computed["next_due_on"] == add_years(made, 10).isoformat()


@pytest.mark.parametrize(("dam_class", "required"), [(1, False), (2, False), (3, True)])
def test_yes_and_no_are_json_booleans(make_report, dam_class, required):
    data = {"dam_class": dam_class}
    test = {"base": "periodic", "stage": "appraised", "set": data}
    computed = make_report(test, "reservoir_appraisal").as_json("zh")["computed"]
    assert computed["reinforcement_required"] is required
