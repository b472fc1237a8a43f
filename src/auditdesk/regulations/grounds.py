"""Lists that papers print: everything that holds a case up, and the materials received.

Each ground names the articles that it rests on, as they stand for the case's day of acceptance.
What rests on arithmetic alone names none: its sentence shows the figures. What the offices ask
for by custom says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.domain.declaration import Severity
from auditdesk.domain.report import Outcome
from auditdesk.regulations.citing import of_law, sources_text
from auditdesk.regulations.labels import field_label, field_of
from auditdesk.regulations.needs import PRESENT
from auditdesk.regulations.prose import official

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from auditdesk.domain.declaration import Citation
    from auditdesk.regulations.subject import Subject

# Formats that a national standard sets; domain text, "Identity numbers".
_STANDARDS = {"uscc": "GB 32100", "personal_id": "GB 11643"}
_CUSTOM = "practice"


def lacking(subject: Subject) -> Iterator[str]:
    """Everything that holds the case up, all at once: materials, fields, failed rules.

    Materials, and fields, that rest on the same articles make one point.
    """
    case_type, report = subject.law.case_type, subject.report
    materials = (case_type.material(name) for name in report.missing_materials)
    yield from _points(
        ("缺少材料", "缺少下列材料"),
        ((m.label.zh, _in_brackets(subject, _holding(subject, m.citations))) for m in materials),
    )
    yield from _points(
        ("未填写", "下列各项未填写"),
        (
            (_called(subject, name), _in_brackets(subject, of_law(_asking(subject, name))))
            for name in report.missing_fields
        ),
    )
    for invalid in report.invalid_fields:
        name, reason = invalid.field, official(invalid.reason.zh)
        yield f"填写有误：{_called(subject, name)}，{reason}{_standard(subject, name)}。"
    for finding in report.findings:
        if finding.outcome is Outcome.FAIL and finding.severity is not Severity.NOTICE:
            rests_on = of_law(c for c in finding.citations if _in_force(subject, c))
            yield f"{official(finding.message.zh)}{_in_brackets(subject, rests_on)}。"


def _points(said: tuple[str, str], lacking: Iterable[tuple[str, str]]) -> Iterator[str]:
    """One point for each source; `said`: of one thing, and of several."""
    by_source: dict[str, list[str]] = {}
    for name, source in lacking:
        by_source.setdefault(source, []).append(name)
    for source, names in by_source.items():
        yield f"{said[len(names) > 1]}：{'；'.join(names)}{source}。"


def received(subject: Subject) -> str:
    """The materials of the first stage that are there, and how many they are."""
    case_type, verdicts = subject.law.case_type, subject.case.materials
    first = case_type.stages[0].id
    names = [
        material.label.zh
        for material in case_type.materials
        if verdicts.get(material.id) == PRESENT and any(n.stage == first for n in material.needs)
    ]
    return f"{'；'.join(names)}（共{len(names)}项）" if names else ""


def _called(subject: Subject, name: str) -> str:
    return official(field_label(subject.law.case_type, name).zh)


def _in_force(subject: Subject, citation: Citation) -> bool:
    return subject.law.on(subject.report.accepted_on).holds(citation)


def _holding(subject: Subject, citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """The regulations that ask for something on the day; custom where none does."""
    standing = subject.law.on(subject.report.accepted_on).citations(citations)
    return of_law(standing) or tuple(c for c in standing if c.regulation == _CUSTOM)


def _asking(subject: Subject, name: str) -> tuple[Citation, ...]:
    """What a field is needed by: its own source, else the rules that cannot be judged."""
    field, _ = field_of(subject.law.case_type, name)
    if field is None:
        return ()
    in_force = subject.law.on(subject.report.accepted_on)
    own = in_force.citations(field.citations)
    if own:
        return own
    rules = (
        subject.law.case_type.rule(finding.rule)
        for finding in subject.report.findings
        if finding.outcome is Outcome.UNKNOWN
    )
    cited = (c for rule in rules if field.id in rule.reads for c in in_force.cited_by(rule))
    return tuple(dict.fromkeys(cited))


def _standard(subject: Subject, name: str) -> str:
    """The standard that a number is written by, in brackets; else what asks for the field."""
    field, cell = field_of(subject.law.case_type, name)
    typed = cell or field
    standard = _STANDARDS.get(typed.format, "") if typed else ""
    if standard:
        return f"（依据：{standard}）"
    return _in_brackets(subject, of_law(_asking(subject, name)))


def _in_brackets(subject: Subject, citations: tuple[Citation, ...]) -> str:
    if not citations:
        return ""
    if all(c.regulation == _CUSTOM for c in citations):
        return "（办理惯例）"
    return f"（依据：{sources_text(subject.law, citations)}）"
