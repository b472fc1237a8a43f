"""Money as whole 分, exact shares of it, and 大写.

Amounts are never floats. Rounding is half-up to the 分; of two shares the second is the
remainder, so that the parts always add up (domain text, "Money, areas, shares, days").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

FEN_PER_YUAN = 100
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_CAPITAL_LIMIT = 10**18


def fen_from_yuan(yuan: Decimal) -> int:
    """An amount in 元 as 分.

    Raises:
        ValueError: the amount has more than two decimals.
    """
    fen = yuan.scaleb(2)
    if fen != fen.to_integral_value():
        raise ValueError("more than two decimals")
    return int(fen)


def yuan_text(fen: int) -> str:
    """An amount in 分 as 元 with two decimals, as `4200000.00`."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{sign}{yuan}.{rest:02d}"


def yuan_grouped(fen: int) -> str:
    """An amount in 分 as 元 for people to read, as `4,200,000.00`."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{sign}{yuan:,}.{rest:02d}"


def round_half_up(value: Fraction) -> int:
    """The nearest integer of a value that is not negative; a half goes up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def share_of(fen: int, share: Fraction) -> int:
    """A share of an amount in 分, rounded half-up to the 分."""
    return round_half_up(share * fen)


def split(fen: int, share: Fraction) -> tuple[int, int]:
    """An amount in two parts: the share, rounded half-up, and what remains."""
    first = share_of(fen, share)
    return first, fen - first


def capital_amount(fen: int) -> str:
    """An amount that is not negative in 大写, as `肆佰贰拾万元整`.

    Source: the rules for filling in bills and settlement vouchers (票据和结算凭证填写规则):
    zeros between digits are written once, an amount that ends at 元 or 角 ends with 整.

    Raises:
        ValueError: the amount is negative, or 10^18 分 or more.
    """
    if not 0 <= fen < _CAPITAL_LIMIT:
        raise ValueError("no capital form for a negative or an enormous amount")
    yuan, rest = divmod(fen, FEN_PER_YUAN)
    jiao, cents = divmod(rest, 10)
    text = f"{_capital_integer(yuan)}元" if yuan or not rest else ""
    if not rest:
        return f"{text}整"
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif yuan:
        text += "零"
    return f"{text}{_DIGITS[cents]}分" if cents else f"{text}整"


def _capital_integer(number: int) -> str:
    """A whole number in capital numerals, cut at 亿 and at 万."""
    for unit, name in ((10**8, "亿"), (10**4, "万")):
        if number >= unit:
            high, low = divmod(number, unit)
            gap = _DIGITS[0] if 0 < low < unit // 10 else ""
            return f"{_capital_integer(high)}{name}{gap}{_capital_integer(low) if low else ''}"
    return _capital_group(number) or _DIGITS[0]


def _capital_group(group: int) -> str:
    """One to four digits, with 零 once for any run of zeros inside."""
    text, gap = "", False
    for place in reversed(range(4)):
        digit = group // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (_DIGITS[0] if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return text


def plain_decimal(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros after the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
