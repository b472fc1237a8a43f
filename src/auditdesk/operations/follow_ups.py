"""The periods that follow from cases: what is due, and a person's word that one is settled."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from auditdesk.operations import follow_up_views as shown
from auditdesk.operations import following, laws, viewing
from auditdesk.operations.changes import Changes
from auditdesk.operations.views import FollowUpList, FollowUpRow
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from auditdesk.operations.desk import Desk
    from auditdesk.operations.views import CaseView
    from auditdesk.store.follow_ups import FollowUpGroup, FollowUpKey, FollowUpRecord

GROUPS: tuple[FollowUpGroup, ...] = ("overdue", "due", "coming")
WITHIN_DAYS = 90


def page(  # noqa: PLR0913 – a list and how far it looks
    desk: Desk,
    group: FollowUpGroup,
    *,
    day: date | None = None,
    within: int = WITHIN_DAYS,
    after: FollowUpKey | None = None,
    limit: int = 50,
) -> FollowUpList:
    """Open follow-ups of the office, the most urgent first.

    Args:
        desk: who and where.
        group: `overdue`, `due` (shown by now) or `coming` (shown within so many days).
        day: the day to ask for; None: today.
        within: days that `coming` looks ahead.
        after: `next_key` of the page before.
        limit: lines a page.
    """
    day = day or desk.today()
    until = _until(day, within)
    found = desk.office.follow_ups.page(group, day, until, after=after, limit=limit)
    return FollowUpList(tuple(_row(desk, row, day) for row in found.rows), found.next_key)


def counts(
    desk: Desk, *, day: date | None = None, within: int = WITHIN_DAYS
) -> Mapping[FollowUpGroup, int]:
    """How many open follow-ups each group has; see `page`."""
    day = day or desk.today()
    until = _until(day, within)
    return {group: desk.office.follow_ups.count(group, day, until) for group in GROUPS}


def _until(day: date, within: int) -> date:
    try:
        return day + timedelta(days=within)
    except OverflowError:
        raise UnusableInputError(
            f"{within} 天以后已超出历法，请改小天数。",
            f"No calendar goes {within} days ahead; give fewer days.",
        ) from None


def _row(desk: Desk, row: FollowUpRecord, day: date) -> FollowUpRow:
    law = desk.library.laws.get(row.case_type)
    return FollowUpRow(
        id=row.id,
        case_no=row.case_no,
        case_type=row.case_type,
        case_type_label=viewing.case_type_label(desk, row.case_type),
        title=row.title,
        place=row.place,
        kind=row.kind,
        label=shown.label_of(law.case_type if law else None, row),
        first_day=row.first_day,
        last_day=row.last_day,
        days_left=shown.days_left(desk, row, day),
    )


def settle(desk: Desk, follow_up_id: int, reason: str) -> tuple[CaseView, Changes]:
    """Write down on a person's word that a follow-up is settled.

    Raises:
        UnusableInputError: no reason was given.
        RefusedError: no such follow-up, it is not open, or the person may not.
    """
    row = desk.office.follow_ups.get(follow_up_id)
    _require(shown.why_not_settle(desk, row))
    text = _reason(reason)
    with desk.office.write("followup.settle", row.case_no, _about(row)) as writer:
        writer.step_follow_up(row.id, "settled", reason=text)
    return _done(desk, row, Label("已了结", "settled"), frozenset())


def reopen(desk: Desk, follow_up_id: int, reason: str) -> tuple[CaseView, Changes]:
    """Take a person's word back: the follow-up is open again, with the days of today's facts.

    Raises:
        UnusableInputError: no reason was given.
        RefusedError: no such follow-up, no person settled it, or the person may not.
    """
    row = desk.office.follow_ups.get(follow_up_id)
    _require(shown.why_not_reopen(desk, row))
    text = _reason(reason)
    record = desk.office.cases.get(row.case_no)
    law = laws.pinned(desk, record)
    with desk.office.write("followup.reopen", row.case_no, _about(row)) as writer:
        writer.step_follow_up(row.id, "reopened", reason=text)
        others = following.follow(desk, writer, law, record)
    return _done(desk, row, Label("已恢复", "open again"), others)


def _done(
    desk: Desk, row: FollowUpRecord, word: Label, others: frozenset[str]
) -> tuple[CaseView, Changes]:
    view = viewing.view(desk, row.case_no)
    label = shown.label_of(view.case_type, row)
    summary = Label(
        f"案件 {row.case_no} 的“{label.zh}”{word.zh}",
        f"{label.en} of case {row.case_no}: {word.en}",
    )
    return view, Changes(summary, others | {row.case_no})


def _about(row: FollowUpRecord) -> dict[str, object]:
    return {"follow_up": row.id, "kind": row.kind}


def _reason(text: str) -> str:
    if not text.strip():
        raise UnusableInputError(
            "请写明理由：办了什么，依据哪份材料。",
            "Give a reason: what was done, and which paper shows it.",
        )
    return text.strip()


def _require(why_not: Label | None) -> None:
    if why_not is not None:
        raise RefusedError(why_not.zh, why_not.en)
