"""Column widths: words whole, the lowest table, the same for the same words."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditdesk.documents.linebreak import break_lines
from auditdesk.documents.passage import IN_CELLS, IN_HEADS, Passage
from auditdesk.documents.widths import SIDE, Stock, divided, most

SIZE = 10.0
WIDTH = 300.0
STEP = SIZE / 2
PIECES = [
    "土地",
    "面积",
    "同意，",
    "《办法》",
    "（一）",
    "13340.50",
    "2021年3月1日",
    "〔2021〕21号",
    "第19条",
    "无",
]
TEXT = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join)
TABLE = st.integers(2, 3).flatmap(
    lambda columns: st.lists(st.tuples(*[TEXT] * columns), min_size=1, max_size=9)
)


def measure(text):
    return sum(SIZE / 2 if c < "\u0250" else SIZE for c in text)


def passage(text, unit=IN_CELLS):
    return Passage(text, measure, unit)


def stocks(rows, heads=None):
    names = heads or ["表头"] * len(rows[0])
    columns = zip(names, zip(*rows, strict=True), strict=True)
    return [
        Stock(passage(name, IN_HEADS), [passage(text) for text in cells], 1)
        for name, cells in columns
    ]


def height(columns, widths):
    rows = zip(*[(c.head, *c.cells) for c in columns], strict=True)
    rooms = [width - 2 * SIDE for width in widths]
    return sum(max(text.count(room) for text, room in zip(row, rooms, strict=True)) for row in rows)


@given(TABLE)
def test_the_widths_are_the_tables_together_and_the_same_each_time(rows):
    columns = stocks(rows)
    widths = divided(columns, WIDTH, SIZE)
    assert sum(widths) == pytest.approx(WIDTH)
    assert widths == divided(stocks(rows), WIDTH, SIZE)
    assert min(widths) > 0


@given(TABLE)
def test_every_word_stays_whole(rows):
    columns = stocks(rows)
    for column, width in zip(columns, divided(columns, WIDTH, SIZE), strict=True):
        assert all(text.widest <= width - 2 * SIDE + 1e-6 for text in column.cells)


@given(TABLE)
@settings(max_examples=60)
def test_no_other_division_in_steps_makes_the_table_lower(rows):
    columns = stocks(rows)
    found = height(columns, divided(columns, WIDTH, SIZE))
    least = [
        2 * SIDE + max(max(t.widest, min(t.longest, 5 * SIZE)) for t in (c.head, *c.cells))
        for c in columns
    ]
    spare = int((WIDTH - sum(least)) / STEP)
    for taken in product(range(spare + 1), repeat=len(columns) - 1):
        if sum(taken) <= spare:
            steps = (*taken, spare - sum(taken))
            widths = [own + count * STEP for own, count in zip(least, steps, strict=True)]
            assert found <= height(columns, widths)


def test_columns_that_all_fit_share_what_is_left_by_their_shares():
    rows = [("一", "二")]
    plain, wide = stocks(rows)
    widths = divided([plain, Stock(wide.head, wide.cells, 3)], WIDTH, SIZE)
    own = most(plain, SIZE)
    assert widths == pytest.approx([own + (WIDTH - 2 * own) / 4, own + (WIDTH - 2 * own) * 3 / 4])


def test_a_short_cell_is_not_broken_to_make_room_for_prose():
    rows = [("通过 √", "李晓彤", "经实地查看情况属实" * 12)] * 4
    columns = stocks(rows)
    widths = divided(columns, WIDTH, SIZE)
    assert columns[0].cells[0].count(widths[0] - 2 * SIDE) == 1
    assert columns[1].cells[0].count(widths[1] - 2 * SIDE) == 1


def test_where_not_all_words_fit_the_widest_columns_give_way():
    rows = [("1", *["91370102MA3C00011F"] * 9)]
    widths = divided(stocks(rows), WIDTH, SIZE)
    assert sum(widths) == pytest.approx(WIDTH)
    assert widths[1:] == pytest.approx([widths[1]] * 9)
    assert widths[0] < widths[1]


def test_of_thousands_of_rows_no_word_is_overlooked():
    rows = [("一", "二" * 30)] * 2000
    rows[1234] = ("13340501334050", "二")
    first, _ = divided(stocks(rows), WIDTH, SIZE)
    assert first >= measure("13340501334050") + 2 * SIDE


# ------------------------------------------------------------------ passages


@given(TEXT, st.integers(1, 40))
def test_lines_are_as_many_as_counted_not_too_wide_and_nothing_is_lost(text, characters):
    width = characters * SIZE
    found = passage(text)
    for lines in (found.lines(width), found.set(width, SIZE), found.balanced(width, SIZE)):
        assert "".join(line.text for line in lines) == text
        assert len(lines) == found.count(width)
        assert all(line.width <= width + 1e-6 for line in lines)
        assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]


@given(st.text("一二三，。（）12A ", max_size=60), st.integers(2, 20))
def test_without_words_of_tables_a_passage_breaks_like_any_text(text, characters):
    width = characters * SIZE
    found = Passage(text, measure, IN_HEADS) if "（" not in text else None
    if found is not None:
        assert found.lines(width) == break_lines(text, measure, width)


@pytest.mark.parametrize(
    "word",
    [
        "2021年12月31日",
        "12月31日",
        "〔2021〕21号",
        "第（2）项",
        "（二）2",
        "13340.50平方米",
        "5个工作日",
    ],
)
def test_what_belongs_together_is_not_broken(word):
    for width in range(12, 24):
        lines = passage(f"一二三四五六七{word}八九十{word}").lines(width * SIZE / 2 + measure(word))
        assert sum(line.text.count(word) for line in lines) == 2


def test_a_last_character_gets_company_where_no_line_is_added():
    assert [x.text for x in passage("一二三四五六七").set(3 * SIZE, SIZE)] == [
        "一二三",
        "四五六",
        "七",
    ]
    assert [x.text for x in passage("一二三四五六七八九十一").set(5 * SIZE, SIZE)] == [
        "一二三四",
        "五六七八",
        "九十一",
    ]


def test_a_head_is_broken_before_its_bracket_where_that_takes_no_line_more():
    head = passage("核定奖补金额（大写）", IN_HEADS)
    assert [x.text for x in head.balanced(8 * SIZE, SIZE)] == ["核定奖补金额", "（大写）"]
    assert [x.text for x in head.balanced(10 * SIZE, SIZE)] == ["核定奖补金额（大写）"]
    assert [x.text for x in head.balanced(5 * SIZE, SIZE)] == ["核定奖补金", "额（大写）"]
