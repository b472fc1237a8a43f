"""Everything about one case that decides what may be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from auditdesk.domain.declaration import StageKind
from auditdesk.operations import bodies, columns, handed_in, kept, laws
from auditdesk.regulations.needs import own_route
from auditdesk.regulations.values import read_values
from auditdesk.util.faults import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auditdesk.domain.case import CaseFile
    from auditdesk.domain.declaration import CaseType, Route, Stage
    from auditdesk.domain.material import HandedIn
    from auditdesk.domain.report import CheckReport
    from auditdesk.operations.bodies import Body
    from auditdesk.operations.desk import Desk
    from auditdesk.regulations.law import Law
    from auditdesk.regulations.values import Values
    from auditdesk.store.records import CaseRecord, JournalEntry, Opinion

FINAL = frozenset({"refused", "withdrawn", "closed"})
# Whoever did one of these entered or edited the case. A justification is none: the person who
# decides may write down why a finding can stand.
AUTHORING = frozenset(
    {
        *("case.import", "case.save"),
        *("material.attach", "material.remove", "material.move", "material.reuse"),
    }
)
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Situation:
    """One case with its law, its facts, what was decided so far, and by whom.

    Attributes:
        judge: gives `report`, and works it out once; papers of what was decided need none.
        entries: the journal's entries about the case, oldest first.
    """

    desk: Desk
    record: CaseRecord
    law: Law
    body: Body
    case_file: CaseFile
    values: Values
    route: Route
    judge: Callable[[], CheckReport]
    opinions: tuple[Opinion, ...]
    entries: tuple[JournalEntry, ...]

    @property
    def report(self) -> CheckReport:
        """The judgement at the case's stage; of a case that is over, the one kept then."""
        return self.judge()

    @property
    def case_type(self) -> CaseType:
        """The declaration under which the case was entered."""
        return self.law.case_type

    @property
    def stage(self) -> Stage:
        """The case's stage."""
        return self.case_type.stage(self.record.stage)

    @property
    def final(self) -> bool:
        """Whether the case is over."""
        return self.record.status in FINAL

    @property
    def past_decision(self) -> bool:
        """Whether the case was approved."""
        return columns.is_past_decision(self.case_type, self.route, self.record.stage)

    def handed_in(self) -> Mapping[str, HandedIn]:
        """What was handed in of each material: as noted, else as its scans tell."""
        scans = self.desk.office.attachments.of_case(self.record.no)
        return handed_in.shown(self.body.handed_in, scans)

    def authors(self) -> frozenset[str]:
        """Who entered or edited the case, by the journal."""
        return frozenset(e.actor for e in self.entries if e.kind in AUTHORING)

    def reviewers(self) -> frozenset[str]:
        """Who handed the case on at a review stage."""
        reviews = {s.id for s in self.case_type.stages if s.kind is StageKind.REVIEW}
        return frozenset(
            o.by for o in self.opinions if o.action == "advance" and o.stage in reviews
        )

    def last_opinion(self, *actions: str) -> Opinion | None:
        """The latest opinion with one of these actions."""
        return next((o for o in reversed(self.opinions) if o.action in actions), None)

    def next_stage(self) -> Stage:
        """The stage after the present one on the case's own route."""
        index = self.route.stages.index(self.record.stage)
        return self.case_type.stage(self.route.stages[index + 1])

    def judged_at(self, stage: str) -> CheckReport:
        """The judgement of the same facts at another stage."""
        case_file = bodies.case_file_of(self.record, self.body, stage)
        return laws.judged(self.desk, self.law, case_file)


def situation(desk: Desk, no: str) -> Situation:
    """Read one case with everything that decides about it.

    Raises:
        RefusedError: the office has no such case.
        OfficeFaultError: its law cannot be loaded.
    """
    record = desk.office.cases.get(no)
    law = laws.pinned(desk, record)
    body = bodies.body_of(record)
    case_file = bodies.case_file_of(record, body)
    values = read_values(law.case_type.fields, case_file.data)
    opinions = desk.office.cases.opinions(no)
    return Situation(
        desk=desk,
        record=record,
        law=law,
        body=body,
        case_file=case_file,
        values=values,
        route=own_route(law.case_type, values, record.stage),
        judge=cache(partial(_report, desk, record, law, case_file, opinions)),
        opinions=opinions,
        entries=entries_of(desk, no),
    )


def _report(
    desk: Desk,
    record: CaseRecord,
    law: Law,
    case_file: CaseFile,
    opinions: tuple[Opinion, ...],
) -> CheckReport:
    if record.status not in FINAL:
        return laws.judged(desk, law, case_file)
    return kept.read_report(record.report, opinions[-1].extra.get("english"))


def entries_of(desk: Desk, no: str) -> tuple[JournalEntry, ...]:
    """All entries of the journal about one case, oldest first."""
    found: list[JournalEntry] = []
    before: int | None = None
    while page := desk.office.journal.page(before, _PAGE, no):
        found += page
        before = page[-1].seq
        if len(page) < _PAGE:
            break
    return tuple(reversed(found))


def check_version(record: CaseRecord, version: int) -> None:
    """Refuse to decide on a case that somebody changed since it was shown.

    Raises:
        RefusedError: the version moved.
    """
    if record.version != version:
        raise RefusedError(
            f"案件 {record.no} 在您打开之后已被修改，请重新打开后再办理。",
            f"Case {record.no} was changed since you opened it; open it again first.",
        )
