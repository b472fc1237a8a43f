"""From the packs' TOML texts to declarations and regulations; errors name file, key, reason."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from auditdesk.domain import declaration as d
from auditdesk.domain.case import FIRST_STAGE
from auditdesk.domain.regulation import ARTICLE, Article, Parameter, ParameterValue, Regulation
from auditdesk.regulations import schema as s
from auditdesk.regulations.parts import (
    choices_of,
    clock_of,
    condition,
    document_of,
    field_of,
    follow_up_of,
    label_of,
    material_of,
    maybe_label,
    pause_ground_of,
    register_link_of,
    rule_of,
    totals_by_of,
)
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
    Chinese (`zh`); rare problems of a file's form stay in the words of its checker.
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
        parts = [self.file] if self.key == "-" else [self.file, self.key]
        return Label("：".join([*parts, self.zh or self.reason]), ": ".join([*parts, self.reason]))

    def in_file(self, file: str) -> PackError:
        """The same problem, told of a file by another name."""
        return type(self)(file, self.key, self.reason, self.zh)


_TOML_PLACE = re.compile(r"at line (\d+), column (\d+)")
_TOML_ENDS_EARLY = "不是有效的 TOML（文件末尾不完整）"
_FORM_ZH = {
    "missing": "缺少此项",
    "extra_forbidden": "没有这一项，请核对拼写",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "dict_type": "应为一组键和值",
    "model_type": "应为一组键和值",
    "model_attributes_type": "应为一组键和值",
    "string_type": "应为文字",
    "int_type": "应为整数",
    "bool_type": "应为 true 或 false",
    "date_type": "应为 2026-03-01 这样的日期",
}  # kind of a problem of pydantic's to its sentence; the rest is told in English


def read_toml(file: str, text: str) -> dict[str, Any]:
    """A TOML text as a dictionary.

    Raises:
        PackError: the text is not TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        zh = f"不是有效的 TOML（第 {place[1]} 行第 {place[2]} 列）" if place else _TOML_ENDS_EARLY
        raise PackError(file, "-", str(error), zh) from None


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
        raise PackError(file, key, str(first["msg"]), _FORM_ZH.get(first["type"], "")) from None


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
        title=label_of(model.title),
        short=label_of(model.short),
        issuer=label_of(model.issuer),
        first_day=model.first_day,
        last_day=model.last_day,
        ending=maybe_label(model.ending),
        by_reference=model.by_reference,
        articles=tuple(
            Article(a.number, label_of(a.gist), _replaced(a.replaces)) for a in model.articles
        ),
        parameters=tuple(_parameter(file, p, numbers, tables or {}) for p in model.parameters),
        division=maybe_label(model.division) or ARTICLE,
        tables=tuple(
            str(v.value) for p in model.parameters if p.kind == _LISTING for v in p.values
        ),
        succeeds=model.succeeds,
        repealing_article=model.repealing_article or "",
        days_article=model.days_article or "",
        procedural=model.procedural,
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
        label_of(model.label),
        label_of(model.unit),
        tuple(values),
        maybe_label(model.note),
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
    return _case_type(folder_model(s.CaseTypeModel, folder, texts))


def folder_model(model: type[_Model], folder: str, texts: Mapping[str, str]) -> _Model:
    """All texts of a folder run together, in their form.

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
        return validated(model, folder, merged)
    except PackError as error:
        raise in_its_file(error, texts) from None


def in_its_file(error: PackError, texts: Mapping[str, str]) -> PackError:
    """An error of a case type's folder, told of the file that gives the key's first part."""
    top = error.key.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0]
    files = [file for file, text in sorted(texts.items()) if top in read_toml(file, text)]
    return PackError(files[0] if files else error.file, error.key, error.reason)


_ONLY_STAGE = d.Stage(FIRST_STAGE, Label("登记", "Kept"), d.StageKind.INTAKE)
_ONLY_ROUTE = d.Route(FIRST_STAGE, _ONLY_STAGE.label, (FIRST_STAGE,))


def judged(model: s.JudgedModel) -> d.CaseType:
    """What is judged in one stage, as a register's row is, with what it declares."""
    return d.CaseType(
        id=model.id,
        label=label_of(model.label),
        code="",
        regulations=tuple(model.regulations),
        sections=tuple(d.Section(x.id, label_of(x.label)) for x in model.sections),
        fields=tuple(field_of(x) for x in model.fields),
        stages=(_ONLY_STAGE,),
        routes=(_ONLY_ROUTE,),
        materials=(),
        rules=tuple(rule_of(x) for x in model.rules),
        computed=tuple(
            d.Computed(x.id, label_of(x.label), x.kind, choices_of(x.choices))
            for x in model.computed
        ),
        documents=(),
        export_columns=tuple(
            d.ExportColumn(x.id, label_of(x.label), x.source, x.width, x.total)
            for x in model.export_columns
        ),
        summary=d.Summary(
            tuple(model.summary.title),
            tuple(model.summary.place),
            tuple(model.summary.search),
            tuple(model.summary.duplicate),
            model.summary.town,
            model.summary.town_among,
        ),
    )


def _case_type(model: s.CaseTypeModel) -> d.CaseType:
    return replace(
        judged(model),
        code=model.code,
        stages=tuple(
            d.Stage(x.id, label_of(x.label), d.StageKind(x.kind), x.back_to) for x in model.stages
        ),
        routes=tuple(
            d.Route(x.id, label_of(x.label), tuple(x.stages), condition(x.when))
            for x in model.routes
        ),
        materials=tuple(material_of(x) for x in model.materials),
        documents=tuple(document_of(x) for x in model.documents),
        follow_ups=tuple(follow_up_of(x) for x in model.follow_ups),
        clocks=tuple(clock_of(x) for x in model.clocks),
        pauses=tuple(pause_ground_of(x) for x in model.pauses),
        totals_by=totals_by_of(model.totals_by) if model.totals_by else None,
        register=register_link_of(model.register_link) if model.register_link else None,
    )
