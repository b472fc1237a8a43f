"""How a figure of law is written for people."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal, Inexact, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from auditdesk.domain.money import plain_decimal
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

_HUNDRED = 100
_FEW = 8


def figure_text(kind: str, value: Any) -> Label:
    """A parameter's value: 5, 2/3, 40 (of a percentage), steps and tables as pairs.

    A table of more than a few lines is counted.
    """
    match kind:
        case "percent":
            return _same(_plain(value * _HUNDRED))
        case "fraction":
            return _same(str(Fraction(value)))
        case "table":
            return _same("，".join(f"{key} → {number}" for key, number in value.items()))
        case "codes":
            return Label("、".join(value), ", ".join(value))
        case "listing":
            return _listing(value)
        case _:
            return _same(str(value))


def _same(text: str) -> Label:
    return Label(text, text.replace("，", ", "))


def _plain(value: Fraction | int) -> str:
    fraction = Fraction(value)
    with localcontext() as context:
        context.traps[Inexact] = True
        with suppress(Inexact):
            return plain_decimal(Decimal(fraction.numerator) / fraction.denominator)
    return f"{fraction.numerator}/{fraction.denominator}"


def _listing(names: Mapping[str, str]) -> Label:
    if len(names) > _FEW:
        return Label(f"代码表，共 {len(names)} 个代码", f"a table of {len(names)} codes")
    return _same("，".join(f"{code} {name}" for code, name in names.items()))
