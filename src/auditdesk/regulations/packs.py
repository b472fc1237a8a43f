"""From the packs' TOML texts to declarations and regulations; errors name file, key, reason."""

from __future__ import annotations

import csv
import tomllib
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from auditdesk.domain import declaration as d
from auditdesk.domain.follow_up import FollowUp, Settler
from auditdesk.domain.regulation import ARTICLE, Article, Parameter, ParameterValue, Regulation
from auditdesk.regulations import schema as s
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.domain.regulation import ParameterData

_Model = TypeVar("_Model", bound=BaseModel)
_HUNDRED = 100
_LISTING = "listing"


class PackError(Exception):
    """A pack that cannot be used: which file, which key, why.

    Whoever keeps an office writes its regulations: what may go wrong there is also said in
    Chinese (`zh`); what only the form of a file shows stays in the words of its checker.
    """

    def __init__(self, file: str, key: str, reason: str, zh: str = "") -> None:
        """Keep the parts for the list of problems."""
        super().__init__(f"{file}: {key}: {reason}")
        self.file = file
        self.key = key
        self.reason = reason
        self.zh = zh

    @property
    def label(self) -> Label:
        """The problem in both languages."""
        where = self.file if self.key == "-" else f"{self.file}：{self.key}"
        return Label(f"{where}：{self.zh or self.reason}", str(self))

    def in_file(self, file: str) -> PackError:
        """The same problem, told of a file by another name."""
        return PackError(file, self.key, self.reason, self.zh)


def read_toml(file: str, text: str) -> dict[str, Any]:
    """A TOML text as a dictionary.

    Raises:
        PackError: the text is not TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(file, "-", str(error)) from None


def validated(model: type[_Model], file: str, content: Mapping[str, Any]) -> _Model:
    """A TOML file's content in its form.

    Raises:
        PackError: it does not have the form; names file, key and reason.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        key = _key(first["loc"], content)
        raise PackError(file, key, str(first["msg"])) from None


def _key(location: tuple[int | str, ...], content: Any) -> str:
    """Where in the file an error lies; list items are named by their id where they have one."""
    parts: list[str] = []
    for part in location:
        content = _inside(content, part)
        named = content.get("id") if isinstance(content, dict) and isinstance(part, int) else None
        parts.append(f"[{named or part}]" if isinstance(part, int) else str(part))
    return ".".join(parts).replace(".[", "[")


def _inside(content: Any, part: int | str) -> Any:
    try:
        return content[part]
    except (KeyError, IndexError, TypeError):
        return None


def _label(words: s.Words) -> Label:
    return Label(words.zh, words.en)


def _maybe(words: s.Words | None) -> Label | None:
    return _label(words) if words else None


def load_regulation(file: str, text: str, tables: Mapping[str, str] | None = None) -> Regulation:
    """One regulation from its TOML text.

    Args:
        file: the file's name, for errors.
        text: its TOML text.
        tables: the texts of the code tables (`tables/<name>.csv`) that it may name.

    Raises:
        PackError: the text does not have the form; a value without article is refused here.
    """
    model = validated(s.RegulationModel, file, read_toml(file, text))
    if (model.last_day is None) != (model.ending is None):
        raise PackError(file, "ending", "a last day and how it ended are written down together")
    numbers = {article.number for article in model.articles}
    return Regulation(
        id=model.id,
        number=model.number,
        title=_label(model.title),
        short=_label(model.short),
        issuer=_label(model.issuer),
        first_day=model.first_day,
        last_day=model.last_day,
        ending=_maybe(model.ending),
        by_reference=model.by_reference,
        articles=tuple(
            Article(a.number, _label(a.gist), _replaced(a.replaces)) for a in model.articles
        ),
        parameters=tuple(_parameter(file, p, numbers, tables or {}) for p in model.parameters),
        division=_maybe(model.division) or ARTICLE,
        tables=tuple(
            str(v.value) for p in model.parameters if p.kind == _LISTING for v in p.values
        ),
        succeeds=model.succeeds,
        repealing_article=model.repealing_article or "",
        days_article=model.days_article or "",
    )


def _replaced(replaces: str | list[str]) -> tuple[str, ...]:
    return (replaces,) if isinstance(replaces, str) else tuple(replaces)


def _parameter(
    file: str, model: s.ParameterModel, articles: set[str], tables: Mapping[str, str]
) -> Parameter:
    values = []
    for index, value in enumerate(model.values):
        key = f"parameters[{model.id}].values[{index}]"
        if value.article not in articles:
            raise PackError(file, f"{key}.article", f"no article {value.article} in this file")
        data: ParameterData
        if model.kind == _LISTING:
            data = _listing(file, f"{key}.value", value.value, tables)
        else:
            data = _parameter_data(file, key, model.kind, value.value)
        values.append(ParameterValue(data, value.article, value.first_day, value.last_day))
    return Parameter(
        model.id,
        _label(model.label),
        _label(model.unit),
        tuple(values),
        _maybe(model.note),
        model.kind,
        tuple(model.words),
    )


def _listing(file: str, key: str, table: Any, tables: Mapping[str, str]) -> Mapping[str, str]:
    """A code table: code to its name."""
    if table not in tables:
        raise PackError(file, key, f"no table {table}")
    rows = list(csv.DictReader(tables[table].splitlines(), strict=True))
    names = {row.get("code") or "": row.get("zh") or "" for row in rows}
    if not (names and all(names) and all(names.values()) and len(names) == len(rows)):
        raise PackError(file, key, f"{table} must have the columns code and zh, each code once")
    return names


def _parameter_data(file: str, key: str, kind: str, value: Any) -> ParameterData:
    try:
        if kind in {"integer", "table", "codes", "text"}:
            return _of_kind(kind, value)
        fraction = Fraction(value)
    except (TypeError, ValueError, ZeroDivisionError):
        raise PackError(file, f"{key}.value", f"is not of kind {kind}") from None
    return fraction / _HUNDRED if kind == "percent" else fraction


def _of_kind(kind: str, value: Any) -> ParameterData:
    if kind == "integer" and isinstance(value, int):
        return value
    if kind == "table" and isinstance(value, dict):
        return value
    if kind == "codes" and isinstance(value, list):
        return tuple(value)
    if kind == "text" and isinstance(value, str):
        return value
    raise TypeError(kind)


def load_case_type(folder: str, texts: Mapping[str, str]) -> d.CaseType:
    """One case type from the TOML texts of its folder.

    Raises:
        PackError: a text does not have the form, or two texts give the same key.
    """
    merged: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for file, text in sorted(texts.items()):
        for key, value in read_toml(file, text).items():
            if key in merged:
                raise PackError(file, key, f"given in {origin[key]} already")
            merged[key], origin[key] = value, file
    try:
        model = validated(s.CaseTypeModel, folder, merged)
    except PackError as error:
        raise in_its_file(error, texts) from None
    return _case_type(model)


def in_its_file(error: PackError, texts: Mapping[str, str]) -> PackError:
    """An error of a case type's folder, told of the file that gives the key's first part."""
    top = error.key.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0]
    files = [file for file, text in sorted(texts.items()) if top in read_toml(file, text)]
    return PackError(files[0] if files else error.file, error.key, error.reason)


def _case_type(model: s.CaseTypeModel) -> d.CaseType:
    return d.CaseType(
        id=model.id,
        label=_label(model.label),
        code=model.code,
        regulations=tuple(model.regulations),
        sections=tuple(d.Section(x.id, _label(x.label)) for x in model.sections),
        fields=tuple(_field(x) for x in model.fields),
        stages=tuple(
            d.Stage(x.id, _label(x.label), d.StageKind(x.kind), x.back_to) for x in model.stages
        ),
        routes=tuple(
            d.Route(x.id, _label(x.label), tuple(x.stages), condition(x.when)) for x in model.routes
        ),
        materials=tuple(_material(x) for x in model.materials),
        rules=tuple(_rule(x) for x in model.rules),
        computed=tuple(
            d.Computed(x.id, _label(x.label), x.kind, _choices(x.choices)) for x in model.computed
        ),
        documents=tuple(_document(x) for x in model.documents),
        export_columns=tuple(
            d.ExportColumn(x.id, _label(x.label), x.source, x.width, x.total)
            for x in model.export_columns
        ),
        summary=d.Summary(
            model.summary.title,
            tuple(model.summary.place),
            tuple(model.summary.search),
            tuple(model.summary.duplicate),
            model.summary.due,
        ),
        follow_ups=tuple(_follow_up(x) for x in model.follow_ups),
        totals_by=_totals_by(model.totals_by),
    )


def _totals_by(model: s.TotalsByModel | None) -> d.TotalsBy | None:
    if model is None:
        return None
    return d.TotalsBy(_label(model.label), tuple(model.groups), model.progress)


def condition(model: s.ConditionModel) -> d.Condition:
    """A condition as the declarations hold it."""
    equals = {name: tuple(_scalar(v) for v in values) for name, values in model.equals.items()}
    counts = {name: tuple(numbers) for name, numbers in model.counts.items()}
    return d.Condition(equals, tuple(model.any_given), dict(model.above), counts)


def _scalar(value: s.Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _choices(models: list[s.ChoiceModel]) -> tuple[d.Choice, ...]:
    return tuple(d.Choice(x.id, _label(x.label)) for x in models)


def _needs(models: list[s.NeedModel]) -> tuple[d.Need, ...]:
    return tuple(d.Need(x.stage, condition(x.when)) for x in models)


def _citations(models: list[s.CitationModel]) -> tuple[d.Citation, ...]:
    return tuple(d.Citation(x.regulation, x.article) for x in models)


def _field(model: s.FieldModel) -> d.Field:
    columns = tuple(_column(c, "", () if c.optional else (d.Need("*"),)) for c in model.columns)
    return _column(model, model.section, _needs(model.needs), columns)


def _column(
    model: s.ColumnModel,
    section: str,
    needs: tuple[d.Need, ...],
    columns: tuple[d.Field, ...] = (),
) -> d.Field:
    return d.Field(
        id=model.id,
        label=_label(model.label),
        kind=d.FieldKind(model.kind),
        section=section,
        unit=_maybe(model.unit),
        needs=needs,
        choices=_choices(model.choices),
        columns=columns,
        format=model.format,
        minimum=_bound(model.minimum),
        maximum=_bound(model.maximum),
        above_zero=model.above_zero,
        length=model.length,
        personal=model.personal,
        hint=_maybe(model.hint),
        decimals=model.decimals,
        optional_when=condition(model.optional_when) if model.optional_when else None,
    )


def _bound(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _material(model: s.MaterialModel) -> d.Material:
    return d.Material(
        model.id,
        _label(model.label),
        d.MaterialKind(model.kind),
        _needs(model.needs),
        _citations(model.citations),
    )


def _rule(model: s.RuleModel) -> d.Rule:
    return d.Rule(
        id=model.id,
        title=_label(model.title),
        severity=d.Severity(model.severity),
        citations=_citations(model.citations),
        reads=tuple(model.reads),
        messages={key: _label(words) for key, words in model.messages.items()},
        parameters=tuple(model.parameters),
        materials=tuple(model.materials),
        always=model.always,
    )


def _follow_up(model: s.FollowUpModel) -> FollowUp:
    return FollowUp(
        id=model.id,
        label=_label(model.label),
        stage=model.stage,
        citations=_citations(model.citations),
        when=condition(model.when),
        ends=tuple(model.ends),
        settled_by=tuple(_settler(x) for x in model.settled_by),
        lead_days=model.lead_days,
    )


def _settler(model: s.SettlerModel) -> Settler:
    ((key, own),) = model.same.items()
    ((later, than),) = model.later.items() or (("", ""),)
    return Settler(
        model.case_type, key, own, model.stage, condition(model.when), later, than, model.year
    )


def _document(model: s.DocumentModel) -> d.DocumentKind:
    return d.DocumentKind(
        model.id,
        _label(model.label),
        model.template,
        model.after,
        tuple(model.signers),
        model.mark,
        model.stage,
    )
