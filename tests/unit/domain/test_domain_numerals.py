from __future__ import annotations

import pytest

from auditdesk.domain.numerals import LARGEST, chinese_numeral

NUMERALS = {
    0: "零", 1: "一", 6: "六", 10: "十", 11: "十一", 19: "十九", 20: "二十", 22: "二十二",
    60: "六十", 99: "九十九", 100: "一百", 101: "一百零一", 110: "一百一十", 111: "一百一十一",
    200: "二百", 1000: "一千", 1001: "一千零一", 1010: "一千零一十", 1100: "一千一百",
    2022: "二千零二十二", 9999: "九千九百九十九",
}  # fmt: skip


@pytest.mark.parametrize(("number", "numeral"), NUMERALS.items())
def test_a_number_in_numerals(number, numeral):
    assert chinese_numeral(number) == numeral


def test_no_two_numbers_have_the_same_numeral():
    assert len({chinese_numeral(n) for n in range(LARGEST + 1)}) == LARGEST + 1


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_what_has_no_numeral_is_refused(number):
    with pytest.raises(ValueError, match="numeral"):
        chinese_numeral(number)
