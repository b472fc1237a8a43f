"""The clocks of a case: when each ends, how many days are left, what holds it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypedDict

from auditdesk.domain.counting import workdays_held_up
from auditdesk.domain.legal_clock import COUNTED_BY_DAYS, Effect
from auditdesk.operations import clock_rights
from auditdesk.operations.clock_history import history
from auditdesk.operations.clock_views import ClocksView, ClockView, ExtensionView, PauseView
from auditdesk.operations.words import CLOCK_BINDS, CLOCK_STATES, CLOCK_UNITS, FOLLOW_UP_STATES
from auditdesk.regulations.clocks import clocks_of
from auditdesk.regulations.law_words import all_cited
from auditdesk.regulations.needs import own_route
from auditdesk.regulations.values import read_values
from auditdesk.util.clock import CHINA
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from auditdesk.domain.case import CaseFile
    from auditdesk.domain.declaration import CaseType, Route
    from auditdesk.domain.legal_clock import LegalClock
    from auditdesk.operations.clock_history import History, Pause
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.situation import Situation
    from auditdesk.regulations.clocks import Counted
    from auditdesk.regulations.law import Law
    from auditdesk.store.clocks import ClockEvent
    from auditdesk.store.follow_ups import FollowUpRecord
    from auditdesk.store.records import Opinion

# Further away than this nobody counts in working days.
_COUNTED_DAYS = 366
_ONE_DAY = timedelta(days=1)
_OVER = frozenset({"refused", "withdrawn"})
_HANDED_ON = frozenset({"advance", "approve"})


def declaring(desk: Desk, law: Law) -> CaseType:
    """The declaration whose clocks a case has.

    Cases entered before clocks were declared have those of the present pack; their figures and
    articles are those of their own law all the same.
    """
    present = desk.library.laws.get(law.case_type.id)
    own = law.case_type
    return own if own.clocks or present is None else present.case_type


class DueColumns(TypedDict):
    """By what lists sort a case: the nearest of its listed clocks, unless that stands still."""

    due_on: date | None
    paused: bool


NOT_DUE: DueColumns = {"due_on": None, "paused": False}


def due(
    desk: Desk,
    law: Law,
    case_file: CaseFile,
    opinions: Iterable[Opinion] = (),
    events: Sequence[ClockEvent] = (),
) -> DueColumns:
    """The day by which lists sort a case that is not over.

    Args:
        desk: who and where.
        law: that the case is judged by.
        case_file: its facts, at its stage.
        opinions: on the case, oldest first.
        events: its pauses and extensions.
    """
    counted = _listed(desk, law, case_file, opinions, events)
    if not counted:
        return NOT_DUE
    values = read_values(law.case_type.fields, case_file.data)
    route = own_route(law.case_type, values, case_file.stage)
    running = [c for c in counted if not _is_over(c, route, case_file.stage)]
    days = (c.last_day for c in running if c.last_day is not None)
    day = min(days, default=None)
    paused = day is None and any(c.count is not None for c in running)
    return {"due_on": day, "paused": paused}


def decided_due(  # noqa: PLR0913 – what the clocks go by, and when it was decided
    desk: Desk,
    law: Law,
    case_file: CaseFile,
    opinions: Iterable[Opinion],
    events: Sequence[ClockEvent],
    *,
    decided_on: date,
) -> date | None:
    """The day by which a case had to be decided, on the facts that it was decided on.

    While it stood still there was time: then it is the day of the decision itself.
    """
    counted = _listed(desk, law, case_file, opinions, events)
    begun = (c for c in counted if c.start is not None and (c.last_day or c.count))
    return min((c.last_day or decided_on for c in begun), default=None)


def _listed(
    desk: Desk,
    law: Law,
    case_file: CaseFile,
    opinions: Iterable[Opinion],
    events: Sequence[ClockEvent],
) -> tuple[Counted, ...]:
    declared = declaring(desk, law)
    listed = [clock for clock in declared.clocks if clock.listed]
    if not listed:
        return ()
    held_up = history(declared.pauses, opinions, events).held_up()
    return clocks_of(case_file, law, listed, desk.calendar, held_up)


def _is_over(counted: Counted, route: Route, stage: str) -> bool:
    return counted.done_on is not None or _left_behind(counted.clock, route, stage) is not None


def _left_behind(clock: LegalClock, route: Route, stage: str) -> str | None:
    """The stage whose end ends a clock, once the case has been handed on from it."""
    ends = [s for s in route.stages if s in clock.until]
    if not ends or route.stages.index(stage) <= route.stages.index(ends[-1]):
        return None
    return ends[-1]


def view_of(case: Situation) -> ClocksView:
    """Everything about the clocks of a case, as the person at the desk sees it."""
    desk, declared = case.desk, declaring(case.desk, case.law)
    events = desk.office.clocks.events(case.record.no)
    own = history(declared.pauses, case.opinions, events)
    counted = clocks_of(case.case_file, case.law, declared.clocks, desk.calendar, own.held_up())
    found = _Found(case, declared, own)
    grounds = tuple((g.id, g.label) for g in declared.pauses if not g.by)
    pauses = tuple(found.pause(pause) for pause in own.pauses)
    shown = tuple(view for c in counted if (view := found.clock(c, pauses)) is not None)
    running = any(view.clock.paused and view.ended_on is None for view in shown)
    why_not = clock_rights.why_not_pause(case, own.open_pause(), running=running)
    return ClocksView(shown, pauses, grounds, why_not)


@dataclass(frozen=True, slots=True)
class _Found:
    """One case with what held it up."""

    case: Situation
    declared: CaseType
    history: History

    @property
    def today(self) -> date:
        return self.case.desk.today()

    def pause(self, pause: Pause) -> PauseView:
        """A pause as it is shown."""
        ground = next((g for g in self.declared.pauses if g.id == pause.ground), None)
        in_force = self.case.law.on(self.case.record.accepted_on)
        citations = in_force.citations(ground.citations) if ground else ()
        until = self.today if pause.gap.again is None else pause.gap.again - _ONE_DAY
        calendar, gap = self.case.desk.calendar, pause.gap
        return PauseView(
            pause=pause,
            ground=ground.label if ground else Label(pause.ground, pause.ground),
            sources=all_cited(self.case.law, citations),
            workdays=workdays_held_up(calendar, (gap,), gap.first, until),
            why_not_end=clock_rights.why_not_end(self.case, pause),
            why_not_revoke=clock_rights.why_not_revoke(self.case, pause),
        )

    def clock(self, counted: Counted, pauses: tuple[PauseView, ...]) -> ClockView | None:
        """A clock as it is shown; one that cannot begin any more is not."""
        clock, row = counted.clock, self._followed(counted)
        if clock.follow_up and row is None:
            return None
        ended_on = self._ended_on(counted)
        state = self._state(counted, ended_on, row)
        if state == "not_begun" and self.case.final:
            return None
        return ClockView(
            clock=clock,
            number=counted.number,
            label=_numbered(clock.label, counted.number),
            sources=all_cited(self.case.law, counted.citations),
            binds=CLOCK_BINDS[clock.binds],
            start=counted.start,
            start_label=self._fact_label(clock.start),
            length=_length(counted),
            by_law=counted.by_law,
            last_day=counted.last_day,
            days_left=self._days_left(counted, state),
            state=state,
            state_label=self._state_label(clock, state, row),
            ended_on=ended_on,
            stretches=counted.count.stretches if counted.count else (),
            provisional=self._is_provisional(counted),
            pauses=tuple(p for p in pauses if _touches(p.pause, counted)),
            extension=self._extension(counted, ended_on),
            report_label=self._report_label(clock),
        )

    def _followed(self, counted: Counted) -> FollowUpRecord | None:
        """The follow-up that watches a clock, of the latest turn."""
        clock = counted.clock
        if not clock.follow_up:
            return None
        rows = self.case.desk.office.follow_ups.of_case(self.case.record.no)
        mine = [r for r in rows if (r.kind, r.number) == (clock.follow_up, counted.number)]
        return max(mine, key=lambda row: row.turn, default=None)

    def _ended_on(self, counted: Counted) -> date | None:
        """The day on which a clock ended: what it is about was done, or the case went on."""
        if counted.done_on is not None:
            return counted.done_on
        opinions, record = self.case.opinions, self.case.record
        stage = _left_behind(counted.clock, self.case.route, record.stage)
        for opinion in reversed(opinions):
            if opinion.stage == stage and opinion.action in _HANDED_ON:
                return opinion.at.astimezone(CHINA).date()
        if record.status in _OVER and not counted.clock.follow_up:
            return opinions[-1].at.astimezone(CHINA).date()
        return None

    def _state(self, counted: Counted, ended_on: date | None, row: FollowUpRecord | None) -> str:
        last, effect = counted.last_day, counted.clock.effect
        if counted.start is None:
            return "not_begun"
        if row is not None and row.state != "open":
            return "ended"
        if ended_on is not None:
            late = last is not None and ended_on > last
            known = effect is Effect.DEADLINE and self.case.record.status not in _OVER
            return ("late" if late else "in_time") if known else "ended"
        if effect is Effect.DEADLINE:
            return self._running(counted)
        if last is None:
            return "unknown"
        still = self.today < last if effect is Effect.EARLIEST else self.today <= last
        return "waiting" if still else "free"

    def _running(self, counted: Counted) -> str:
        last = counted.last_day
        if last is not None and self.today > last:
            return "overdue"
        held = counted.clock.paused and any(self._holds_now(p) for p in self.history.pauses)
        return "paused" if held else "running"

    def _holds_now(self, pause: Pause) -> bool:
        """Whether a pause goes on; where a case is, its way tells, not the computer's clock."""
        if pause.id is None:
            return pause.is_open
        return pause.revoked is None and pause.gap.holds(self.today)

    @staticmethod
    def _state_label(clock: LegalClock, state: str, row: FollowUpRecord | None) -> Label:
        if state == "ended" and row is not None:
            return FOLLOW_UP_STATES[row.state]
        return CLOCK_STATES.get(f"{clock.effect}.{state}") or CLOCK_STATES[state]

    def _days_left(self, counted: Counted, state: str) -> int | None:
        calendar, last = self.case.desk.calendar, counted.last_day
        if state not in {"running", "paused", "overdue", "waiting"}:
            return None
        if counted.count and (last is None or self.today <= last):
            return counted.count.left_after(self.today)
        if last is None or abs((last - self.today).days) > _COUNTED_DAYS:
            return None
        return calendar.left_until(self.today, last)

    def _is_provisional(self, counted: Counted) -> bool:
        return bool(counted.count and counted.count.is_provisional)

    def _extension(self, counted: Counted, ended_on: date | None) -> ExtensionView | None:
        longer = counted.clock.extension
        in_force = self.case.law.on(self.case.record.accepted_on)
        figure = in_force.parameters.get(longer.length) if longer else None
        if longer is None or figure is None:
            return None
        mine = [e for e in self.history.extensions if e.clock == counted.clock.id]
        now = next((e for e in mine if e.revoked is None), None)
        why_not = clock_rights.why_not_extend(
            self.case, counted.last_day, ended=ended_on is not None, extended=now is not None
        )
        words = _in_unit(counted.clock, int(figure))
        sources = all_cited(self.case.law, in_force.citations(longer.citations))
        return ExtensionView(
            now.id if now else None, now.deed if now else None, words, sources, why_not
        )

    def _fact_label(self, source: str) -> Label:
        kind, _, name = source.partition(".")
        if kind == "case":
            return Label("受理日期", "day of acceptance")
        things = self.declared.fields if kind == "data" else self.declared.computed
        return next((x.label for x in things if x.id == name), Label("起始日", "first day"))

    def _report_label(self, clock: LegalClock) -> Label | None:
        return next((c.label for c in self.declared.computed if c.id == clock.computed), None)


def _numbered(label: Label, number: int) -> Label:
    if not number:
        return label
    return Label(f"{label.zh}（第 {number} 期）", f"{label.en} (no. {number})")


def _length(counted: Counted) -> Label | None:
    return None if counted.length is None else _in_unit(counted.clock, counted.length)


def _in_unit(clock: LegalClock, figure: int) -> Label:
    unit = CLOCK_UNITS[clock.unit]
    return Label(unit.zh.format(n=figure), unit.en.format(n=figure))


def _touches(pause: Pause, counted: Counted) -> bool:
    """Whether a pause took days of a clock."""
    clock, gap = counted.clock, pause.gap
    if not clock.paused or pause.revoked is not None or counted.start is None:
        return False
    if clock.unit not in COUNTED_BY_DAYS or (gap.again is not None and gap.again <= gap.first):
        return False
    after_start = gap.again is None or gap.again > counted.start + _ONE_DAY
    return after_start and (counted.last_day is None or gap.first <= counted.last_day)
