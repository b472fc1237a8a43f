"""Judging a case: every rule, what is needed, the computed values, the verdict.

A pure function of the case file, its law and the working-day calendar; nothing is read from
disk and nothing is kept. Source: the outer contract "The check report".
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from auditdesk.domain.declaration import Severity
from auditdesk.domain.money import plain_decimal, yuan_text
from auditdesk.domain.report import CheckReport, Finding, InvalidField, Outcome, Verdict
from auditdesk.regulations import messages
from auditdesk.regulations.facts import Facts, NotInForceError, Situation
from auditdesk.regulations.needs import (
    MISSING,
    NOT_APPLICABLE,
    PRESENT,
    missing_fields,
    missing_materials,
    needs_at,
)
from auditdesk.regulations.values import read_values, shown
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from auditdesk.domain.case import CaseFile
    from auditdesk.domain.declaration import Citation, Rule
    from auditdesk.domain.workdays import WorkCalendar
    from auditdesk.regulations.facts import Answer
    from auditdesk.regulations.law import ComputedFunction, InForce, Law

_MATERIAL_VERDICTS = frozenset({PRESENT, MISSING, NOT_APPLICABLE})
_DISTRICT = "district"


def judge(case: CaseFile, law: Law, calendar: WorkCalendar) -> CheckReport:
    """The check report of one case at its stage.

    Raises:
        UnusableInputError: the case's stage is not on its own route.
    """
    case_type = law.case_type
    situation = situated(case, law, calendar)
    values, needs = situation.values, situation.needs
    invalid = (*values.invalid, *_invalid_envelope(case))
    findings = tuple(_finding(rule, law, situation, case) for rule in case_type.rules)
    lacking_fields = missing_fields(case_type, needs, values)
    lacking_fields += () if case.district else (_DISTRICT,)
    lacking_materials = missing_materials(needs, case.materials)
    return CheckReport(
        case_type=case.case_type,
        stage=case.stage,
        accepted_on=case.accepted_on,
        verdict=_verdict(findings, invalid, (*lacking_fields, *lacking_materials)),
        findings=findings,
        required_materials=tuple(m.id for m in needs.materials),
        missing_materials=lacking_materials,
        missing_fields=lacking_fields,
        invalid_fields=invalid,
        unknown_fields=case.unknown,
        computed=_computed(law, Facts(situation)),
    )


def situated(case: CaseFile, law: Law, calendar: WorkCalendar) -> Situation:
    """Everything that the case's functions may look at.

    Raises:
        UnusableInputError: the case's stage is not on its own route.
    """
    day = case.accepted_on
    values = read_values(law.case_type.fields, case.data)
    in_force = law.on(day)
    return Situation(
        values=values,
        needs=needs_at(law.case_type, values, case.stage, in_force.parameters),
        accepted_on=day,
        district=case.district,
        calendar=calendar,
        in_force=in_force,
        materials=case.materials,
    )


def _invalid_envelope(case: CaseFile) -> Iterable[InvalidField]:
    for name, verdict in case.materials.items():
        if verdict not in (None, "") and not _is_verdict(verdict):
            allowed = "、".join(sorted(_MATERIAL_VERDICTS))
            reason = Label(f"应为 {allowed} 之一", f"must be one of {allowed}")
            yield InvalidField(f"materials.{name}", shown(verdict), reason)
    for name, text in case.justifications.items():
        if text is not None and not isinstance(text, str):
            yield InvalidField(
                f"justifications.{name}", shown(text), Label("应为文字", "must be text")
            )


def _is_verdict(verdict: Any) -> bool:
    return isinstance(verdict, str) and verdict in _MATERIAL_VERDICTS


def _finding(rule: Rule, law: Law, situation: Situation, case: CaseFile) -> Finding:
    facts, in_force = Facts(situation, law.readable[rule.id]), situation.in_force
    citations = in_force.cited_by(rule)
    if not (citations or rule.always) or not _can_be_judged(rule, in_force):
        return _dropped(rule, law, in_force)
    try:
        answer = law.functions[rule.id](facts)
    except NotInForceError:
        return _dropped(rule, law, in_force)
    outcome = _outcome(rule, answer, facts)
    message = _message(rule, outcome, answer, law, facts)
    if outcome is Outcome.FAIL and rule.severity is Severity.JUSTIFY:
        reason = case.justifications.get(rule.id)
        if isinstance(reason, str) and reason.strip():
            outcome, message = Outcome.JUSTIFIED, messages.justified(message, reason.strip())
    return _made(rule, outcome, citations or _instead(rule, in_force), message)


def _can_be_judged(rule: Rule, in_force: InForce) -> bool:
    """Whether the figures that the rule compares with are there.

    Where a successor keeps some of them only, the rule goes on as far as those reach.
    """
    lacking = [name for name in rule.parameters if name not in in_force.parameters]
    return not lacking or (
        len(lacking) < len(rule.parameters) and in_force.dropped.issuperset(lacking)
    )


def _instead(rule: Rule, in_force: InForce) -> tuple[Citation, ...]:
    """What a rule cites of which nothing holds: a successor's days, else what ran out."""
    return in_force.sources_of_days(rule.citations) or rule.citations


def _dropped(rule: Rule, law: Law, in_force: InForce) -> Finding:
    """A rule without ground on the day of acceptance."""
    named = dict.fromkeys(c.regulation for c in rule.citations)
    successors = in_force.successors(rule.citations)
    if successors:
        old = [n for n in named if n in in_force.speaking and in_force.speaking[n].id != n]
        new = [r.number for r in successors]
        message = messages.dropped_by_successor([_source_number(law, n) for n in old], new)
    else:
        gone = [n for n in named if not in_force.applies(n)] or named
        message = messages.out_of_force([_source_number(law, n) for n in gone], in_force.day)
    return _made(rule, Outcome.NOT_APPLICABLE, _instead(rule, in_force), message)


def _source_number(law: Law, regulation_id: str) -> str:
    regulation = law.regulation(regulation_id)
    return regulation.number if regulation else regulation_id


def _made(rule: Rule, outcome: Outcome, citations: tuple[Citation, ...], message: Label) -> Finding:
    return Finding(rule.id, outcome, rule.severity, citations, rule.reads, message)


def _outcome(rule: Rule, answer: Answer, facts: Facts) -> Outcome:
    if not answer.applicable:
        return Outcome.NOT_APPLICABLE
    if answer.fails is not None:
        return Outcome.FAIL if answer.fails else Outcome.PASS
    return Outcome.UNKNOWN if _awaited(rule, facts) else Outcome.NOT_APPLICABLE


def _awaited(rule: Rule, facts: Facts) -> list[str]:
    """Fields that the rule reads, that are needed at this stage and still empty."""
    awaited = [name for name in rule.reads if facts.awaits(name)]
    if _DISTRICT in rule.reads and not facts.district:
        awaited.append(_DISTRICT)
    return awaited


def _message(rule: Rule, outcome: Outcome, answer: Answer, law: Law, facts: Facts) -> Label:
    if outcome is Outcome.UNKNOWN:
        return messages.unknown(law.case_type, _awaited(rule, facts))
    key = answer.variant if outcome is Outcome.FAIL else str(outcome)
    template = rule.messages.get(key)
    if template is not None:
        return messages.fill(template, answer.figures)
    return messages.passed(rule) if outcome is Outcome.PASS else messages.not_due()


def _verdict(
    findings: Iterable[Finding], invalid: tuple[InvalidField, ...], lacking: tuple[str, ...]
) -> Verdict:
    failed = {f.severity for f in findings if f.outcome is Outcome.FAIL}
    if invalid or Severity.BLOCK in failed:
        return Verdict.BLOCK
    if lacking or any(_holds_up(f) for f in findings):
        return Verdict.INCOMPLETE
    return Verdict.JUSTIFY if Severity.JUSTIFY in failed else Verdict.PASS


def _holds_up(finding: Finding) -> bool:
    """An unknown rule leaves the case incomplete; a notice never changes the verdict."""
    return finding.outcome is Outcome.UNKNOWN and finding.severity is not Severity.NOTICE


def _computed(law: Law, facts: Facts) -> Mapping[str, str | int | None]:
    return {
        computed.id: _plain(_worked_out(law.computing[computed.id], facts), computed.kind)
        for computed in law.case_type.computed
    }


def _worked_out(function: ComputedFunction, facts: Facts) -> Any:
    """A computed value; null where a figure of law was not in force."""
    try:
        return function(facts)
    except NotInForceError:
        return None


def _plain(value: Any, kind: str) -> str | int | None:
    """A computed value as the report writes it: money with two decimals, dates ISO."""
    if value is None:
        return None
    if kind == "money":
        return yuan_text(value)
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if kind in {"count", "boolean"} else str(value)
