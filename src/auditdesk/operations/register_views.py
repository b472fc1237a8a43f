"""What windows and commands show of a register: values made for reading, never written back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from auditdesk.domain.report import Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from auditdesk.domain.declaration import CaseType
    from auditdesk.domain.register import Register
    from auditdesk.domain.regulation import Regulation
    from auditdesk.domain.report import CheckReport
    from auditdesk.operations.views import FieldChange
    from auditdesk.util.label import Label

LineState = Literal["new", "changed", "same", "refused"]


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One row of a register as it stood on a day.

    Attributes:
        district: the district's code, or empty.
        data: typed values (Decimal, date, bool, int, text); empty and wrong ones are left out.
        raw: what was entered, as JSON; wrong values too.
        computed: the computed values, as a check report has them.
        report: the row judged for the day.
        views: ids of the views that it belongs to on the day.
        version: of the row now; `save` asks for it.
    """

    register: str
    code: str
    title: str
    place: str
    district: str
    data: Mapping[str, Any]
    raw: Mapping[str, Any]
    computed: Mapping[str, str | int | None]
    report: CheckReport
    views: frozenset[str]
    version: int
    updated_at: datetime

    def value(self, source: str) -> Any:
        """What a column (`data.x`, `computed.x`) shows of the row; None where it is empty."""
        kind, _, name = source.partition(".")
        return (self.data if kind == "data" else self.computed).get(name)

    @property
    def noted(self) -> bool:
        """Whether nothing is wrong with the row, but something is to be noted (it is overdue)."""
        return self.report.verdict is Verdict.PASS and any(
            finding.outcome is Outcome.FAIL for finding in self.report.findings
        )


@dataclass(frozen=True, slots=True)
class RegisterVersion:
    """One writing of a row, newest first in a view.

    Attributes:
        source: what wrote it: empty – a person by hand, "import", or the number of the case
            that closed.
        changes: against the version before; all values of a new row.
    """

    version: int
    at: datetime
    by: str
    full_name: str
    source: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class RegisterCase:
    """A case about a row."""

    no: str
    case_type: str
    case_type_label: Label
    stage: str
    stage_label: Label
    status: str
    status_label: Label
    accepted_on: date


@dataclass(frozen=True, slots=True)
class RegisterEntryView:
    """One row, whole, as the signed-in person sees it.

    Attributes:
        entry: as it stood on the day asked for.
        day: the day asked for.
        current: what the row holds now, as JSON: what a form is filled from and `save` replaces.
        regulations: behind the register's rules, for the articles' gists.
        editable: whether the signed-in person may change the row.
        why_not: why they may not.
        begins: the case types that can be begun for it.
    """

    register: Register
    regulations: tuple[Regulation, ...]
    entry: RegisterEntry
    day: date
    current: Mapping[str, Any]
    versions: tuple[RegisterVersion, ...]
    cases: tuple[RegisterCase, ...]
    editable: bool
    why_not: Label | None
    begins: tuple[CaseType, ...]


@dataclass(frozen=True, slots=True)
class RegisterLinkView:
    """The register row that a case is about, as it stood on the case's day of acceptance.

    Attributes:
        code: what the case's key field says; empty: nothing yet.
        found: whether the register has a row of that code.
        taken: case field to the register's value, as a case file has it.
        differences: fields that the case has filled in otherwise: `old` is the register's value,
            `new` the case's; none for a case that is over.
    """

    register: str
    label: Label
    code: str
    found: bool
    title: str
    taken: Mapping[str, Any]
    differences: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One line of what is to be imported.

    Attributes:
        number: of the row in the file.
        changes: fields that would change, with old and new values.
        reasons: why the line is refused.
        remarks: what the row will lack or fail once it is in the register.
        data: the whole row as it would be kept.
    """

    number: int
    code: str
    title: str
    state: LineState
    changes: tuple[FieldChange, ...]
    reasons: tuple[Label, ...]
    remarks: tuple[Label, ...]
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do; nothing is written before `apply_import`.

    Attributes:
        stamp: the state of the register that the plan was made against.
    """

    register: str
    stamp: int
    lines: tuple[ImportLine, ...]

    def count(self, state: LineState) -> int:
        """How many lines have that state."""
        return sum(line.state == state for line in self.lines)

    @property
    def refused(self) -> tuple[ImportLine, ...]:
        """The lines that cannot be taken over."""
        return tuple(line for line in self.lines if line.state == "refused")
