"""Line breaking: 禁则, whole words and figures, nothing lost, nothing too wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdesk.documents.linebreak import NOT_AT_END, NOT_AT_START, break_evenly, break_lines


def half_or_full(text):
    return sum(0.5 if c < "\u0250" else 1.0 for c in text)


def lines_of(text, width, first=None):
    return [line.text for line in break_lines(text, half_or_full, width, first)]


@pytest.mark.parametrize("mark", sorted("，。、；：？！”’》〉）〕」』】…—％℃"))
def test_no_line_begins_with_a_closing_mark(mark):
    for width in range(4, 12):
        text = f"一二三四五六七{mark}八九十一二三{mark}四五六"
        assert not any(line[0] in NOT_AT_START for line in lines_of(text, width))


@pytest.mark.parametrize("mark", sorted("“‘《〈（〔「『【￥"))
def test_no_line_ends_with_an_opening_mark(mark):
    for width in range(4, 12):
        text = f"一二三四五六七{mark}八九十一二三{mark}四五六"
        assert not any(line[-1] in NOT_AT_END for line in lines_of(text, width))


@pytest.mark.parametrize(
    "word", ["4,268,960.00", "2021", "GB00012W", "48/60", "66.67%", "N2370181"]
)
def test_words_and_figures_stay_whole(word):
    for width in range(7, 20):
        lines = lines_of(f"一二三四五六七{word}八九十一二三四五六{word}七八", width)
        assert sum(line.count(word) for line in lines) == 2, (width, lines)


def test_dashes_and_dots_are_not_parted():
    for width in range(4, 14):
        lines = lines_of("一二三四五六——七八九十……一二三四——五六", width)
        assert sum(line.count("——") for line in lines) == 2
        assert sum(line.count("……") for line in lines) == 1


def test_a_word_wider_than_a_line_is_cut_rather_than_overfull():
    assert lines_of("A" * 30, 10) == ["A" * 20, "A" * 10]


def test_marks_without_end_are_cut_rather_than_overfull():
    assert all(half_or_full(line) <= 10 for line in lines_of("，" * 95, 10))


def test_a_blank_at_the_line_end_is_dropped_and_none_begins_a_line():
    assert lines_of("alpha beta gamma", 5) == ["alpha beta", "gamma"]


def test_the_first_line_may_be_shorter():
    assert lines_of("一二三四五六七八", 5, 3) == ["一二三", "四五六七八"]


def test_a_line_feed_begins_a_line_and_ends_a_paragraph():
    lines = break_lines("一二\n三", half_or_full, 5)
    assert [(line.text, line.last) for line in lines] == [("一二", True), ("三", True)]


def test_an_empty_text_is_one_empty_line():
    assert lines_of("", 5) == [""]


MIXED = st.text(st.sampled_from("一二三国，。、；：（）《》“”—…〔〕 12.5%Ab/￥￥"), max_size=120)


@given(MIXED, st.integers(2, 20), st.integers(1, 20))
def test_nothing_is_lost_and_no_line_is_too_wide(text, width, first):
    first = min(first, width)
    lines = break_lines(text, half_or_full, width, first)
    assert "".join(line.text for line in lines).replace(" ", "") == text.replace(" ", "")
    assert all(line.width <= width + 1e-6 for line in lines)
    assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]


PROSE = [
    "土地",
    "面积",
    "同意，",
    "《办法》",
    "（一）",
    "“出让”",
    "13340.50",
    "如下：",
    "2021年",
    "——",
]
ORDINARY = st.lists(st.sampled_from(PROSE), min_size=1, max_size=40).map("".join)


@given(ORDINARY, st.integers(14, 28))
def test_ordinary_prose_never_breaks_a_rule(text, width):
    for line in lines_of(text, width)[:-1]:
        assert line[-1] not in NOT_AT_END
    for line in lines_of(text, width)[1:]:
        assert line[0] not in NOT_AT_START


# ------------------------------------------------------------------ lines that can be spread


def evenly(text, width, first=None, most=0.25):
    return break_evenly(text, half_or_full, width, width if first is None else first, most)


def spread(lines, width, first=None):
    """How far the gaps of each line but the last are spread."""
    rooms = [width if first is None else first] + [width] * len(lines)
    return [line.stretch(room) for line, room in zip(lines[:-1], rooms, strict=False)]


LONG_WORD = "某" * 38 + "（统一社会信用代码：91370102MA3D000125）收悉。"


def test_a_line_that_a_long_word_leaves_short_gets_some_of_the_line_before():
    greedy, even = break_lines(LONG_WORD, half_or_full, 28), evenly(LONG_WORD, 28)
    assert max(spread(greedy, 28)) > 0.25
    assert max(spread(even, 28)) <= 0.25
    assert len(even) == len(greedy)
    assert "".join(line.text for line in even) == LONG_WORD


def test_a_line_that_can_be_spread_stays_as_it_is():
    text = "一二三四五六七八九十，" * 9
    assert evenly(text, 20) == break_lines(text, half_or_full, 20)


@pytest.mark.parametrize("end", ["十", "十。", "十）。", "十：”"])
def test_a_lone_character_gets_company(end):
    text = "一二三四五六七八九" + end
    assert len(break_lines(text, half_or_full, 9)[-1].text) == len(end)
    first, last = evenly(text, 9, most=1.0)
    assert first.text + last.text == text
    assert sum(c not in NOT_AT_START for c in last.text) == 2


def test_a_word_alone_on_the_last_line_is_no_lone_character():
    text = "一二三四五六七八九12345678"
    assert [line.text for line in evenly(text, 9)] == ["一二三四五六七八九", "12345678"]


def test_a_line_that_nothing_can_fill_is_as_full_as_may_be():
    text = "一二三：91370102000000AB。"
    assert [line.text for line in evenly(text, 9)] == ["一二三：", "91370102000000AB。"]


@given(st.one_of(MIXED, ORDINARY), st.integers(4, 28), st.integers(2, 28))
def test_even_lines_are_as_few_and_lose_nothing(text, width, first):
    first = min(first, width)
    greedy, even = break_lines(text, half_or_full, width, first), evenly(text, width, first)
    assert len(even) == len(greedy)
    assert "".join(line.text for line in even).replace(" ", "") == text.replace(" ", "")
    assert all(line.width <= width + 1e-6 for line in even)
    assert sum(s > 0.25 for s in spread(even, width, first)) <= sum(
        s > 0.25 for s in spread(greedy, width, first)
    )
    assert [line.last for line in even] == [line.last for line in greedy]
