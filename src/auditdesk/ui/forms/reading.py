"""Understanding how people type: dates, numbers, areas and sums of money; no Qt here.

Every function answers with the value in the form of a case file, or with the typed text
itself (trimmed) where it cannot be understood: nothing typed is thrown away, and the judging
says what is wrong with it.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from auditdesk.domain.area import SQUARE_METRES_PER_HECTARE, square_metres_from_mu
from auditdesk.domain.money import plain_decimal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_CHINESE_MARKS = str.maketrans({"。": ".", "、": ",", "－": "-", "—": "-", "–": "-"})
_DATE_PARTS = re.compile(r"(\d{4}|\d{2})\s*[-./年,\s]\s*(\d{1,2})\s*[-./月,\s]\s*(\d{1,2})\s*日?")
_DATE_DIGITS = re.compile(r"(\d{4}|\d{2})(\d{2})(\d{2})")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
_WITH_UNIT = re.compile(r"[¥￥]?\s*([+-]?[\d.,]*\d[\d.,]*)\s*(\D*)")
_LIST_MARKS = re.compile(r"[\s,;、]+")
_CENTURY = 2000
_SHORT_YEAR = 100

AREA_UNITS: Mapping[str, Callable[[Decimal], Decimal]] = {
    "m2": lambda area: area,
    "m²": lambda area: area,
    "㎡": lambda area: area,
    "平方米": lambda area: area,
    "平米": lambda area: area,
    "平方": lambda area: area,
    "亩": square_metres_from_mu,
    "公顷": lambda area: area * SQUARE_METRES_PER_HECTARE,
    "ha": lambda area: area * SQUARE_METRES_PER_HECTARE,
}
MONEY_UNITS: Mapping[str, Callable[[Decimal], Decimal]] = {
    "元": lambda sum_: sum_,
    "圆": lambda sum_: sum_,
    "万": lambda sum_: sum_ * 10_000,
    "万元": lambda sum_: sum_ * 10_000,
    "亿": lambda sum_: sum_ * 100_000_000,
    "亿元": lambda sum_: sum_ * 100_000_000,
}


def half_width(text: str) -> str:
    """Full-width letters, digits and marks as ordinary ones, without spaces at the ends."""
    return text.translate(_FULL_WIDTH).strip()


def read_text(text: str) -> str:
    """A text as it was typed, without spaces at the ends."""
    return text.strip()


def read_code(text: str) -> str:
    """A code: half-width, capital letters, no spaces inside."""
    return "".join(half_width(text).upper().split())


def read_texts(text: str) -> list[str] | str:
    """Several short texts, parted by spaces or by commas of any kind."""
    return [part for part in _LIST_MARKS.split(half_width(text)) if part] or ""


def read_date(text: str) -> str:
    """A date in ISO form, from `20220301`, `2022.3.1`, `22/3/1`, `2022年3月1日` and the like."""
    plain = half_width(text.translate(_CHINESE_MARKS))
    match = _DATE_DIGITS.fullmatch(plain) or _DATE_PARTS.fullmatch(plain)
    if match is None:
        return text.strip()
    year, month, day = (int(part) for part in match.groups())
    try:
        return date(year + _CENTURY if year < _SHORT_YEAR else year, month, day).isoformat()
    except ValueError:
        return text.strip()


def read_number(
    text: str, units: Mapping[str, Callable[[Decimal], Decimal]], own_unit: str = ""
) -> str:
    """A number without thousands marks, converted from the unit typed behind it, if any.

    Args:
        text: as typed.
        units: unit to the conversion into the field's own unit.
        own_unit: the field's own unit, which may be typed too.
    """
    plain = half_width(text.translate(_CHINESE_MARKS))
    match = _WITH_UNIT.fullmatch(plain)
    if match is None:
        return text.strip()
    digits, unit = match.group(1), match.group(2).strip()
    number = _number(digits)
    if number is None:
        return text.strip()
    if unit in units:
        return plain_decimal(units[unit](number))
    return _as_typed(digits) if unit in ("", own_unit) else text.strip()


def _number(digits: str) -> Decimal | None:
    if _PLAIN.fullmatch(digits) or _GROUPED.fullmatch(digits):
        return Decimal(digits.replace(",", ""))
    return None


def _as_typed(digits: str) -> str:
    """The digits without thousands marks; zeros at the end stay as they were typed."""
    plain = digits.replace(",", "").removeprefix("+")
    return f"0{plain}" if plain.startswith(".") else plain.removesuffix(".")
