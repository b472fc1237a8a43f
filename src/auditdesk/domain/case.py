"""The case file: what was entered, as it was entered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

CASE_FORMAT = "auditdesk.case/1"
FIRST_STAGE = "intake"


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case file (`auditdesk.case/1`) whose envelope has been read.

    `data` holds values as JSON gives them (decimals as `Decimal` or text, never float);
    whether each is valid is decided when the case is judged. Fields, materials and
    justifications that the case type does not have are dropped and named in `unknown`.
    """

    case_type: str
    accepted_on: date
    district: str
    stage: str = FIRST_STAGE
    data: Mapping[str, Any] = field(default_factory=dict)
    materials: Mapping[str, Any] = field(default_factory=dict)
    justifications: Mapping[str, Any] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The case file as a JSON object; decimals become text."""
        return {
            "format": CASE_FORMAT,
            "case_type": self.case_type,
            "accepted_on": self.accepted_on.isoformat(),
            "district": self.district,
            "stage": self.stage,
            "data": {key: _plain(value) for key, value in self.data.items()},
            "materials": dict(self.materials),
            "justifications": dict(self.justifications),
        }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, (str, bool, int)):
        return value
    return str(value)
