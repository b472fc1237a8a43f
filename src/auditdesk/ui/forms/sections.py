"""The state of each section of the case form; no Qt here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from auditdesk.domain.declaration import Severity
from auditdesk.domain.report import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.domain.declaration import CaseType
    from auditdesk.domain.report import CheckReport, Finding

_ROOT = re.compile(r"[^\[]+")
_ORDER = (Severity.BLOCK, Severity.JUSTIFY, Severity.NOTICE)


class SectionState(StrEnum):
    """What the list of sections says of a section."""

    EMPTY = "empty"
    WORK = "work"
    COMPLETE = "complete"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Mark:
    """The worst that is said of one field."""

    severity: Severity
    rule: str | None


def root_of(name: str) -> str:
    """The field of a cell: `rows` of `rows[0].share`."""
    match = _ROOT.match(name)
    return match.group() if match else name


def failing(report: CheckReport) -> tuple[Finding, ...]:
    """The findings that failed."""
    return tuple(f for f in report.findings if f.outcome is Outcome.FAIL)


def field_marks(report: CheckReport) -> dict[str, Mark]:
    """The worst failed finding of each field that has one; an invalid value blocks."""
    marks = {root_of(i.field): Mark(Severity.BLOCK, None) for i in report.invalid_fields}
    for severity in _ORDER:
        for finding in failing(report):
            if finding.severity is severity:
                for field in finding.fields:
                    marks.setdefault(root_of(field), Mark(severity, finding.rule))
    return marks


def section_states(
    case_type: CaseType, data: Mapping[str, Any], report: CheckReport
) -> dict[str, SectionState]:
    """The state of every section."""
    marks = field_marks(report)
    missing = {root_of(name) for name in report.missing_fields}
    states = {}
    for section in case_type.sections:
        names = {f.id for f in case_type.fields if f.section == section.id}
        if any(n in marks and marks[n].severity is not Severity.NOTICE for n in names):
            states[section.id] = SectionState.FINDING
        elif not any(data.get(name) is not None for name in names):
            states[section.id] = SectionState.EMPTY
        else:
            states[section.id] = SectionState.WORK if names & missing else SectionState.COMPLETE
    return states
