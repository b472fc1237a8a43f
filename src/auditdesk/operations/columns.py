"""The columns that lists show, sort and search by, drawn from a case's facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from auditdesk.domain.declaration import StageKind

if TYPE_CHECKING:
    from auditdesk.domain.case import CaseFile
    from auditdesk.domain.declaration import CaseType, Route
    from auditdesk.domain.report import CheckReport

UNTITLED = "（未填名称）"
_LONGEST = 200


class ListColumns(TypedDict):
    """What lists show, sort and search by."""

    title: str
    place: str
    verdict: str
    report: dict[str, Any]
    search: tuple[str, ...]
    keys: tuple[str, ...]


def columns(case_type: CaseType, case_file: CaseFile, report: CheckReport) -> ListColumns:
    """Title, place, verdict, search texts and duplicate keys of a case."""
    summary = case_type.summary
    return {
        "title": _joined(case_file, summary.title) or UNTITLED,
        "place": _joined(case_file, summary.place),
        "verdict": str(report.verdict),
        "report": report.as_json("zh"),
        "search": tuple(filter(None, (_text(case_file, name) for name in summary.search))),
        "keys": tuple(
            key
            for name in summary.duplicate
            if (key := matter_key(case_type.id, name, case_file.data.get(name)))
        ),
    }


def matter_key(case_type: str, name: str, value: Any) -> str | None:
    """The key that cases of one matter share; None where the field is empty."""
    text = _shortened(value)
    return f"{case_type}.{name}={text}" if text else None


def is_past_decision(case_type: CaseType, route: Route, stage: str) -> bool:
    """Whether the stage lies behind the decision stage."""
    kinds = [case_type.stage(s).kind for s in route.stages[: route.stages.index(stage)]]
    return StageKind.DECISION in kinds


def _joined(case_file: CaseFile, names: tuple[str, ...]) -> str:
    return " ".join(filter(None, (_text(case_file, name) for name in names)))


def _text(case_file: CaseFile, name: str) -> str:
    return _shortened(case_file.data.get(name))


def _shortened(value: Any) -> str:
    return str(value).strip()[:_LONGEST] if value is not None else ""
