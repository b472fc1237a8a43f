"""Who may hold up, restart or extend a case's clocks, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.operations import rights
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from datetime import date

    from auditdesk.operations.clock_history import Pause
    from auditdesk.operations.situation import Situation

_MAY = ("clerk", "supervisor")
_MAY_EXTEND = ("supervisor",)


def _why_not_person(case: Situation, *roles: str) -> Label | None:
    if case.desk.read_only:
        return rights.READ_ONLY
    if case.final:
        return Label(
            "案件已办结，期限不再变动。", "The case is over; its periods stay as they are."
        )
    return rights.why_not_role(case.desk, *roles)


def why_not_pause(case: Situation, now: Pause | None, *, running: bool) -> Label | None:
    """Why the person at the desk cannot pause the clocks; None: they can.

    Args:
        case: the case.
        now: the pause that goes on already.
        running: a clock that can be paused has not ended.
    """
    if now is not None:
        if now.id is None:
            return Label(
                "案件在申请人处补正，期限已经中止。",
                "The case is with the applicant; its periods stand still already.",
            )
        return Label("期限已经中止，请先恢复。", "The periods are paused already; end that first.")
    if not running:
        return Label(
            "本案没有正在计算、可以中止的期限。", "No period is running that could be paused."
        )
    return _why_not_person(case, *_MAY)


def why_not_end(case: Situation, pause: Pause) -> Label | None:
    """Why the person at the desk cannot end a pause; None: they can."""
    if not pause.is_open:
        return Label("这次中止已经结束。", "The pause has ended already.")
    if pause.id is None:
        return Label(
            "案件再次受理（提交下一环节）后自动恢复计算。",
            "The periods count again by themselves once the case is taken in again.",
        )
    return _why_not_person(case, *_MAY)


def why_not_revoke(case: Situation, pause: Pause) -> Label | None:
    """Why the person at the desk cannot take a pause back; None: they can."""
    if pause.id is None:
        return Label(
            "退回补正的中止随案件的办理产生，不能撤回。",
            "This pause follows from the case's way and cannot be taken back.",
        )
    if pause.revoked is not None:
        return Label("这次中止已经撤回。", "The pause was taken back already.")
    return _why_not_person(case, *_MAY)


def why_not_extend(
    case: Situation, last_day: date | None, *, ended: bool, extended: bool
) -> Label | None:
    """Why the person at the desk cannot extend a clock, or take that back; None: they can."""
    over = last_day is not None and case.desk.today() > last_day
    if ended or (over and not extended):
        return Label(
            "期限已经结束或届满，不能再延长。",
            "The period is over; it cannot be extended any more.",
        )
    return _why_not_person(case, *_MAY_EXTEND)
