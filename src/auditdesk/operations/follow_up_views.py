"""Follow-ups as the person at the desk sees them: names, days left, what may be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.operations import rights
from auditdesk.operations.views import FollowUpStep, FollowUpView
from auditdesk.operations.words import FOLLOW_UP_DEEDS, FOLLOW_UP_STATES
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from datetime import date

    from auditdesk.domain.declaration import CaseType, Citation
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.situation import Situation
    from auditdesk.store.follow_ups import FollowUpEvent, FollowUpRecord

# Further away than this nobody counts in working days.
_COUNTED_DAYS = 366
_MAY = ("clerk", "supervisor")


def label_of(case_type: CaseType | None, row: FollowUpRecord) -> Label:
    """What a follow-up is called; its id where the pack does not have it."""
    declared = case_type.follow_ups if case_type else ()
    found = next((f.label for f in declared if f.id == row.kind), Label(row.kind, row.kind))
    if not row.number:
        return found
    return Label(f"{found.zh}（第 {row.number} 期）", f"{found.en} (no. {row.number})")


def days_left(desk: Desk, row: FollowUpRecord, day: date) -> int | None:
    """Working days left; None where it is over, or more than a year away."""
    if row.state != "open" or abs((row.last_day - day).days) > _COUNTED_DAYS:
        return None
    return desk.calendar.left_until(day, row.last_day)


def of_case(case: Situation) -> tuple[FollowUpView, ...]:
    """Everything that followed from a case, with what became of it."""
    desk, no = case.desk, case.record.no
    rows = desk.office.follow_ups.of_case(no)
    events = desk.office.follow_ups.events(no) if rows else ()
    return tuple(_view(case, row, [e for e in events if e.follow_up == row.id]) for row in rows)


def _citations(case: Situation, declared: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """What a period rests on, as it stood on the day of acceptance."""
    return case.law.on(case.record.accepted_on).citations(declared)


def _view(case: Situation, row: FollowUpRecord, events: list[FollowUpEvent]) -> FollowUpView:
    declared = next((f for f in case.case_type.follow_ups if f.id == row.kind), None)
    state = "shown" if row.state == "open" and row.first_day <= case.desk.today() else row.state
    return FollowUpView(
        id=row.id,
        kind=row.kind,
        label=label_of(case.case_type, row),
        citations=_citations(case, declared.citations) if declared else (),
        first_day=row.first_day,
        last_day=row.last_day,
        days_left=days_left(case.desk, row, case.desk.today()),
        is_open=row.state == "open",
        is_overdue=row.state == "open" and row.last_day < case.desk.today(),
        state=FOLLOW_UP_STATES[state],
        settled_by=row.settled_by,
        can_be_taken_back=row.state == "settled" and row.settled_by is None,
        steps=tuple(
            FollowUpStep(
                e.at, e.full_name, FOLLOW_UP_DEEDS[e.deed], e.last_day, e.reason, e.case_no
            )
            for e in events
        ),
        why_not_settle=why_not_settle(case.desk, row),
        why_not_reopen=why_not_reopen(case.desk, row),
    )


def why_not_settle(desk: Desk, row: FollowUpRecord) -> Label | None:
    """Why the person at the desk cannot settle a follow-up; None: they can."""
    if row.state != "open":
        word = FOLLOW_UP_STATES[row.state]
        return Label(
            f"该期限{word.zh}，不必再了结。", f"It is {word.en}; there is nothing to settle."
        )
    return _why_not_person(desk)


def why_not_reopen(desk: Desk, row: FollowUpRecord) -> Label | None:
    """Why the person at the desk cannot open it again; None: they can."""
    if row.state != "settled":
        word = FOLLOW_UP_STATES[row.state]
        return Label(f"该期限{word.zh}，没有了结可以收回。", f"It is {word.en}, not settled.")
    if row.settled_by is not None:
        return Label(
            f"该期限由案件 {row.settled_by} 了结；那件案件的内容改正后会自动恢复。",
            f"Case {row.settled_by} settled it; it opens again by itself once that case's facts "
            "no longer say so.",
        )
    return _why_not_person(desk)


def _why_not_person(desk: Desk) -> Label | None:
    return rights.READ_ONLY if desk.read_only else rights.why_not_role(desk, *_MAY)
