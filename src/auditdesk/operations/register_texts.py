"""From what people write into the cells of a workbook to the values of a row."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from auditdesk.domain.declaration import FieldKind
from auditdesk.regulations.values import is_empty

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auditdesk.domain.declaration import Field

_YES = frozenset({"是", "有", "yes", "true", "1", "√", "✓"})
_NO = frozenset({"否", "无", "no", "false", "0", "×", "✗"})
# 2022-03-01, 2022/3/1, 2022.3.1, 2022年3月1日, and the midnight that spreadsheets add.
_DAY = re.compile(
    r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?([T ]0{1,2}:00(:00(\.0+)?)?)?"
)
_WHOLE = re.compile(r"[0-9]{1,9}(\.0+)?")
_LIST_MARKS = re.compile(r"[、,，;；\n]+")


def raw_value(field: Field, given: Any) -> Any:
    """What JSON would give for the field; None where it is empty.

    Text that cannot be the field's stays as it is, to be told as wrong.
    """
    if is_empty(given):
        return None
    if not isinstance(given, str):
        return given
    reader = _READERS.get(field.kind)
    return reader(field, given.strip()) if reader else given.strip()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _LIST_MARKS.split(text) if part.strip()]


def _boolean(_field: Field, text: str) -> bool | str:
    word = _plain(text).casefold()
    return True if word in _YES else False if word in _NO else text


def _integer(field: Field, text: str) -> int | str:
    number = _without_unit(field, _plain(text))
    return int(number.partition(".")[0]) if _WHOLE.fullmatch(number) else text


def _without_unit(field: Field, text: str) -> str:
    """A number without the unit that a person wrote behind it: 3类, 120.5万m³."""
    for unit in (field.unit.zh, field.unit.en) if field.unit else ():
        shown = _plain(unit)
        if shown and text.endswith(shown):
            return text.removesuffix(shown).strip()
    return text


def _day(_field: Field, text: str) -> str:
    found = _DAY.fullmatch(_plain(text))
    if found is None:
        return text
    year, month, day = (int(part) for part in found.group(1, 2, 3))
    return f"{year:04d}-{month:02d}-{day:02d}"


def _choice(field: Field, text: str) -> str:
    wanted = _plain(text).casefold()
    for choice in field.choices:
        names = (choice.id, choice.label.zh, choice.label.en)
        if wanted in {_plain(name).casefold() for name in names}:
            return choice.id
    return text


def _choices(field: Field, text: str) -> list[str]:
    return [_choice(field, part) for part in _parts(text)]


def _number(field: Field, text: str) -> str:
    return _without_unit(field, _plain(text)).replace(",", "")


_READERS: Mapping[FieldKind, Callable[[Field, str], Any]] = {
    FieldKind.BOOLEAN: _boolean,
    FieldKind.INTEGER: _integer,
    FieldKind.DECIMAL: _number,
    FieldKind.MONEY: _number,
    FieldKind.DATE: _day,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.TEXTS: lambda _field, text: _parts(text),
}
