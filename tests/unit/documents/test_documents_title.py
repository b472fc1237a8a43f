"""Titles over balanced lines."""

from __future__ import annotations

import time

import pytest

from auditdesk.documents.title import break_title

LONG = "济南市章丘区人民政府关于绣惠街道某某村集体经营性建设用地入市方案的批复"


def test_a_short_title_is_one_line():
    assert break_title("关于某某事项的批复", len, 20) == ["关于某某事项的批复"]


def test_a_long_title_breaks_where_it_reads_well():
    assert break_title(LONG, len, 20) == [
        "济南市章丘区人民政府关于绣惠街道某某村",
        "集体经营性建设用地入市方案的批复",
    ]


@pytest.mark.parametrize("title", [LONG, LONG[6:], LONG + "（补发）", "关于" + LONG, LONG * 2])
def test_no_line_is_too_wide_and_nothing_is_lost(title):
    lines = break_title(title, len, 20)
    assert "".join(lines) == title
    assert max(map(len, lines)) <= 20


@pytest.mark.parametrize("title", [LONG, "关于" + LONG, LONG * 2])
def test_words_of_official_titles_stay_whole(title):
    text = "\n".join(break_title(title, len, 20))
    for word in ("人民政府", "建设用地", "入市", "方案", "批复", "街道"):
        assert text.count(word) == title.count(word), text


@pytest.mark.parametrize("size", range(41, 60, 3))
def test_three_lines_are_no_hourglass(size):
    first, middle, last = map(len, break_title("土" * size, len, 20))
    assert not first > middle < last


def test_the_office_may_set_the_lines_itself():
    assert break_title("关于甲的\n批复", len, 20) == ["关于甲的", "批复"]


def test_an_endless_title_is_broken_soon():
    begun = time.perf_counter()
    assert "".join(break_title("土" * 400, len, 20)) == "土" * 400
    assert time.perf_counter() - begun < 2
