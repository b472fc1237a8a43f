from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdesk.domain.money import (
    capital_amount,
    fen_from_yuan,
    plain_decimal,
    share_of,
    split,
    yuan_grouped,
    yuan_text,
)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (100, "壹元整"),
        (101, "壹元零壹分"),
        (110, "壹元壹角整"),
        (107_00, "壹佰零柒元整"),
        (100_010_00, "壹拾万零壹拾元整"),
        (420_000_000, "肆佰贰拾万元整"),
        (1_680_32, "壹仟陆佰捌拾元叁角贰分"),
        (32_560_000_000_00, "叁佰贰拾伍亿陆仟万元整"),
        (100_000_001_00, "壹亿零壹元整"),
        (3_824_850_000_671_076, "叁拾捌万贰仟肆佰捌拾伍亿零陆仟柒佰壹拾元柒角陆分"),
    ],
)
def test_capital_amount(fen, text):
    assert capital_amount(fen) == text


@given(st.integers(min_value=0, max_value=10**12))
def test_capital_amount_agrees_with_an_independent_reader(fen):
    """The figures read back from 大写 are the figures written."""
    yuan, rest = divmod(fen, 100)
    text = capital_amount(fen).removesuffix("整")
    if yuan:
        assert cn2an.cn2an(text.split("元")[0], "smart") == yuan
    jiao, cents = divmod(rest, 10)
    assert ("角" in text) == bool(jiao)
    assert text.endswith("分") == bool(cents)


@pytest.mark.parametrize("fen", [-1, 10**18])
def test_no_capital_form(fen):
    with pytest.raises(ValueError, match="no capital form"):
        capital_amount(fen)


@given(st.integers(min_value=0, max_value=10**17), st.fractions(min_value=0, max_value=1))
def test_two_shares_add_up_and_the_first_is_nearest(fen, share):
    first, rest = split(fen, share)
    assert first + rest == fen
    assert abs(first - share * fen) <= Fraction(1, 2)
    assert rest >= 0


@pytest.mark.parametrize(
    ("fen", "percent", "due"), [(1, 50, 1), (3, 50, 2), (2, 20, 0), (3, 20, 1), (5, 3, 0)]
)
def test_a_half_goes_up(fen, percent, due):
    assert share_of(fen, Fraction(percent, 100)) == due


def test_yuan_as_text():
    assert yuan_text(420000005) == "4200000.05"
    assert yuan_grouped(420000005) == "4,200,000.05"
    assert yuan_text(-5) == "-0.05"
    assert yuan_grouped(-123456) == "-1,234.56"


def test_fen_from_yuan():
    assert fen_from_yuan(Decimal("0.10")) == 10
    assert fen_from_yuan(Decimal("1E+3")) == 100000
    with pytest.raises(ValueError, match="more than two"):
        fen_from_yuan(Decimal("1.005"))


def test_plain_decimal():
    assert plain_decimal(Decimal("13340.50")) == "13340.5"
    assert plain_decimal(Decimal("1E+3")) == "1000"
    assert plain_decimal(Decimal(100)) == "100"
