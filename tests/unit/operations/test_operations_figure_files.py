"""Figures on paper and in a workbook: the same numbers, typed cells, bars as vectors."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pdfplumber
import pytest

from auditdesk.documents.grid import FAINT, GREY
from auditdesk.domain.period import Period
from auditdesk.operations import figure_files, figures, offices
from auditdesk.operations.figure_views import Asked
from auditdesk.operations.figure_words import shares
from auditdesk.util.faults import OfficeFaultError, UnusableInputError
from auditdesk.util.progress import CancelledError, NoProgress
from office_samples import fill_up, small_disk

YEAR = Asked(Period(date(2022, 1, 1), date(2022, 12, 31)))
LAND = replace(YEAR, case_type="land_entry")


@pytest.fixture(scope="module")
def desk(sample_office):
    facts, folder, surroundings = sample_office
    opened = offices.sign_in(folder, "liu", facts.office.password, surroundings)
    yield opened
    opened.close()


def sheets(path):
    return {sheet.title: [*sheet.values] for sheet in openpyxl.load_workbook(path)}


def test_the_workbook_says_what_the_figures_say_in_typed_cells(desk, tmp_path):
    path = tmp_path / "figures.xlsx"
    told = figure_files.write_book(desk, LAND, path, NoProgress())
    assert str(path) in told.zh
    read, book = figures.read(desk, LAND, NoProgress()), sheets(path)
    assert [*book] == ["封面", "本期受理", "本期决定", "金额、面积等合计"]
    for part, name in zip(read.parts, ("本期受理", "本期决定"), strict=True):
        heads, total, *rows = book[name]
        assert heads[:5] == ("分组", "项目", "件数", "上期件数", "增减")
        lines = [(group, line) for group in part.groups for line in group.lines]
        assert len(rows) == len(lines) > 20
        assert total[2:5] == (part.total.cases, part.total.before, part.total.change)
        deal = heads.index("成交价款（元）")
        for row, (group, line) in zip(rows, lines, strict=True):
            assert row[:4] == (group.label.zh, line.label.zh, line.cases, line.before)
            fen = read.columns[1].value(line.amounts.get("deal"))
            assert row[deal] == (fen and float(f"{fen / 100:.2f}"))
            assert not isinstance(row[2], str)


def test_the_sums_stand_in_columns_of_their_own_kind(desk, tmp_path):
    path = tmp_path / "figures.xlsx"
    figure_files.write_book(desk, YEAR, path, NoProgress())
    heads, *rows = sheets(path)["金额、面积等合计"]
    read = figures.read(desk, YEAR, NoProgress())
    assert len(rows) == sum(len(part.sums) for part in read.parts)
    money, number = heads.index("金额（元）"), heads.index("数量")
    by_label = {(row[0], row[2]): row for row in rows}
    levy = by_label["本期受理", "应缴增值收益（元）"]
    assert (levy[money], levy[number]) == (6_674_687.9, None)
    area = by_label["本期受理", "计入的建筑面积（平方米）"]
    assert (area[money], area[number]) == (None, 252_349.99)
    sheet = openpyxl.load_workbook(path)["金额、面积等合计"]
    formats = {sheet.cell(rows.index(row) + 2, money + 1).number_format for row in (levy,)}
    assert formats == {"#,##0.00"}


def test_the_cover_names_period_scope_and_how_to_read(desk, tmp_path):
    path = tmp_path / "figures.xlsx"
    figure_files.write_book(desk, replace(YEAR, district="370114"), path, NoProgress())
    text = "\n".join(str(cell) for row in sheets(path)["封面"] for cell in row if cell)
    for words in (
        "样例",
        "统计期间",
        "2022-01-01 至 2022-12-31",
        "全部事项，章丘区",
        "上期为 2021",
    ):
        assert words in text


def pages_of(pdf):
    """Text, rectangles and tables of each page; the slanted mark across it is no part of cells."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [
            (
                page.extract_text(),
                page.rects,
                page.filter(lambda thing: thing.get("size", 0) < 50).extract_tables(),
            )
            for page in opened.pages
        ]


@pytest.fixture(scope="module")
def printed(desk):
    return pages_of(figure_files.paper(desk, YEAR, None, NoProgress()))


def test_the_paper_has_every_figure_marks_and_numbered_pages(desk, printed):
    read = figures.read(desk, YEAR, NoProgress())
    rows = [row for _, _, tables in printed for table in tables for row in table]
    told = {(re.sub(r"\s", "", row[0]), *row[1:4]) for row in rows if len(row) == 5}
    for part in read.parts:
        for group in part.groups:
            for line in group.lines:
                wanted = (str(line.cases), str(line.before), f"{line.change:+d}".replace("+0", "0"))
                assert (line.label.zh.replace(" ", ""), *wanted) in told
    for number, (text, _, _) in enumerate(printed, 1):
        dense = text.replace(" ", "").replace("\u3000", "")
        assert f"第{number}页共{len(printed)}页" in dense
        assert "样" in dense
        assert "例" in dense
    whole = "".join(text for text, _, _ in printed)
    assert "日志检查点" in whole
    assert "按决定月份" in whole.replace(" ", "")


def test_each_bar_is_a_rectangle_as_long_as_its_figure(desk, printed):
    read = figures.read(desk, YEAR, NoProgress())
    expected = [
        share
        for part in read.parts
        for group in part.groups
        for pair in shares(group.lines, None)
        for share in pair
        if share
    ]
    bars = [r for _, rects, _ in printed for r in rects if r["non_stroking_color"] in (GREY, FAINT)]
    assert len(bars) == len(expected) > 100
    longest = max(bar["width"] for bar in bars)
    for bar, share in zip(bars, expected, strict=True):
        assert bar["width"] == pytest.approx(max(longest * share / 1000, 0.6), abs=0.2)


def test_the_paper_can_show_a_sum(desk):
    pages = pages_of(figure_files.paper(desk, LAND, "deal", NoProgress()))
    text = "".join(page[0] for page in pages)
    assert "46,051,138.00" in text
    assert "柱形所示成交价款（元）" in text.replace(" ", "")
    with pytest.raises(UnusableInputError, match="no column 'nothing'"):
        figure_files.paper(desk, LAND, "nothing", NoProgress())


def test_a_period_without_cases_says_so_on_paper(desk):
    nothing = replace(YEAR, period=Period(date(2035, 1, 1), date(2035, 3, 31)))
    pages = pages_of(figure_files.paper(desk, nothing, None, NoProgress()))
    text = "".join(page[0] for page in pages)
    assert "本期没有受理案件。" in text
    assert "本期没有决定案件。" in text
    assert not [r for _, rects, _ in pages for r in rects if r["non_stroking_color"] == GREY]


class Stop:
    """Cancels at the n-th step."""

    def __init__(self, steps) -> None:
        self.left = steps

    def step(self, done, total):
        assert 0 <= done <= total
        self.left -= 1
        if self.left < 0:
            raise CancelledError


@pytest.mark.parametrize("steps", range(5))
def test_cancelled_they_leave_nothing_behind_and_replace_nothing(desk, tmp_path, steps):
    there = tmp_path / "there.pdf"
    there.write_bytes(b"old")
    with pytest.raises(CancelledError):
        figure_files.write_paper(desk, YEAR, None, there, Stop(steps))
    with pytest.raises(CancelledError):
        figure_files.write_book(desk, YEAR, tmp_path / "new.xlsx", Stop(steps))
    assert [path.name for path in tmp_path.iterdir()] == ["there.pdf"]
    assert there.read_bytes() == b"old"


def test_a_full_disk_is_told_and_leaves_nothing(desk, tmp_path):
    with small_disk(tmp_path / "disk", "1m") as disk:
        fill_up(disk, leave=8192)
        with pytest.raises(OfficeFaultError):
            figure_files.write_paper(desk, YEAR, None, disk / "f.pdf", NoProgress())
        with pytest.raises(OfficeFaultError):
            figure_files.write_book(desk, YEAR, disk / "f.xlsx", NoProgress())
        assert [path.name for path in disk.iterdir()] == ["filler"]


def test_equal_figures_are_equal_papers(desk):
    one, other = (figure_files.paper(desk, YEAR, None, NoProgress()) for _ in range(2))
    assert one == other
    assert re.search(rb"%PDF-", one)
    assert isinstance(desk.now(), datetime)
