"""Reading the values of a case: JSON as it was entered into exact typed values.

A value is empty (`null`, a blank string, left out), valid, or invalid; an invalid one counts
as empty for the rules and is named with its reason. Money becomes `int` 分, decimals
`Decimal`, dates `date`, rows a tuple of mappings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from auditdesk.domain.declaration import Field, FieldKind
from auditdesk.domain.identity import CHECKS
from auditdesk.domain.money import fen_from_yuan, plain_decimal
from auditdesk.domain.report import InvalidField
from auditdesk.regulations.conditions import holds
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

# Dates outside are slips of the keyboard; they would also run off the calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2100
# 10^15 元 and m² and everything real fit; an exponent of a billion does not.
LARGEST = Decimal(10) ** 18
# With 18 digits before the point this stays within the 28 digits that Decimal keeps exactly.
MOST_DECIMALS = 8
MOST_ROWS = 5_000
MOST_SHOWN = 200
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[+-]?([0-9]{1,40}(\.[0-9]{0,40})?|\.[0-9]{1,40})([eE][+-]?[0-9]{1,3})?")
# Control characters but for tab and line ends, halves of characters, and what is no character.
_UNPRINTABLE = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff]"
)


class ValueProblemError(Exception):
    """A value that cannot be right; carries the reason for the report."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep the reason in both languages."""
        super().__init__(en)
        self.reason = Label(zh, en)


@dataclass(frozen=True, slots=True)
class Values:
    """The typed values of a case.

    Attributes:
        typed: field id to value; empty and invalid fields are left out. A row is a mapping
            of its filled cells.
        empty_cells: row table to the names of its cells that are empty, as `rows[0].name`.
        invalid: what was wrong, in the order of the declaration.
    """

    typed: Mapping[str, Any]
    empty_cells: Mapping[str, tuple[str, ...]]
    invalid: tuple[InvalidField, ...]

    def get(self, name: str) -> Any:
        """The typed value, or None."""
        return self.typed.get(name)

    def incomplete(self, name: str) -> bool:
        """Whether the field, or any cell of its rows, is empty or invalid."""
        return name not in self.typed or self.damaged_rows(name)

    def damaged_rows(self, name: str) -> bool:
        """Whether a cell of the table is empty or invalid."""
        return bool(self.empty_cells.get(name)) or any(
            i.field.startswith(f"{name}[") for i in self.invalid
        )

    def is_invalid(self, name: str) -> bool:
        """Whether the field itself is listed as invalid."""
        return any(i.field == name for i in self.invalid)


def is_empty(raw: Any) -> bool:
    """Whether a value counts as left out; an empty list is a value, not empty."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def read_values(fields: Iterable[Field], data: Mapping[str, Any]) -> Values:
    """The typed values of a case's data."""
    typed: dict[str, Any] = {}
    empty_cells: dict[str, tuple[str, ...]] = {}
    invalid: list[InvalidField] = []
    for field in fields:
        raw = data.get(field.id)
        if is_empty(raw):
            continue
        if field.kind is FieldKind.ROWS:
            _read_rows(field, raw, typed, empty_cells, invalid)
        else:
            _read_one(field, field.id, raw, typed, invalid)
    return Values(typed, empty_cells, tuple(invalid))


def _read_one(
    field: Field, name: str, raw: Any, typed: dict[str, Any], invalid: list[InvalidField]
) -> None:
    try:
        typed[field.id] = read_value(field, raw)
    except ValueProblemError as problem:
        invalid.append(InvalidField(name, shown(raw), problem.reason))


def _read_rows(
    field: Field,
    raw: Any,
    typed: dict[str, Any],
    empty_cells: dict[str, tuple[str, ...]],
    invalid: list[InvalidField],
) -> None:
    if not isinstance(raw, list) or len(raw) > MOST_ROWS:
        reason = Label(
            f"应为列表，且不超过 {MOST_ROWS} 行", f"must be a list of at most {MOST_ROWS} rows"
        )
        invalid.append(InvalidField(field.id, shown(raw), reason))
        return
    rows, empty = [], []
    for index, row in enumerate(raw):
        name = f"{field.id}[{index}]"
        cells: dict[str, Any] = {}
        if isinstance(row, dict):
            empty += _read_cells(field, name, row, cells, invalid)
        else:
            reason = Label("每行应为一组带名称的值", "each row must be an object")
            invalid.append(InvalidField(name, shown(row), reason))
        rows.append(cells)
    typed[field.id] = tuple(rows)
    empty_cells[field.id] = tuple(empty)


def _read_cells(
    field: Field,
    name: str,
    row: Mapping[str, Any],
    cells: dict[str, Any],
    invalid: list[InvalidField],
) -> list[str]:
    """Read one row into `cells`; the names of its empty cells that are needed come back."""
    empty = []
    for column in field.columns:
        raw = row.get(column.id)
        if not is_empty(raw):
            _read_one(column, f"{name}.{column.id}", raw, cells, invalid)
        elif column.needs:
            empty.append(column)
    return [f"{name}.{column.id}" for column in empty if not _is_optional(column, cells)]


def _is_optional(column: Field, cells: Mapping[str, Any]) -> bool:
    return column.optional_when is not None and holds(column.optional_when, cells)


def read_value(field: Field, raw: Any) -> Any:
    """One value that is not empty, typed.

    Raises:
        ValueProblemError: the value is of the wrong type, outside its list or range, or
            fails its check digit.
    """
    return _READERS[field.kind](field, raw)


def shown(raw: Any) -> Any:
    """A value as the report repeats it: JSON types, cut off where it is long."""
    if raw is None or isinstance(raw, bool):
        return raw
    if isinstance(raw, int) and abs(raw) < LARGEST:
        return raw
    text = raw if isinstance(raw, str) else _short_repr(raw)
    text = text.encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _short_repr(raw: Any) -> str:
    if isinstance(raw, int):
        return "…"
    return str(raw)[: MOST_SHOWN + 1]


def _text(field: Field, raw: Any) -> str:
    if not isinstance(raw, str):
        raise ValueProblemError("应为文字", "must be text")
    text = raw.strip()
    if _UNPRINTABLE.search(text):
        raise ValueProblemError("含有不可显示的字符", "contains characters that cannot be shown")
    if len(text) > field.length:
        raise ValueProblemError(
            f"最多 {field.length} 字，现为 {len(text)} 字",
            f"at most {field.length} characters, has {len(text)}",
        )
    problem = CHECKS[field.format](text) if field.format else None
    if problem:
        raise ValueProblemError(problem.zh, problem.en)
    return text


def _number(field: Field, raw: Any, zh: str, en: str) -> Decimal:
    """An exact number within the field's range, from JSON's number or from text."""
    if isinstance(raw, str) and _NUMBER.fullmatch(raw.strip()):
        raw = Decimal(raw.strip())
    if isinstance(raw, bool) or not isinstance(raw, (int, Decimal)):
        raise ValueProblemError(zh, en)
    value = _limited(raw)
    if value < 0:
        raise ValueProblemError("不得为负数", "must not be negative")
    if field.decimals is not None and value != round(value, field.decimals):
        most = field.decimals
        raise ValueProblemError(f"最多 {most} 位小数", f"must have at most {most} decimals")
    _check_range(field, value)
    return value


def _limited(raw: int | Decimal) -> Decimal:
    try:
        value = Decimal(raw)
        enormous = not value.is_finite() or abs(value) > LARGEST
    except (InvalidOperation, ValueError):
        enormous = True
    if enormous:
        raise ValueProblemError("数值过大", "the number is too large")
    exponent = value.normalize().as_tuple().exponent
    if not isinstance(exponent, int) or -exponent > MOST_DECIMALS:
        raise ValueProblemError("小数位数过多", "too many decimals")
    return value


def _check_range(field: Field, value: Decimal) -> None:
    if field.above_zero and value == 0:
        raise ValueProblemError("应大于 0", "must be greater than 0")
    low, high = field.minimum, field.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        text = f"{plain_decimal(low or Decimal(0))}–{'' if high is None else plain_decimal(high)}"
        raise ValueProblemError(f"应在 {text} 之间", f"must lie within {text}")


def _integer(field: Field, raw: Any) -> int:
    zh, en = "应为整数", "must be a whole number"
    if isinstance(raw, str):
        raise ValueProblemError(zh, en)
    value = _number(field, raw, zh, en)
    if value != value.to_integral_value():
        raise ValueProblemError(zh, en)
    return int(value)


def _decimal(field: Field, raw: Any) -> Decimal:
    return _number(field, raw, "应为数字", "must be a number")


def _money(field: Field, raw: Any) -> int:
    value = _number(field, raw, "应为金额（元）", "must be an amount in yuan")
    try:
        return fen_from_yuan(value)
    except ValueError:
        raise ValueProblemError("金额最多两位小数", "an amount has at most two decimals") from None


def _date(_field: Field, raw: Any) -> date:
    if not isinstance(raw, str) or not _ISO_DATE.fullmatch(raw.strip()):
        raise ValueProblemError("日期应写作 2022-03-01", "a date is written 2022-03-01")
    try:
        day = date.fromisoformat(raw.strip())
    except ValueError:
        raise ValueProblemError("没有这一天", "there is no such day") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueProblemError(
            f"年份应在 {FIRST_YEAR}–{LAST_YEAR} 之间",
            f"the year must lie within {FIRST_YEAR}–{LAST_YEAR}",
        )
    return day


def _boolean(_field: Field, raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise ValueProblemError("应为是或否（true 或 false）", "must be yes or no (true or false)")
    return raw


def _choice(field: Field, raw: Any) -> str:
    if not isinstance(raw, str) or field.choice_label(raw) is None:
        zh = "、".join(f"{choice.id} {choice.label.zh}" for choice in field.choices)
        en = ", ".join(f"{choice.id} {choice.label.en}" for choice in field.choices)
        raise ValueProblemError(f"应为 {zh} 之一", f"must be one of {en}")
    return raw


def _choices(field: Field, raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list) or len(raw) > MOST_ROWS:
        raise ValueProblemError("应为列表", "must be a list")
    return tuple(dict.fromkeys(_choice(field, item) for item in raw))


def _texts(field: Field, raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list) or len(raw) > MOST_ROWS:
        raise ValueProblemError("应为列表", "must be a list")
    return tuple(dict.fromkeys(_text(field, item) for item in raw if not is_empty(item)))


_READERS: Mapping[FieldKind, Callable[[Field, Any], Any]] = {
    FieldKind.TEXT: _text,
    FieldKind.INTEGER: _integer,
    FieldKind.DECIMAL: _decimal,
    FieldKind.MONEY: _money,
    FieldKind.DATE: _date,
    FieldKind.BOOLEAN: _boolean,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.TEXTS: _texts,
}
