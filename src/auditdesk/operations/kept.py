"""Judgements that were kept: written into an opinion, read back unchanged."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from auditdesk.domain.declaration import Citation, Severity
from auditdesk.domain.report import CheckReport, Finding, InvalidField, Outcome, Verdict
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping


def keep(report: CheckReport) -> dict[str, Any]:
    """A report as an opinion keeps it: the Chinese one whole, the English sentences beside."""
    return {
        "report": report.as_json("zh"),
        "english": {
            "rules": {f.rule: f.message.en for f in report.findings},
            "invalid_fields": {i.field: i.reason.en for i in report.invalid_fields},
        },
    }


def read_report(
    kept: Mapping[str, Any], english: Mapping[str, Mapping[str, str]] | None = None
) -> CheckReport:
    """The report that was kept as JSON, with its English sentences where those were kept."""
    rules = (english or {}).get("rules", {})
    reasons = (english or {}).get("invalid_fields", {})
    return CheckReport(
        case_type=kept["case_type"],
        stage=kept["stage"],
        accepted_on=date.fromisoformat(kept["accepted_on"]),
        verdict=Verdict(kept["verdict"]),
        findings=tuple(_finding(f, rules) for f in kept["rules"]),
        required_materials=tuple(kept["materials"]["required"]),
        missing_materials=tuple(kept["materials"]["missing"]),
        missing_fields=tuple(kept["missing_fields"]),
        invalid_fields=tuple(
            InvalidField(i["field"], i["value"], _both(i["reason"], reasons.get(i["field"])))
            for i in kept["invalid_fields"]
        ),
        unknown_fields=tuple(kept["unknown_fields"]),
        computed=kept["computed"],
    )


def _finding(kept: Mapping[str, Any], english: Mapping[str, str]) -> Finding:
    return Finding(
        rule=kept["rule"],
        outcome=Outcome(kept["outcome"]),
        severity=Severity(kept["severity"]),
        citations=tuple(Citation(c["regulation"], c["article"]) for c in kept["citations"]),
        fields=tuple(kept["fields"]),
        message=_both(kept["message"], english.get(kept["rule"])),
    )


def _both(zh: str, en: str | None) -> Label:
    return Label(zh, zh if en is None else en)
