"""Ledgers measured in the finished PDF: paper, heads, numbers, parts, sums, extremes."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from auditdesk.documents.area import TURNED, UPRIGHT
from auditdesk.documents.content import Ledger, SheetColumn, SheetTable
from auditdesk.documents.ledger import render_ledger
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.progress import CancelledError, NoProgress
from paper_reading import MM, level, pages_of, require_inside, rows_of, text_of
from paper_samples import RARE_NAME, Steps, fonts

HEADS = (
    SheetColumn("水库编码", 5),
    SheetColumn("水库名称", 5),
    SheetColumn("总库容（万m³）", 3, "right"),
    SheetColumn("上次安全鉴定日期", 2, "centre"),
    SheetColumn("管理单位", 5),
)
ALL_HEADS = ["序号", *(column.label for column in HEADS)]


def row(number, unit="某某水利站"):
    return (f"YL-{number:05d}", f"{RARE_NAME}水库", f"{number}.5", "2021年10月18日", unit)


def ledger(count=3, **changes):
    rows = tuple(map(row, range(1, count + 1)))
    given = {
        "title": "水库台账",
        "office": "济南市章丘区水务局",
        "table": SheetTable("", HEADS, rows, ("", "", "7.5", "", "")),
        "naming": 2,
        "scope": "截至2026年3月2日　范围：鉴定逾期",
        "count": f"共{count}条",
        "made": "制表人：李晓彤　　制表日期：2026年3月2日",
    }
    return Ledger(**given | changes)


def wide(columns, rows=3, **changes):
    heads = tuple(SheetColumn(f"第{n}栏目", 5) for n in range(columns))
    cells = tuple(f"内容{n}" for n in range(columns))
    return ledger(rows, table=SheetTable("", heads, (cells,) * rows), naming=1, **changes)


def laid_out(content):
    return render_ledger(content, fonts(), NoProgress())


def printed(content):
    made = laid_out(content)
    pages = pages_of(made.pdf)
    assert len(pages) == made.pages
    assert all((page.width > page.height) is made.turned for page in pages)
    for page in pages:
        require_inside(page)
    return pages


def heads_of(page):
    return [cell.text for cell in rows_of(page)[0]]


def test_office_title_day_filter_count_and_who_made_it_are_said():
    said = text_of(printed(ledger()))
    for words in (
        "济南市章丘区水务局",
        "水库台账",
        "截至2026年3月2日",
        "范围：鉴定逾期",
        "共3条",
        "制表人：李晓彤",
    ):
        assert words in said


def test_few_columns_stand_upright_in_the_official_type_area():
    (page,) = printed(ledger())
    assert (page.width, page.height) == pytest.approx((210 * MM, 297 * MM), abs=0.1)
    lines = page.lines
    assert min(line["x0"] for line in lines) == pytest.approx(28 * MM, abs=0.5)
    assert max(line["x1"] for line in lines) == pytest.approx(184 * MM, abs=0.5)


def test_many_columns_turn_the_page_and_its_type_area():
    pages = printed(wide(14, rows=80))
    assert len(pages) > 1
    for page in pages:
        assert (page.width, page.height) == pytest.approx((297 * MM, 210 * MM), abs=0.1)
        chars = [char for char in page.chars if level(char)]
        assert min(char["x0"] for char in chars) >= 35 * MM - 0.5
        assert max(char["x1"] for char in chars) <= 260 * MM + 0.5
        assert min(char["top"] for char in chars) >= 28 * MM - 0.5
        assert max(line["bottom"] for line in page.lines) <= 184 * MM + 0.5


def test_every_page_repeats_the_head_and_says_which_of_how_many_it_is():
    pages = printed(ledger(200))
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert heads_of(page) == ALL_HEADS
        assert f"第{number}页共{len(pages)}页" in text_of([page]).replace("\u3000", "")
        assert "水库台账" in text_of([page])


def test_rows_are_numbered_and_nothing_is_lost():
    pages = printed(ledger(200))
    rows = [[cell.text for cell in line] for page in pages for line in rows_of(page)]
    body = [line for line in rows if line != ALL_HEADS]
    assert body[:-1] == [[str(n), *row(n)] for n in range(1, 201)]
    assert body[-1] == ["合计", "", "", "7.5", "", ""]


def test_columns_keep_their_widths_on_all_pages():
    lefts = {
        tuple(cell.left for cell in line) for page in printed(ledger(200)) for line in rows_of(page)
    }
    assert len(lefts) == 1


@pytest.mark.parametrize("columns", [30, 60])
def test_columns_that_do_not_fit_go_to_parts_that_repeat_what_names_a_row(columns):
    pages = printed(wide(columns, rows=30))
    heads = list(dict.fromkeys(tuple(heads_of(page)) for page in pages))
    assert len(heads) > 1
    assert all(head[:2] == ("序号", "第0栏目") for head in heads)
    found = [name for head in heads for name in head[2:]]
    assert found == [f"第{n}栏目" for n in range(1, columns)]
    assert "水库台账（一）" in text_of(pages[:1])
    assert "水库台账（二）" in text_of(pages)
    sizes = [len(head) for head in heads]
    assert max(sizes) - min(sizes) <= 2, "the parts are about equally wide"


def test_only_the_parts_with_a_sum_have_a_row_of_sums():
    content = wide(30)
    sums = ("",) * 3 + ("12.5",) + ("",) * 26
    pages = printed(replace(content, table=replace(content.table, sums=sums)))
    with_sums = [page for page in pages if "合计" in text_of([page])]
    assert len(with_sums) == 1
    assert [cell.text for cell in rows_of(with_sums[0])[-1]][4] == "12.5"


def test_an_empty_register_says_so():
    (page,) = printed(ledger(0, table=SheetTable("", HEADS, ())))
    assert [cell.text for cell in rows_of(page)[1]] == ["（无）"]
    assert "共0条" in text_of([page])


def test_long_cells_and_long_words_stay_in_their_cells():
    unit = "水利工程运行维护中心" * 20 + "W" * 60
    rows = (row(1, unit), row(2), row(3, "9" * 60))
    pages = printed(ledger(table=SheetTable("", HEADS, rows)))
    cells = [line[5].text for page in pages for line in rows_of(page)]
    assert unit in cells
    assert "9" * 60 in cells


def test_a_cell_higher_than_a_page_goes_on_on_the_next():
    text = "".join(chr(0x4E00 + n) for n in range(2500))
    pages = printed(ledger(table=SheetTable("", HEADS, (row(1), row(2, text), row(3)))))
    cells = [line[5].text for page in pages for line in rows_of(page) if line[5].text != "管理单位"]
    assert "".join(cells) == f"某某水利站{text}某某水利站"


@pytest.mark.parametrize("count", range(20, 60))
def test_who_made_it_never_stands_alone_on_a_page(count):
    last = printed(ledger(count))[-1]
    assert "制表人" in text_of([last])
    assert len(rows_of(last)) >= 3


@pytest.mark.parametrize("length", range(28, 42, 2))
def test_a_long_scope_is_broken_and_leaves_room_for_the_count(length):
    (page,) = printed(ledger(scope="检索：“" + "青" * length + "”"))
    count = next(char for char in page.chars if char["text"] == "共")
    others = [c for c in page.chars if abs(c["top"] - count["top"]) < 1 and c["text"] in "青”"]
    assert others, "they end on one line"
    assert all(char["x1"] < count["x0"] - 10 for char in others)


def test_the_turned_type_area_is_the_upright_one_turned():
    assert TURNED.paper == UPRIGHT.paper[::-1]
    assert TURNED.width == pytest.approx(UPRIGHT.height)
    assert TURNED.height == pytest.approx(UPRIGHT.width)
    assert TURNED.paper_height - TURNED.top == pytest.approx(UPRIGHT.left)


def test_a_sample_office_says_so_across_every_page():
    for content in (ledger(100, sample=True), wide(14, rows=60, sample=True)):
        for page in pages_of(laid_out(content).pdf):
            slanted = [char for char in page.chars if not level(char)]
            assert "".join(char["text"] for char in slanted) == "样例"
            middle = sum((c["x0"] + c["x1"]) / 2 for c in slanted) / 2
            assert middle == pytest.approx(page.width / 2, abs=20)
    assert all(level(char) for page in printed(ledger()) for char in page.chars)


def test_fonts_are_embedded_and_equal_ledgers_equal_bytes():
    made = laid_out(ledger())
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        for font in opened.pages[0].Resources.Font.values():
            assert "/FontFile2" in font.FontDescriptor
    assert made.pdf == laid_out(ledger()).pdf


def test_a_character_that_no_font_has_is_named():
    with pytest.raises(UnusableInputError) as caught:
        laid_out(ledger(table=SheetTable("", HEADS, (row(1, "\U0010fffd"),))))
    assert "U+10FFFD" in caught.value.message.zh


def test_progress_goes_up_to_the_whole():
    steps = Steps()
    render_ledger(wide(30, rows=300), fonts(), steps)
    assert steps.told == sorted(steps.told)
    assert steps.told[-1] == 1
    assert len(steps.told) > 20


@pytest.mark.parametrize("at", [0.0, 0.4, 0.8])
def test_it_can_be_cancelled_at_any_time(at):
    with pytest.raises(CancelledError):
        render_ledger(ledger(300), fonts(), Steps(at))
