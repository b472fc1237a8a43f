"""Workbooks as a bureau opens them: cell by cell, as XML, and through LibreOffice."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from auditdesk.exchange.content import Column, Cover, WorkbookSheet
from auditdesk.exchange.rows import GREATEST_ROW, Rows
from auditdesk.exchange.workbook import write_workbook
from auditdesk.util.clock import CHINA
from auditdesk.util.faults import OfficeFaultError, UnusableInputError
from auditdesk.util.progress import CancelledError, NoProgress

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

COVER = Cover(
    office="章丘区自然资源局",
    district="370114 章丘区",
    period_from=date(2022, 1, 1),
    period_to=date(2022, 3, 31),
    made_by="王小明",
    made_at=datetime(2022, 4, 1, 9, 30, tzinfo=CHINA),
    lines=(("备注", "=1+1 & <b>"),),
    checkpoint="128 8c0da31f",
    sample=False,
)
COLUMNS = (
    Column("案件编号", "text", 18),
    Column("信用代码", "text", 22),
    Column("受理日期", "date", 12),
    Column("面积", "decimal", 14, total=True),
    Column("价款", "money", 18, total=True),
    Column("同意率", "percent", 10),
    Column("年限", "integer", 8),
)
ROWS = (
    ("RS-1", "370101199001011234", date(2022, 3, 1), Decimal("13340.50"), 1, Decimal("66.67"), 40),
    ("=1+1", "N2370181MF0000001X", None, Decimal("0.30"), 420000029, Decimal(100), None),
    ("#N/A", "-5", date(2024, 2, 29), None, -250, None, 20),
    ("@SUM", "'quoted", date(1899, 12, 31), Decimal("0.1"), 99999999999999, Decimal(0), 0),
)
SHEET = WorkbookSheet("集体经营性建设用地入市", COLUMNS, ROWS)


@pytest.fixture
def target(tmp_path):
    return tmp_path / "导出" / "报表.xlsx"


@pytest.fixture
def written(target):
    target.parent.mkdir()

    def write(sheets=(SHEET,), cover=COVER, progress=None, **options):
        return write_workbook(target, cover, sheets, progress or NoProgress(), **options)

    return write


@pytest.fixture(autouse=True)
def no_parts_left_behind(tmp_path, monkeypatch):
    """Temporary files hold personal data: whatever happens, none may stay."""
    parts = tmp_path / "parts"
    parts.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(parts))
    yield
    assert list(parts.iterdir()) == []


def day(*parts):
    """A day as openpyxl reads it: a moment without a zone."""
    return datetime(*parts)  # noqa: DTZ001 – cells know no zone


def values(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def raw_numbers(path, name):
    with zipfile.ZipFile(path) as book:
        tree = ET.fromstring(book.read(f"xl/worksheets/{name}.xml"))
    return {c.get("r"): c.findtext(f"{MAIN}v") for c in tree.iter(f"{MAIN}c") if not c.get("t")}


def test_every_cell_comes_back(written, target):
    written()
    sheet = load_workbook(target)[SHEET.title]
    assert values(sheet) == [
        [column.title for column in COLUMNS],
        ["RS-1", "370101199001011234", day(2022, 3, 1), 13340.5, 0.01, 0.6667, 40],
        ["=1+1", "N2370181MF0000001X", None, 0.3, 4200000.29, 1, None],
        ["#N/A", "-5", day(2024, 2, 29), None, -2.5, None, 20],
        ["@SUM", "'quoted", "1899-12-31", 0.1, 999999999999.99, 0, 0],
        ["合计", None, None, 13340.9, 1000004199997.79, None, None],
    ]


def test_numbers_are_written_digit_by_digit(written, target):
    written()
    numbers = raw_numbers(target, "sheet2")
    assert [numbers[f"E{row}"] for row in range(2, 7)] == [
        "0.01",
        "4200000.29",
        "-2.50",
        "999999999999.99",
        "1000004199997.79",
    ]
    assert [numbers[f"D{row}"] for row in (2, 3, 5, 6)] == ["13340.50", "0.30", "0.1", "13340.90"]
    assert numbers["F2"] == "0.6667"


def test_a_number_too_long_for_a_spreadsheet_is_text_in_full(written, target):
    columns = (Column("价款", "money", total=True), Column("编号", "integer"))
    written([WorkbookSheet("大数", columns, [(12345678901234567890, 370101199001011234)])])
    sheet = load_workbook(target)["大数"]
    assert values(sheet)[1:] == [
        ["123456789012345678.90", "370101199001011234"],
        ["123456789012345678.90", "合计"],
    ]
    assert {cell.data_type for cell in sheet[2]} == {"s"}


def test_formats_and_marks(written, target):
    written()
    sheet = load_workbook(target)[SHEET.title]
    assert [cell.number_format for cell in sheet[2]] == [
        "@",
        "@",
        "yyyy-mm-dd",
        "#,##0.00##",
        "#,##0.00",
        "0.00%",
        "0",
    ]
    quoted = {c.value: c.quotePrefix for row in sheet["A2:B5"] for c in row}
    assert quoted["=1+1"]
    assert quoted["@SUM"]
    assert quoted["-5"]
    assert not quoted["RS-1"]
    assert not quoted["370101199001011234"]


def test_no_formula_anywhere(written, target):
    written()
    with zipfile.ZipFile(target) as book:
        for name in book.namelist():
            if name.startswith("xl/worksheets/"):
                assert ET.fromstring(book.read(name)).findall(f".//{MAIN}f") == []


def test_head_frozen_filtered_and_printed_on_every_page(written, target):
    written()
    sheet = load_workbook(target)[SHEET.title]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:G5"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_title_cols == "$A:$A"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize(
    ("columns", "paper", "pages"), [(17, 9, 1), (18, 8, 1), (24, 8, 1), (25, 8, 2)]
)
def test_a_wide_sheet_prints_on_larger_paper_and_on_several_pages(
    written, target, columns, paper, pages
):
    sheet = WorkbookSheet("宽", (Column("列", "text", 10),) * columns, [("字",) * columns])
    written([sheet])
    setup = load_workbook(target)["宽"].page_setup
    assert (setup.orientation, setup.paperSize) == ("landscape", paper)
    assert (setup.fitToWidth, setup.fitToHeight) == (pages, 0)


def test_the_cover_tells_whose_when_how_many_and_how_much(written, target):
    written()
    cover = dict(row[:2] for row in values(load_workbook(target)["封面"]) if row[1] is not None)
    assert cover["办公单元"] == "章丘区自然资源局"
    assert cover["报送期间"] == "2022-01-01 至 2022-03-31"
    assert cover["制表人"] == "王小明"
    assert cover["制表时间"] == "2022-04-01 09:30"
    assert cover["备注"] == "=1+1 & <b>"
    assert cover["集体经营性建设用地入市"] == 4
    assert cover["　价款"] == 1000004199997.79
    assert cover["　面积"] == 13340.9
    assert cover["日志校验点"] == "128 8c0da31f"


def test_a_sample_office_says_so_on_cover_and_pages(written, target):
    written(cover=replace(COVER, sample=True))
    book = load_workbook(target)
    assert book["封面"]["A1"].value.startswith("样例")
    assert book[SHEET.title].oddHeader.center.text.startswith("样例")


def test_a_real_office_does_not_say_sample(written, target):
    written()
    with zipfile.ZipFile(target) as book:
        content = b"".join(book.read(name) for name in book.namelist())
    assert b"&#26679;&#20363;" not in content
    assert "样例".encode() not in content


def test_facts_are_what_was_written(written):
    (facts,) = written().sheets
    assert (facts.name, facts.rows, facts.shortened) == (SHEET.title, 4, ())
    assert [(column.title, value) for column, value in facts.sums] == [
        ("面积", Decimal("13340.90")),
        ("价款", 100000419999779),
    ]


def test_a_text_that_is_too_long_is_named_on_the_cover(written, target):
    sheet = WorkbookSheet("长", (Column("说明", "text"),), [("短",), ("字" * 40000,)])
    assert written([sheet]).sheets[0].shortened == ("A3",)
    cover = dict(row[:2] for row in values(load_workbook(target)["封面"]))
    assert cover["　超长截断的单元格"] == "A3"


def test_a_sheet_without_rows_and_a_workbook_without_sheets(written, target):
    written([replace(SHEET, rows=())])
    assert values(load_workbook(target)[SHEET.title])[1][:4] == ["合计", None, None, 0]
    written([], overwrite=True)
    assert load_workbook(target).sheetnames == ["封面"]


def test_an_existing_file_is_not_replaced_unless_asked(written, target):
    target.write_bytes(b"kept")
    with pytest.raises(UnusableInputError, match="exists already"):
        written()
    assert target.read_bytes() == b"kept"
    written(overwrite=True)
    assert load_workbook(target).sheetnames == ["封面", SHEET.title]


@dataclass
class Impatient:
    """A user who watches, and cancels at a given step."""

    cancel_at: int
    told: list[tuple[int, int]] = field(default_factory=list)

    def step(self, done, total):
        self.told.append((done, total))
        if done >= self.cancel_at:
            raise CancelledError


@pytest.mark.parametrize("cancel_at", [0, 100, 200])
def test_cancelling_leaves_nothing_behind(written, target, cancel_at):
    target.write_bytes(b"kept")
    user = Impatient(cancel_at)
    with pytest.raises(CancelledError):
        written([SHEET, replace(SHEET, rows=ROWS * 50)], progress=user, overwrite=True)
    assert target.read_bytes() == b"kept"
    assert [f.name for f in target.parent.iterdir()] == [target.name]


def test_progress_counts_all_rows(written):
    user = Impatient(cancel_at=10**9)
    written([replace(SHEET, rows=ROWS * 60), SHEET], progress=user)
    assert user.told == [(0, 244), (100, 244), (200, 244), (244, 244)]


@pytest.mark.parametrize(
    "row",
    [
        ("x", "y", None, 1.5, 0, None, 0),
        ("x", "y", None, None, Decimal("0.01"), None, 0),
        ("x", 5, None, None, 0, None, 0),
        ("x", "y", "2022-01-01", None, 0, None, 0),
        ("x", "y", None, None, True, None, 0),
    ],
)
def test_a_value_of_another_kind_is_a_bug_and_leaves_no_file(written, target, row):
    with pytest.raises(TypeError, match="no value of kind"):
        written([replace(SHEET, rows=[row])])
    assert list(target.parent.iterdir()) == []


def test_a_row_of_another_length_is_a_bug(written):
    with pytest.raises(ValueError, match="shorter"):
        written([replace(SHEET, rows=[("x",)])])


def test_space_around_text_and_markup_come_back(written, target):
    texts = ["  two before, two after  ", "<b>&amp;</b>", "one\ntwo\tthree", "]]>"]
    written([WorkbookSheet("文", (Column("文", "text"),), [(text,) for text in texts])])
    assert [row[0] for row in values(load_workbook(target)["文"])[1:]] == texts
    with zipfile.ZipFile(target) as book:  # spreadsheets drop outer space that is not marked
        tree = ET.fromstring(book.read("xl/worksheets/sheet2.xml"))
    kept = {t.text for t in tree.iter(f"{MAIN}t") if t.get(SPACE) == "preserve"}
    assert kept >= set(texts)


def test_a_sheet_takes_as_many_rows_as_the_format_allows():
    part = BytesIO()
    rows = Rows(part, 1)
    rows.number = GREATEST_ROW - 1
    rows.append([(0, True, "1")])
    with pytest.raises(UnusableInputError, match="shorter period"):
        rows.append([(0, True, "1")])


def test_only_numbers_have_sums():
    with pytest.raises(ValueError, match="has no sum"):
        Column("同意率", "percent", total=True)


def test_a_missing_folder_is_a_clear_fault(tmp_path):
    with pytest.raises(OfficeFaultError, match="missing"):
        write_workbook(tmp_path / "gone" / "a.xlsx", COVER, [SHEET], NoProgress())


FULL_DISK = """
import resource, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_exchange_workbook import COVER, SHEET, ROWS, write_workbook, NoProgress, replace
from auditdesk.util.faults import OfficeFaultError
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
try:
    write_workbook(Path({path!r}), COVER, [replace(SHEET, rows=ROWS * {times})], NoProgress())
except OfficeFaultError as fault:
    print("fault:", fault.text("en"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a matter of Unix")
@pytest.mark.parametrize(("limit", "times"), [(2_000, 1), (30_000, 500), (200_000, 5_000)])
def test_a_disk_that_takes_no_more_leaves_nothing(tmp_path, limit, times):
    """A limit on file sizes stands for the full disk: the same failing write, at any byte."""
    folder, parts = tmp_path / "out", tmp_path / "tmp"
    folder.mkdir()
    parts.mkdir()
    code = FULL_DISK.format(
        tests=str(Path(__file__).parent), limit=limit, times=times, path=str(folder / "a.xlsx")
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"TMPDIR": str(parts), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.stderr, done.stdout[:32]) == ("", "fault: The disk failed while wri")
    assert list(folder.iterdir()) == []
    assert list(parts.iterdir()) == []


CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_libreoffice_shows_the_same(written, target, tmp_path):
    written()
    own_profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", own_profile, "--headless", "--convert-to", CSV, "--outdir", tmp_path, target],
        check=True,
        capture_output=True,
        timeout=120,
    )
    shown = (tmp_path / f"报表-{SHEET.title}.csv").read_text(encoding="utf-8")
    assert list(csv.reader(shown.splitlines())) == [
        [column.title for column in COLUMNS],
        ["RS-1", "370101199001011234", "2022-03-01", "13,340.50", "0.01", "66.67%", "40"],
        ["=1+1", "N2370181MF0000001X", "", "0.30", "4,200,000.29", "100.00%", ""],
        ["#N/A", "-5", "2024-02-29", "", "-2.50", "", "20"],
        ["@SUM", "'quoted", "1899-12-31", "0.10", "999,999,999,999.99", "0.00%", "0"],
        ["合计", "", "", "13,340.90", "1,000,004,199,997.79", "", ""],
    ]
    cover = (tmp_path / "报表-封面.csv").read_text(encoding="utf-8")
    assert "备注,=1+1 & <b>" in cover
