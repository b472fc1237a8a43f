"""The commands `types` and `regulations`: what the law at hand says, on any day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from auditdesk.cli.options import DAY
from auditdesk.cli.output import print_json
from auditdesk.regulations import lawbook
from auditdesk.regulations.law_words import STATES, TOLD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from auditdesk.cli.program import Program
    from auditdesk.domain.declaration import CaseType, Citation, Field
    from auditdesk.domain.regulation import Parameter, ParameterValue
    from auditdesk.regulations.law import InForce, Law
    from auditdesk.regulations.lawbook import Entry
    from auditdesk.util.label import Language

_ON = "只列这一受理日有效的依据 · only what holds for cases accepted on this day"


@click.command()
@click.option("--on", "day", type=DAY, help=_ON)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="语言 · language")
@click.pass_obj
def types(program: Program, day: datetime | None, as_json: bool, lang: Language | None) -> int:
    """列出事项、字段、环节、材料、规则与依据 · the case types and all that they declare.

    有 --on 时列出该受理日有效的条款和参数 · with --on, the articles and figures of that day.
    """
    language = lang or program.language
    library = program.library()
    laws = library.laws.values()
    on = day.date() if day else None
    if as_json:
        described = [_described(law, on, language) for law in laws]
        print_json({"format": "auditdesk.types/1", "case_types": described})
        return 0
    for law in laws:
        for line in _type_lines(law, on, language):
            click.echo(line)
    return 0


def _type_lines(law: Law, day: date | None, language: Language) -> Iterator[str]:
    case_type, in_force = law.case_type, law.on(day) if day else None
    yield f"{case_type.id} · {case_type.label.text(language)}"
    shown = in_force.speaking.values() if in_force else law.regulations
    for regulation in shown:
        last = regulation.last_day or ""
        title = regulation.title.text(language)
        yield f"  § {regulation.id} {regulation.number} {title} {regulation.first_day} – {last}"
    for figure in _figures(law, in_force, language) if in_force else ():
        value, unit = figure["shown"], figure["unit"]
        yield f"  = {figure['id']} {value} {unit} [{figure['regulation']} {figure['article']}]"
    for route in case_type.routes:
        yield f"  → {route.label.text(language)}: {' → '.join(route.stages)}"
    for rule in case_type.rules:
        citations = in_force.cited_by(rule) if in_force else rule.citations
        sources = "; ".join(f"{c.regulation} {c.article}" for c in citations) or "–"
        yield f"  {rule.severity:8} {rule.id} {rule.title.text(language)} [{sources}]"


def _described(law: Law, day: date | None, language: Language) -> dict[str, Any]:
    case_type, in_force = law.case_type, law.on(day) if day else None
    return {
        "id": case_type.id,
        "label": case_type.label.text(language),
        "regulations": list(case_type.regulations),
        **(_on_the_day(law, in_force, language) if in_force else {}),
        "fields": [_field(field, language) for field in case_type.fields],
        "stages": [{"id": s.id, "label": s.label.text(language)} for s in case_type.stages],
        "routes": [{"id": r.id, "stages": list(r.stages)} for r in case_type.routes],
        "materials": _materials(case_type, in_force, language),
        "rules": _rules(case_type, in_force, language),
        "computed": [{"id": c.id, "label": c.label.text(language)} for c in case_type.computed],
        "documents": [{"id": x.id, "label": x.label.text(language)} for x in case_type.documents],
    }


def _on_the_day(law: Law, in_force: InForce, language: Language) -> dict[str, Any]:
    return {
        "on": in_force.day.isoformat(),
        "in_force": [r.id for r in in_force.speaking.values()],
        "figures": list(_figures(law, in_force, language)),
    }


def _figures(law: Law, in_force: InForce, language: Language) -> Iterator[dict[str, Any]]:
    for name, figure in in_force.figures.items():
        regulation = law.regulation(figure.source.regulation)
        parameter = regulation.figure(name) if regulation else None
        value = regulation.parameter(name, in_force.day) if regulation else None
        if parameter is not None and value is not None:
            yield {
                **_parameter(parameter, language),
                **_value(parameter, value, language),
                "regulation": figure.source.regulation,
            }


def _parameter(parameter: Parameter, language: Language) -> dict[str, Any]:
    return {
        "id": parameter.id,
        "label": parameter.label.text(language),
        "unit": parameter.unit.text(language),
    }


def _value(parameter: Parameter, value: ParameterValue, language: Language) -> dict[str, Any]:
    return {
        "shown": lawbook.shown(parameter, value).text(language),
        "article": value.article,
        "first_day": value.first_day.isoformat(),
        "last_day": _iso(value.last_day),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _materials(
    case_type: CaseType, in_force: InForce | None, language: Language
) -> list[dict[str, Any]]:
    return [
        {
            "id": material.id,
            "label": material.label.text(language),
            "kind": str(material.kind),
            "needed_from": [need.stage for need in material.needs],
            "citations": _citations(
                in_force.citations(material.citations) if in_force else material.citations
            ),
        }
        for material in case_type.materials
    ]


def _rules(
    case_type: CaseType, in_force: InForce | None, language: Language
) -> list[dict[str, Any]]:
    return [
        {
            "id": rule.id,
            "title": rule.title.text(language),
            "severity": str(rule.severity),
            "fields": list(rule.reads),
            "citations": _citations(in_force.cited_by(rule) if in_force else rule.citations),
        }
        for rule in case_type.rules
    ]


def _field(field: Field, language: Language) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": field.id,
        "label": field.label.text(language),
        "kind": str(field.kind),
        "needed_from": [need.stage for need in field.needs],
    }
    if field.choices:
        described["choices"] = [choice.id for choice in field.choices]
    if field.columns:
        described["columns"] = [_field(column, language) for column in field.columns]
    return described


def _citations(citations: tuple[Citation, ...]) -> list[dict[str, str]]:
    return [{"regulation": c.regulation, "article": c.article} for c in citations]


@click.command()
@click.option("--on", "day", type=DAY, help="以这一天为准（默认今天）· as of this day (today)")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="语言 · language")
@click.pass_obj
def regulations(
    program: Program, day: datetime | None, as_json: bool, lang: Language | None
) -> int:
    """列出依据：有效期、参数、条款、引用的规则 · regulations: days, figures, articles, rules.

    有 --office 时连同该办公单元的依据 · with --office, those of the office, too.
    """
    language = lang or program.language
    listed = lawbook.entries(program.library(), day.date() if day else program.today())
    if as_json:
        described = [_entry(entry, language) for entry in listed]
        print_json({"format": "auditdesk.regulations/1", "regulations": described})
        return 0
    for entry in listed:
        for line in _entry_lines(entry, language):
            click.echo(line)
    return 0


def _entry(entry: Entry, language: Language) -> dict[str, Any]:
    regulation = entry.regulation
    return {
        "id": regulation.id,
        "number": regulation.number,
        "title": regulation.title.text(language),
        "issuer": regulation.issuer.text(language),
        "first_day": regulation.first_day.isoformat(),
        "last_day": _iso(regulation.last_day),
        "ending": regulation.ending.text(language) if regulation.ending else None,
        "on": entry.day.isoformat(),
        "state": str(entry.state),
        "days_left": entry.days_left,
        "origin": "office" if entry.own else "shipped",
        "succeeds": entry.before.id if entry.before else None,
        "succeeded_by": entry.after.id if entry.after else None,
        "articles": [
            {"number": a.number, "gist": a.gist.text(language), "replaces": list(a.replaces)}
            for a in regulation.articles
        ],
        "parameters": [
            {
                **_parameter(p, language),
                "note": p.note.text(language) if p.note else None,
                "values": [_value(p, value, language) for value in p.values],
            }
            for p in regulation.parameters
        ],
        "rules": [
            {"case_type": use.case_type.id, "rule": use.rule.id, "articles": list(use.articles)}
            for use in entry.uses
        ],
        "clocks": [
            {"case_type": use.case_type.id, "clock": use.clock.id, "articles": list(use.articles)}
            for use in entry.clocks
        ],
        "told_in_papers": entry.told,
    }


def _entry_lines(entry: Entry, language: Language) -> Iterator[str]:
    regulation, english = entry.regulation, language == "en"
    state, title = STATES[entry.state].text(language), regulation.title.text(language)
    yield f"{regulation.id} {regulation.number} {title}"
    left = f" ({entry.days_left} days left)" if english else f"（还有 {entry.days_left} 天）"
    shown = left if entry.days_left is not None else ""
    yield f"  {regulation.first_day} – {regulation.last_day or ''} {state}{shown}"
    if entry.before:
        yield f"  ← {'succeeds' if english else '接续'} {entry.before.id}"
    if entry.after:
        yield f"  → {'succeeded by' if english else '接续者'} {entry.after.id}"
    for parameter in regulation.parameters:
        for value in parameter.values:
            days = f"{value.first_day} – {value.last_day or ''}"
            shown = lawbook.shown(parameter, value).text(language)
            unit = parameter.unit.text(language)
            yield f"  = {parameter.id} {shown} {unit} [{value.article}] {days}"
    for article in regulation.articles:
        yield f"  § {regulation.cited(article.number).text(language)} {article.gist.text(language)}"
    for use in entry.uses:
        yield f"  ✓ {use.rule.id} [{', '.join(use.articles)}]"
    for period in entry.clocks:
        name = f"{period.case_type.id} {period.clock.label.text(language)}"
        yield f"  ⏲ {name} [{', '.join(period.articles)}]"
    if entry.told:
        yield f"  ※ {TOLD.text(language)}"
