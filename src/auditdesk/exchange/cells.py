"""What a workbook's cell and a sheet's name may hold; pure functions on text and numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

CELL_LENGTH = 32_767  # UTF-16 units, the format's own limit (ECMA-376, 18.3.1.4)
SHORTENED = "……（超长，此处截断）"
EXACT_DIGITS = 15  # as many digits of a number as every reader of the format keeps
SHEET_NAME_LENGTH = 31

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SUSPECT = re.compile("[\x00-\x08\x0b-\x1f_\ud800-\udfff\ufffe\uffff]")  # may need cleaning
_READ_AS_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_READ_AS_FORMULA = re.compile(r"[=+\-@\x00-\x1f\x7f]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")
_RESERVED_SHEET_NAMES = {"history"}  # Excel keeps it for itself


def cell_text(text: str) -> tuple[str, bool]:
    """Text as a cell can hold it, and whether it had to be shortened.

    Characters that XML cannot hold become U+FFFD, so that their place stays visible. A text
    that spells an escape of the format, such as `_x0041_`, is escaped to stay as it is.
    """
    clean = _cleaned(text) if _SUSPECT.search(text) else text
    if len(clean) <= CELL_LENGTH // 2 or _units(clean) <= CELL_LENGTH:
        return clean, False
    return _first_units(clean, CELL_LENGTH - _units(SHORTENED)) + SHORTENED, True


def _cleaned(text: str) -> str:
    clean = _NOT_IN_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _READ_AS_ESCAPE.sub("_x005F_", clean)


def reads_as_formula(text: str) -> bool:
    """Whether a spreadsheet would take this text for a formula or command when it is edited."""
    return _READ_AS_FORMULA.match(text) is not None


def number_text(number: Decimal) -> str:
    """A number without exponent, exactly.

    Raises:
        ValueError: it is infinite or no number at all.
    """
    if not number.is_finite():
        raise ValueError(f"{number} is no number that a cell can hold")
    return f"{number:f}"


def survives_as_number(text: str) -> bool:
    """Whether a spreadsheet, which keeps 15 digits, holds this number as it is written."""
    if len(text) <= EXACT_DIGITS:
        return True
    return len(text.lstrip("-").replace(".", "").strip("0")) <= EXACT_DIGITS


def sheet_names(titles: Iterable[str]) -> tuple[str, ...]:
    """Titles made into names that the format allows: no two alike, 31 characters at most."""
    names: list[str] = []
    for title in titles:
        taken = {name.casefold() for name in names} | _RESERVED_SHEET_NAMES
        names.append(_free_name(_sheet_name(title), taken))
    return tuple(names)


def _sheet_name(title: str) -> str:
    clean = _NOT_IN_XML.sub("", _NOT_IN_SHEET_NAMES.sub(" ", title)).strip(" '")
    return _first_units(clean, SHEET_NAME_LENGTH).strip(" '") or "表"


def _free_name(name: str, taken: set[str]) -> str:
    candidate, number = name, 1
    while candidate.casefold() in taken:
        number += 1
        suffix = f" ({number})"
        candidate = _first_units(name, SHEET_NAME_LENGTH - len(suffix)) + suffix
    return candidate


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _first_units(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")
