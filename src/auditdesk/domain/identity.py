"""Identity numbers: check digits of GB 32100, GB 11714, GB 11643; the parcel code's form."""

from __future__ import annotations

import re
from datetime import date

from auditdesk.util.label import Label

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_USCC_LENGTH = 18
# GB 32100 table 1 and its later entries: N for village cooperatives, A and Y for others
_USCC_DEPARTMENTS = "123456789ANY"
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_ID_FORM = re.compile(r"[1-9][0-9]{16}[0-9X]")
_DISTRICT_FORM = re.compile(r"[0-9]{6}")
_PARCEL_FORM = re.compile(r"[0-9A-Z]{28}")


def uscc_check_character(first_17: str) -> str:
    """The check character of a unified social credit code (GB 32100), mod 31."""
    total = sum(
        weight * _USCC_ALPHABET.index(char)
        for weight, char in zip(_USCC_WEIGHTS, first_17, strict=True)
    )
    return _USCC_ALPHABET[-total % 31]


def organisation_check_character(first_8: str) -> str:
    """The check character of an organisation code (GB 11714), mod 11; 10 is written X."""
    total = sum(
        weight * _ORGANISATION_ALPHABET.index(char)
        for weight, char in zip(_ORGANISATION_WEIGHTS, first_8, strict=True)
    )
    return "0123456789X"[-total % 11]


def uscc_problem(code: str) -> Label | None:
    """What is wrong with a unified social credit code, or None where it passes."""
    if len(code) != _USCC_LENGTH:
        return Label(
            f"应为 18 位，现为 {len(code)} 位", f"must have 18 characters, has {len(code)}"
        )
    if strange := next((c for c in code if c not in _USCC_ALPHABET), None):
        return Label(f"含有不允许的字符 {strange}", f"contains {strange}, which is not allowed")
    if code[0] not in _USCC_DEPARTMENTS:
        return Label(
            f"首位登记管理部门代码 {code[0]} 不存在",
            f"the first character {code[0]} is no registration department",
        )
    if not code[2:8].isdigit():
        return Label("第 3 至 8 位应为行政区划数字", "characters 3 to 8 must be digits")
    return _uscc_check_problem(code)


def _uscc_check_problem(code: str) -> Label | None:
    inner = organisation_check_character(code[8:16])
    if code[16] != inner:
        return Label(
            f"组织机构代码校验码（第 17 位）不符，应为 {inner}",
            f"the organisation code's check character (17th) does not fit, should be {inner}",
        )
    check = uscc_check_character(code[:17])
    if code[17] != check:
        return Label(
            f"校验码不符，应为 {check}", f"the check character does not fit, should be {check}"
        )
    return None


def personal_id_problem(number: str) -> Label | None:
    """What is wrong with a citizen's identity number (GB 11643), or None where it passes."""
    if not _ID_FORM.fullmatch(number):
        return Label(
            "应为 17 位数字加 1 位校验码", "must be 17 digits and one check character (0–9, X)"
        )
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return Label("出生日期不存在", "the date of birth does not exist")
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, number[:17], strict=True))
    check = _ID_CHECKS[total % 11]
    if number[17] != check:
        return Label(
            f"校验码不符，应为 {check}", f"the check character does not fit, should be {check}"
        )
    return None


def parcel_code_problem(code: str) -> Label | None:
    """What is wrong with a real-estate unit code (不动产单元号), or None where it passes."""
    if not _PARCEL_FORM.fullmatch(code):
        return Label(
            f"应为 28 位数字或大写字母，现为 {len(code)} 位",
            f"must be 28 digits or capital letters, has {len(code)} characters",
        )
    return None


def district_problem(code: str) -> Label | None:
    """What is wrong with a district's code; functional areas set their own, of six digits too."""
    if not _DISTRICT_FORM.fullmatch(code):
        return Label("应为 6 位区县代码，如 370114", "must be a code of 6 digits, such as 370114")
    return None


CHECKS = {
    "district": district_problem,
    "uscc": uscc_problem,
    "personal_id": personal_id_problem,
    "parcel_code": parcel_code_problem,
}
