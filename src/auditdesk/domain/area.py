"""Areas: kept in m², shown as 亩 and 公顷 beside it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

# 1 亩 = 2000/3 m²: no decimal, so areas are multiplied and divided by its two parts.
_MU_METRES, _MU_PARTS = 2000, 3
SQUARE_METRES_PER_HECTARE = 10_000
_SHOWN_MU = Decimal("0.0001")


def mu(square_metres: Decimal) -> Decimal:
    """An area in m² as 亩 (1 亩 = 2000/3 m²), half-up to four decimals."""
    return (square_metres * _MU_PARTS / _MU_METRES).quantize(_SHOWN_MU, ROUND_HALF_UP)


def hectares(square_metres: Decimal) -> Decimal:
    """An area in m² as 公顷, half-up to four decimals."""
    return (square_metres / SQUARE_METRES_PER_HECTARE).quantize(_SHOWN_MU, ROUND_HALF_UP)


def square_metres_from_mu(value: Decimal) -> Decimal:
    """An area in 亩 as m², half-up to two decimals."""
    return (value * _MU_METRES / _MU_PARTS).quantize(Decimal("0.01"), ROUND_HALF_UP)
