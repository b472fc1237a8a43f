"""Tables measured in the finished PDF: widths by content, whole words, decent breaks over pages."""

from __future__ import annotations

import re

import pytest

from auditdesk.documents import grid
from auditdesk.documents.content import Sheet, SheetColumn, SheetTable
from auditdesk.documents.setting import face
from auditdesk.documents.sheet import render_sheet
from auditdesk.documents.table import Cell, Density, row_of
from paper_kinds import LENGTHS, content, kinds, pdf
from paper_reading import MM, pages_of, require_inside, rows_of, text_of
from paper_samples import RARE_NAME, fonts

TOP, BOTTOM = 37 * MM, 262 * MM
USUAL = grid.SMALL_SIZE * 1.5 + 4.5  # height of a row with one line
TENANT_HEADS = (
    SheetColumn("企业名称", 5),
    SheetColumn("统一社会信用代码", 5),
    SheetColumn("工商注册", 2, "centre"),
    SheetColumn("税务登记", 2, "centre"),
    SheetColumn("主导产业", 2, "centre"),
    SheetColumn("使用面积（平方米）", 3, "right"),
    SheetColumn("上一年度主要经济贡献（万元）", 3, "right"),
    SheetColumn("意向入驻", 2, "centre"),
)
AMOUNT_HEADS = (
    SheetColumn("项目", 30),
    SheetColumn("金额（元）", 26, "right"),
    SheetColumn("大写", 44),
)
SHEETS = [(kind, n) for kind in kinds() for n in LENGTHS if isinstance(content(kind, n), Sheet)]
every_sheet = pytest.mark.parametrize("paper", SHEETS, ids=lambda paper: f"{paper[0]}-{paper[1]}")
# What is not to be broken: codes, amounts, days, numbers of documents, articles.
WHOLE = re.compile(
    r"[0-9A-Z]{10,}|[A-Z]{2}-\d{4}-\d{4}|[\d,]+\.\d\d|\d{4}年\d{1,2}月\d{1,2}日|〔\d{4}〕\d+号|第\d+条"
)


def tenant(number, name=None):
    code = f"91370102MA3C{number:05d}F"
    return (name or f"样例科技{number}", code, "是", "是", "否", f"{number}.25", "250", "否")


def sheet_of(*tables, **changes):
    return Sheet(title="审查意见表", tables=tables, **changes)


def printed(*tables, **changes):
    return pages_of(render_sheet(sheet_of(*tables, **changes), fonts()))


def column_lefts(page, columns):
    return {tuple(cell.left for cell in row) for row in rows_of(page) if len(row) == columns}


# ------------------------------------------------------------------ every sheet of the packs


@every_sheet
def test_no_character_stands_outside_its_cell_or_upon_another(paper):
    for page in pages_of(pdf(*paper)):
        require_inside(page)


@every_sheet
def test_no_code_amount_day_or_article_is_broken(paper):
    said = [cell for table in content(*paper).tables for row in table.rows for cell in row]
    said += [value for _, value in content(*paper).facts]
    wanted = {word for text in said for word in WHOLE.findall(text)}
    lines = [
        line
        for page in pages_of(pdf(*paper))
        for row in rows_of(page)
        for cell in row
        for line in cell.lines
    ]
    printed_words = {word for line in lines for word in WHOLE.findall(line)}
    assert wanted <= printed_words


@every_sheet
def test_no_cell_ends_with_a_single_character(paper):
    for page in pages_of(pdf(*paper)):
        for row in rows_of(page):
            for cell in row:
                short = len(cell.lines) > 1 and len(cell.lines[-1]) == 1
                assert not short, cell.lines


@every_sheet
def test_a_sentence_stands_over_the_lines_to_sign_and_a_table_over_both(paper):
    sheet, last = content(*paper), pages_of(pdf(*paper))[-1]
    heads = {tuple(column.label for column in table.columns) for table in sheet.tables}
    found = {tuple(cell.text for cell in row) for row in rows_of(last)}
    assert found & heads, "nothing but the closing stands on the last page"


def test_the_award_sheet_is_one_page():
    kind = next(kind for kind in kinds() if kind.id == "award_sheet")
    assert len(pages_of(pdf(kind))) == 1


# ------------------------------------------------------------------ columns


def test_three_hundred_tenants_keep_their_codes_whole_and_one_head_a_page():
    rows = tuple(map(tenant, range(1, 301)))
    sums = ("合计", "", "", "", "", "45150.25", "75000", "")
    pages = printed(SheetTable("三、入驻企业", TENANT_HEADS, rows, sums))
    found = [row for page in pages for row in rows_of(page)]
    codes = [row[1].lines for row in found if len(row) == len(TENANT_HEADS)]
    assert [lines for lines in codes if lines == codes[0]] == [codes[0]] * len(pages)
    assert [lines for lines in codes if lines != codes[0]] == [*((r[1],) for r in rows), ()]
    for page in pages:
        head, *_ = (row for row in rows_of(page))
        assert [cell.text for cell in head] == [column.label for column in TENANT_HEADS]
        require_inside(page)
    assert len(set.union(*(column_lefts(page, len(TENANT_HEADS)) for page in pages))) == 1
    assert [cell.text for cell in found[-1]] == list(sums)


def test_the_sums_are_not_alone_and_their_name_stands_in_the_middle():
    for count in range(25, 32):
        rows = tuple(map(tenant, range(1, count)))
        pages = printed(SheetTable("", TENANT_HEADS, rows, ("合计", *[""] * 7)))
        last = rows_of(pages[-1])
        assert len(last) > 2
        name = last[-1][0]
        chars = [
            c for c in pages[-1].chars if name.top < c["top"] < name.bottom and c["text"] in "合计"
        ]
        middle = (chars[0]["x0"] + chars[-1]["x1"]) / 2
        assert middle == pytest.approx((name.left + name.right) / 2, abs=0.2)


def test_two_tables_with_the_same_heads_have_the_same_columns():
    columns = (
        SheetColumn("项目", 30),
        SheetColumn("金额（元）", 26, "right"),
        SheetColumn("大写", 44),
    )
    first = SheetTable("一、", columns, (("批复概算", "1.00", "壹元整"),))
    second = SheetTable("二、", columns, (("区县应配套的金额", "9,999,999,999,999.99", "玖" * 30),))
    (page,) = printed(first, second)
    assert len(column_lefts(page, 3)) == 1


def test_amounts_of_thirteen_digits_stay_whole():
    columns = (
        SheetColumn("项目", 30),
        SheetColumn("金额（元）", 26, "right"),
        SheetColumn("大写", 44),
    )
    amount = "9,999,999,999,999.99"
    capital = "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"
    (page,) = printed(SheetTable("", columns, (("批复概算" * 9, amount, capital * 2),)))
    (_, (_, cell, _)) = rows_of(page)
    assert cell.lines == (amount,)
    require_inside(page)


@pytest.mark.parametrize("word", ["W" * 60, "9" * 60, "m" * 60])
def test_a_word_of_sixty_characters_is_cut_and_stays_in_its_cell(word):
    rows = (("1", word, "说明" * 40), ("2", "甲", RARE_NAME * 20))
    columns = (SheetColumn("序号", 6, "centre"), SheetColumn("代码", 40), SheetColumn("说明", 40))
    (page,) = printed(SheetTable("", columns, rows))
    require_inside(page)
    _, first, second = rows_of(page)
    assert first[1].text == word
    assert len(first[1].lines) > 1
    assert second[2].text == RARE_NAME * 20


def test_more_words_than_the_page_is_wide_are_cut_and_stay_in_their_cells():
    columns = tuple(SheetColumn(f"代码{n}", 1) for n in range(12))
    (page,) = printed(SheetTable("", columns, (("91370102MA3C00011F",) * 12,)))
    require_inside(page)
    assert all(cell.text == "91370102MA3C00011F" for cell in rows_of(page)[1])


def test_a_column_takes_what_its_words_need_and_leaves_the_rest_to_others():
    columns = (SheetColumn("序号", 50), SheetColumn("说明", 50))
    (page,) = printed(SheetTable("", columns, (("1", "字" * 30), ("2", "字" * 36))))
    assert all(len(cell.lines) == 1 for row in rows_of(page) for cell in row)


def test_an_empty_table_says_so():
    (page,) = printed(SheetTable("三、收益分配", TENANT_HEADS, ()))
    assert [cell.text for cell in rows_of(page)[1]] == ["（无）"]
    require_inside(page)


def test_a_head_is_broken_evenly_and_its_unit_kept_whole():
    (page,) = printed(SheetTable("", TENANT_HEADS, (tenant(1, "某某科技发展有限公司" * 2),)))
    heads = [cell.lines for cell in rows_of(page)[0]]
    assert heads[2] == ("工商", "注册")
    assert heads[5] == ("使用面积", "（平方米）")
    assert heads[6][-1] == "（万元）"


def test_labels_and_values_of_facts_are_not_broken_where_there_is_room():
    facts = (("统一社会信用代码", "91370102MA3C00011F"), ("市级承担（大写）", "伍万元整"))
    (page,) = printed(facts=facts)
    assert [cell.lines for cell in rows_of(page)[0]] == [(t,) for pair in facts for t in pair]


# ------------------------------------------------------------------ pages


def short_table(title, count):
    columns = (SheetColumn("序号", 10), SheetColumn("材料", 90))
    return SheetTable(title, columns, tuple((str(n), "齐全") for n in range(1, count + 1)))


@pytest.mark.parametrize("before", range(18, 28))
def test_a_small_table_is_not_broken_over_pages(before):
    tables = short_table("一、长表", before), short_table("二、短表", 5), short_table("三、表", 22)
    (page,) = (page for page in printed(*tables) if "短表" in page.extract_text())
    rows = [row[0].text for row in rows_of(page)]
    small = rows.index("序号", rows.index(str(before)) + 1 if str(before) in rows else 0)
    assert rows[small + 1 : small + 6] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("count", range(22, 32))
def test_no_row_is_alone_at_either_end_of_a_table(count):
    for page in printed(short_table("一、表", count), short_table("二、表", 22)):
        heads = [at for at, row in enumerate(rows_of(page)) if row[0].text == "序号"]
        ends = [*heads[1:], len(rows_of(page))]
        assert all(end - head >= 3 for head, end in zip(heads, ends, strict=True))


@pytest.mark.parametrize("count", range(14, 40))
def test_notes_and_lines_to_sign_take_rows_of_the_last_table_with_them(count):
    pages = printed(
        short_table("一、表", count),
        notes=("说明：空白的来源按0计。",),
        signature_lines=("经办人", "审批人"),
    )
    rows = [[cell.text for cell in row] for row in rows_of(pages[-1])]
    assert rows[0] == ["序号", "材料"] or len(pages) == 1
    assert rows[-3][0] == str(count)
    assert rows[-4][0] == str(count - 1)


def last_page_filled(pages):
    return (max(line["bottom"] for line in pages[-1].lines) - TOP) / (BOTTOM - TOP)


@pytest.mark.parametrize("count", range(14, 40))
def test_rows_are_set_closer_only_where_that_saves_a_page(count):
    pages = printed(short_table("一、表", count), signature_lines=("经办人", "审批人"))
    rows = [row[0] for page in pages for row in rows_of(page)]
    height, *others = [row.height for row in rows if row.lines[0].isdigit()]
    assert others == pytest.approx([height] * (count - 1), abs=0.2)
    assert height >= grid.SMALL_SIZE * 1.3
    if height < USUAL - 0.2:
        assert len(pages) == 1 or last_page_filled(pages) > 0.5


def test_some_forms_are_set_closer():
    heights = set()
    for count in range(20, 26):
        pages = printed(short_table("一、表", count), signature_lines=("经办人", "审批人"))
        row = rows_of(pages[0])[0][0]
        heights.add(round(row.height))
    assert len(heights) > 1


def test_a_row_is_moved_whole_unless_it_is_higher_than_a_page():
    texts = ["".join(chr(0x4E00 + n + 40 * k) for n in range(900)) for k in range(3)]
    columns = (SheetColumn("序号", 10), SheetColumn("说明", 90))
    pages = printed(SheetTable("", columns, tuple((str(n), t) for n, t in enumerate(texts))))
    cells = [row[1].text for page in pages for row in rows_of(page)]
    assert [cell for cell in cells if cell != "说明"] == texts


@pytest.mark.parametrize("size", [3000, 9000])
def test_a_row_higher_than_a_page_goes_on_under_the_head_with_closed_borders(size):
    text = "".join(chr(0x4E00 + n) for n in range(size))
    columns = (SheetColumn("序号", 10), SheetColumn("说明", 90))
    pages = printed(SheetTable("", columns, (("1", "甲"), ("2", text), ("3", "乙"))))
    found = [row for page in pages for row in rows_of(page)]
    assert "".join(row[1].text for row in found if row[1].text != "说明") == f"甲{text}乙"
    for page in pages:
        require_inside(page)
        assert [cell.text for cell in rows_of(page)[0]] == ["序号", "说明"]
        assert all(len(row[1].lines) > 1 for row in rows_of(page) if row[0].text in {"2", ""})


def test_a_row_is_never_cut_before_its_last_line():
    how = face(fonts(), "fangsong", 10.0)
    cell = Cell(how.break_lines("字" * 50, 50.0), how, "left")
    row = row_of([cell], (0.0, 60.0), Density(pitch=1.5, padding=4, gap=0, note=0, signing=0))
    for fitting, taken in ((9, 8), (8, 8), (4, 4), (1, 1)):
        first, rest = row.cut(fitting * 15.0 + 4)
        assert (len(first.cells[0].lines), len(rest.cells[0].lines)) == (taken, 10 - taken)
        assert first.height + rest.height == pytest.approx(row.height + 4)


def test_a_label_to_sign_longer_than_a_page_does_not_stop_the_printing():
    pages = printed(signature_lines=("审批人" * 1500,), signers=("clerk",))
    assert len(pages) > 1
    assert text_of(pages).count("审批人") > 1000


def test_many_notes_go_on_over_pages_and_the_last_stands_over_the_lines_to_sign():
    notes = tuple(f"第{n}项说明：" + "经审查符合规定。" * 9 for n in range(20))
    pages = printed(notes=notes, signature_lines=("经办人",))
    assert len(pages) > 1
    last = text_of(pages[-1:])
    assert "符合规定。" in last
    assert "经办人" in last


def test_no_note_ends_with_a_character_alone():
    for count in range(30, 45):
        (page,) = printed(notes=("字" * count + "。",))
        lines = [line for line in page.extract_text().splitlines() if "字" in line]
        assert len(lines) == 1 or len(lines[-1]) > 2
