"""Figures: every one worked out anew from the cases themselves, and the list behind each."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

import pytest

from auditdesk.domain.period import Period
from auditdesk.operations import cases, exports, figures, offices, viewing
from auditdesk.operations.figure_views import Asked
from auditdesk.operations.figure_words import empty, measured, shares
from auditdesk.store.records import CaseFilter
from auditdesk.util.progress import NoProgress

Y2022 = Period(date(2022, 1, 1), date(2022, 12, 31))
ALWAYS = Period(date(2021, 1, 1), date(2026, 12, 31))
ASKED = {
    "a year": Asked(Y2022),
    "a quarter": Asked(Period(date(2022, 7, 1), date(2022, 9, 30))),
    "some days": Asked(Period(date(2022, 3, 10), date(2022, 5, 9))),
    "all years": Asked(ALWAYS),
    "a type": Asked(ALWAYS, case_type="land_entry"),
    "another type": Asked(Y2022, case_type="reservoir_project"),
    "a district": Asked(Y2022, district="370114"),
    "a town": Asked(Y2022, district="370114", town="垛庄镇"),
    "no town": Asked(ALWAYS, district="370114", town=""),
    "nothing": Asked(Period(date(2035, 1, 1), date(2035, 3, 31))),
}
# What the figures add up, by hand: column of a case type, where its value stands.
MONEY = {
    ("land_entry", "deal"): ("data", "deal_price_yuan"),
    ("land_entry", "levy"): ("computed", "levy_yuan"),
    ("land_entry", "area"): ("data", "parcel_area_m2"),
    ("building_reward", "award"): ("computed", "award_yuan"),
    ("building_certification", "firms"): ("computed", "leading_firms"),
    ("reservoir_project", "city"): ("data", "city_share_yuan"),
}
DUE = {"land_entry": "comment_due_on", "reservoir_appraisal": "due_on"}


@pytest.fixture(scope="module")
def sample(sample_office):
    """A desk in the sample office, and of each of its cases what figures are about."""
    facts, folder, surroundings = sample_office
    desk = offices.sign_in(folder, "liu", facts.office.password, surroundings)
    rows = desk.office.cases.page(CaseFilter(), limit=1000).rows
    yield desk, [by_hand(desk, viewing.view(desk, row.no)) for row in rows]
    desk.close()


def by_hand(desk, view):
    """What a clerk with a pencil would write down of a case."""
    record, data = view.record, view.case_file.data
    decided = [o for o in view.opinions if o.action in ("approve", "refuse")]
    then = decided[0].extra["report"]["computed"].get(DUE.get(record.case_type)) if decided else ""
    if record.case_type == "land_use_approval" and decided:  # 行政许可法 art. 42
        then = desk.calendar.nth_after(record.accepted_on, 20).isoformat()
    town = data.get("town", "")
    if "reservoir_code" in data:
        row = desk.office.registers.find("reservoir", data["reservoir_code"])
        town = row.body["data"].get("town", "") if row else ""
    if "building_address" in data:
        town = data["building_address"].removeprefix("章丘区")
        town = town[: (town.find("街道") + 2) if "街道" in town else (town.find("镇") + 1)]
    return {
        "no": record.no,
        "case_type": record.case_type,
        "status": record.status,
        "stage": record.stage,
        "district": record.district,
        "town": town,
        "accepted_on": record.accepted_on,
        "decided_on": decided[0].at.date() if decided else None,
        "due": (then and date.fromisoformat(then)) if decided else record.due_on,
        "sums": {
            column: Decimal(value)
            for (kind, column), (origin, name) in MONEY.items()
            if kind == record.case_type
            and (value := {"data": data, "computed": view.report.computed}[origin].get(name))
            is not None
        },
    }


def keys(case, basis, today):
    """The lines that a case belongs to: group and key."""
    ended = case["status"] in ("refused", "withdrawn")
    yield "case_type", case["case_type"]
    stage = case["status"] if ended else case["stage"]
    yield "reached", f"{case['case_type']}.{stage}"
    outcome = case["status"]
    if outcome in ("open", "closed"):
        outcome = "approved" if case["decided_on"] else "open"
    yield "outcome", outcome
    yield "timeliness", timeliness(case, today)
    yield "place", f"{case['district']}.{case['town']}"
    yield "month", f"{case[basis]:%Y-%m}"


def timeliness(case, today):
    if case["decided_on"]:
        if not case["due"]:
            return "none"
        return "in_time" if case["decided_on"] <= case["due"] else "late"
    if case["status"] == "withdrawn":
        return "ended"
    if case["status"] == "returned":
        return "waiting"
    if not case["due"]:
        return "none"
    return "overdue" if case["due"] < today else "running"


def cohort(every, asked, period, basis):
    return [
        case
        for case in every
        if case[basis]
        and period.first <= case[basis] <= period.last
        and asked.case_type in (None, case["case_type"])
        and asked.district in (None, case["district"])
        and asked.town in (None, case["town"])
    ]


@pytest.mark.parametrize("name", [*ASKED])
def test_every_figure_is_what_a_count_by_hand_gives(sample, name):
    desk, every = sample
    asked, today = ASKED[name], desk.today()
    read = figures.read(desk, asked, NoProgress())
    for part in read.parts:
        now = cohort(every, asked, asked.period, part.basis)
        then = cohort(every, asked, asked.period.before(), part.basis)
        assert (part.total.cases, part.total.before) == (len(now), len(then))
        for group in part.groups:
            check_group(group, asked, [now, then], part.basis, today)
        check_sums(part, now)
    received, decided = read.parts
    assert (received.basis, decided.basis) == ("accepted_on", "decided_on")
    if name == "all years":
        assert received.total.cases == len(every) > 150
        assert 80 < decided.total.cases < len(every)


def check_group(group, asked, cohorts, basis, today):
    counted = [
        Counter(
            key for case in cases_ for kind, key in keys(case, basis, today) if kind == group.id
        )
        for cases_ in cohorts
    ]
    lines = {line.key: line for line in group.lines}
    assert len(lines) == len(group.lines), "each key once"
    if group.id == "reached" and asked.case_type:
        lines = {f"{asked.case_type}.{key}": line for key, line in lines.items()}
    if group.id == "month" and asked.period.month_count > 36:
        counted[0] = Counter(key[:4] for key in counted[0].elements())
    assert {key: line.cases for key, line in lines.items() if line.cases} == counted[0]
    assert sum(line.cases for line in group.lines) == len(cohorts[0]), "every case once"
    if group.id != "month":
        assert {key: line.before for key, line in lines.items() if line.before} == counted[1]
    elif asked.period.whole_months and asked.period.month_count <= 36:
        assert sum(line.before for line in group.lines) == len(cohorts[1])


def check_sums(part, cohort_):
    sums = defaultdict(Decimal)
    with_value = Counter()
    for case in cohort_:
        for column, value in case["sums"].items():
            sums[case["case_type"], column] += value
            with_value[case["case_type"], column] += 1
    for added in part.sums:
        name = added.column.case_type, added.column.id
        if name in MONEY:
            value = added.column.value(added.amount)
            shown = Decimal(value or 0) / (100 if added.column.kind == "money" else 1)
            assert shown == sums[name], name
            assert added.line.cases == with_value[name], name


@pytest.mark.parametrize("name", [*ASKED])
def test_behind_every_figure_is_a_list_of_exactly_its_cases(sample, name):
    desk, every = sample
    asked, today = ASKED[name], desk.today()
    read = figures.read(desk, asked, NoProgress())
    for part in read.parts:
        now = cohort(every, asked, asked.period, part.basis)
        lines = [("", part.total)]
        lines += [(group.id, line) for group in part.groups for line in group.lines]
        for kind, line in lines:
            listed = [row.no for row in cases.page(desk, line.wanted, limit=500).rows]
            assert cases.count(desk, line.wanted) == line.cases == len(listed), (kind, line)
            if kind and part.group("month").lines and not (kind == "month" and len(line.key) == 4):
                key = line.key
                if kind == "reached" and asked.case_type:
                    key = f"{asked.case_type}.{key}"
                own = {c["no"] for c in now if (kind, key) in {*keys(c, part.basis, today)}}
                assert {*listed} == own, (kind, line.key)
        for added in part.sums:
            assert cases.count(desk, added.line.wanted) == added.line.cases


def test_each_line_of_one_case_type_has_its_own_sums(sample):
    desk, every = sample
    asked = ASKED["a type"]
    read = figures.read(desk, asked, NoProgress())
    assert [c.id for c in read.columns] == ["area", "deal", "gain", "levy", "tax"]
    deal = measured(read, "deal")
    for part in read.parts:
        now = cohort(every, asked, asked.period, part.basis)
        for group in part.groups:
            own = defaultdict(Decimal)
            for case in now:
                for kind, key in keys(case, part.basis, desk.today()):
                    if kind == group.id:
                        own[key] += case["sums"].get("deal", 0)
            for line in group.lines:
                key = {"reached": f"land_entry.{line.key}"}.get(group.id, line.key)
                fen = deal.value(line.amounts.get("deal")) or 0
                wanted = (
                    sum(value for month, value in own.items() if month.startswith(key))
                    if group.id == "month"
                    else own[key]
                )
                assert Decimal(fen) / 100 == wanted, (group.id, key)


def test_sums_are_those_of_the_citys_workbook(sample, tmp_path):
    desk, _ = sample
    exported = added_up_for_the_city(desk, tmp_path / "city.xlsx")
    read = figures.read(desk, Asked(ALWAYS), NoProgress())
    assert len(read.parts[0].sums) >= 15
    for added in read.parts[0].sums:
        value = added.column.value(added.amount) or 0
        assert value == exported[added.case_type.zh, added.column.label.zh], added.column


def added_up_for_the_city(desk, path):
    facts, _ = exports.export_city(desk, ALWAYS.first, ALWAYS.last, path, NoProgress())
    return {
        (sheet.name, column.title): value for sheet in facts.sheets for column, value in sheet.sums
    }


def test_a_period_without_cases_shows_zeros_and_says_so(sample):
    desk, _ = sample
    read = figures.read(desk, ASKED["nothing"], NoProgress())
    for part in read.parts:
        assert part.total.cases == 0
        assert "本期没有" in empty(part).zh
        assert [group.id for group in part.groups][:1] == ["case_type"]
        assert [line.cases for line in part.group("case_type").lines] == [0] * 6
        assert [line.cases for line in part.group("month").lines] == [0] * 3
        assert part.group("outcome").lines
        assert shares(part.group("outcome").lines, None) == ((0, 0),) * len(
            part.group("outcome").lines
        )
    assert any("尚未结束" in note.zh for note in read.notes)


def test_received_and_decided_are_named_apart(sample):
    desk, _ = sample
    received, decided = figures.read(desk, ASKED["a year"], NoProgress()).parts
    assert ("受理日期" in received.label.zh, "批准" in decided.label.zh) == (True, True)
    assert (received.group("month").label.zh, decided.group("month").label.zh) == (
        "按受理月份",
        "按决定月份",
    )
    assert "单列" in received.group("reached").note.zh
    assert {line.key for line in decided.group("outcome").lines} == {
        "approved",
        "refused",
        "withdrawn",
    }
