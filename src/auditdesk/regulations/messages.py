"""The sentences of findings: templates of the pack filled with the figures compared."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from auditdesk.domain.money import plain_decimal
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from auditdesk.domain.declaration import CaseType, Rule
    from auditdesk.util.label import Language

# What a rule may read of the case file that is no field of the case type.
_ENVELOPE = {"district": Label("区县", "district")}


def fill(template: Label, figures: Mapping[str, Any]) -> Label:
    """A template's sentence in both languages."""
    return Label(
        template.zh.format_map(_shown(figures, "zh")), template.en.format_map(_shown(figures, "en"))
    )


def _shown(figures: Mapping[str, Any], language: Language) -> dict[str, str]:
    return {name: figure_text(value, language) for name, value in figures.items()}


def figure_text(value: Any, language: Language) -> str:
    """One figure as a sentence states it."""
    if isinstance(value, Label):
        return value.text(language)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, (tuple, list)):
        return ("、" if language == "zh" else ", ").join(figure_text(v, language) for v in value)
    return str(value)


def passed(rule: Rule) -> Label:
    """What is said of a rule that passes and has no sentence of its own for that."""
    return Label(f"符合：{rule.title.zh}", f"In order: {rule.title.en}")


def unknown(case_type: CaseType, empty: Iterable[str]) -> Label:
    """What is said of a rule that cannot be judged before some fields are filled in."""
    labels = [_ENVELOPE.get(name) or case_type.field(name).label for name in empty]
    return Label(
        f"尚缺“{'、'.join(label.zh for label in labels)}”，无法判断，请先填写",
        f"Cannot be judged before {', '.join(label.en for label in labels)} is filled in",
    )


def not_due() -> Label:
    """What is said of a rule whose occasion has not come, or whose method is another."""
    return Label("本案此时不适用", "Does not apply to this case now")


def out_of_force(regulation_numbers: Iterable[str], day: date) -> Label:
    """What is said of a rule none of whose regulations was in force."""
    numbers = "、".join(regulation_numbers)
    return Label(
        f"所依据的{numbers}在受理日 {day.isoformat()} 不在有效期内，本条不适用",
        f"{numbers} was not in force on the day of acceptance {day.isoformat()}: not applicable",
    )


def dropped_by_successor(numbers: Iterable[str], successors: Iterable[str]) -> Label:
    """What is said of a rule that the regulation now in force does not have any more."""
    old, new = "、".join(numbers), "、".join(successors)
    return Label(
        f"{old}已由{new}接续，{new}没有相应规定，本条不适用",
        f"{old} was succeeded by {new}, which has no provision on this: not applicable",
    )


def justified(message: Label, reason: str) -> Label:
    """A failure that somebody has justified in writing."""
    return Label(f"{message.zh}；已书面说明：{reason}", f"{message.en}; justified: {reason}")
