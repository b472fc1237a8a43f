"""A register out to a workbook and in again: unchanged, or with a reason for each row."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from auditdesk.operations import exports, register_files, register_import, registers
from auditdesk.util.faults import FallsShortError, RefusedError, UnusableInputError
from auditdesk.util.progress import CancelledError, NoProgress
from kept_rows import REGISTER, ROWS, WOHU, kept_rows  # noqa: F401 – a fixture by its name

TODAY = date(2026, 3, 2)


@pytest.fixture
def exported(at_desk, kept_rows, tmp_path):  # noqa: F811 – as above
    """The register's workbook, with the desk that wrote it."""
    desk = at_desk("li")
    path = tmp_path / "台账.xlsx"
    register_files.export_register(desk, REGISTER, TODAY, path, NoProgress())
    return desk, path


def plan(desk, path):
    return register_files.plan_file(desk, REGISTER, path, NoProgress())


def changed(path, **cells):
    """Change cells by place, as a person would in a spreadsheet program."""
    book = openpyxl.load_workbook(path)
    page = book["水库台账"]
    for place, value in cells.items():
        page[place] = value
    book.save(path)


def heads(path):
    page = openpyxl.load_workbook(path)["水库台账"]
    return {cell.value: cell.column_letter for cell in page[1]}


def states(found):
    return {line.code: line.state for line in found.plan.lines}


def test_what_is_exported_can_be_imported_unchanged(exported):
    desk, path = exported
    found = plan(desk, path)
    assert [line.changes for line in found.plan.lines] == [()] * len(ROWS)
    assert states(found) == {row["reservoir_code"]: "same" for row in ROWS}
    assert [line.number for line in found.plan.lines] == [2, 3, 4, 5]
    changes = register_import.apply_import(desk, found.plan)
    assert changes.registers == frozenset()


def test_strange_and_wrong_values_come_back_as_they_were(at_desk, tmp_path):
    desk = at_desk("li")
    row = WOHU | {
        "name": '=HYPERLINK("x")',
        "river": "+86 -1 @x",
        "management_unit": "一\n二",
        "built_year": "不详",
        "last_appraisal_on": "去年",
        "capacity_wan_m3": "约 120",
        "technical_officer.phone": "013905310001",
    }
    registers.save(desk, REGISTER, None, 0, row)
    path = tmp_path / "台账.xlsx"
    register_files.export_register(desk, REGISTER, TODAY, path, NoProgress())
    found = plan(desk, path)
    (line,) = found.plan.lines
    kept = registers.entry(desk, REGISTER, "K-001", TODAY).current
    assert dict(line.data) == dict(kept)
    assert line.changes == ()
    assert line.state == "refused", "a wrong value in a file is told, and not taken in silence"
    said = "；".join(reason.zh for reason in line.reasons)
    assert all(word in said for word in ("不详", "去年", "约 120"))


def test_the_sheet_has_computed_columns_and_units_and_officers(exported):
    _, path = exported
    columns = heads(path)
    assert {"规模", "安全鉴定到期日", "总库容（万m³）", "行政责任人电话"} <= set(columns)
    page = openpyxl.load_workbook(path)["水库台账"]
    assert page[f"{columns['规模']}2"].value == "小（1）型"
    assert page[f"{columns['安全鉴定到期日']}2"].value.date() == date(2026, 5, 20)
    assert page[f"{columns['行政责任人电话']}2"].value == "13905310000"
    cover = [c.value for row in openpyxl.load_workbook(path)["封面"].iter_rows() for c in row]
    assert "2026-03-02" in cover


def test_changes_are_shown_before_they_are_written(exported):
    desk, path = exported
    columns = heads(path)
    changed(
        path,
        **{
            f"{columns['坝高（m）']}2": 19.2,
            f"{columns['管护模式']}3": "政府购买服务",
            f"{columns['上次安全鉴定日期']}3": date(2026, 1, 15),
            f"{columns['规模']}4": "随便写",
            "A6": "K-010",
            "B6": "新水库",
        },
    )
    found = plan(desk, path)
    assert states(found) == {
        "K-001": "changed",
        "K-002": "changed",
        "K-003": "same",
        "K-004": "same",
        "K-010": "new",
    }
    lines = {line.code: line for line in found.plan.lines}
    assert [(c.field, c.old, c.new) for c in lines["K-001"].changes] == [
        ("dam_height_m", "18.6", "19.2")
    ]
    assert {c.field: c.new for c in lines["K-002"].changes} == {
        "management_mode": "purchased",
        "last_appraisal_on": "2026-01-15",
    }
    assert registers.entry(desk, REGISTER, "K-001", TODAY).current["dam_height_m"] == "18.6"
    changes = register_import.apply_import(desk, found.plan)
    assert changes.registers == {REGISTER}
    assert registers.entry(desk, REGISTER, "K-001", TODAY).current["dam_height_m"] == "19.2"
    assert registers.entry(desk, REGISTER, "K-010", TODAY).versions[0].source == "import"
    assert desk.office.journal.page(None, 1)[0].kind == "register.import"


def test_a_bad_row_holds_all_up_until_only_the_good_ones_are_asked_for(exported):
    desk, path = exported
    columns = heads(path)
    height = columns["坝高（m）"]
    changed(path, **{f"{height}2": "=9+9", f"{height}3": "很高", f"{height}4": 30, "A5": "K-001"})
    found = plan(desk, path)
    assert [line.state for line in found.plan.lines] == ["refused"] * 2 + ["changed", "refused"]
    first = "；".join(reason.zh for reason in found.plan.lines[0].reasons)
    assert f"坝高（m）（{height}2）是公式" in first
    assert "2 次" in first
    with pytest.raises(FallsShortError):
        register_import.apply_import(desk, found.plan)
    assert registers.entry(desk, REGISTER, "K-003", TODAY).current["dam_height_m"] == "18.6"
    changes = register_import.apply_import(desk, found.plan, good_only=True)
    assert "3" in changes.summary.zh
    assert registers.entry(desk, REGISTER, "K-003", TODAY).current["dam_height_m"] == "30"
    assert registers.entry(desk, REGISTER, "K-001", TODAY).current["dam_height_m"] == "18.6"


def test_refused_rows_are_mended_in_a_workbook_of_their_own(exported, tmp_path):
    desk, path = exported
    height = heads(path)["坝高（m）"]
    changed(path, **{f"{height}3": "很高"})
    refused = tmp_path / "未收行.xlsx"
    register_files.write_refused(desk, plan(desk, path), refused)
    columns = heads(refused)
    page = openpyxl.load_workbook(refused)["水库台账"]
    assert page.max_row == 2
    assert "第 3 行" in page["A2"].value
    assert "很高" in page["A2"].value
    assert states(plan(desk, refused)) == {"K-002": "refused"}
    changed(refused, **{f"{columns['坝高（m）']}2": "21"})
    mended = plan(desk, refused)
    assert [(c.field, c.new) for c in mended.plan.lines[0].changes] == [("dam_height_m", "21")]


def test_a_column_that_is_left_out_is_left_as_it_is(exported):
    desk, path = exported
    book = openpyxl.load_workbook(path)
    book["水库台账"].delete_cols(3, 60)
    book.save(path)
    found = plan(desk, path)
    assert set(states(found).values()) == {"same"}


def test_only_those_who_see_cases_may_export(at_desk, kept_rows, tmp_path):  # noqa: F811
    with pytest.raises(RefusedError):
        register_files.export_register(
            at_desk("admin"), REGISTER, TODAY, tmp_path / "x.xlsx", NoProgress()
        )
    assert not (tmp_path / "x.xlsx").exists()


class Impatient:
    def step(self, _done, _total):
        raise CancelledError


def test_a_cancelled_export_leaves_neither_file_nor_entry(exported, tmp_path):
    desk, path = exported
    last = desk.office.journal.last_checkpoint().seq
    with pytest.raises(CancelledError):
        register_files.export_register(desk, REGISTER, TODAY, tmp_path / "x.xlsx", Impatient())
    with pytest.raises(UnusableInputError):
        register_files.export_register(desk, REGISTER, TODAY, path, NoProgress())
    assert not (tmp_path / "x.xlsx").exists()
    assert desk.office.journal.last_checkpoint().seq == last


def test_the_city_gets_the_register_as_of_the_periods_last_day(at_desk, kept_rows, tmp_path):  # noqa: F811
    desk = at_desk("wang")
    path = tmp_path / "city.xlsx"
    facts, changes = exports.export_city(
        desk, date(2024, 1, 1), date(2024, 12, 31), path, NoProgress()
    )
    assert next(s.rows for s in facts.sheets if s.name == "水库台账") == len(ROWS)
    assert "0 件" in changes.summary.zh
    page = openpyxl.load_workbook(path)["水库台账"]
    columns = heads(path)
    overdue = [page[f"{columns['鉴定逾期']}{n}"].value for n in range(2, 6)]
    assert overdue == ["否", "是", "是", "否"], "the appraisal of 2025 had not happened yet"
