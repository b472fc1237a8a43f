"""The sums behind a ledger in the city's workbook: by group, by progress, equal to the ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from auditdesk.operations import cases, exports, reviews
from auditdesk.regulations.casefile import read_case
from auditdesk.util.progress import NoProgress

LEDGER, SUMS = "水库除险加固及监测设施项目", "水库项目按区县汇总"


@pytest.fixture
def project(at_desk):
    """Enters a reservoir project: year, district, share of the city."""

    def enter(year, district, city, **more):
        content = {
            "format": "auditdesk.case/1",
            "case_type": "reservoir_project",
            "accepted_on": "2023-01-10",
            "district": district,
            "data": {
                "reservoir_code": f"K-{year}-{city}",
                "scale": "small_1",
                "project_kind": "reinforcement",
                "plan_year": year,
                "city_share_yuan": Decimal(city),
                **more,
            },
        }
        desk = at_desk("li")
        return cases.import_case(desk, read_case(content, desk.library))[0]

    return enter


def table(path, name):
    lines = list(openpyxl.load_workbook(path)[name].values)
    return lines[0], lines[1:]


def export(desk, path):
    return exports.export_city(desk, date(2023, 1, 1), date(2023, 12, 31), path, NoProgress())


def test_each_year_and_district_has_a_line_with_its_sums(at_desk, project, tmp_path):
    project(2023, "370113", "0.10")
    project(2023, "370113", "0.20", other_funds_yuan="7")
    project(2023, "370114", "1000000000000.01")
    project(2024, "370113", "5")
    project(None, "370113", "6")
    facts, changes = export(at_desk("wang"), tmp_path / "city.xlsx")
    heads, lines = table(tmp_path / "city.xlsx", SUMS)
    wanted = ("计划年度", "区县", "件数", "市级配套（元）", "其他资金（元）")
    places = [heads.index(name) for name in wanted]
    assert [tuple(line[p] for p in places) for line in lines] == [
        ("2023", "370113", 2, 0.3, 7),
        ("2023", "370114", 1, 1000000000000.01, None),
        ("2024", "370113", 1, 5, None),
        ("（未填）", "370113", 1, 6, None),
        ("合计", None, 5, 1000000000011.31, 7),
    ]
    ledger, sums = (next(s for s in facts.sheets if s.name == name) for name in (LEDGER, SUMS))
    of_ledger = {column.title: value for column, value in ledger.sums}
    of_sums = {column.title: value for column, value in sums.sums}
    assert of_ledger["市级配套（元）"] == 100_000_000_001_131
    assert {title: of_sums[title] for title in of_ledger} == of_ledger
    assert "5 件" in changes.summary.zh


def test_progress_is_counted_by_stage_and_by_how_it_ended(at_desk, project, tmp_path):
    view = project(2023, "370113", "1")
    project(2023, "370113", "2")
    desk = at_desk("li")
    reviews.withdraw(desk, view.no, view.record.version, reviews.Reasons(text="撤回"))
    export(desk, tmp_path / "city.xlsx")
    heads, lines = table(tmp_path / "city.xlsx", SUMS)
    shown = dict(zip(heads, lines[0], strict=True))
    assert (shown["件数"], shown["受理"], shown["已撤回"], shown["竣工验收"]) == (2, 1, 1, 0)


def test_without_cases_there_are_sheets_without_rows(at_desk, tmp_path):
    facts, _ = export(at_desk("wang"), tmp_path / "city.xlsx")
    assert {s.rows for s in facts.sheets if s.name in (LEDGER, SUMS)} == {0}
