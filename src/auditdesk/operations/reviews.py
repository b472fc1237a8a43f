"""Handing a case on, approving, returning, refusing, withdrawing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from auditdesk.domain.case import FIRST_STAGE
from auditdesk.domain.declaration import StageKind
from auditdesk.domain.report import Verdict
from auditdesk.operations import (
    bodies,
    cases,
    clocks,
    following,
    handed_in,
    kept,
    problems,
    register_links,
    rights,
    tallies,
    viewing,
)
from auditdesk.operations.changes import Changes
from auditdesk.operations.columns import columns
from auditdesk.operations.register_links import WrittenBack
from auditdesk.operations.situation import FINAL, check_version, situation
from auditdesk.operations.words import ACTIONS
from auditdesk.store.records import Opinion
from auditdesk.util.faults import FallsShortError, UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from datetime import date

    from auditdesk.operations.desk import Desk
    from auditdesk.operations.situation import Situation
    from auditdesk.operations.views import CaseView
    from auditdesk.store.records import CaseChanges


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a case is returned, refused or withdrawn.

    Attributes:
        text: in the person's own words; may be empty where something is ticked.
        rules: findings ticked into the notice.
        materials: materials ticked into the notice.
        fields: missing or invalid fields ticked into the notice.
    """

    text: str = ""
    rules: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    def given(self) -> bool:
        """Whether there is any reason at all."""
        return bool(self.text.strip() or self.rules or self.materials or self.fields)

    def as_json(self) -> dict[str, Any]:
        """What was ticked, as an opinion keeps it."""
        return {
            "rules": list(self.rules),
            "materials": list(self.materials),
            "fields": list(self.fields),
        }


def advance(desk: Desk, no: str, version: int, opinion: str = "") -> tuple[CaseView, Changes]:
    """Hand the case on to its next stage; at the decision stage that is the approval.

    The judgement at the present stage is frozen into the opinion together with the facts.

    Raises:
        FallsShortError: the verdict is not `pass`; says everything that is wrong.
        RefusedError: not this person, not now, or the version moved.
    """
    case = situation(desk, no)
    rights.require(case, "advance")
    check_version(case.record, version)
    if case.report.verdict is not Verdict.PASS:
        sentence = problems.falls_short(case.case_type, case.report)
        raise FallsShortError(sentence.zh, sentence.en)
    following = case.next_stage()
    action = "approve" if case.stage.kind is StageKind.DECISION else "advance"
    changes: CaseChanges = {"stage": following.id, "status": "open"}
    if following.kind is StageKind.END:
        changes |= {"status": "closed"}
    else:
        changes |= _columns_at(case, following.id)
    return _decide(case, action, opinion, changes)


def _columns_at(case: Situation, stage: str) -> CaseChanges:
    """What lists show of a case once it is at another stage."""
    report = case.judged_at(stage)
    return {
        "verdict": str(report.verdict),
        "report": report.as_json("zh"),
    }


def return_case(desk: Desk, no: str, version: int, reasons: Reasons) -> tuple[CaseView, Changes]:
    """Return the case to intake for correction.

    Raises:
        UnusableInputError: no reason was given, or one that the case type does not have.
        RefusedError: not this person, not now, or the version moved.
    """
    case = _to_decide(desk, no, version, "return", reasons)
    changes: CaseChanges = {"status": "returned", "stage": FIRST_STAGE}
    return _decide(case, "return", reasons.text, changes | _columns_at(case, FIRST_STAGE), reasons)


def refuse(desk: Desk, no: str, version: int, reasons: Reasons) -> tuple[CaseView, Changes]:
    """Refuse the case for good; a supervisor's decision under four eyes.

    Raises:
        UnusableInputError: no reason was given, or one that the case type does not have.
        RefusedError: not this person, not now, or the version moved.
    """
    case = _to_decide(desk, no, version, "refuse", reasons)
    return _decide(case, "refuse", reasons.text, _ended(case, "refused"), reasons)


def withdraw(desk: Desk, no: str, version: int, reasons: Reasons) -> tuple[CaseView, Changes]:
    """Note that the applicant withdrew; the case is over.

    Raises:
        UnusableInputError: no reason was given, or one that the case type does not have.
        RefusedError: not this person, not now, or the version moved.
    """
    case = _to_decide(desk, no, version, "withdraw", reasons)
    return _decide(case, "withdraw", reasons.text, _ended(case, "withdrawn"), reasons)


def resume(desk: Desk, no: str, version: int, reasons: Reasons) -> tuple[CaseView, Changes]:
    """Take the case back to the earlier stage that its own stage names.

    What only the stages that it goes back over ask for is emptied, so that it is asked for anew
    when the case comes there again; the opinion keeps it.

    Raises:
        UnusableInputError: no reason was given, or one that the case type does not have.
        RefusedError: not this person, not now, or the version moved.
    """
    case = _to_decide(desk, no, version, "resume", reasons)
    back = case.stage.back_to
    later = rights.asked_after(case, back)
    data, materials, noted = (
        {name: value for name, value in kept_now.items() if name not in later}
        for kept_now in (case.body.data, case.body.materials, case.body.handed_in)
    )
    body = replace(case.body, data=data, materials=materials, handed_in=noted)
    case = replace(case, body=body)
    case_file, report = bodies.case_file_of(case.record, case.body, back), case.judged_at(back)
    listed = columns(case.case_type, case_file, report)
    changes: CaseChanges = {
        "stage": back,
        "status": "open",
        "body": case.body.as_json(),
        "title": listed["title"],
        "place": listed["place"],
        "search": listed["search"],
        "keys": listed["keys"],
        "verdict": listed["verdict"],
        "report": listed["report"],
    }
    return _decide(case, "resume", reasons.text, changes, reasons)


def justify(desk: Desk, no: str, version: int, rule: str, text: str) -> tuple[CaseView, Changes]:
    """Write down why a `justify` finding may stand; a blank text takes it back.

    Raises:
        UnusableInputError: the case type has no such rule, or it is not a `justify` rule.
        RefusedError: not this person, not now, or the version moved.
    """
    return cases.justify(desk, no, version, rule, text)


def _to_decide(desk: Desk, no: str, version: int, action: str, reasons: Reasons) -> Situation:
    case = situation(desk, no)
    rights.require(case, action)
    check_version(case.record, version)
    if not reasons.given():
        raise UnusableInputError(
            "请写明理由，或勾选审查结论、材料。", "Give a reason, or tick findings or materials."
        )
    _check_ticked(case, reasons)
    return case


def _check_ticked(case: Situation, reasons: Reasons) -> None:
    case_type = case.case_type
    known = (
        (reasons.rules, {r.id for r in case_type.rules}),
        (reasons.materials, {m.id for m in case_type.materials}),
    )
    strange = [name for names, ids in known for name in names if name not in ids]
    if strange:
        raise UnusableInputError(
            f"本事项没有这些规则或材料：{'、'.join(strange)}",
            f"The case type has no such rules or materials: {', '.join(strange)}",
        )


def _ended(case: Situation, status: str) -> CaseChanges:
    """The columns of a case that is over: its last judgement stays for ever."""
    return {
        "status": "refused" if status == "refused" else "withdrawn",
        "verdict": str(case.report.verdict),
        "report": case.report.as_json("zh"),
    }


def _counted(case: Situation, action: str, changes: CaseChanges) -> CaseChanges:
    """What figures count of a case once it is written; the first decision is the one they date."""
    record, report = case.record, changes.get("report", case.record.report)
    made = tallies.tally(case.desk, record.case_type, record.district, case.body.data, report)
    counted: CaseChanges = {"town": made["town"], "sums": made["sums"], "tallied": made["tallied"]}
    if action == "refuse" or (action == "approve" and not case.past_decision):
        counted |= {"decided_on": case.desk.today(), "decided_due": _decided_due(case)}
    return counted


def _decided_due(case: Situation) -> date | None:
    """By when the case that is decided today had to be."""
    desk, events = case.desk, case.desk.office.clocks.events(case.record.no)
    return clocks.decided_due(
        desk, case.law, case.case_file, case.opinions, events, decided_on=desk.today()
    )


def _due(case: Situation, action: str, changes: CaseChanges) -> clocks.DueColumns:
    """Where the case's clocks end once it is decided so, today, by the person at the desk."""
    if changes.get("status") in FINAL:
        return clocks.NOT_DUE
    desk, record = case.desk, case.record
    decided = Opinion(
        id=0,
        case_no=record.no,
        stage=record.stage,
        action=action,
        by=desk.user.name,
        full_name=desk.user.full_name,
        at=desk.now(),
        reason="",
        extra={},
    )
    case_file = bodies.case_file_of(record, case.body, changes.get("stage", record.stage))
    events = desk.office.clocks.events(record.no)
    return clocks.due(desk, case.law, case_file, (*case.opinions, decided), events)


def _decide(
    case: Situation,
    action: str,
    reason: str,
    changes: CaseChanges,
    reasons: Reasons | None = None,
) -> tuple[CaseView, Changes]:
    """Write the opinion with the facts and the judgement that it was given on."""
    desk, no = case.desk, case.record.no
    extra = kept.keep(case.report) | {
        "case": case.case_file.as_json(),
        "law": case.record.law,
        "reasons": (reasons or Reasons()).as_json(),
        "handed_in": handed_in.as_json(case.handed_in()),
    }
    if changes.get("status") == "closed":
        changes |= {"verdict": str(case.report.verdict), "report": extra["report"]}
    changes |= _counted(case, action, changes)
    due = _due(case, action, changes)
    changes |= {"due_on": due["due_on"], "paused": due["paused"]}
    with desk.office.write(f"case.{action}", no, {"stage": case.record.stage}) as writer:
        saved = writer.save_case(no, case.record.version, **changes)
        opinion = writer.add_opinion(
            no, stage=case.record.stage, action=action, reason=reason.strip(), extra=extra
        )
        writer.note("opinion", opinion.id)
        writer.note("to", changes.get("stage", case.record.stage))
        cases.note_body(writer, case.body)
        others = following.follow(desk, writer, case.law, saved, reason.strip())
        closed = changes.get("status") == "closed"
        back = register_links.write_back(writer, case) if closed else WrittenBack()
    word = ACTIONS[action]
    summary = Label(f"案件 {no}：{word.zh}，已记录", f"Case {no}: {word.en} – recorded")
    if back.sentence:
        summary = Label(f"{summary.zh}；{back.sentence.zh}", f"{summary.en}; {back.sentence.en}")
    return viewing.view(desk, no), Changes(summary, others | {no}, registers=back.registers)
