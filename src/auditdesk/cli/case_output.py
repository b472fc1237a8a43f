"""A case, its judgement and its line in a list, as JSON and as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditdesk.cli.clock_output import cells, clock_json
from auditdesk.operations.problems import notices, problems
from auditdesk.operations.words import (
    ACTIONS,
    CLOCK_STATES,
    DOCUMENT_STATES,
    STATUSES,
    TITLE,
    VERDICTS,
    word,
)
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditdesk.cli.program import Program
    from auditdesk.domain.declaration import CaseType
    from auditdesk.domain.report import CheckReport, Verdict
    from auditdesk.operations.views import CaseRow, CaseView, FollowUpView
    from auditdesk.store.records import Attachment

_HEADS = (
    Label("案号", "Number"),
    TITLE,
    Label("环节", "Stage"),
    Label("状态", "Status"),
    Label("结论", "Verdict"),
    Label("截止日期", "Due on"),
    Label("剩余工作日", "Days left"),
)


def verdict_text(program: Program, verdict: Verdict | str) -> str:
    """A verdict as a word."""
    return program.text(word(VERDICTS, str(verdict)))


def row_json(row: CaseRow) -> dict[str, Any]:
    """A line of a list for programs."""
    return {
        "no": row.no,
        "case_type": row.case_type,
        "title": row.title,
        "place": row.place,
        "stage": row.stage,
        "status": row.status,
        "verdict": row.verdict,
        "accepted_on": row.accepted_on.isoformat(),
        "due_on": row.due_on and row.due_on.isoformat(),
        "days_left": row.days_left,
        "created_by": row.created_by,
        "updated_at": row.updated_at.isoformat(),
    }


def table(program: Program, rows: Sequence[CaseRow]) -> Iterator[tuple[str, ...]]:
    """A list for people: what its columns are, then a line a case; nothing of an empty one."""
    if rows:
        yield tuple(program.text(head) for head in _HEADS)
    for row in rows:
        yield _row_cells(program, row)


def _row_cells(program: Program, row: CaseRow) -> tuple[str, ...]:
    return (
        row.no,
        row.title,
        program.text(row.stage_label),
        program.text(row.status_label),
        verdict_text(program, row.verdict),
        str(row.due_on or "—"),
        _left(program, row),
    )


def _left(program: Program, row: CaseRow) -> str:
    """Working days left; in a word that a person paused the periods."""
    if row.paused:
        return program.text(CLOCK_STATES["paused"])
    return "" if row.days_left is None else str(row.days_left)


def report_lines(program: Program, case_type: CaseType, report: CheckReport) -> Iterator[str]:
    """The verdict, everything that is wrong, and what is to be noted."""
    stage = program.text(case_type.stage(report.stage).label)
    yield f"{verdict_text(program, report.verdict)} · {stage}"
    for problem in (*problems(case_type, report), *notices(report)):
        yield f"  {program.text(problem)}"


def view_lines(program: Program, view: CaseView) -> Iterator[str]:
    """One case for people: where it stands, what is wrong, what can be done, its history."""
    status = program.text(word(STATUSES, view.record.status))
    yield f"{view.no} · {program.text(view.case_type.label)} · {view.record.title}"
    yield f"{program.text(view.stage.label)} · {status} · {view.record.place}"
    yield from report_lines(program, view.case_type, view.report)
    for action in view.actions:
        why_not = f" – {program.text(action.why_not)}" if action.why_not else ""
        yield f"  {'+' if action.enabled else '-'} {program.text(action.label)}{why_not}"
    for offer in view.documents:
        if offer.issued is not None:
            state = program.text(word(DOCUMENT_STATES, offer.issued.state))
            yield f"  § {offer.issued.number} {program.text(offer.kind.label)} · {state}"
    for clock in view.clocks.clocks:
        yield f"  ⏲ {' · '.join(cells(program, clock)[1:])}"
    for period in view.follow_ups:
        yield f"  ⏱ {' · '.join(period_cells(program, period))}"
    for entry in view.timeline:
        detail = f" – {program.text(entry.detail)}" if entry.detail else ""
        at = entry.at.isoformat(sep=" ", timespec="minutes")
        yield f"  {at} {entry.full_name} {program.text(entry.label)}{detail}"


def period_cells(program: Program, period: FollowUpView) -> tuple[str, ...]:
    """A follow-up of a case for people: its number, name, days, state, what settled it."""
    left = "" if period.days_left is None else f" ({period.days_left})"
    last = period.steps[-1]
    by = period.settled_by or ("" if period.is_open else f"{last.full_name} {last.reason}".strip())
    cells = (
        str(period.id),
        program.text(period.label),
        f"{period.first_day} – {period.last_day}{left}",
        program.text(period.state),
    )
    return (*cells, by) if by else cells


def period_json(program: Program, period: FollowUpView) -> dict[str, Any]:
    """A follow-up of a case for programs."""
    return {
        "id": period.id,
        "follow_up": period.kind,
        "label": program.text(period.label),
        "citations": [{"regulation": c.regulation, "article": c.article} for c in period.citations],
        "first_day": period.first_day.isoformat(),
        "last_day": period.last_day.isoformat(),
        "days_left": period.days_left,
        "open": period.is_open,
        "state": program.text(period.state),
        "settled_by": period.settled_by,
        "steps": [
            {
                "at": step.at.isoformat(),
                "by": step.full_name,
                "label": program.text(step.label),
                "last_day": step.last_day.isoformat(),
                "reason": step.reason,
                "case": step.case_no,
            }
            for step in period.steps
        ],
    }


def view_json(program: Program, view: CaseView) -> dict[str, Any]:
    """One case for programs."""
    record = view.record
    return {
        "no": record.no,
        "version": record.version,
        "status": record.status,
        "stage": record.stage,
        "due_on": record.due_on and record.due_on.isoformat(),
        "days_left": view.days_left,
        "law": record.law,
        "case": view.case_file.as_json(),
        "report": view.report.as_json(program.language),
        "justifications": {
            rule: {"text": j.text, "by": j.by, "full_name": j.full_name, "at": j.at}
            for rule, j in view.justifications.items()
        },
        "actions": [
            {
                "id": a.id,
                "label": program.text(a.label),
                "enabled": a.enabled,
                "why_not": a.why_not and program.text(a.why_not),
            }
            for a in view.actions
        ],
        "changed": [{"field": c.field, "old": c.old, "new": c.new} for c in view.changed],
        "duplicates": list(view.duplicates),
        "clocks": [clock_json(program, clock) for clock in view.clocks.clocks],
        "follow_ups": [period_json(program, period) for period in view.follow_ups],
        **_papers_json(view),
        "timeline": [
            {
                "at": e.at.isoformat(),
                "actor": e.actor,
                "kind": e.kind,
                "label": program.text(e.label),
                "detail": e.detail and program.text(e.detail),
            }
            for e in view.timeline
        ],
    }


def _papers_json(view: CaseView) -> dict[str, Any]:
    """What is written down about a case: opinions, scans, documents."""
    return {
        "opinions": [
            {
                "stage": o.stage,
                "action": o.action,
                "label": word(ACTIONS, o.action).zh,
                "by": o.by,
                "full_name": o.full_name,
                "at": o.at.isoformat(),
                "reason": o.reason,
                "reasons": o.extra.get("reasons", {}),
            }
            for o in view.opinions
        ],
        "attachments": [scan_json(scan) for scan in view.attachments],
        "documents": [
            {
                "kind": d.kind.id,
                "next_step": d.next_step,
                "number": d.issued and d.issued.number,
                "state": d.issued and d.issued.state,
            }
            for d in view.documents
        ],
    }


def scan_json(scan: Attachment) -> dict[str, Any]:
    """A scan as JSON."""
    return {
        "id": scan.id,
        "no": scan.case_no,
        "material": scan.material,
        "file_name": scan.file_name,
        "media_type": scan.media_type,
        "size": scan.size,
        "pages": scan.pages,
        "original": scan.original,
        "digest": scan.digest,
        "added_by": scan.added_by,
        "added_at": scan.added_at.isoformat(),
        "removed_by": scan.removed_by,
        "removed_at": scan.removed_at and scan.removed_at.isoformat(),
        "came": scan.came,
        "taken_from": scan.taken_from,
        "reason": scan.reason,
    }
