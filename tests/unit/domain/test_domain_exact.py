from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdesk.domain.exact import exact_sum, percent_text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        ("1", "2", "50.00"), ("1", "3", "33.33"), ("2", "3", "66.67"), ("1", "8", "12.50"),
        ("0", "5", "0.00"), ("0", "0", "0.00"), ("5", "0", "0.00"), ("1", "20000", "0.01"),
        ("1", "20001", "0.00"), ("3", "2", "150.00"), ("0.99995", "1", "100.00"),
        ("7", "7", "100.00"),
    ],
)  # fmt: skip
def test_a_share_in_percent_is_rounded_half_up(part, whole, text):
    assert percent_text(Decimal(part), Decimal(whole)) == text


@given(st.lists(st.decimals(0, 10**18, places=8), max_size=40))
def test_no_digit_of_a_sum_is_lost(values):
    assert Fraction(exact_sum(values)) == sum(map(Fraction, values))


def test_a_sum_longer_than_decimals_usually_are():
    assert str(exact_sum([Decimal(10) ** 30, Decimal("0.00000001")])) == f"1{'0' * 30}.00000001"
