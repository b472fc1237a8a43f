"""Sheets: facts, tables over pages, lines to sign."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditdesk.documents.content import SheetColumn, SheetTable
from paper_reading import pages_of, text_of
from paper_samples import CHECKPOINT, SHEET, plain_sheet

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, 184 * MM, 37 * MM, 262 * MM
HEAD = "".join(column.label for column in SHEET.tables[0].columns)


def with_cell(text):
    table = SheetTable("一、表", (SheetColumn("事项", 1), SheetColumn("说明", 2)), (("甲", text),))
    return plain_sheet(tables=(table,))


def test_every_finding_is_printed():
    tables = [t for page in pages_of(plain_sheet()) for t in page.extract_tables()]
    cells = {row[1].replace("\n", "") for t in tables for row in t if len(row) == 5}
    assert {row[1] for row in SHEET.tables[0].rows} <= cells


def test_the_head_of_a_table_is_repeated_on_every_page_that_it_reaches():
    pages = pages_of(plain_sheet())
    assert len(pages) >= 3
    for page in pages:
        tables = [t for t in page.extract_tables() if len(t[0]) == 5 or len(t[-1]) == 5]
        for table in tables:
            assert any("".join(cell or "" for cell in row) == HEAD for row in table)


def test_nothing_stands_outside_the_type_area_but_the_foot():
    for page in pages_of(plain_sheet()):
        for char in page.chars:
            assert char["x0"] >= LEFT - 0.5
            assert char["x1"] <= RIGHT + 0.5
        for line in page.lines:
            assert TOP - 0.5 <= line["top"] <= BOTTOM + 0.5


def test_no_text_crosses_a_border():
    for page in pages_of(plain_sheet()):
        upright = [line for line in page.lines if abs(line["x0"] - line["x1"]) < 0.1]
        for char in page.chars:
            middle = (char["top"] + char["bottom"]) / 2
            for line in upright:
                if line["top"] < middle < line["bottom"]:
                    assert not char["x0"] + 0.3 < line["x0"] < char["x1"] - 0.3, char["text"]


def test_a_row_is_moved_rather_than_cut():
    for page in pages_of(plain_sheet()):
        rows = [r for t in page.extract_tables() for r in t if len(r) == 5 and r[0].isdigit()]
        for row in rows:
            number = int(row[0])
            assert row[4].replace("\n", "") == SHEET.tables[0].rows[number - 1][4]


@pytest.mark.parametrize("size", [900, 5000])
def test_a_cell_longer_than_a_page_goes_on_on_the_next(size):
    text = "".join(chr(0x4E00 + n % 5000) for n in range(size))
    pages = pages_of(with_cell(text))
    found = text_of(pages).replace("事项说明", "")
    digits = [found.find(text[at : at + 5]) for at in range(0, size - 30, 30)]
    assert len(pages) >= 2
    assert sum(at >= 0 for at in digits) > len(digits) * 0.6
    for character in text:
        assert character in found


def test_pages_say_how_many_there_are():
    pages = pages_of(plain_sheet())
    for number, page in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in text_of([page])


def test_facts_stand_two_a_line_and_long_ones_alone():
    (facts, *_) = pages_of(plain_sheet())[0].extract_tables()
    assert [cell for cell in facts[0] if cell] == [
        "案件编号",
        "LE-2022-0017",
        "受理日期",
        "2022年3月1日",
    ]
    assert facts[1][0] == "入市主体"
    assert facts[1][1].replace("\n", "") == SHEET.facts[2][1]


def test_lines_to_sign_stay_together_on_the_last_page():
    last = pages_of(plain_sheet())[-1]
    assert "经办人" in last.extract_text()
    assert "审批人" in last.extract_text()
    printed = last.extract_text().replace("\n", "").replace(" ", "")
    assert CHECKPOINT.replace(" ", "") in printed


def test_lines_to_sign_by_hand_have_a_place_for_the_date():
    assert "年月日" in text_of(pages_of(plain_sheet(signers=())))
    assert "年月日" not in text_of(pages_of(plain_sheet()))


def test_equal_sheets_are_equal_bytes():
    assert plain_sheet() == plain_sheet.__wrapped__()


def test_a_sheet_with_nothing_but_a_title_is_a_page():
    bare = replace(SHEET, facts=(), tables=(), notes=(), signature_lines=(), signers=(), number="")
    changes = {name: getattr(bare, name) for name in ("facts", "tables", "notes", "number")}
    pages = pages_of(plain_sheet(**changes, signature_lines=(), signers=(), office=""))
    assert len(pages) == 1


def test_a_row_with_a_missing_cell_is_a_mistake_of_the_program():
    table = SheetTable("", (SheetColumn("甲", 1), SheetColumn("乙", 1)), (("一",),))
    with pytest.raises(ValueError, match="2 cells"):
        plain_sheet(tables=(table,))


def test_a_short_heading_is_not_broken_however_small_its_share():
    columns = (SheetColumn("序号", 1), SheetColumn("说明", 99))
    pages = pages_of(plain_sheet(tables=(SheetTable("", columns, (("1", "甲"),)),), facts=()))
    head, _ = pages[0].extract_tables()[0]
    assert head == ["序号", "说明"]


@pytest.mark.parametrize("count", range(20, 44))
def test_lines_to_sign_are_never_alone_on_a_page(count):
    columns = (SheetColumn("序号", 1), SheetColumn("说明", 9))
    rows = tuple((str(n), "甲") for n in range(count))
    last = pages_of(plain_sheet(tables=(SheetTable("", columns, rows),)))[-1]
    assert "审查意见" in last.extract_text()
    assert "经办人" in last.extract_text()


def with_bars(*bars):
    columns = (SheetColumn("项目", 1), SheetColumn("件数", 1, "right"), SheetColumn("", 9))
    rows = tuple((f"第{n}项", str(n), "") for n in range(len(bars)))
    table = SheetTable("", columns, rows, ("合计", "6", ""), bars)
    page = pages_of(plain_sheet(tables=(table,), facts=(), notes=()))[0]
    return [rect for rect in page.rects if rect["fill"]], page


def test_bars_are_filled_rectangles_in_proportion_one_under_the_other():
    (whole, half, least, pale), page = with_bars((1000, 500), (1, 0), (0, 0), (0, 250))
    assert half["width"] == pytest.approx(whole["width"] / 2)
    assert pale["width"] == pytest.approx(whole["width"] / 4)
    assert 0.5 <= least["width"] < 1
    assert half["top"] == pytest.approx(whole["bottom"])
    assert whole["height"] > half["height"]
    assert whole["non_stroking_color"] != half["non_stroking_color"] == pale["non_stroking_color"]
    edges = sorted({line["x0"] for line in page.lines if line["x0"] == line["x1"]})
    assert edges[-2] < whole["x0"] < whole["x1"] < edges[-1]
