"""What windows and commands show: values made for reading, never written back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from auditdesk.domain.case import CaseFile
    from auditdesk.domain.declaration import CaseType, Citation, DocumentKind, Route, Stage
    from auditdesk.domain.material import HandedIn
    from auditdesk.domain.regulation import Regulation
    from auditdesk.domain.report import CheckReport
    from auditdesk.operations.clock_views import ClocksView
    from auditdesk.operations.register_views import RegisterLinkView
    from auditdesk.store.follow_ups import FollowUpKey
    from auditdesk.store.records import (
        Attachment,
        CaseRecord,
        IssuedDocument,
        Opinion,
        PageKey,
    )
    from auditdesk.util.label import Label


@dataclass(frozen=True, slots=True)
class Action:
    """Something that may be done with a case; `why_not` says why it may not.

    Attributes:
        id: `save`, `justify`, `attach`, `advance`, `approve`, `return`, `refuse`, `withdraw`,
            `resume` (where the stage has one to go back to).
            A case at its decision stage offers `approve`, at every other one `advance`;
            both are done by `reviews.advance`.
    """

    id: str
    label: Label
    enabled: bool
    why_not: Label | None = None


@dataclass(frozen=True, slots=True)
class Justification:
    """Why a `justify` finding may stand, on whose word and when."""

    rule: str
    text: str
    by: str
    full_name: str
    at: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A value that differs from what it was when the last opinion was given."""

    field: str
    label: Label
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class DocumentOffer:
    """A kind of document and how far it is for this case.

    Attributes:
        issued: the document, once it has a number.
        next_step: `certify` (number, freeze and sign first), `countersign`, `fetch`
            (complete: the kept bytes can be had), or empty when nothing can be done now.
        why_not: why the signed-in person cannot take the next step.
        unstamped: signatures without the time stamp that they should have had, and why.
    """

    kind: DocumentKind
    issued: IssuedDocument | None
    next_step: str
    enabled: bool
    why_not: Label | None = None
    unstamped: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a case's history; `detail` is what was written or changed, if anything."""

    at: datetime
    actor: str
    full_name: str
    kind: str
    label: Label
    detail: Label | None = None


@dataclass(frozen=True, slots=True)
class FollowUpStep:
    """One line of what became of a follow-up.

    Attributes:
        case_no: the case whose writing brought it about; None: the person's own word.
    """

    at: datetime
    full_name: str
    label: Label
    last_day: date
    reason: str
    case_no: str | None


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """A period that followed from a case, with what became of it.

    Attributes:
        days_left: working days left (negative: overdue); None where it is over or more than
            a year away.
        is_overdue: open, and its last day is past.
        settled_by: the case that settled it by itself.
        can_be_taken_back: a person settled it.
        why_not_settle: why the signed-in person cannot settle it; None: they can.
        why_not_reopen: the same for taking that back.
    """

    id: int
    kind: str
    label: Label
    citations: tuple[Citation, ...]
    first_day: date
    last_day: date
    days_left: int | None
    is_open: bool
    is_overdue: bool
    state: Label
    settled_by: str | None
    can_be_taken_back: bool
    steps: tuple[FollowUpStep, ...]
    why_not_settle: Label | None
    why_not_reopen: Label | None


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One open follow-up in a list; `days_left` as in `FollowUpView`."""

    id: int
    case_no: str
    case_type: str
    case_type_label: Label
    title: str
    place: str
    kind: str
    label: Label
    first_day: date
    last_day: date
    days_left: int | None


@dataclass(frozen=True, slots=True)
class FollowUpList:
    """One page of follow-ups; `next_key` fetches the following one, None: that was the last."""

    rows: tuple[FollowUpRow, ...]
    next_key: FollowUpKey | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case, whole, as the signed-in person sees it.

    Attributes:
        case_type: the declaration under which the case was entered (its pinned law).
        case_file: the facts, as they would be exported.
        report: the judgement at the case's stage; of a case that is over, the one kept then.
        regulations: the regulations behind the case type, as pinned; for articles' gists.
        editable: fields that the signed-in person may change now (empty: none).
        editable_materials: the same for materials.
        noted: what somebody noted of the materials' paper, by material.
        handed_in: the same, and where nobody did, what the material's scans tell.
        changed: what changed since the last opinion, with the old values.
        duplicates: numbers of other cases about the same thing.
        register: the register's row that the case is about; None: the case type has none.
        follow_ups: periods that followed from the case.
        clocks: the legal periods of the case itself.
        days_left: working days left of the nearest period that lists sort by.
    """

    record: CaseRecord
    case_type: CaseType
    regulations: tuple[Regulation, ...]
    case_file: CaseFile
    route: Route
    stage: Stage
    report: CheckReport
    justifications: Mapping[str, Justification]
    actions: tuple[Action, ...]
    editable: frozenset[str]
    editable_materials: frozenset[str]
    noted: Mapping[str, HandedIn]
    handed_in: Mapping[str, HandedIn]
    changed: tuple[FieldChange, ...]
    opinions: tuple[Opinion, ...]
    attachments: tuple[Attachment, ...]
    documents: tuple[DocumentOffer, ...]
    timeline: tuple[TimelineEntry, ...]
    duplicates: tuple[str, ...]
    register: RegisterLinkView | None
    follow_ups: tuple[FollowUpView, ...]
    clocks: ClocksView
    days_left: int | None

    @property
    def no(self) -> str:
        """The case number."""
        return self.record.no

    def action(self, action_id: str) -> Action | None:
        """The action of that id, if the case has it at its stage."""
        return next((a for a in self.actions if a.id == action_id), None)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list.

    Attributes:
        days_left: working days left until `due_on` (negative: overdue), None without one.
        paused: there is no such day because its periods stand still.
    """

    no: str
    case_type: str
    case_type_label: Label
    title: str
    place: str
    stage: str
    stage_label: Label
    status: str
    status_label: Label
    verdict: str
    accepted_on: date
    due_on: date | None
    days_left: int | None
    created_by: str
    updated_at: datetime
    version: int
    paused: bool = False


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of a list; `next_key` fetches the following one, None: that was the last."""

    rows: tuple[CaseRow, ...]
    next_key: PageKey | None


@dataclass(frozen=True, slots=True)
class PersonView:
    """An account as the people's list shows it; `certificate_until` is its last day."""

    name: str
    full_name: str
    role: str
    role_label: Label
    active: bool
    certificate_until: date | None
