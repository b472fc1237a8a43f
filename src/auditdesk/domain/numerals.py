"""Whole numbers in Chinese numerals, as laws number their articles and official papers count days.

Source: GB/T 15835-2011, the numerals of habit (第二十二条, 六十日, 六个月).
"""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
LARGEST = 9_999


def chinese_numeral(number: int) -> str:
    """A number in Chinese numerals: 十, 二十二, 一百零五.

    Raises:
        ValueError: it is negative, or has more than four digits.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError("no numeral below zero or of more than four digits")
    if number == 0:
        return _DIGITS[0]
    text, gap = "", False
    for place in reversed(range(len(_PLACES))):
        digit = number // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (_DIGITS[0] if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return text.removeprefix("一") if text.startswith("一十") else text
