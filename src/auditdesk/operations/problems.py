"""What is wrong with a case, as sentences: for refusals, notices and the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.domain.declaration import Severity
from auditdesk.domain.report import Outcome, Verdict
from auditdesk.operations.words import SEVERITIES, VERDICTS
from auditdesk.regulations.labels import field_label
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditdesk.domain.declaration import CaseType
    from auditdesk.domain.report import CheckReport

_HOLDING_UP = frozenset({Outcome.FAIL, Outcome.UNKNOWN})


def problems(case_type: CaseType, report: CheckReport) -> tuple[Label, ...]:
    """Everything that keeps the verdict from being `pass`, a sentence each."""
    return (*invalid(case_type, report), *_rules(case_type, report), *_lacking(case_type, report))


def notices(report: CheckReport) -> tuple[Label, ...]:
    """What the reader's attention is drawn to, a sentence each; it holds nothing up.

    Without the rules' titles: those say what would be in order.
    """
    word = SEVERITIES[str(Severity.NOTICE)]
    return tuple(
        Label(f"[{word.zh}] {finding.message.zh}", f"[{word.en}] {finding.message.en}")
        for finding in report.findings
        if finding.outcome is Outcome.FAIL and finding.severity is Severity.NOTICE
    )


def _rules(case_type: CaseType, report: CheckReport) -> Iterator[Label]:
    for finding in report.findings:
        if finding.outcome in _HOLDING_UP and finding.severity is not Severity.NOTICE:
            title, word = case_type.rule(finding.rule).title, SEVERITIES[str(finding.severity)]
            yield Label(
                f"[{word.zh}] {title.zh}：{finding.message.zh}",
                f"[{word.en}] {title.en}: {finding.message.en}",
            )


def invalid(case_type: CaseType, report: CheckReport) -> Iterator[Label]:
    """What was entered and cannot be used, a sentence each."""
    for wrong in report.invalid_fields:
        label = field_label(case_type, wrong.field)
        yield Label(
            f"[填写有误] {label.zh}：{wrong.reason.zh}",
            f"[invalid] {label.en}: {wrong.reason.en}",
        )


def _lacking(case_type: CaseType, report: CheckReport) -> Iterator[Label]:
    for name in report.missing_fields:
        label = field_label(case_type, name)
        yield Label(f"[未填] {label.zh}", f"[empty] {label.en}")
    for name in report.missing_materials:
        label = case_type.material(name).label
        yield Label(f"[缺材料] {label.zh}", f"[material missing] {label.en}")


def falls_short(case_type: CaseType, report: CheckReport) -> Label:
    """The sentence that refuses to hand a case on, with everything that is wrong."""
    found = problems(case_type, report)
    word = VERDICTS[str(report.verdict)]
    zh = "".join(f"\n  {p.zh}" for p in found)
    en = "".join(f"\n  {p.en}" for p in found)
    if report.verdict is Verdict.JUSTIFY:
        return Label(
            f"审查结论为“{word.zh}”，须先逐条填写说明，才能提交：{zh}",
            f"The verdict is {word.en}; write down a justification of each finding first:{en}",
        )
    return Label(
        f"审查结论为“{word.zh}”，不能提交，请先改正：{zh}",
        f"The verdict is {word.en}; the case cannot be handed on. Put this right first:{en}",
    )
