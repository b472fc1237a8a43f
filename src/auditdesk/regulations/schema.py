"""The form of the packs' TOML files, checked by pydantic; strict, and nothing unknown is let in."""

from __future__ import annotations

from datetime import date  # noqa: TC003 – pydantic reads the annotations
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]
RegulationId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
Scalar = str | int | bool
Source = Annotated[str, StringConstraints(pattern=r"^(data|computed)\.[a-z0-9_.]+$")]
Fact = Annotated[
    str, StringConstraints(pattern=r"^((data|computed)\.[a-z0-9_.]+|case\.accepted_on)$")
]


class Strict(BaseModel):
    """Refuses unknown keys and does not guess types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Words(Strict):
    """A text in both languages."""

    zh: Text
    en: Text


class ArticleModel(Strict):
    """An article and its gist; in a successor, which articles before it takes the place of."""

    number: Text
    gist: Words
    replaces: Text | Annotated[list[Text], Field(min_length=1)] = []


class ParameterValueModel(Strict):
    """A dated value; the article is what makes it law."""

    value: int | str | list[str] | dict[str, int]
    article: Text
    first_day: date
    last_day: date | None = None


class ParameterModel(Strict):
    """A figure of a regulation."""

    id: Id
    label: Words
    unit: Words
    kind: Literal["integer", "fraction", "percent", "table", "codes", "text", "listing"]
    values: Annotated[list[ParameterValueModel], Field(min_length=1)]
    note: Words | None = None
    words: list[Text] = []


class RegulationModel(Strict):
    """One file of `resources/regulations/`, or of an office's folder `regulations/`."""

    id: RegulationId
    number: Text
    title: Words
    short: Words
    issuer: Words
    first_day: date
    last_day: date | None = None
    ending: Words | None = None
    by_reference: Text | None = None
    division: Words | None = None
    succeeds: RegulationId | None = None
    repealing_article: Text | None = None
    days_article: Text | None = None
    procedural: bool = False
    articles: Annotated[list[ArticleModel], Field(min_length=1)]
    parameters: list[ParameterModel] = []


class CitationModel(Strict):
    """A regulation (or `logic`, `practice`) and the article of it."""

    regulation: RegulationId
    article: Text


class ConditionModel(Strict):
    """A condition on the data of a case."""

    equals: dict[Id, list[Scalar]] = {}
    any_given: list[Id] = []
    above: dict[Id, Id] = {}
    counts: dict[Id, list[int]] = {}


class NeedModel(Strict):
    """From which stage on, and on what condition."""

    stage: Id
    when: ConditionModel = ConditionModel()


class ChoiceModel(Strict):
    """One value of a list field."""

    id: Id
    label: Words


class ColumnModel(Strict):
    """A field, or a column of a row table."""

    id: Id
    label: Words
    kind: Literal[
        "text",
        "integer",
        "decimal",
        "money",
        "date",
        "boolean",
        "choice",
        "choices",
        "texts",
        "rows",
    ]
    unit: Words | None = None
    choices: list[ChoiceModel] = []
    format: Literal["", "district", "uscc", "personal_id", "parcel_code"] = ""
    minimum: str | None = None
    maximum: str | None = None
    above_zero: bool = False
    length: Annotated[int, Field(ge=1, le=10_000)] = 500
    personal: bool = False
    hint: Words | None = None
    decimals: Annotated[int, Field(ge=0, le=8)] | None = None
    optional: bool = False
    optional_when: ConditionModel | None = None
    suggest: Id | Literal[""] = ""


class FieldModel(ColumnModel):
    """A field of the case."""

    section: Id
    needs: list[NeedModel] = []
    columns: list[ColumnModel] = []
    citations: list[CitationModel] = []


class LabelledModel(Strict):
    """Something with an id and a label."""

    id: Id
    label: Words


class StageModel(LabelledModel):
    """One step of a case's way."""

    kind: Literal["intake", "review", "decision", "progress", "end"]
    back_to: Id | Literal[""] = ""


class RouteModel(LabelledModel):
    """The stages of a case in order."""

    stages: Annotated[list[Id], Field(min_length=2)]
    when: ConditionModel = ConditionModel()


class MaterialModel(LabelledModel):
    """A document that the applicant hands in."""

    kind: Literal["required", "conditional", "optional"]
    needs: Annotated[list[NeedModel], Field(min_length=1)]
    citations: Annotated[list[CitationModel], Field(min_length=1)]


class RuleModel(Strict):
    """A rule apart from its function."""

    id: Id
    title: Words
    severity: Literal["block", "justify", "notice"]
    citations: Annotated[list[CitationModel], Field(min_length=1)]
    reads: list[Id]
    parameters: list[Id] = []
    materials: list[Id] = []
    always: bool = False
    messages: dict[str, Words]


class ComputedModel(LabelledModel):
    """A computed value."""

    kind: Literal["money", "ratio", "percent", "count", "date", "decimal", "boolean", "text"]
    choices: list[ChoiceModel] = []


class DocumentModel(LabelledModel):
    """A document that the office issues."""

    template: Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.toml$")]
    after: Literal["accepted", "approved", "returned", "refused", "closed", "reached"]
    stage: Id | Literal[""] = ""
    when: ConditionModel = ConditionModel()
    in_force: list[CitationModel] = []
    signers: Annotated[list[Literal["clerk", "supervisor"]], Field(min_length=1)]
    mark: Text


class ExportColumnModel(LabelledModel):
    """A column of the city's workbook."""

    source: Annotated[str, StringConstraints(pattern=r"^(case|data|computed)\.[a-z0-9_.]+$")]
    width: Annotated[int, Field(ge=4, le=80)] = 14
    total: bool = False


class TotalsByModel(Strict):
    """A sheet of sums in the city's workbook."""

    label: Words
    groups: Annotated[list[Id], Field(min_length=1)]
    progress: bool = False


def _listed(value: Any) -> Any:
    """One id as a list of it."""
    return [value] if isinstance(value, str) else value


class SummaryModel(Strict):
    """Which fields stand for the case.

    `due` stands in texts that cases were pinned to before periods were declared as clocks.
    """

    title: Annotated[list[Id], Field(min_length=1), BeforeValidator(_listed)]
    place: list[Id]
    search: list[Id]
    duplicate: list[Id] = []
    due: Id | Literal[""] = ""
    town: Annotated[str, StringConstraints(pattern=r"^((data|register)\.[a-z0-9_]+)?$")] = ""
    town_among: Id | Literal[""] = ""


class SettlerModel(Strict):
    """A later case that settles a follow-up; `same` and `later` go from its field to ours."""

    case_type: Id
    same: Annotated[dict[Id, Id], Field(min_length=1, max_length=1)]
    stage: Id
    when: ConditionModel = ConditionModel()
    later: Annotated[dict[Id, Id], Field(max_length=1)] = {}
    year: Id | Literal[""] = ""


class FollowUpModel(LabelledModel):
    """A period that follows from a case."""

    stage: Id
    citations: Annotated[list[CitationModel], Field(min_length=1)]
    when: ConditionModel = ConditionModel()
    ends: list[Id] = []
    settled_by: list[SettlerModel] = []
    lead_days: Annotated[int, Field(ge=0, le=3660)] = 0


class ExtensionModel(Strict):
    """By how much a period may be extended."""

    length: Id
    citations: Annotated[list[CitationModel], Field(min_length=1)]


class ClockModel(LabelledModel):
    """A legal period of the case itself."""

    effect: Literal["deadline", "earliest", "span"] = "deadline"
    binds: Literal["office", "applicant", "others"]
    unit: Literal["workdays", "days", "months", "years", "year_ends", "in_year", "given"]
    citations: Annotated[list[CitationModel], Field(min_length=1)]
    start: Fact | Literal[""] = ""
    first_counts: bool = False
    length: Id | Literal[""] = ""
    end: Fact | Literal[""] = ""
    stage: Id | Literal[""] = ""
    when: ConditionModel = ConditionModel()
    until: list[Id] = []
    done_on: Fact | Literal[""] = ""
    paused: bool = False
    listed: bool = False
    extension: ExtensionModel | None = None
    computed: Id | Literal[""] = ""
    follow_up: Id | Literal[""] = ""


class PauseGroundModel(LabelledModel):
    """Why the office's periods may stand still."""

    citations: Annotated[list[CitationModel], Field(min_length=1)]
    by: Literal["", "return"] = ""


class RegisterWriteModel(Strict):
    """What goes into the register's row when a case closes."""

    when: ConditionModel = ConditionModel()
    values: Annotated[dict[Id, Scalar], Field(min_length=1)]


class RegisterLinkModel(Strict):
    """The register that cases of a type are about."""

    id: Id
    key: Id
    takes: dict[Id, Source] = {}
    writes: list[RegisterWriteModel] = []


class JudgedModel(Strict):
    """What a case type and a register have in common: that something of it is judged."""

    id: Id
    label: Words
    regulations: Annotated[list[RegulationId], Field(min_length=1)]
    sections: Annotated[list[LabelledModel], Field(min_length=1)]
    fields: Annotated[list[FieldModel], Field(min_length=1)]
    rules: Annotated[list[RuleModel], Field(min_length=1)]
    computed: list[ComputedModel] = []
    export_columns: list[ExportColumnModel] = []
    summary: SummaryModel


class CaseTypeModel(JudgedModel):
    """All files of one folder of `forms/`, run together."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}$")]
    stages: Annotated[list[StageModel], Field(min_length=2)]
    routes: Annotated[list[RouteModel], Field(min_length=1)]
    materials: list[MaterialModel] = []
    documents: list[DocumentModel] = []
    follow_ups: list[FollowUpModel] = []
    clocks: list[ClockModel] = []
    pauses: list[PauseGroundModel] = []
    totals_by: TotalsByModel | None = None
    register_link: Annotated[RegisterLinkModel | None, Field(alias="register")] = None


class RegisterViewModel(LabelledModel):
    """A named filter of a register."""

    failed: list[Id] = []
    computed: dict[Id, Annotated[list[Scalar], Field(min_length=1)]] = {}


class DatedGroupModel(Strict):
    """A date of a row and the fields that were found on it."""

    on: Id
    fields: list[Id] = []


class RegisterModel(JudgedModel):
    """All files of a register's folder of `forms/`, run together."""

    icon: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    key: Id
    district: Id
    listed: list[Id] = []
    printed: list[Id] = []
    views: list[RegisterViewModel] = []
    dated: list[DatedGroupModel] = []
