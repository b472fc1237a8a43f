"""Kinds of field that are typed into one line: how each is read, shown and commented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditdesk.domain.declaration import Field, FieldKind
from auditdesk.ui.forms import reading, showing

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.util.label import Language


@dataclass(frozen=True, slots=True)
class Manner:
    """How one line of typing is understood.

    Attributes:
        read: typed text to the value of a case file (or the text itself).
        show: a value to the text that stands in the line when it is not being typed into.
        note: a value to the small print under the line.
        figures: right-aligned, as figures are.
    """

    read: Callable[[str], Any]
    show: Callable[[Any], str] = showing.show_plain
    note: Callable[[Any, Language], str] = lambda _value, _language: ""
    figures: bool = False


def manner_of(field: Field) -> Manner:
    """The manner of a field or of a column of a row table."""
    if field.kind is FieldKind.DATE:
        return Manner(reading.read_date, note=showing.note_date)
    if field.kind is FieldKind.MONEY:
        return Manner(_read_money, showing.show_money, showing.note_money, figures=True)
    if field.kind in (FieldKind.INTEGER, FieldKind.DECIMAL):
        return _number_manner(field)
    if field.kind is FieldKind.TEXTS:
        return Manner(reading.read_texts, showing.show_texts)
    return Manner(reading.read_code if field.format else reading.read_text)


def _number_manner(field: Field) -> Manner:
    unit = field.unit.zh if field.unit else ""
    if showing.is_area(field):
        return Manner(
            lambda text: reading.read_number(text, reading.AREA_UNITS, unit),
            showing.show_number,
            showing.note_area,
            figures=True,
        )
    if field.kind is FieldKind.INTEGER:
        return Manner(lambda text: _whole(reading.read_number(text, {}, unit)), figures=True)
    return Manner(
        lambda text: reading.read_number(text, {}, unit), showing.show_number, figures=True
    )


def _read_money(text: str) -> str:
    return reading.read_number(text, reading.MONEY_UNITS, "元")


def _whole(text: str) -> int | str:
    """An integer as such; anything else stays text and is judged."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() else text
