"""What the follow-ups of a pack must agree on, within it and with the packs of later cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.domain.declaration import FieldKind
from auditdesk.regulations.crosscheck import citation_problems, condition_problems
from auditdesk.regulations.packs import PackError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from auditdesk.domain.declaration import CaseType
    from auditdesk.domain.follow_up import FollowUp, Settler
    from auditdesk.domain.regulation import Regulation

    Problems = Iterator[tuple[str, str]]


def check_follow_ups(
    folder: str,
    case_type: CaseType,
    regulations: Iterable[Regulation],
    functions: Collection[str],
) -> None:
    """Refuse follow-ups that do not fit their own pack; each has to cite what it rests on.

    Raises:
        PackError: with the first thing that does not fit.
    """
    by_id = {regulation.id: regulation for regulation in regulations}
    for key, reason in _problems(case_type, by_id, functions):
        raise PackError(folder, key, reason)


def _problems(
    case_type: CaseType, regulations: dict[str, Regulation], functions: Collection[str]
) -> Problems:
    seen: set[str] = set()
    for follow_up in case_type.follow_ups:
        key = f"follow_ups[{follow_up.id}]"
        if follow_up.id in seen:
            yield key, "given twice"
        seen.add(follow_up.id)
        if follow_up.id not in functions:
            yield key, "has no function"
        yield from citation_problems(key, follow_up.citations, regulations)
        yield from _own(key, case_type, follow_up)


def _own(key: str, case_type: CaseType, follow_up: FollowUp) -> Problems:
    stages = {stage.id for stage in case_type.stages}
    for stage in (follow_up.stage, *follow_up.ends):
        if stage not in stages:
            yield f"{key}.stage", f"no stage {stage}"
    yield from condition_problems(f"{key}.when", case_type.fields, follow_up.when, ())
    kinds = {field.id: field.kind for field in case_type.fields}
    for settler in follow_up.settled_by:
        place = f"{key}.settled_by"
        if settler.own not in kinds:
            yield f"{place}.same", f"no field {settler.own}"
        if settler.than and kinds.get(settler.than) is not FieldKind.DATE:
            yield f"{place}.later", f"{settler.than} is no date"


def check_settlers(
    folder: str, case_type: CaseType, loaded: Mapping[str, CaseType], disabled: Collection[str]
) -> None:
    """Refuse follow-ups that wait for a case that can never come.

    A case type that is disabled for a mistake of its own is not looked at.

    Raises:
        PackError: with the first thing that does not fit.
    """
    for follow_up in case_type.follow_ups:
        key = f"follow_ups[{follow_up.id}].settled_by"
        for settler in follow_up.settled_by:
            if settler.case_type in disabled:
                continue
            later = loaded.get(settler.case_type)
            if later is None:
                raise PackError(folder, f"{key}.case_type", f"no case type {settler.case_type}")
            for part, reason in _later(settler, later):
                raise PackError(folder, f"{key}.{part}", reason)


def _later(settler: Settler, later: CaseType) -> Problems:
    kinds = {field.id: field.kind for field in later.fields}
    if settler.key not in later.summary.duplicate:
        yield "same", f"{settler.key} is no duplicate key of {later.id}"
    if settler.stage not in {stage.id for stage in later.stages}:
        yield "stage", f"no stage {settler.stage}"
    if settler.later and kinds.get(settler.later) is not FieldKind.DATE:
        yield "later", f"{settler.later} is no date"
    if settler.year and kinds.get(settler.year) is not FieldKind.INTEGER:
        yield "year", f"{settler.year} is no whole number"
    yield from condition_problems("when", later.fields, settler.when, ())
