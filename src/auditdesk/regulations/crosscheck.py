"""What a pack's parts must agree on: ids that are named must be there, law must be cited.

The form of each file is checked elsewhere; this is what no single file shows.
"""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

from auditdesk.domain.declaration import FieldKind, StageKind
from auditdesk.regulations.law import ALWAYS_IN_FORCE
from auditdesk.regulations.packs import PackError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from auditdesk.domain.declaration import CaseType, Citation, Condition, Field, Need, Route, Rule
    from auditdesk.domain.regulation import Regulation

_ENVELOPE = frozenset({"district", "accepted_on", "stage", "no", "status", "verdict", "title"})
_COUNTABLE = frozenset({FieldKind.ROWS, FieldKind.CHOICES, FieldKind.TEXTS})
_OUTCOME_MESSAGES = frozenset({"pass", "not_applicable"})


def check(
    folder: str,
    case_type: CaseType,
    regulations: Iterable[Regulation],
    functions: Collection[str],
    computing: Collection[str],
) -> None:
    """Refuse a case type whose parts do not fit together.

    Raises:
        PackError: with the first thing that does not fit.
    """
    by_id = {regulation.id: regulation for regulation in regulations}
    problems = _problems(case_type, by_id, functions, computing)
    for key, reason in problems:
        raise PackError(folder, key, reason)


def _problems(
    case_type: CaseType,
    regulations: dict[str, Regulation],
    functions: Collection[str],
    computing: Collection[str],
) -> Iterator[tuple[str, str]]:
    yield from _twice(case_type)
    yield from _fields(case_type)
    yield from _routes(case_type)
    figures = {p.id for regulation in regulations.values() for p in regulation.parameters}
    for field in case_type.fields:
        key = f"fields[{field.id}]"
        yield from _needs(key, case_type, field.needs, figures)
        yield from citation_problems(key, field.citations, regulations)
    for material in case_type.materials:
        key = f"materials[{material.id}]"
        yield from _needs(key, case_type, material.needs, figures)
        yield from citation_problems(key, material.citations, regulations)
    for rule in case_type.rules:
        yield from _rule(rule, case_type, regulations, functions)
    for computed in case_type.computed:
        if computed.id not in computing:
            yield f"computed[{computed.id}]", "has no function"
    for document in case_type.documents:
        key = f"documents[{document.id}]"
        yield from condition_problems(f"{key}.when", case_type.fields, document.when, figures)
        yield from citation_problems(f"{key}.in_force", document.in_force, regulations)
    yield from _outputs(case_type)


def _twice(case_type: CaseType) -> Iterator[tuple[str, str]]:
    for name in ("sections", "fields", "stages", "routes", "materials", "rules", "documents"):
        seen: set[str] = set()
        for thing in getattr(case_type, name):
            if thing.id in seen:
                yield f"{name}[{thing.id}]", "given twice"
            seen.add(thing.id)


def _fields(case_type: CaseType) -> Iterator[tuple[str, str]]:
    sections = {section.id for section in case_type.sections}
    for field in case_type.fields:
        key = f"fields[{field.id}]"
        if field.section not in sections:
            yield f"{key}.section", f"no section {field.section}"
        if field.kind in {FieldKind.CHOICE, FieldKind.CHOICES} and not field.choices:
            yield f"{key}.choices", "a list field needs its values"
        if (field.kind is FieldKind.ROWS) != bool(field.columns):
            yield f"{key}.columns", "columns belong to row tables, and they need some"
        if field.suggest and (field.kind is not FieldKind.TEXT or field.format):
            yield f"{key}.suggest", "only plain texts suggest names"
        for column in field.columns:
            if column.optional_when:
                cell = f"{key}.columns[{column.id}].optional_when"
                yield from condition_problems(cell, field.columns, column.optional_when, ())


def _routes(case_type: CaseType) -> Iterator[tuple[str, str]]:
    stages = {stage.id for stage in case_type.stages}
    first = case_type.stages[0].id
    for route in case_type.routes:
        for stage in route.stages:
            if stage not in stages:
                yield f"routes[{route.id}].stages", f"no stage {stage}"
        if route.stages[0] != first:
            yield f"routes[{route.id}].stages", f"must begin with {first}"
        yield from _ways_back(case_type, route)
        yield from condition_problems(f"routes[{route.id}].when", case_type.fields, route.when, ())


def _ways_back(case_type: CaseType, route: Route) -> Iterator[tuple[str, str]]:
    """A way back leads from one stage of progress to an earlier one, on every route."""
    kinds = {stage.id: stage.kind for stage in case_type.stages}
    for stage in case_type.stages:
        if stage.back_to and stage.id in route.stages:
            before = route.stages[: route.stages.index(stage.id)]
            ends = {kinds[stage.id], kinds.get(stage.back_to)}
            if stage.back_to not in before or ends != {StageKind.PROGRESS}:
                yield f"stages[{stage.id}].back_to", "must be an earlier stage of progress"


def _needs(
    key: str, case_type: CaseType, needs: Iterable[Need], figures: Collection[str]
) -> Iterator[tuple[str, str]]:
    stages = {stage.id for stage in case_type.stages}
    for need in needs:
        if need.stage not in stages:
            yield f"{key}.needs", f"no stage {need.stage}"
        yield from condition_problems(f"{key}.when", case_type.fields, need.when, figures)


def condition_problems(
    key: str, fields: Iterable[Field], condition: Condition, figures: Collection[str]
) -> Iterator[tuple[str, str]]:
    """A condition looks at fields of the case; that of a cell at the cells of its own row."""
    kinds = {field.id: field.kind for field in fields}
    for name, figure in condition.above.items():
        if kinds.get(name) not in {FieldKind.INTEGER, FieldKind.DECIMAL}:
            yield key, f"{name} is no number"
        if figure not in figures:
            yield key, f"no regulation sets {figure}"
    for name in condition.counts:
        if kinds.get(name, FieldKind.ROWS) not in _COUNTABLE:
            yield key, f"{name} is no list"
    for name in (*condition.equals, *condition.any_given, *condition.counts):
        if name not in kinds:
            yield key, f"no field {name}"


def citation_problems(
    key: str, citations: Iterable[Citation], regulations: dict[str, Regulation]
) -> Iterator[tuple[str, str]]:
    """What is cited has to be there: the regulation, and the article of it."""
    for citation in citations:
        if citation.regulation in ALWAYS_IN_FORCE:
            continue
        regulation = regulations.get(citation.regulation)
        if regulation is None:
            yield f"{key}.citations", f"no regulation {citation.regulation}"
        elif regulation.article(citation.article) is None:
            yield f"{key}.citations", f"{citation.regulation} has no article {citation.article}"


def _rule(
    rule: Rule,
    case_type: CaseType,
    regulations: dict[str, Regulation],
    functions: Collection[str],
) -> Iterator[tuple[str, str]]:
    key = f"rules[{rule.id}]"
    if not rule.id.startswith(f"{case_type.id}."):
        yield f"{key}.id", f"must begin with {case_type.id}."
    if rule.id not in functions:
        yield key, "has no function"
    fields = {field.id for field in case_type.fields} | {"district"}
    for name in rule.reads:
        if name not in fields:
            yield f"{key}.reads", f"no field {name}"
    for name in rule.materials:
        if name not in {material.id for material in case_type.materials}:
            yield f"{key}.materials", f"no material {name}"
    yield from citation_problems(key, rule.citations, regulations)
    yield from _parameters(key, rule, regulations)
    yield from _messages(key, rule)


def _parameters(
    key: str, rule: Rule, regulations: dict[str, Regulation]
) -> Iterator[tuple[str, str]]:
    cited = {citation.regulation for citation in rule.citations}
    for name in rule.parameters:
        owners = [r for r in regulations.values() if any(p.id == name for p in r.parameters)]
        if not owners:
            yield f"{key}.parameters", f"no regulation sets {name}"
        elif not cited & {owner.id for owner in owners}:
            yield f"{key}.parameters", f"{name} is set by a regulation that the rule does not cite"


def _messages(key: str, rule: Rule) -> Iterator[tuple[str, str]]:
    if "fail" not in rule.messages:
        yield f"{key}.messages", "must say what a failure means (fail)"
    for name, label in rule.messages.items():
        if not name.startswith("fail") and name not in _OUTCOME_MESSAGES:
            yield f"{key}.messages.{name}", "is no outcome"
        try:
            zh, en = _placeholders(label.zh), _placeholders(label.en)
        except ValueError as error:
            yield f"{key}.messages.{name}", str(error)
            continue
        if zh != en:
            yield f"{key}.messages.{name}", "both languages must state the same figures"


def _placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def _outputs(case_type: CaseType) -> Iterator[tuple[str, str]]:
    fields = {field.id for field in case_type.fields}
    summary = case_type.summary
    for name in (*summary.title, *summary.place, *summary.search, *summary.duplicate):
        if name not in fields:
            yield "summary", f"no field {name}"
    yield from _town(case_type, fields)
    stages = {stage.id for stage in case_type.stages}
    for document in case_type.documents:
        if document.stage not in (stages if document.after == "reached" else {""}):
            yield f"documents[{document.id}].stage", "reached a stage: name one that there is"
    for column in case_type.export_columns:
        if not has_source(column.source, case_type, _ENVELOPE):
            yield f"export_columns[{column.id}].source", f"no {column.source}"
    columns_there = {column.id for column in case_type.export_columns}
    for name in case_type.totals_by.groups if case_type.totals_by else ():
        if name not in columns_there:
            yield "totals_by.groups", f"no export column {name}"


def _town(case_type: CaseType, fields: Collection[str]) -> Iterator[tuple[str, str]]:
    """What a register has is checked where the register is known."""
    source, _, name = case_type.summary.town.partition(".")
    if source == "data" and name not in fields:
        yield "summary.town", f"no field {name}"
    if source == "register" and case_type.register is None:
        yield "summary.town", "the case type is about no register"


def has_source(source: str, judged: CaseType, envelope: Collection[str]) -> bool:
    """Whether a case type has what `data.x`, `computed.x` or `case.x` names."""
    kind, _, name = source.partition(".")
    if kind == "case":
        return name in envelope
    things = judged.fields if kind == "data" else judged.computed
    return any(thing.id == name for thing in things)
