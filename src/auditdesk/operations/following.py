"""Keeping the periods right that follow from cases, in the transaction that writes the case.

A case's own periods are worked out anew at each of its writings: they begin, move, end. The
same writing may settle a period of an earlier case about the same matter, or, where the facts
no longer say so, leave it open again. What a person has settled stays settled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditdesk.operations import bodies, laws
from auditdesk.operations.columns import matter_key
from auditdesk.regulations.followups import running, settles
from auditdesk.regulations.needs import own_route
from auditdesk.regulations.values import read_values
from auditdesk.store.follow_ups import NewFollowUp
from auditdesk.util.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.domain.case import CaseFile
    from auditdesk.domain.declaration import Route
    from auditdesk.domain.follow_up import FollowUp
    from auditdesk.operations.desk import Desk
    from auditdesk.regulations.followups import Running
    from auditdesk.regulations.law import Law
    from auditdesk.regulations.values import Values
    from auditdesk.store.follow_ups import FollowUpRecord
    from auditdesk.store.records import CaseRecord
    from auditdesk.store.writer import Writer

    Name = tuple[str, int, int]

RESUME = "resume"
_ALIVE = frozenset({"open", "closed"})


@dataclass(frozen=True, slots=True)
class _Case:
    """A case as its writing left it."""

    record: CaseRecord
    law: Law
    case_file: CaseFile
    values: Values
    route: Route

    @property
    def no(self) -> str:
        return self.record.no

    def reached(self) -> frozenset[str]:
        """The stages that it has reached; none once it is withdrawn, refused or returned."""
        if self.record.status not in _ALIVE:
            return frozenset()
        stages = self.route.stages
        return frozenset(stages[: stages.index(self.record.stage) + 1])


def follow(
    desk: Desk, writer: Writer, law: Law, record: CaseRecord, reason: str = ""
) -> frozenset[str]:
    """Keep all periods right after a case was written.

    Args:
        desk: who and where.
        writer: of the open transaction, in which the case has been written.
        law: that the case is judged by.
        record: the case as it is now.
        reason: of the decision, for the record of what it settles.

    Returns:
        The numbers of other cases whose follow-ups changed.
    """
    case, keeper = _read(law, record), _Keeper(desk, writer)
    keeper.keep_own(case, reason)
    touched = desk.office.follow_ups.touched_by(case.no)
    return frozenset(row.case_no for row in touched if keeper.tell(row, case))


def _read(law: Law, record: CaseRecord) -> _Case:
    case_file = bodies.case_file_of(record, bodies.body_of(record))
    values = read_values(law.case_type.fields, case_file.data)
    route = own_route(law.case_type, values, record.stage)
    return _Case(record, law, case_file, values, route)


def _load(desk: Desk, no: str) -> _Case | None:
    """Another case; None where this version of the program cannot read it by its law.

    Writing one case never fails for what is wrong with another.
    """
    record = desk.office.cases.get(no)
    try:
        return _read(laws.pinned(desk, record), record)
    except Fault:
        return None


def _wanted(desk: Desk, case: _Case) -> Mapping[Name, Running]:
    """The periods that run from the case, by kind, turn and number."""
    if not case.law.case_type.follow_ups or not case.reached():
        return {}
    runs = running(case.case_file, case.law, desk.calendar)
    return {(r.follow_up.id, _turn(desk, case, r.follow_up), r.number): r for r in runs}


def _turn(desk: Desk, case: _Case, follow_up: FollowUp) -> int:
    """How many times the case has gone back over the stage with which the period begins."""
    case_type, stages = case.law.case_type, case.route.stages
    if not any(stage.back_to for stage in case_type.stages):
        return 0
    begins = stages.index(follow_up.stage)
    went_back = (
        case_type.stage(opinion.stage).back_to
        for opinion in desk.office.cases.opinions(case.no)
        if opinion.action == RESUME
    )
    return sum(stage in stages[:begins] for stage in went_back)


def _keys(case: _Case, follow_up: FollowUp) -> tuple[str, ...]:
    keys = (
        matter_key(settler.case_type, settler.key, case.case_file.data.get(settler.own))
        for settler in follow_up.settled_by
    )
    return tuple(key for key in keys if key is not None)


def _is_settled(row: FollowUpRecord, owner: _Case, later: _Case) -> bool:
    reached = later.reached()
    return any(
        settler.case_type == later.record.case_type
        and settles(settler, owner.values, row.last_day, later.values, reached)
        for settler in owner.law.case_type.follow_up(row.kind).settled_by
    )


@dataclass(frozen=True, slots=True)
class _Keeper:
    """Keeps periods right within one transaction."""

    desk: Desk
    writer: Writer

    def keep_own(self, case: _Case, reason: str) -> None:
        """The periods of the case that was written."""
        follow_ups = self.desk.office.follow_ups
        kept = {(r.kind, r.turn, r.number): r for r in follow_ups.of_case(case.no)}
        wanted = _wanted(self.desk, case)
        for name, run in wanted.items():
            if name in kept:
                self._go_on(case, run, kept[name])
            else:
                days, keys = (run.first_day, run.last_day), _keys(case, run.follow_up)
                self.writer.open_follow_up(case.no, NewFollowUp(*name, *days, keys))
        for row in follow_ups.of_case(case.no):
            if row.state == "open":
                self._end(case, row, reason, runs=(row.kind, row.turn, row.number) in wanted)

    def _go_on(self, case: _Case, run: Running, row: FollowUpRecord) -> None:
        """Let a period that still runs move or come back; a settled one stays."""
        if row.state == "settled":
            if row.settled_by not in (None, case.no):
                self._check_again(row, case, case.no)
            return
        days = (run.first_day, run.last_day)
        if row.state == "dropped":
            self.writer.step_follow_up(row.id, "reopened", case_no=case.no, days=days)
        elif (row.first_day, row.last_day) != days:
            self.writer.step_follow_up(row.id, "moved", case_no=case.no, days=days)
        self.writer.put_follow_up_keys(row.id, _keys(case, run.follow_up))

    def _end(self, case: _Case, row: FollowUpRecord, reason: str, *, runs: bool) -> None:
        """Settle what the case itself or a later one ends; drop what no longer runs."""
        ends = case.law.case_type.follow_up(row.kind).ends
        if case.reached() and case.record.stage in ends:
            self.writer.step_follow_up(row.id, "settled", reason=reason, case_no=case.no)
        elif not runs:
            self.writer.step_follow_up(row.id, "dropped", reason=reason, case_no=case.no)
        else:
            self._settle_by_any(row, case)

    def tell(self, row: FollowUpRecord, later: _Case) -> bool:
        """Tell another case's follow-up of a case just written; whether that changed its state."""
        owner = _load(self.desk, row.case_no)
        if owner is None:
            return False
        if row.state == "settled":
            return self._check_again(row, owner, later.no)
        if not _is_settled(row, owner, later):
            return False
        self.writer.step_follow_up(row.id, "settled", case_no=later.no)
        return True

    def _check_again(self, row: FollowUpRecord, owner: _Case, written: str) -> bool:
        """Open a period again if the case that settled it no longer does; whether that was so."""
        later = _load(self.desk, row.settled_by) if row.settled_by else None
        if later is None or _is_settled(row, owner, later):
            return False
        self.writer.step_follow_up(row.id, "reopened", case_no=written)
        self._settle_by_any(row, owner)
        return True

    def _settle_by_any(self, row: FollowUpRecord, owner: _Case) -> None:
        for no in self.desk.office.follow_ups.may_be_settled_by(row.id):
            later = _load(self.desk, no)
            if later is not None and _is_settled(row, owner, later):
                self.writer.step_follow_up(row.id, "settled", case_no=no)
                return
