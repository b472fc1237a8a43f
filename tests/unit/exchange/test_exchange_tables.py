"""What a table from outside says, cell by cell, and what of it is not taken over."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from auditdesk.exchange.content import Column, Cover, WorkbookSheet
from auditdesk.exchange.grid import RawCell, column_letters
from auditdesk.exchange.reading import CellProblemError, cell_as_text
from auditdesk.exchange.tables import Heading, read_table
from auditdesk.exchange.workbook import write_workbook
from auditdesk.util.clock import CHINA
from auditdesk.util.progress import NoProgress
from workbook_samples import (
    CHINESE_DATE,
    DATE,
    NO_DATE,
    PERCENT,
    book,
    headed,
    number,
    parts,
    row,
    sheet,
    text,
    write,
)

HEADINGS = (
    Heading("code", ("编码", "Code", "code")),
    Heading("name", ("名称",)),
    Heading("day", ("日期",)),
    Heading("size", ("库容", "库容（万m³）")),
    Heading("scale", ("规模",), taken=False),
)


def read(path):
    return read_table(path, HEADINGS, "code", NoProgress())


def table_of(tmp_path, *rows, **more):
    return read(write(tmp_path / "t.xlsx", parts(headed(*rows, **more))))


def shown(kind, content, *, is_date=False, from_1904=False):
    return cell_as_text(RawCell(kind, content, is_date), from_1904=from_1904)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("12", "12"),
        ("-3.50", "-3.5"),
        ("0.1", "0.1"),
        ("0.30000000000000004", "0.3"),  # what binary arithmetic left behind is not shown either
        ("2.5E-3", "0.0025"),
        ("1.2E+3", "1200"),
        ("99999999999999.9", "99999999999999.9"),
        ("-0", "0"),
        ("0", "0"),
    ],
)
def test_a_number_is_taken_as_it_is_shown(content, expected):
    assert shown("n", content) == expected


@pytest.mark.parametrize(
    ("serial", "from_1904", "expected"),
    [
        ("44621", False, "2022-03-01"),
        ("44621.0", False, "2022-03-01"),
        ("1", False, "1900-01-01"),
        ("59", False, "1900-02-28"),
        ("61", False, "1900-03-01"),
        ("2958465", False, "9999-12-31"),
        ("43159", True, "2022-03-01"),
        ("0", True, "1904-01-01"),
    ],
)
def test_a_date_is_counted_from_the_workbooks_own_year(serial, from_1904, expected):
    assert shown("n", serial, is_date=True, from_1904=from_1904) == expected


@pytest.mark.parametrize(
    ("kind", "content", "is_date", "reason"),
    [
        ("formula", "12", False, "公式"),
        ("e", "#REF!", False, "#REF!"),
        ("n", "123456789012345678", False, "超过 15 位"),
        ("n", "1E+15", False, "超过 15 位"),
        ("n", "1E+300", False, "超过 15 位"),
        ("n", "1E-30", False, "过小"),
        ("n", "12a", False, "读不出来"),
        ("n", "NaN", False, "读不出来"),
        ("n", "１２", False, "读不出来"),
        ("n", "9" * 500, False, "读不出来"),
        ("n", "60", True, "没有这一天"),
        ("n", "0", True, "没有这一天"),
        ("n", "-5", True, "超出范围"),
        ("n", "2958466", True, "超出范围"),
        ("n", "44621.5", True, "时刻"),
        ("d", "2022-02-30", False, "读不出来"),
        ("d", "2022-03-01T08:30:00", False, "读不出来"),
        ("s", "a\x07b", False, "控制字符"),
        ("str", "a_x0007_b", False, "控制字符"),
        ("inlineStr", "卧虎\u202e库水", False, "控制字符"),
        ("s", "长" * 32_768, False, "32,767"),
        ("s", "𬭎" * 16_384, False, "32,767"),
    ],
)
def test_what_cannot_be_taken_over_says_why(kind, content, is_date, reason):
    with pytest.raises(CellProblemError) as problem:
        shown(kind, content, is_date=is_date)
    assert reason in problem.value.reason.zh
    assert problem.value.reason.en.isascii()


def test_texts_come_as_they_are():
    assert shown("s", "=1+1") == "=1+1"
    assert shown("s", " 前后空格 ") == " 前后空格 "
    assert shown("s", "一行\r\n二行\r三行") == "一行\n二行\n三行"
    assert shown("str", "a_x0041_b") == "aAb"
    assert shown("s", "a_x005F_x0041_b") == "a_x0041_b"
    assert shown("s", "长" * 32_767) == "长" * 32_767
    assert (shown("b", "1"), shown("b", "0")) == ("是", "否")
    assert shown("d", "2022-03-01") == shown("d", "2022-03-01T00:00:00.000Z") == "2022-03-01"


def test_a_row_keeps_its_number_and_a_blank_one_is_passed_over(tmp_path):
    rows = (row(3, text("A3", "K-1"), number("D3", "12.50")), row(7, text("B7", "  ")))
    table = table_of(tmp_path, *rows, row(9, text("B9", "无编码")))
    assert [(r.number, r.cells["code"], r.cells["size"]) for r in table.rows] == [
        (3, "K-1", "12.5"),
        (9, "", ""),
    ]
    assert table.columns == ("code", "name", "day", "size")


def test_dates_are_known_by_their_style(tmp_path):
    cells = [
        number(f"C{n}", "44621", style)
        for n, style in ((2, DATE), (3, CHINESE_DATE), (4, NO_DATE), (5, PERCENT), (6, 0), (7, 99))
    ]
    table = table_of(tmp_path, *(row(n, cell) for n, cell in enumerate(cells, 2)))
    assert [r.cells["day"] for r in table.rows] == ["2022-03-01"] * 2 + ["44621"] * 4


def test_days_may_be_counted_from_1904(tmp_path):
    made = parts(headed(row(2, number("C2", "43159", DATE))), book=book(epoch=' date1904="1"'))
    assert read(write(tmp_path / "t.xlsx", made)).rows[0].cells["day"] == "2022-03-01"


def test_each_problem_names_its_cell_and_its_column(tmp_path):
    table = table_of(
        tmp_path,
        row(2, text("A2", "K-1"), '<c r="D2"><f>1+1</f><v>2</v></c>'),
        row(3, text("A3", "K-2"), '<c r="C3" t="e"><v>#N/A</v></c>'),
        row(4, text("A4", "K-3"), text("F4", "批注")),
        row(5, text("A5", "K-4")),
        row(6, text("B6", "K-5")),
        tail='<mergeCells><mergeCell ref="A5:A6"/></mergeCells>',
    )
    said = [[label.zh for label in r.problems] for r in table.rows]
    assert said == [
        ["库容（D2）是公式，请粘贴为数值"],
        ["日期（C3）是错误值 #N/A"],
        ["F4 在表外，没有标题"],
        ["本行有合并单元格，请取消合并后填全"],
        ["本行有合并单元格，请取消合并后填全"],
    ]


def test_a_computed_column_is_recognised_and_passed_over(tmp_path):
    table = table_of(
        tmp_path,
        row(2, text("A2", "K-1"), '<c r="B2"><f>X1</f></c>'),
        heads=("编码", "规模"),
    )
    assert table.columns == ("code",)
    assert table.rows[0].cells == {"code": "K-1"}
    assert table.rows[0].problems == ()


def test_headings_are_known_however_they_are_set(tmp_path):
    heads = ("  ＣＯＤＥ *", "名\n称", "日期", "库容(万m³)")
    table = table_of(tmp_path, row(2, text("A2", "K-1")), heads=heads)
    assert table.columns == ("code", "name", "day", "size")


def test_a_title_may_stand_above_the_headings(tmp_path):
    rows = (
        row(1, text("A1", "某区水库台账")),
        row(2, text("A2", "填报日期：今天")),
        row(3, text("A3", "编码"), text("B3", "名称")),
        row(4, text("A4", "K-1"), text("B4", "卧虎")),
    )
    tail = '<mergeCells><mergeCell ref="A1:D1"/></mergeCells>'
    table = read(write(tmp_path / "t.xlsx", parts(sheet(*rows, tail=tail))))
    assert [(r.number, r.cells, r.problems) for r in table.rows] == [
        (4, {"code": "K-1", "name": "卧虎"}, ())
    ]


def test_the_table_is_found_among_other_sheets(tmp_path):
    other = sheet(row(1, text("A1", "封面")))
    made = parts(other, headed(row(2, text("A2", "K-1"))), headed(row(2, text("A2", "K-9"))))
    made["xl/workbook.xml"] = book(("封面", "台账", "旧"), ("visible", "visible", "hidden"))
    table = read(write(tmp_path / "t.xlsx", made))
    assert (table.sheet, table.rows[0].cells["code"]) == ("台账", "K-1")


def test_rich_text_is_joined_and_readings_are_left_out(tmp_path):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = (
        f'<x:sst xmlns:x="{main}"><x:si><x:r><x:t>卧</x:t></x:r><x:r><x:t>虎</x:t></x:r>'
        "<x:rPh><x:t>wohu</x:t></x:rPh><x:phoneticPr/></x:si></x:sst>"
    )
    cell = '<c r="B2" t="s"><v>0</v></c>'
    made = parts(headed(row(2, text("A2", "K-1"), cell)), texts=texts)
    assert read(write(tmp_path / "t.xlsx", made)).rows[0].cells["name"] == "卧虎"


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_another_programs_workbook_is_read(tmp_path, epoch):
    workbook = Workbook()
    if epoch:
        workbook.epoch = epoch
    page = workbook.active
    page.append(["编码", "名称", "日期", "库容"])
    page.append(["K-1", "卧虎 & <山>", date(2022, 3, 1), 12.5])
    page.append(["K-2", True, datetime(2022, 3, 1, tzinfo=None), 0.1])  # noqa: DTZ001 – as cells are
    page.append([None, "=1+1", None, None])
    workbook.save(tmp_path / "t.xlsx")
    table = read(tmp_path / "t.xlsx")
    assert [tuple(r.cells.values()) for r in table.rows] == [
        ("K-1", "卧虎 & <山>", "2022-03-01", "12.5"),
        ("K-2", "是", "2022-03-01", "0.1"),
        ("", "", "", ""),
    ]
    assert "公式" in table.rows[2].problems[0].zh


def test_what_we_write_is_read_back_unchanged(tmp_path):
    columns = (
        Column("编码", "text"),
        Column("名称", "text"),
        Column("日期", "date"),
        Column("库容", "decimal"),
        Column("规模", "text"),
    )
    rows = [
        ("=cmd|' /C calc'!A0", "+86 1", date(2022, 3, 1), Decimal("12.50"), "小(2)型"),
        ("370114000000000001", "一\n二 _x0041_", date(1899, 12, 31), Decimal("0.00000001"), ""),
        ("@x", "𬭎", None, Decimal("123456789012345678.5"), ""),
    ]
    made_at = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
    cover = Cover("处", "区", date(2026, 1, 1), date(2026, 3, 2), "李", made_at, (), "0", False)
    write_workbook(tmp_path / "t.xlsx", cover, [WorkbookSheet("台账", columns, rows)], NoProgress())
    table = read(tmp_path / "t.xlsx")
    assert [tuple(r.cells.values()) for r in table.rows] == [
        ("=cmd|' /C calc'!A0", "+86 1", "2022-03-01", "12.5"),
        ("370114000000000001", "一\n二 _x0041_", "1899-12-31", "0.00000001"),
        ("@x", "𬭎", "", "123456789012345678.5"),
    ]
    assert all(r.problems == () for r in table.rows)


def test_columns_are_called_as_spreadsheets_call_them():
    assert [column_letters(n) for n in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]
