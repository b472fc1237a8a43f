"""What a case type is: the declaration that windows, tables and commands read.

A declaration is loaded from `forms/<case_type>/` and never changes while the program runs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from auditdesk.domain.follow_up import FollowUp
    from auditdesk.domain.legal_clock import LegalClock, PauseGround

_Named = TypeVar("_Named", "Field", "Stage", "Rule", "Material", "DocumentKind", "FollowUp")


class FieldKind(StrEnum):
    """How a field's value is written, checked and shown."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXTS = "texts"
    ROWS = "rows"


class Severity(StrEnum):
    """What follows from a failed rule (domain text, "Severity, and what follows")."""

    BLOCK = "block"
    JUSTIFY = "justify"
    NOTICE = "notice"


class MaterialKind(StrEnum):
    """Whether a material may be declared not applicable."""

    REQUIRED = "required"
    CONDITIONAL = "conditional"
    OPTIONAL = "optional"


class StageKind(StrEnum):
    """What may happen at a stage, and by whom."""

    INTAKE = "intake"
    REVIEW = "review"
    DECISION = "decision"
    PROGRESS = "progress"
    END = "end"


@dataclass(frozen=True, slots=True)
class Citation:
    """A regulation and the article of it, or `logic` / `practice` with what is meant."""

    regulation: str
    article: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on the case's data; all of its parts must hold.

    Attributes:
        equals: field id to the values of which it must have one.
        above: field id to the parameter of law that its number must exceed; where either is
            lacking the condition does not hold.
        any_given: at least one of these fields is not empty (no names: always true).
        counts: list or table field to the numbers of items of which it must have one.
    """

    equals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    any_given: tuple[str, ...] = ()
    above: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Need:
    """From which stage on something is needed, and on what condition."""

    stage: str
    when: Condition = field(default_factory=Condition)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a list field."""

    id: str
    label: Label


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a case, or one column of a row table.

    Attributes:
        decimals: the most decimals a number may have; None: as many as are kept exactly.
        optional_when: in a row table, the condition on the row's own cells under which this
            cell may be empty; None: there is none.
        suggest: table of names that are suggested while a text is being typed; empty: none.
        citations: what asks for the field, where a text names it; notices of what is missing
            print it.
    """

    id: str
    label: Label
    kind: FieldKind
    section: str = ""
    unit: Label | None = None
    needs: tuple[Need, ...] = ()
    choices: tuple[Choice, ...] = ()
    columns: tuple[Field, ...] = ()
    format: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    above_zero: bool = False
    length: int = 500
    personal: bool = False
    hint: Label | None = None
    decimals: int | None = None
    optional_when: Condition | None = None
    suggest: str = ""
    citations: tuple[Citation, ...] = ()

    def choice_label(self, value: str) -> Label | None:
        """The label of one value of a list field, if the list has it."""
        return next((c.label for c in self.choices if c.id == value), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A group of fields on the case page."""

    id: str
    label: Label


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a case's way.

    Attributes:
        back_to: an earlier stage that the case may go back to from here; empty: none.
    """

    id: str
    label: Label
    kind: StageKind
    back_to: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """The stages of a case in order, and the condition under which they are its own."""

    id: str
    label: Label
    stages: tuple[str, ...]
    when: Condition = field(default_factory=Condition)


@dataclass(frozen=True, slots=True)
class Material:
    """One document that the applicant must, or may, hand in."""

    id: str
    label: Label
    kind: MaterialKind
    needs: tuple[Need, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One check of a case, apart from the function that does it.

    Attributes:
        reads: the fields that the function reads; no others can be read.
        parameters: the figures of law that the function compares with.
        materials: the materials whose presence the function looks at.
        always: judged whether or not a regulation that it cites is in force.
        messages: outcome ("fail", "pass", …) to a sentence with {figures}.
    """

    id: str
    title: Label
    severity: Severity
    citations: tuple[Citation, ...]
    reads: tuple[str, ...]
    messages: Mapping[str, Label]
    parameters: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    always: bool = False


@dataclass(frozen=True, slots=True)
class Computed:
    """One computed value; `kind` decides how it is shown, as do the labels of its choices."""

    id: str
    label: Label
    kind: str
    choices: tuple[Choice, ...] = ()

    @property
    def is_money(self) -> bool:
        """Whether the value is an amount in 元."""
        return self.kind == "money"

    def shown(self, value: str | int) -> Label:
        """In words: a choice by its label, yes or no, anything else as the report has it."""
        if isinstance(value, bool):
            return Label("是", "yes") if value else Label("否", "no")
        found = next((c.label for c in self.choices if c.id == value), None)
        return found or Label(str(value), str(value))


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A document that the office issues for a case.

    Attributes:
        template: file name under the case type's `documents/` folder.
        after: what must have happened: "accepted", "approved", "returned", "refused", "closed",
            or "reached" a stage.
        signers: roles that sign, in order; the first certifies.
        mark: the character of the document number, as 批 in 章政土批〔2026〕1号.
        stage: the stage that must have been reached; empty unless `after` is "reached".
        when: the condition on the case's data; a case that does not meet it has no such document.
        in_force: articles that must hold for the case, themselves or in a successor.
    """

    id: str
    label: Label
    template: str
    after: str
    signers: tuple[str, ...]
    mark: str
    stage: str = ""
    when: Condition = field(default_factory=Condition)
    in_force: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of the city's workbook; `source` is `case.x`, `data.x` or `computed.x`."""

    id: str
    label: Label
    source: str
    width: int = 14
    total: bool = False


@dataclass(frozen=True, slots=True)
class TotalsBy:
    """A sheet of sums behind a case type's sheet in the city's workbook.

    Attributes:
        groups: ids of the export columns; each set of their values has a line of its own.
        progress: whether the cases at each stage are counted side by side.
    """

    label: Label
    groups: tuple[str, ...]
    progress: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """Which fields stand for the case in lists and answer a search.

    Attributes:
        title: what is joined to name it; the empty ones are left out.
        town: where figures learn the town from: `data.x`, or `register.x` of the row that the
            case is about; empty: its cases are counted by district alone.
        town_among: table of the names of which one is looked for in that text; empty: the text
            itself is the town.
    """

    title: tuple[str, ...]
    place: tuple[str, ...]
    search: tuple[str, ...]
    duplicate: tuple[str, ...] = ()
    town: str = ""
    town_among: str = ""


@dataclass(frozen=True, slots=True)
class RegisterWrite:
    """What a case writes into its register row when it closes.

    Attributes:
        when: the condition on the case's data.
        values: field of the row to what it gets: `data.x`, `computed.x`, `case.closed_on`
            (the day on which the case closes), or a value as it stands.
    """

    when: Condition
    values: Mapping[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class RegisterLink:
    """The register row that a case is about.

    Attributes:
        register: the register's id.
        key: the case field that names the row.
        takes: case field to where its value comes from: `data.x` or `computed.x` of the row.
        writes: what goes back when the case closes.
    """

    register: str
    key: str
    takes: Mapping[str, str]
    writes: tuple[RegisterWrite, ...]


@dataclass(frozen=True, slots=True)
class CaseType:
    """One case type, whole; `register` names the register that its cases are about, if any."""

    id: str
    label: Label
    code: str
    regulations: tuple[str, ...]
    sections: tuple[Section, ...]
    fields: tuple[Field, ...]
    stages: tuple[Stage, ...]
    routes: tuple[Route, ...]
    materials: tuple[Material, ...]
    rules: tuple[Rule, ...]
    computed: tuple[Computed, ...]
    documents: tuple[DocumentKind, ...]
    export_columns: tuple[ExportColumn, ...]
    summary: Summary
    follow_ups: tuple[FollowUp, ...] = ()
    clocks: tuple[LegalClock, ...] = ()
    pauses: tuple[PauseGround, ...] = ()
    totals_by: TotalsBy | None = None
    register: RegisterLink | None = None

    def field(self, field_id: str) -> Field:
        """The field of that id; KeyError where there is none."""
        return _by_id(self.fields, field_id)

    def stage(self, stage_id: str) -> Stage:
        """The stage of that id; KeyError where there is none."""
        return _by_id(self.stages, stage_id)

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id; KeyError where there is none."""
        return _by_id(self.rules, rule_id)

    def material(self, material_id: str) -> Material:
        """The material of that id; KeyError where there is none."""
        return _by_id(self.materials, material_id)

    def document(self, kind: str) -> DocumentKind:
        """The document kind of that id; KeyError where there is none."""
        return _by_id(self.documents, kind)

    def follow_up(self, follow_up_id: str) -> FollowUp:
        """The follow-up of that id; KeyError where there is none."""
        return _by_id(self.follow_ups, follow_up_id)


def _by_id(things: tuple[_Named, ...], wanted: str) -> _Named:
    for thing in things:
        if thing.id == wanted:
            return thing
    raise KeyError(wanted)
