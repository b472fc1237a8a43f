"""Sums and percentages without any rounding on the way."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

from auditdesk.domain.money import round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable

# 5,000 rows of 18 digits before the point and 8 behind it fit with room to spare.
_DIGITS = 60
_HUNDREDTHS_OF_A_PERCENT = 10_000


def exact_sum(values: Iterable[Decimal]) -> Decimal:
    """The sum of decimals, every digit kept."""
    with localcontext() as context:
        context.prec = _DIGITS
        return sum(values, Decimal(0))


def percent_text(part: Decimal, whole: Decimal) -> str:
    """A share in percent with two decimals, half-up; a share of nothing is 0."""
    share = Fraction(part) / Fraction(whole) if whole else Fraction(0)
    percent, rest = divmod(round_half_up(share * _HUNDREDTHS_OF_A_PERCENT), 100)
    return f"{percent}.{rest:02d}"
