"""Line breaking: 禁则, whole words and figures, nothing lost, nothing too wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdesk.documents.linebreak import NOT_AT_END, NOT_AT_START, break_lines


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
