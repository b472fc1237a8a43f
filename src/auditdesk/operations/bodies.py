"""The JSON that the office keeps of a case, and the case file made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from auditdesk.domain.case import CaseFile
from auditdesk.domain.declaration import FieldKind
from auditdesk.operations import handed_in
from auditdesk.operations.views import Justification

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from auditdesk.domain.declaration import CaseType, Field
    from auditdesk.domain.material import HandedIn
    from auditdesk.store.records import CaseRecord

# An integer that JSON gave as 1e999999 stays text: written out it would fill the memory.
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Body:
    """What was entered for a case: plain JSON values, empty ones left out.

    Attributes:
        handed_in: what was noted of the materials' paper; no part of the case file.
    """

    data: Mapping[str, Any]
    materials: Mapping[str, Any]
    justifications: Mapping[str, Justification]
    handed_in: Mapping[str, HandedIn] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The body as the office keeps it."""
        return {
            "handed_in": handed_in.as_json(self.handed_in),
            "data": dict(self.data),
            "materials": dict(self.materials),
            "justifications": {
                rule: {"text": j.text, "by": j.by, "full_name": j.full_name, "at": j.at}
                for rule, j in self.justifications.items()
            },
        }


def body_of(record: CaseRecord) -> Body:
    """The body that the office keeps of a case."""
    kept = record.body
    return Body(
        kept["data"],
        kept["materials"],
        {rule: Justification(rule=rule, **j) for rule, j in kept["justifications"].items()},
        handed_in.from_json(kept.get("handed_in", {})),  # cases from before have none
    )


def case_file_of(record: CaseRecord, body: Body, stage: str | None = None) -> CaseFile:
    """The case file to judge, at the record's stage or another."""
    return CaseFile(
        case_type=record.case_type,
        accepted_on=record.accepted_on,
        district=record.district,
        stage=stage or record.stage,
        data=body.data,
        materials=body.materials,
        justifications={rule: j.text for rule, j in body.justifications.items()},
    )


def case_file_from_json(kept: Mapping[str, Any]) -> CaseFile:
    """The case file that an opinion keeps, as `CaseFile.as_json` wrote it."""
    return CaseFile(
        case_type=kept["case_type"],
        accepted_on=date.fromisoformat(kept["accepted_on"]),
        district=kept["district"],
        stage=kept["stage"],
        data=kept["data"],
        materials=kept["materials"],
        justifications=kept["justifications"],
    )


def plain_data(case_type: CaseType, data: Mapping[str, Any]) -> dict[str, Any]:
    """A case's data as JSON values; fields that the case type lacks and empty ones go."""
    return _plain_fields(case_type.fields, data)


def plain_materials(case_type: CaseType, materials: Mapping[str, Any]) -> dict[str, Any]:
    """The verdicts on the case type's materials; empty ones and others go."""
    return {
        m.id: plain(materials[m.id])
        for m in case_type.materials
        if not _is_empty(materials.get(m.id))
    }


def _plain_fields(fields: Iterable[Field], data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        field.id: _plain_field(field, data[field.id])
        for field in fields
        if not _is_empty(data.get(field.id))
    }


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _plain_field(field: Field, value: Any) -> Any:
    if field.kind is FieldKind.ROWS and isinstance(value, (list, tuple)):
        return [
            _plain_fields(field.columns, row) if isinstance(row, dict) else plain(row)
            for row in value
        ]
    if field.kind is FieldKind.INTEGER and isinstance(value, Decimal):
        return _whole(value)
    return plain(value)


def _whole(value: Decimal) -> int | str:
    """48.0 for a count is 48; anything else stays as it was written, to be told as wrong."""
    if value.is_finite() and value.adjusted() < _MOST_DIGITS and value == value.to_integral_value():
        return int(value)
    return str(value)


def plain(value: Any) -> Any:
    """A value as JSON: decimals and dates become text, tuples lists."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(inner) for inner in value]
    if value is None or isinstance(value, (str, bool, int)):
        return value
    return str(value)
