"""What a case needs at its stage: its own route, conditions, fields and materials."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditdesk.domain.declaration import MaterialKind
from auditdesk.regulations.conditions import holds
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from auditdesk.domain.declaration import (
        CaseType,
        Field,
        Material,
        Need,
        Route,
    )
    from auditdesk.regulations.values import Values

PRESENT, MISSING, NOT_APPLICABLE = "present", "missing", "not_applicable"


@dataclass(frozen=True, slots=True)
class Needs:
    """Everything that finishing a stage asks for, on the case's own route."""

    route: Route
    reached: frozenset[str]
    fields: frozenset[str]
    materials: tuple[Material, ...]


def needs_at(
    case_type: CaseType, values: Values, stage: str, parameters: Mapping[str, Any]
) -> Needs:
    """What the check at a stage asks for: the stage's own needs and those before it.

    Conditions compare with the figures of law in force for the case, `parameters` by name.

    Raises:
        UnusableInputError: the stage is not on the case's own route.
    """
    route = own_route(case_type, values, stage)
    reached = frozenset(route.stages[: route.stages.index(stage) + 1])
    fields = frozenset(
        f.id for f in case_type.fields if _is_due(f.needs, reached, values, parameters)
    )
    materials = tuple(
        m
        for m in case_type.materials
        if m.kind is not MaterialKind.OPTIONAL and _is_due(m.needs, reached, values, parameters)
    )
    return Needs(route, reached, fields, materials)


def own_route(case_type: CaseType, values: Values, stage: str) -> Route:
    """The case's own route; while the field that decides it is empty, one that has the stage.

    Raises:
        UnusableInputError: the stage is not on the case's own route.
    """
    own = [route for route in case_type.routes if holds(route.when, values.typed)]
    candidates = own or list(reversed(case_type.routes))
    for route in candidates:
        if stage in route.stages:
            return route
    raise UnusableInputError(
        f"环节 {stage} 不在本案的办理路径上：{'、'.join(candidates[0].stages)}",
        f"The stage {stage} is not on this case's route: {', '.join(candidates[0].stages)}",
    )


def _is_due(
    needs: tuple[Need, ...],
    reached: frozenset[str],
    values: Values,
    parameters: Mapping[str, Any],
) -> bool:
    for need in needs:  # asked for every field at every keystroke
        if need.stage in reached and holds(need.when, values.typed, parameters):
            return True
    return False


def missing_fields(case_type: CaseType, needs: Needs, values: Values) -> tuple[str, ...]:
    """Needed fields and cells that are empty; invalid ones are listed elsewhere."""
    return tuple(_missing(case_type.fields, needs, values))


def _missing(fields: tuple[Field, ...], needs: Needs, values: Values) -> Iterator[str]:
    for field in fields:
        if field.id in needs.fields:
            if values.get(field.id) is None and not values.is_invalid(field.id):
                yield field.id
            yield from values.empty_cells.get(field.id, ())


def missing_materials(needs: Needs, verdicts: Mapping[str, Any]) -> tuple[str, ...]:
    """Needed materials that are not there; `not_applicable` satisfies a conditional one only."""
    return tuple(m.id for m in needs.materials if not _satisfied(m, verdicts.get(m.id)))


def _satisfied(material: Material, verdict: Any) -> bool:
    if verdict == NOT_APPLICABLE:
        return material.kind is MaterialKind.CONDITIONAL
    return bool(verdict == PRESENT)
