"""Whether a condition of a pack holds for the typed values of a case, or of one row."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.domain.declaration import Condition

_NO_PARAMETERS: Mapping[str, Any] = MappingProxyType({})


def holds(
    condition: Condition,
    typed: Mapping[str, Any],
    parameters: Mapping[str, Any] = _NO_PARAMETERS,
) -> bool:
    """Whether a condition holds; an empty field has none of the values asked for."""
    for name, parameter in condition.above.items():
        value, limit = typed.get(name), parameters.get(parameter)
        if value is None or limit is None or value <= limit:
            return False
    if condition.any_given and not any(name in typed for name in condition.any_given):
        return False
    for name, numbers in condition.counts.items():
        if name not in typed or len(typed[name]) not in numbers:
            return False
    return not condition.equals or all(
        _plain(typed.get(name)) in wanted for name, wanted in condition.equals.items()
    )


def _plain(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)
