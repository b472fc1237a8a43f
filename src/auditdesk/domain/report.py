"""The check report: every rule's finding, what is missing, what was computed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from auditdesk.domain.declaration import Citation, Severity
    from auditdesk.util.label import Label, Language

REPORT_FORMAT = "auditdesk.check/1"


class Outcome(StrEnum):
    """What a rule answered."""

    PASS = "pass"  # noqa: S105 – the report's word, no password
    FAIL = "fail"
    JUSTIFIED = "justified"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Verdict(StrEnum):
    """The case as a whole, worst first."""

    BLOCK = "block"
    INCOMPLETE = "incomplete"
    JUSTIFY = "justify"
    PASS = "pass"  # noqa: S105 – the report's word, no password


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer on one case."""

    rule: str
    outcome: Outcome
    severity: Severity
    citations: tuple[Citation, ...]
    fields: tuple[str, ...]
    message: Label

    def as_json(self, language: Language) -> dict[str, Any]:
        """The finding as the report prints it."""
        return {
            "rule": self.rule,
            "outcome": str(self.outcome),
            "severity": str(self.severity),
            "citations": [
                {"regulation": c.regulation, "article": c.article} for c in self.citations
            ],
            "fields": list(self.fields),
            "message": self.message.text(language),
        }


@dataclass(frozen=True, slots=True)
class InvalidField:
    """A value that cannot be right, and why; it counts as empty for the rules."""

    field: str
    value: Any
    reason: Label


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The whole judgement of one case at one stage."""

    case_type: str
    stage: str
    accepted_on: date
    verdict: Verdict
    findings: tuple[Finding, ...]
    required_materials: tuple[str, ...]
    missing_materials: tuple[str, ...]
    missing_fields: tuple[str, ...]
    invalid_fields: tuple[InvalidField, ...]
    unknown_fields: tuple[str, ...]
    computed: Mapping[str, str | int | None]

    def finding(self, rule: str) -> Finding:
        """The finding of one rule; KeyError where the case type has no such rule."""
        for finding in self.findings:
            if finding.rule == rule:
                return finding
        raise KeyError(rule)

    def as_json(self, language: Language = "zh") -> dict[str, Any]:
        """The report in the form `auditdesk.check/1`."""
        return {
            "format": REPORT_FORMAT,
            "case_type": self.case_type,
            "stage": self.stage,
            "accepted_on": self.accepted_on.isoformat(),
            "verdict": str(self.verdict),
            "rules": [finding.as_json(language) for finding in self.findings],
            "materials": {
                "required": list(self.required_materials),
                "missing": list(self.missing_materials),
            },
            "missing_fields": list(self.missing_fields),
            "invalid_fields": [
                {"field": i.field, "value": i.value, "reason": i.reason.text(language)}
                for i in self.invalid_fields
            ],
            "unknown_fields": list(self.unknown_fields),
            "computed": dict(self.computed),
        }
