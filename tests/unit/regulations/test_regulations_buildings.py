from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdesk.regulations.casefile import read_case
from auditdesk.regulations.judge import judge
from auditdesk.regulations.library import law_from_texts
from auditdesk.util.paths import shipped
from pack_samples import edit, loaded

CERTIFICATION, REWARD = "building_certification", "building_reward"
CODES = [
    "91370102MA3C00011F", "91370102MA3C0002X7", "91370102MA3C000387", "91370102MA3C000462",
    "91370102MA3C00054W", "91370102MA3C00062P", "91370102MA3C00070J",
]  # fmt: skip
WAN = Decimal(10_000)


# The classification of industries


def gb4754():
    path = shipped("resources") / "tables" / "gb4754.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["zh"] for row in csv.DictReader(file)}


def test_divisions_51_to_90_have_207_classes():
    codes = list(gb4754())
    divisions = [c for c in codes if len(c) == 2]
    classes = [c for c in codes if len(c) == 3]
    assert divisions == [str(n) for n in range(51, 91)]
    assert len(classes) == 207
    assert {c[:2] for c in classes} == set(divisions)
    assert codes == sorted(codes)


# Source: GB/T 4754-2017, the number of classes in each division
COUNTS = {
    51: 9, 52: 9, 53: 3, 54: 4, 55: 3, 56: 3, 57: 2, 58: 2, 59: 7, 60: 3,
    61: 5, 62: 5, 63: 3, 64: 6, 65: 8, 66: 5, 67: 7, 68: 8, 69: 6, 70: 5,
    71: 3, 72: 9, 73: 5, 74: 9, 75: 5, 76: 5, 77: 2, 78: 6, 79: 5, 80: 9,
    81: 4, 82: 3, 83: 6, 84: 4, 85: 2, 86: 2, 87: 7, 88: 8, 89: 4, 90: 6,
}  # fmt: skip


def test_every_division_has_its_classes():
    classes = [c for c in gb4754() if len(c) == 3]
    assert {n: sum(c.startswith(str(n)) for c in classes) for n in COUNTS} == COUNTS


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("51", "批发业"), ("596", "中药材仓储"), ("90", "娱乐业"),
        ("526", "汽车、摩托车、零配件和燃料及其他动力销售"),
        ("651", "软件开发"), ("653", "信息系统集成和物联网技术服务"), ("664", "银行理财服务"),
        ("724", "咨询与调查"), ("749", "工业与专业设计及其他专业技术服务"), ("793", "土地登记服务"),
        ("905", "文化体育娱乐活动与经纪代理服务"),
    ],
)  # fmt: skip
def test_names_of_the_standard(code, name):
    assert gb4754()[code] == name


def test_the_table_is_pinned_with_the_law(library):
    law = library.law(CERTIFICATION)
    assert "tables/gb4754.csv" in law.texts
    again = law_from_texts(law.texts)
    assert again.digest == law.digest
    assert again.regulations == law.regulations


# Other readings of the text, which an office may choose in its data


def judged(library, calendar, bases, case_type, base, **data):
    case = bases[case_type].case(base)
    case["data"] |= data
    case |= {"format": "auditdesk.case/1", "stage": "intake"}
    return judge(read_case(case, library), library.law(case_type), calendar)


MEASURE = "resources/regulations/jinan-building-2021.toml"


@pytest.fixture
def by_building(installation):
    edit(installation / MEASURE, 'value = "occupied_area"', 'value = "countable_area"')
    return loaded(installation)


def test_the_share_may_be_taken_of_the_whole_building(by_building, calendar, bases):
    report = judged(by_building, calendar, bases, CERTIFICATION, "certified")
    assert report.computed["leading_share_percent"] == "36.00"
    finding = report.finding(f"{CERTIFICATION}.tenants.share")
    assert finding.outcome == "fail"
    assert "扣除后的建筑面积 25000 平方米" in finding.message.zh


@pytest.mark.parametrize(("total", "outcome"), [("31000", "pass"), ("31000.01", "fail")])
def test_half_of_the_whole_building(by_building, calendar, bases, total, outcome):
    changes = {"floor_area_total_m2": total}
    report = judged(by_building, calendar, bases, CERTIFICATION, "certified", **changes)
    assert report.finding(f"{CERTIFICATION}.tenants.share").outcome == outcome


@pytest.mark.parametrize(("area", "outcome"), [("3000", "unknown"), ("4000", "pass")])
def test_an_unknown_building_leaves_the_absolute_area(by_building, calendar, bases, area, outcome):
    rows = [tenant(code, area, "250") for code in CODES[:5]]
    changes = {"floor_area_total_m2": None, "tenants": rows}
    report = judged(by_building, calendar, bases, CERTIFICATION, "certified", **changes)
    assert report.finding(f"{CERTIFICATION}.tenants.share").outcome == outcome
    assert report.computed["leading_share_percent"] is None


def test_nothing_is_half_of_a_building_that_is_less_than_nothing(by_building, calendar, bases):
    changes = {"floor_area_total_m2": "12000"}
    report = judged(by_building, calendar, bases, CERTIFICATION, "certified", **changes)
    assert report.finding(f"{CERTIFICATION}.tenants.share").outcome == "fail"


@pytest.mark.parametrize(
    ("area", "award"), [("500", "250000.00"), ("599.99", "250000.00"), ("600", "300000.00")]
)
def test_whole_units_of_area_only(installation, calendar, bases, area, award):
    edit(installation / MEASURE, 'value = "proportional"', 'value = "whole_units"')
    report = judged(loaded(installation), calendar, bases, REWARD, "purchase", area_m2=area)
    assert report.computed["award_yuan"] == award


def test_a_successor_may_set_another_figure(installation, calendar, bases):
    edit(installation / MEASURE, "purchase = 100, rent = 20", "purchase = 30, rent = 20")
    report = judged(loaded(installation), calendar, bases, REWARD, "purchase")
    assert report.computed["award_yuan"] == "300000.00"
    assert report.computed["capped_by"] == "ceiling"


# Properties


def tenant(code, area="1500", wan="250", **changes):
    row = {
        "name": "样例科技", "uscc": code, "business_registered": True, "tax_registered": True,
        "leading": True, "used_area_m2": area, "contribution_wan": wan, "intending": False,
    }  # fmt: skip
    return {key: value for key, value in (row | changes).items() if value is not None}


flags = st.none() | st.booleans()
numbers = st.none() | st.integers(0, 30_000).map(str)
rows = st.lists(
    st.builds(
        tenant,
        st.none() | st.sampled_from(CODES),
        numbers,
        numbers,
        business_registered=flags,
        tax_registered=flags,
        leading=flags,
        intending=flags,
    ),
    max_size=8,
)
STANDARDS = ["tenants.count", "tenants.share", "tenants.contribution", "reserve.tenants"]


def certification(make_report, tenants, applied="certified", **changes):
    data = {"tenants": tenants, "floor_area_total_m2": "1000000", **changes}
    return make_report({"base": applied, "stage": "intake", "set": data}, CERTIFICATION)


@given(rows, st.data())
def test_a_decision_on_open_cells_holds_however_they_are_filled(
    make_report_of_session, open_, data
):
    """A rule that fails or passes while cells are empty answers the same once they are filled."""
    filled = [
        tenant(
            row.get("uscc") or data.draw(st.sampled_from(CODES)),
            row.get("used_area_m2") or data.draw(st.integers(0, 30_000).map(str)),
            row.get("contribution_wan") or data.draw(st.integers(0, 30_000).map(str)),
            **{
                name: row[name] if name in row else data.draw(st.booleans())
                for name in ("business_registered", "tax_registered", "leading", "intending")
            },
        )
        for row in open_
    ]
    for applied in ("certified", "reserve"):
        before = certification(make_report_of_session, open_, applied)
        after = certification(make_report_of_session, filled, applied)
        for name in STANDARDS:
            early = before.finding(f"{CERTIFICATION}.{name}").outcome
            late = after.finding(f"{CERTIFICATION}.{name}").outcome
            assert early in ("unknown", late)
            assert late != "unknown"
        for name, value in before.computed.items():
            if name.startswith(("leading_", "occupied_", "contribution_", "eligible_")):
                assert value in (None, after.computed[name])


@given(rows)
def test_a_certified_building_also_supports_reserve(make_report_of_session, tenants):
    certified = certification(make_report_of_session, tenants)
    reserve = certification(make_report_of_session, tenants, "reserve")
    eligible = certified.computed["eligible_class"]
    assert eligible == reserve.computed["eligible_class"]
    if eligible == "certified":
        assert all(
            certified.finding(f"{CERTIFICATION}.{name}").outcome == "pass" for name in STANDARDS[:3]
        )
    if eligible in ("certified", "reserve"):
        assert reserve.finding(f"{CERTIFICATION}.reserve.tenants").outcome == "pass"


@given(rows, st.permutations(range(8)))
def test_the_order_of_the_tenants_does_not_matter(make_report_of_session, tenants, order):
    mixed = [tenants[n] for n in order if n < len(tenants)]
    one, other = (certification(make_report_of_session, r) for r in (tenants, mixed))
    assert one.computed == other.computed
    assert [f.outcome for f in one.findings] == [f.outcome for f in other.findings]


AREAS = st.decimals(0, 5_000, places=4)
CONTRIBUTIONS = st.decimals(0, 200, places=6)
KINDS = st.sampled_from(
    [("purchase", "prior_year_contribution_wan", 100), ("rent", "year_contribution_wan", 20)]
)


def reward(make_report, base, **data):
    return make_report({"base": base, "stage": "intake", "set": data}, REWARD).computed


def fen(text):
    return int(Decimal(text) * 100)


@given(KINDS, AREAS, CONTRIBUTIONS)
def test_an_award_is_never_above_its_caps_and_its_parts_add_up(
    make_report_of_session, kind, area, contribution
):
    base, name, ceiling = kind
    data = {"area_m2": str(area), name: str(contribution)}
    computed = reward(make_report_of_session, base, **data)
    award = Decimal(computed["award_yuan"])
    assert award <= min(contribution * WAN, ceiling * WAN)
    parts = [fen(computed[f"{who}_share_yuan"]) for who in ("city", "district")]
    assert sum(parts) == fen(computed["award_yuan"])
    assert parts[0] - parts[1] in (0, 1)
    assert (award > 0) == (area >= 500 and contribution > 0)


@given(KINDS, st.tuples(AREAS, AREAS), st.tuples(CONTRIBUTIONS, CONTRIBUTIONS))
def test_a_subsidy_never_falls_when_area_or_contribution_grow(
    make_report_of_session, kind, areas, contributions
):
    base, name, _ = kind
    less, more = (
        fen(reward(make_report_of_session, base, **data)["award_yuan"])
        for data in (
            {"area_m2": str(min(areas)), name: str(min(contributions))},
            {"area_m2": str(max(areas)), name: str(max(contributions))},
        )
    )
    assert less <= more


STEPPED = st.sampled_from(
    [("operation", "self_held_percent", 100), ("clustering", "leading_share_percent", 200)]
)


@given(STEPPED, st.tuples(st.decimals(0, 100, places=3), st.decimals(0, 100, places=3)))
def test_a_yearly_reward_never_falls_when_the_share_grows(make_report_of_session, kind, shares):
    base, name, most = kind
    less, more = (
        fen(reward(make_report_of_session, base, **{name: str(s)})["award_yuan"])
        for s in sorted(shares)
    )
    assert 0 <= less <= more <= most * 10**6


new_firms = st.lists(
    st.tuples(st.sampled_from(CODES), st.integers(0, 1_500), st.booleans()), max_size=7
)


@given(new_firms)
def test_attraction_is_the_sum_over_firms_that_are_named_once_and_new(
    make_report_of_session, found
):
    firms = [
        {"name": "甲", "uscc": code, "contribution_wan": str(wan), "previously_rewarded": before}
        for code, wan, before in found
    ]
    computed = reward(make_report_of_session, "attraction", new_firms=firms)
    codes = [code for code, _, _ in found]
    steps = [
        50 if wan >= 1_000 else 20 if wan >= 600 else 10 if wan >= 300 else 0
        for code, wan, before in found
        if not before and codes.count(code) == 1
    ]
    assert Decimal(computed["award_yuan"]) == sum(steps) * WAN
