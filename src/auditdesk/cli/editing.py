"""The commands `case edit` and `case set`: changing what was entered."""

from __future__ import annotations

import json
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditdesk.cli.case_output import verdict_text
from auditdesk.cli.files import pairs
from auditdesk.domain.declaration import FieldKind
from auditdesk.operations import cases
from auditdesk.operations.problems import invalid
from auditdesk.regulations.casefile import LARGEST_FILE, parse_case
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.reading import read_limited

if TYPE_CHECKING:
    from auditdesk.cli.program import Program
    from auditdesk.domain.declaration import CaseType, Field
    from auditdesk.operations.changes import Changes
    from auditdesk.operations.views import CaseView

_WORDS = {"true": True, "false": False, "是": True, "否": False}


@click.command()
@click.argument("no")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def edit(program: Program, no: str, file: Path) -> None:
    """用案件文件替换案件内容 · replace a case's facts by those of a case file."""
    with closing(program.sign_in()) as desk:
        case_file = parse_case(read_limited(file, LARGEST_FILE), desk.library)
        view = cases.view(desk, no)
        if case_file.case_type != view.record.case_type:
            raise UnusableInputError(
                f"{file} 的事项是 {case_file.case_type}，案件 {no} 是 {view.record.case_type}。",
                f"{file} is a {case_file.case_type}, case {no} is a {view.record.case_type}.",
            )
        saved, changes = cases.save_case(
            desk,
            no,
            view.record.version,
            data=case_file.data,
            materials=case_file.materials,
            accepted_on=case_file.accepted_on,
        )
    _tell(program, saved, changes)


@click.command("set")
@click.argument("no")
@click.argument("given", nargs=-1, required=True, metavar="FIELD=VALUE…")
@click.pass_obj
def set_(program: Program, no: str, given: tuple[str, ...]) -> None:
    """改字段或材料，空值清除 · change fields or materials; an empty value clears.

    例 · as: town_reviewed_on=2022-03-02 site_cleared=true town_opinion=present
    vote_topics=entry,price income_distribution='[{"recipient": "…"}]'
    """
    values = pairs(given)
    with closing(program.sign_in()) as desk:
        view = cases.view(desk, no)
        data, materials = dict(view.case_file.data), dict(view.case_file.materials)
        known = {f.id: f for f in view.case_type.fields}
        for name, text in values.items():
            if name in known:
                data[name] = _typed(known[name], text)
            else:
                materials[_material(view.case_type, name)] = text
        saved, changes = cases.save_case(
            desk, no, view.record.version, data=data, materials=materials
        )
    _tell(program, saved, changes)


def _tell(program: Program, saved: CaseView, changes: Changes) -> None:
    """That it is saved, its verdict, and what of it cannot be used as it stands."""
    click.echo(f"{program.text(changes.summary)} · {verdict_text(program, saved.report.verdict)}")
    for problem in invalid(saved.case_type, saved.report):
        click.echo(f"  {program.text(problem)}")


def _material(case_type: CaseType, name: str) -> str:
    if name not in {m.id for m in case_type.materials}:
        raise UnusableInputError(
            f"事项 {case_type.id} 没有字段或材料 {name}，用 auditdesk types 查看。",
            f"{case_type.id} has no field or material {name}; see auditdesk types.",
        )
    return name


def _typed(field: Field, text: str) -> Any:
    """What JSON would give for the field; a value of the wrong form is kept and judged."""
    if not text:
        return None
    match field.kind:
        case FieldKind.BOOLEAN:
            return _WORDS.get(text.lower(), text)
        case FieldKind.INTEGER:
            return int(text) if text.isascii() and text.isdigit() else text
        case FieldKind.CHOICES | FieldKind.TEXTS:
            return text.split(",")
        case FieldKind.ROWS:
            return _rows(field, text)
        case _:
            return text


def _rows(field: Field, text: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise UnusableInputError(
            f"{field.id} 应写作 JSON 列表。", f"{field.id} must be written as a JSON list."
        ) from error
