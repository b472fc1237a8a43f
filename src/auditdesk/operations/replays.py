"""Judging cases that there are by a draft of the law, to see what it would change; writes nothing.

Each case is held against the judgement that it has under its own law, at its own stage.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditdesk.domain.report import Outcome
from auditdesk.operations import bodies, kept, laws, rights
from auditdesk.operations.situation import FINAL
from auditdesk.operations.words import word
from auditdesk.regulations.drafts import draft_library
from auditdesk.store.records import CaseFilter
from auditdesk.util.faults import Fault, UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from auditdesk.domain.case import CaseFile
    from auditdesk.domain.declaration import CaseType
    from auditdesk.domain.report import CheckReport, Finding
    from auditdesk.operations.desk import Desk
    from auditdesk.regulations.law import Law
    from auditdesk.regulations.library import Library
    from auditdesk.store.records import CaseRecord
    from auditdesk.util.progress import Progress

OUTCOMES: Mapping[str, Label] = {
    "pass": Label("通过", "passed"),
    "fail": Label("不符合", "failed"),
    "justified": Label("已说明", "justified"),
    "unknown": Label("待补", "open"),
    "not_applicable": Label("不适用", "not applicable"),
    "": Label("没有此规则", "no such rule"),
}
_NOTHING = Label("—", "—")
_EVERY = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a draft changes in a case.

    Attributes:
        kind: `rule`, `computed`, or `needs` (what is missing).
        id: of the rule or the computed value; blank for needs.
        old: outcome of a rule, or the value; blank where there is none.
        old_text: its sentence, or what is missing, for people.
    """

    kind: str
    id: str
    label: Label
    old: str
    new: str
    old_text: Label
    new_text: Label


@dataclass(frozen=True, slots=True)
class ReplayedCase:
    """A case that a draft judges otherwise, or cannot judge.

    Attributes:
        new_verdict: blank where the draft cannot judge it.
        problem: why the draft cannot judge it, or None.
    """

    no: str
    case_type: str
    case_type_label: Label
    title: str
    accepted_on: date
    stage: Label
    status: str
    old_verdict: str
    new_verdict: str
    differences: tuple[Difference, ...]
    problem: Label | None = None


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of it.

    Attributes:
        judged: how many cases there were of the case types that the draft touches.
        cases: those that the draft would change, by day of acceptance.
    """

    draft: str
    first: date
    last: date
    judged: int
    cases: tuple[ReplayedCase, ...]

    @property
    def verdicts_changed(self) -> int:
        """How many cases would come out otherwise as a whole."""
        return sum(case.old_verdict != case.new_verdict for case in self.cases)

    @property
    def summary(self) -> Label:
        """The outcome in a sentence."""
        changed, verdicts = len(self.cases), self.verdicts_changed
        return Label(
            f"共试算 {self.judged} 件，{changed} 件有变化，其中 {verdicts} 件结论改变。",
            f"{self.judged} cases replayed, {changed} would change, {verdicts} in their verdict.",
        )


def replay(desk: Desk, folder: Path, first: date, last: date, progress: Progress) -> Replay:
    """Judge all cases accepted from `first` to `last` (both included) by a draft pack.

    Args:
        desk: of a clerk or a supervisor.
        folder: the draft, see `regulations.drafts`.
        first: first day of acceptance.
        last: last day of acceptance.
        progress: told in cases.

    Raises:
        CancelledError: by `progress`; nothing is left behind.
        UnusableInputError: the draft does not fit or changes nothing, or the period is upside
            down.
        RefusedError: the person at the desk is an administrator, who sees to no cases.
        OfficeFaultError: a case's own law cannot be loaded.
    """
    rights.require_role(desk, "clerk", "supervisor")
    if last < first:
        raise UnusableInputError(
            f"起止日期颠倒：{first} 晚于 {last}。",
            f"The period is upside down: {first} is after {last}.",
        )
    draft = draft_library(desk.library, folder)
    filters = [CaseFilter(t, accepted_from=first, accepted_to=last) for t in _touched(desk, draft)]
    total, done = sum(map(desk.office.cases.count, filters)), 0
    progress.step(0, total)
    found = []
    records = (record for wanted in filters for record in desk.office.cases.each(wanted))
    for done, record in enumerate(records, start=1):
        case = _replayed(desk, draft, record)
        if case is not None:
            found.append(case)
        if done % _EVERY == 0:
            progress.step(done, max(done, total))
    progress.step(done, max(done, total))
    found.sort(key=lambda case: (case.accepted_on, case.no))
    return Replay(str(folder), first, last, done, tuple(found))


def _touched(desk: Desk, draft: Library) -> list[str]:
    """The case types whose present law the draft changes.

    Raises:
        UnusableInputError: there is none; a successor that does not say so is told.
    """
    touched = [
        name
        for name, law in desk.library.laws.items()
        if name not in draft.laws or draft.laws[name].digest != law.digest
    ]
    if not touched:
        raise UnusableInputError(
            "草案没有改动任何事项的规则；接续某个依据的文件须写明 succeeds。",
            "The draft changes the rules of no case type; a file that succeeds a regulation has "
            "to say so (succeeds).",
        )
    return touched


def _replayed(desk: Desk, draft: Library, record: CaseRecord) -> ReplayedCase | None:
    """What a draft changes in a case; None: nothing."""
    law = draft.laws.get(record.case_type)
    if law is not None and law.digest == record.law:
        return None
    case_file = bodies.case_file_of(record, bodies.body_of(record))
    own = laws.pinned(desk, record)
    old = _own_report(desk, record, own, case_file)
    try:
        if law is None:
            raise _disabled(record.case_type)
        new = laws.judged(desk, law, case_file)
    except Fault as fault:
        return _case(record, own, old, fault.message)
    differences = tuple(_differences(own.case_type, law.case_type, old, new))
    if old.verdict == new.verdict and not differences:
        return None
    return _case(record, own, old, None, str(new.verdict), differences)


def _disabled(case_type: str) -> UnusableInputError:
    return UnusableInputError(
        f"草案里没有可用的事项 {case_type}。", f"The draft has no usable case type {case_type}."
    )


def _own_report(desk: Desk, record: CaseRecord, law: Law, case_file: CaseFile) -> CheckReport:
    """The judgement that the case has: of one that is over, what was kept."""
    if record.status not in FINAL:
        return laws.judged(desk, law, case_file)
    opinions = desk.office.cases.opinions(record.no)
    return kept.read_report(record.report, opinions[-1].extra.get("english"))


def _case(  # noqa: PLR0913, PLR0917 – the two sides of one comparison
    record: CaseRecord,
    law: Law,
    old: CheckReport,
    problem: Label | None,
    new_verdict: str = "",
    differences: tuple[Difference, ...] = (),
) -> ReplayedCase:
    return ReplayedCase(
        no=record.no,
        case_type=record.case_type,
        case_type_label=law.case_type.label,
        title=record.title,
        accepted_on=record.accepted_on,
        stage=law.case_type.stage(record.stage).label,
        status=record.status,
        old_verdict=str(old.verdict),
        new_verdict=new_verdict,
        differences=differences,
        problem=problem,
    )


def _differences(
    old_type: CaseType, new_type: CaseType, old: CheckReport, new: CheckReport
) -> Iterator[Difference]:
    yield from _rules(old_type, new_type, old, new)
    yield from _computed(old_type, new_type, old, new)
    before, after = _lacking(old_type, old), _lacking(new_type, new)
    if before != after:
        label = Label("缺项", "Missing")
        gone, come = [x for x in before if x not in after], [x for x in after if x not in before]
        yield Difference("needs", "", label, "", "", _joined(gone), _joined(come))


def _rules(
    old_type: CaseType, new_type: CaseType, old: CheckReport, new: CheckReport
) -> Iterator[Difference]:
    before = {finding.rule: finding for finding in old.findings}
    after = {finding.rule: finding for finding in new.findings}
    titles = {rule.id: rule.title for case_type in (old_type, new_type) for rule in case_type.rules}
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if _weight(was) != _weight(now):
            yield Difference(
                "rule", name, titles[name], _outcome(was), _outcome(now), _said(was), _said(now)
            )


def _weight(finding: Finding | None) -> tuple[str, str]:
    """What a finding means for the case: its outcome, and where it failed its severity."""
    if finding is None:
        return "", ""
    failed = finding.outcome in {Outcome.FAIL, Outcome.UNKNOWN}
    return str(finding.outcome), str(finding.severity) if failed else ""


def _outcome(finding: Finding | None) -> str:
    return str(finding.outcome) if finding else ""


def _said(finding: Finding | None) -> Label:
    return finding.message if finding else _NOTHING


def _computed(
    old_type: CaseType, new_type: CaseType, old: CheckReport, new: CheckReport
) -> Iterator[Difference]:
    declared = {c.id: c for case_type in (old_type, new_type) for c in case_type.computed}
    for name, computed in declared.items():
        was, now = old.computed.get(name), new.computed.get(name)
        if was != now:
            yield Difference(
                "computed",
                name,
                computed.label,
                "" if was is None else str(was),
                "" if now is None else str(now),
                _NOTHING if was is None else computed.shown(was),
                _NOTHING if now is None else computed.shown(now),
            )


def _lacking(case_type: CaseType, report: CheckReport) -> tuple[Label, ...]:
    """What is missing of a case, by its names."""
    fields = {field.id: field.label for field in case_type.fields}
    names = dict.fromkeys(name.partition("[")[0] for name in report.missing_fields)
    lacking = [fields.get(name, Label(name, name)) for name in names]
    return (*lacking, *(case_type.material(m).label for m in report.missing_materials))


def _joined(labels: list[Label]) -> Label:
    if not labels:
        return _NOTHING
    return Label("、".join(x.zh for x in labels), ", ".join(x.en for x in labels))


def outcome_text(outcome: str) -> Label:
    """A rule's outcome in words."""
    return word(OUTCOMES, outcome)
