"""Holding up a case's clocks by hand: pausing, counting again, extending, taking back.

Each is one line of the record that stays; what was recorded wrongly is taken back with a reason.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from auditdesk.operations import clocks, viewing
from auditdesk.operations.changes import Changes
from auditdesk.operations.situation import situation
from auditdesk.store.clocks import NewClockEvent
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from datetime import date

    from auditdesk.operations.clock_views import ClocksView, ClockView
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.situation import Situation
    from auditdesk.operations.views import CaseView
    from auditdesk.store.writer import Writer

_ONE_DAY = timedelta(days=1)
_LONGEST = timedelta(days=3660)


def pause(  # noqa: PLR0913 – what a pause is
    desk: Desk,
    no: str,
    ground: str,
    reason: str,
    *,
    first: date | None = None,
    last: date | None = None,
) -> tuple[CaseView, Changes]:
    """Let the office's periods stand still, on one of the grounds that the case type knows.

    Args:
        desk: who and where.
        no: the case number.
        ground: id of the ground.
        reason: in the person's own words.
        first: the first day that does not count; None: today.
        last: the last day that does not count; None: nobody knows yet.

    Raises:
        UnusableInputError: no reason, no such ground, or days on which no period is running.
        RefusedError: not this person, not now.
    """
    case = situation(desk, no)
    shown = clocks.view_of(case)
    _require(shown.why_not_pause)
    text, day = _reason(reason), first or desk.today()
    _check_ground(shown, ground)
    _check_first(shown, day)
    with desk.office.write("clock.pause", no, {"ground": ground}) as writer:
        begun = writer.add_clock_event(no, NewClockEvent("paused", day, text, subject=ground))
        if last is not None:
            again = _again(day, last)
            writer.add_clock_event(no, NewClockEvent("resumed", again, text, begun))
        _keep_due(case, writer)
    return _done(desk, no, Label("期限已中止", "periods paused"))


def end(
    desk: Desk, no: str, pause_id: int, reason: str, *, last: date | None = None
) -> tuple[CaseView, Changes]:
    """Let the office's periods count again after a pause.

    Args:
        desk: who and where.
        no: the case number.
        pause_id: number of the pause.
        reason: in the person's own words.
        last: the last day that does not count; None: today.

    Raises:
        UnusableInputError: no reason, no such pause, or a day before its first.
        RefusedError: not this person, not now.
    """
    case = situation(desk, no)
    found = {p.pause.id: p for p in clocks.view_of(case).pauses if p.pause.id is not None}
    if pause_id not in found:
        raise _no_such(pause_id)
    _require(found[pause_id].why_not_end)
    text = _reason(reason)
    again = _again(found[pause_id].pause.gap.first, last or desk.today())
    with desk.office.write("clock.resume", no, {}) as writer:
        writer.add_clock_event(no, NewClockEvent("resumed", again, text, pause_id))
        _keep_due(case, writer)
    return _done(desk, no, Label("期限已恢复计算", "periods count again"))


def extend(desk: Desk, no: str, clock_id: str, reason: str) -> tuple[CaseView, Changes]:
    """Extend a period once by what law allows; a supervisor's decision.

    Raises:
        UnusableInputError: no reason, or the case has no such period that could be extended.
        RefusedError: not this person, not now, or it was extended before.
    """
    case = situation(desk, no)
    clock = clocks.view_of(case).clock(clock_id)
    if clock is None or clock.extension is None:
        raise UnusableInputError(
            f"本案没有可以延长的期限 {clock_id!r}。",
            f"The case has no period {clock_id!r} that could be extended.",
        )
    if clock.extension.id is not None:
        raise RefusedError("这个期限已经延长过。", "The period was extended already.")
    _require(clock.extension.why_not)
    text = _reason(reason)
    with desk.office.write("clock.extend", no, {"clock": clock_id}) as writer:
        extended = NewClockEvent("extended", desk.today(), text, subject=clock_id)
        writer.add_clock_event(no, extended)
        _keep_due(case, writer)
    return _done(desk, no, Label("期限已延长", "period extended"))


def revoke(desk: Desk, no: str, event_id: int, reason: str) -> tuple[CaseView, Changes]:
    """Take back a pause or an extension that was recorded wrongly; both lines stay.

    Raises:
        UnusableInputError: no reason, or no such pause or extension.
        RefusedError: not this person, not now, or it was taken back before.
    """
    case = situation(desk, no)
    shown = clocks.view_of(case)
    refusals = {p.pause.id: p.why_not_revoke for p in shown.pauses if p.pause.id is not None}
    refusals |= {
        c.extension.id: c.extension.why_not
        for c in shown.clocks
        if c.extension and c.extension.id is not None
    }
    if event_id not in refusals:
        raise _no_such(event_id)
    _require(refusals[event_id])
    text = _reason(reason)
    with desk.office.write("clock.revoke", no, {}) as writer:
        taken_back = NewClockEvent("revoked", desk.today(), text, event_id)
        writer.add_clock_event(no, taken_back)
        _keep_due(case, writer)
    return _done(desk, no, Label("已撤回", "taken back"))


def _keep_due(case: Situation, writer: Writer) -> None:
    """Let lists sort the case by where its clocks end now."""
    desk, record = case.desk, case.record
    events = desk.office.clocks.events(record.no)
    due = clocks.due(desk, case.law, case.case_file, case.opinions, events)
    writer.save_case(record.no, record.version, **due)


def _check_ground(shown: ClocksView, ground: str) -> None:
    known = dict(shown.grounds)
    if ground not in known:
        zh = "、".join(f"{name}（{label.zh}）" for name, label in known.items())
        en = ", ".join(f"{name} ({label.en})" for name, label in known.items())
        raise UnusableInputError(
            f"没有中止事由 {ground!r}；可用：{zh}",
            f"There is no ground {ground!r}; there are: {en}",
        )


def _check_first(shown: ClocksView, first: date) -> None:
    """A pause begins while a period is running: what is over cannot stand still any more."""
    running = [c for c in shown.clocks if c.clock.paused and c.ended_on is None]
    if not any(_runs_on(clock, first) for clock in running):
        spans_zh = "；".join(f"{c.label.zh} {c.start} 至 {c.last_day}" for c in running)
        spans_en = "; ".join(f"{c.label.en} {c.start} to {c.last_day}" for c in running)
        raise UnusableInputError(
            f"{first} 没有正在计算的期限（{spans_zh}），不能从这一天起中止。",
            f"No period is running on {first} ({spans_en}); a pause cannot begin then.",
        )


def _runs_on(clock: ClockView, day: date) -> bool:
    if clock.start is None or day < clock.start:
        return False
    return clock.last_day is None or day <= clock.last_day


def _again(first: date, last: date) -> date:
    """The first day that counts again; refuses a pause that ends before it begins."""
    if last < first:
        raise UnusableInputError(
            f"中止的最后一天 {last} 早于第一天 {first}；没有发生的中止请撤回，"
            "电脑时钟有误请先改正。",
            f"The pause's last day {last} lies before its first, {first}; take a pause back that "
            "did not take place, and correct the computer's clock if it is wrong.",
        )
    if last - first > _LONGEST:
        raise UnusableInputError(
            f"中止到 {last} 超过十年，请核对日期。",
            f"A pause until {last} is longer than ten years; check the date.",
        )
    return last + _ONE_DAY


def _reason(text: str) -> str:
    if not text.strip():
        raise UnusableInputError(
            "请写明理由：因何事，依据哪份文书。", "Give a reason: what for, and by which paper."
        )
    return text.strip()


def _require(why_not: Label | None) -> None:
    if why_not is not None:
        raise RefusedError(why_not.zh, why_not.en)


def _no_such(event_id: int) -> UnusableInputError:
    return UnusableInputError(
        f"本案没有编号为 {event_id} 的中止或延长。请用“期限”列表核对编号。",
        f"The case has no pause or extension {event_id}. Check the number in the list of clocks.",
    )


def _done(desk: Desk, no: str, word: Label) -> tuple[CaseView, Changes]:
    summary = Label(f"案件 {no} 的{word.zh}", f"Case {no}: {word.en}")
    return viewing.view(desk, no), Changes(summary, frozenset({no}))
