"""A cell's value as text, or what keeps it from being taken over; pure functions."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import TYPE_CHECKING

from auditdesk.exchange.cells import CELL_LENGTH, EXACT_DIGITS
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from auditdesk.exchange.grid import RawCell

YES, NO = "是", "否"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"-?[0-9]{1,400}(\.[0-9]{1,400})?([eE][+-]?[0-9]{1,3})?")
_ISO_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T00:00(:00(\.0+)?)?Z?)?")
# C0 and C1 but for tab and line ends, halves of characters, marks that turn text around.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_DAY_1900, _DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LAST_SERIAL = 2_958_465  # 9999-12-31
_FIRST_MARCH = 61  # serials before it are a day off: the format believes in 1900-02-29
# As many digits as a spreadsheet shows; the file may carry what its arithmetic left behind.
_SHOWN = Context(prec=EXACT_DIGITS, rounding=ROUND_HALF_EVEN)
_LARGEST = 10**EXACT_DIGITS


class CellProblemError(Exception):
    """A cell that is not taken over; carries the reason."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep the reason in both languages."""
        super().__init__(en)
        self.reason = Label(zh, en)


def cell_as_text(cell: RawCell, *, from_1904: bool) -> str:
    """What the cell shows: text as it is, numbers digit by digit, dates in ISO form, 是 or 否.

    Raises:
        CellProblemError: a formula, an error value, a number that has lost digits, a time, text
            that no cell can hold.
    """
    match cell.kind:
        case "formula":
            raise CellProblemError("是公式，请粘贴为数值", "is a formula; paste it as a value")
        case "e":
            shown = cell.text[:20]
            raise CellProblemError(f"是错误值 {shown}", f"is the error value {shown}")
        case "b":
            return YES if cell.text.strip() in ("1", "true") else NO
        case "d":
            return _iso_day(cell.text.strip())
        case "n":
            number = _number(cell.text.strip())
            return _day(number, from_1904=from_1904) if cell.is_date else _digits(number)
        case _:
            return _plain(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), cell.text))


def _plain(text: str) -> str:
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > CELL_LENGTH:
        raise CellProblemError(
            f"超过 {CELL_LENGTH:,} 字", f"has more than {CELL_LENGTH:,} characters"
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _UNSEEN.search(text):
        raise CellProblemError("含有控制字符", "contains control characters")
    return text


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise CellProblemError("数值读不出来", "holds no number that can be read")
    try:
        return Decimal(text)
    except InvalidOperation:
        raise CellProblemError("数值过大", "holds a number that is too large") from None


def _digits(number: Decimal) -> str:
    if abs(number) >= _LARGEST:
        raise CellProblemError(
            f"超过 {EXACT_DIGITS} 位的数字已被表格改动，请设为文本后重填",
            f"has more than {EXACT_DIGITS} digits, which spreadsheets do not keep; type it as text",
        )
    if number and abs(number) < Decimal(1).scaleb(-EXACT_DIGITS):
        raise CellProblemError("数值过小", "holds a number that is too small")
    shown = _SHOWN.create_decimal(number)
    text = f"{shown:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _day(serial: Decimal, *, from_1904: bool) -> str:
    if not 0 <= serial <= _LAST_SERIAL:
        raise CellProblemError("日期超出范围", "holds a date out of range")
    if serial != serial.to_integral_value():
        raise CellProblemError(
            "日期带有时刻，请只留日期", "holds a time of day; leave the date alone"
        )
    days = int(serial)
    if from_1904:
        return (_DAY_1904 + timedelta(days=days)).isoformat()
    if days in (0, _FIRST_MARCH - 1):
        raise CellProblemError("没有这一天", "holds a day that there is not")
    if days < _FIRST_MARCH:
        days += 1
    return (_DAY_1900 + timedelta(days=days)).isoformat()


def _iso_day(text: str) -> str:
    match = _ISO_DAY.fullmatch(text)
    try:
        return date.fromisoformat(match[1] if match else "").isoformat()
    except ValueError:
        raise CellProblemError("日期读不出来", "holds no date that can be read") from None
