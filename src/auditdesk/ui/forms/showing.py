"""How values are shown to people; no Qt here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from auditdesk.domain.area import hectares, mu
from auditdesk.domain.declaration import Field, FieldKind
from auditdesk.domain.identity import CHECKS
from auditdesk.domain.money import capital_amount, fen_from_yuan, yuan_grouped
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from auditdesk.util.label import Language

_WEEKDAYS = (
    Label("周一", "Monday"),
    Label("周二", "Tuesday"),
    Label("周三", "Wednesday"),
    Label("周四", "Thursday"),
    Label("周五", "Friday"),
    Label("周六", "Saturday"),
    Label("周日", "Sunday"),
)
# more than any sum or area has; a typed 1e999999 would fill the window with noughts
_MOST_DIGITS = 40
_AREA_UNITS = ("m²", "㎡", "平方米")
_LIST_MARK = Label("、", ", ")
YES, NO = Label("是", "yes"), Label("否", "no")


def is_area(field: Field) -> bool:
    """Whether a field holds an area in m²."""
    return (
        field.kind is FieldKind.DECIMAL and field.unit is not None and field.unit.zh in _AREA_UNITS
    )


def decimal_or_none(value: Any) -> Decimal | None:
    """A number of a case file as a `Decimal`, or None where it is none that can be written out."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        return None
    return number if len(number.as_tuple().digits) <= _MOST_DIGITS else None


def date_or_none(value: Any) -> date | None:
    """A date of a case file, or None where it is none."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def show_plain(value: Any) -> str:
    """A value as plain text; empty for none."""
    return "" if value is None else str(value)


def show_texts(value: Any) -> str:
    """Several texts in one line."""
    if isinstance(value, (list, tuple)):
        return _LIST_MARK.zh.join(show_plain(item) for item in value)
    return show_plain(value)


def show_money(value: Any) -> str:
    """A sum of money with thousands marks and two decimals; what is no sum stays as it is."""
    number = decimal_or_none(value)
    if number is None:
        return show_plain(value)
    try:
        return yuan_grouped(fen_from_yuan(number))
    except ValueError:
        return show_plain(value)


def show_number(value: Any) -> str:
    """A number with thousands marks; its decimals stay as they were typed."""
    number = decimal_or_none(value)
    return show_plain(value) if number is None else f"{number:,f}"


def note_money(value: Any, _: Language) -> str:
    """A sum in 大写, or nothing."""
    number = decimal_or_none(value)
    if number is None:
        return ""
    try:
        return capital_amount(fen_from_yuan(number))
    except ValueError:
        return ""


def note_area(value: Any, language: Language) -> str:
    """An area in 亩 and 公顷, or nothing."""
    number = decimal_or_none(value)
    if number is None or number <= 0:
        return ""
    text = Label(
        f"合 {mu(number):,} 亩，{hectares(number):,} 公顷",
        f"= {mu(number):,} mu, {hectares(number):,} ha",
    )
    return text.text(language)


def note_date(value: Any, language: Language) -> str:
    """The day of the week, or nothing."""
    day = date_or_none(value)
    return "" if day is None else _WEEKDAYS[day.weekday()].text(language)


def check_code(field: Field, value: Any) -> Label | None:
    """What is wrong with a number that carries check digits, or None."""
    check = CHECKS.get(field.format)
    return check(str(value)) if check and value else None


def show_value(field: Field, value: Any, language: Language) -> str:
    """A value as a reader sees it, with its unit; empty for none."""
    if value in (None, "", []):
        return ""
    if field.kind is FieldKind.ROWS:
        return Label(f"{len(value)} 行", f"{len(value)} rows").text(language)
    text = _shown(field, value, language)
    return f"{text} {field.unit.text(language)}" if field.unit else text


def _shown(field: Field, value: Any, language: Language) -> str:
    if field.kind is FieldKind.BOOLEAN:
        return _shown_truth(value, language)
    if field.kind is FieldKind.CHOICE:
        return _shown_choice(field, value, language)
    if field.kind is FieldKind.CHOICES and isinstance(value, (list, tuple)):
        return _LIST_MARK.text(language).join(_shown_choice(field, v, language) for v in value)
    if field.kind is FieldKind.TEXTS:
        return show_texts(value)
    if field.kind is FieldKind.MONEY:
        return show_money(value)
    return show_number(value) if field.kind is FieldKind.DECIMAL else show_plain(value)


def _shown_truth(value: Any, language: Language) -> str:
    if isinstance(value, bool):
        return (YES if value else NO).text(language)
    return show_plain(value)


def _shown_choice(field: Field, value: Any, language: Language) -> str:
    label = field.choice_label(str(value))
    return label.text(language) if label else show_plain(value)
