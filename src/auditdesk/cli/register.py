"""The commands `register`: rows that stand for years, as of any day."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditdesk.cli.case_output import report_lines, verdict_text
from auditdesk.cli.options import DAY
from auditdesk.cli.output import print_json, print_rows
from auditdesk.cli.register_files import hand_out, on_paper, take_in
from auditdesk.operations import bodies, register_links, register_rows, registers
from auditdesk.operations.problems import invalid
from auditdesk.operations.words import SEVERITIES
from auditdesk.regulations.casefile import LARGEST_FILE, json_object
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.label import Label
from auditdesk.util.reading import read_limited

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from auditdesk.cli.program import Program
    from auditdesk.domain.register import Register
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.register_views import RegisterEntry, RegisterEntryView

_CHECK = Label("审查", "Check")
_YES, _NO = Label("是", "yes"), Label("否", "no")
_ON = click.option("--on", "day", type=DAY, help="按哪一天，默认今天 · as of this day, else today")
_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")


@click.group()
def register() -> None:
    """台账 · registers."""


register.add_command(take_in)
register.add_command(hand_out)
register.add_command(on_paper)


def _day(desk: Desk, given: datetime | None) -> date:
    return given.date() if given else desk.today()


@register.command("list")
@click.argument("name", metavar="REGISTER")
@_ON
@click.option("--view", default="", help="只列此视图 · only the rows of this view")
@click.option("--search", "text", default="", help="编码、名称、拼音首字母 · words to search for")
@_JSON
@click.pass_obj
def list_(  # noqa: PLR0913 – which rows, of which day
    program: Program, *, name: str, day: datetime | None, view: str, text: str, as_json: bool
) -> None:
    """某日的台账 · the register as it stood on a day."""
    with closing(program.sign_in()) as desk:
        declared = desk.library.register(name).register
        found = registers.entries(desk, name, _day(desk, day), view=view, text=text)
    if as_json:
        for entry in found:
            print_json(_entry_json(program, entry))
        return
    if found:
        print_rows(_table(program, declared, found))
    program.say(f"共 {len(found)} 条", f"{len(found)} rows")


def _table(
    program: Program, register: Register, entries: tuple[RegisterEntry, ...]
) -> Iterator[tuple[str, ...]]:
    columns = [column for column in register.columns if column.id in register.listed]
    yield (program.text(_CHECK), *(program.text(column.label) for column in columns))
    for entry in entries:
        noted = program.text(SEVERITIES["notice"]) if entry.noted else None
        yield (
            noted or verdict_text(program, entry.report.verdict),
            *(_cell(program, register, c.source, entry.value(c.source)) for c in columns),
        )


def _cell(program: Program, register: Register, source: str, value: Any) -> str:
    """A value in words: a choice by its label."""
    if value is None:
        return "—"
    kind, _, name = source.partition(".")
    if kind == "computed":
        declared = next(c for c in register.computed if c.id == name)
        return program.text(declared.shown(value))
    label = register.row.field(name).choice_label(value) if isinstance(value, str) else None
    if isinstance(value, bool):
        return program.text(_YES if value else _NO)
    return program.text(label) if label else str(value)


def _entry_json(program: Program, entry: RegisterEntry) -> dict[str, Any]:
    report = entry.report.as_json(program.language)
    return {
        "register": entry.register,
        "code": entry.code,
        "title": entry.title,
        "version": entry.version,
        "updated_at": entry.updated_at.isoformat(),
        "on": report["accepted_on"],
        "verdict": report["verdict"],
        "views": sorted(entry.views),
        "data": dict(entry.raw),
        "computed": report["computed"],
        "rules": report["rules"],
        "missing_fields": report["missing_fields"],
        "invalid_fields": report["invalid_fields"],
    }


@register.command()
@click.argument("name", metavar="REGISTER")
@click.argument("code")
@_ON
@_JSON
@click.pass_obj
def show(program: Program, name: str, code: str, *, day: datetime | None, as_json: bool) -> None:
    """一条记录的全部 · one row, whole: its findings, its cases, its history."""
    with closing(program.sign_in()) as desk:
        view = registers.entry(desk, name, code, _day(desk, day))
    if as_json:
        print_json(_view_json(program, view))
        return
    for line in _view_lines(program, view):
        click.echo(line)


def _view_json(program: Program, view: RegisterEntryView) -> dict[str, Any]:
    return {
        **_entry_json(program, view.entry),
        "current": dict(view.current),
        "begins": [case_type.id for case_type in view.begins],
        "cases": [
            {
                "no": c.no,
                "case_type": c.case_type,
                "stage": c.stage,
                "status": c.status,
                "accepted_on": c.accepted_on.isoformat(),
            }
            for c in view.cases
        ],
        "versions": [
            {
                "version": v.version,
                "at": v.at.isoformat(),
                "by": v.by,
                "source": v.source,
                "changes": [{"field": c.field, "old": c.old, "new": c.new} for c in v.changes],
            }
            for v in view.versions
        ],
    }


def _view_lines(program: Program, view: RegisterEntryView) -> Iterator[str]:
    entry, declared = view.entry, view.register
    yield f"{entry.code} · {entry.title} · {program.text(declared.label)} {view.day}"
    yield from report_lines(program, declared.row, entry.report)
    for column in declared.columns:
        value = entry.value(column.source)
        if value is not None:
            shown = _cell(program, declared, column.source, value)
            yield f"  {program.text(column.label)}: {shown}"
    for case in view.cases:
        label, stage = program.text(case.case_type_label), program.text(case.stage_label)
        yield f"  § {case.no} {label} · {stage} · {program.text(case.status_label)}"
    for version in view.versions:
        at = version.at.isoformat(sep=" ", timespec="minutes")
        fields = "、".join(program.text(change.label) for change in version.changes)
        yield f"  {at} {version.full_name} {version.source} {fields}"


@register.command("set")
@click.argument("name", metavar="REGISTER")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_JSON
@click.pass_obj
def set_(program: Program, name: str, files: tuple[Path, ...], *, as_json: bool) -> None:
    """登记或修改记录 · enter rows, or change them.

    每份文件是一个 JSON 对象：字段和值；或 {"rows": […]}。未写的字段不变，null 清除；
    先读全部文件，有一份不能用就一条也不写 · each file is a JSON object of fields, or
    {"rows": […]}. Fields that are left out stay, null clears; all files are read first.
    """
    with closing(program.sign_in()) as desk:
        law = desk.library.register(name)
        rows = [(f, row) for f in files for row in _rows(f)]
        _require_usable(law.register, rows)
        for file, row in rows:
            _set_one(program, desk, law.register, file, row, as_json=as_json)


def _rows(file: Path) -> list[dict[str, Any]]:
    """The rows of a file.

    Raises:
        UnusableInputError: names the file.
    """
    try:
        content = json_object(read_limited(file, LARGEST_FILE))
    except UnusableInputError as fault:
        zh = fault.message.zh.replace("案件文件", "台账文件", 1)
        en = fault.message.en.replace("case file", "register file", 1)
        raise UnusableInputError(f"{file}：{zh}", f"{file}: {en}") from fault
    rows = content.get("rows", [content])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UnusableInputError(
            f"{file}：rows 应为一列记录。", f"{file}: rows must be a list of objects."
        )
    return rows


def _require_usable(register: Register, rows: list[tuple[Path, dict[str, Any]]]) -> None:
    """Refuse all rows where one has no usable key, or the key of another."""
    seen: set[str] = set()
    for file, row in rows:
        try:
            key = register_rows.content_of(register, row).code
            json.dumps(bodies.plain(row), ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise UnusableInputError(
                f"{file}：文字中含有残缺字符，无法保存。",
                f"{file}: a text holds half a character that cannot be kept.",
            ) from None
        except UnusableInputError as fault:
            zh, en = fault.message.zh, fault.message.en
            raise UnusableInputError(f"{file}：{zh}", f"{file}: {en}") from fault
        if key in seen:
            raise UnusableInputError(
                f"{file}：编码 {key} 出现两次。", f"{file}: {key} is given twice."
            )
        seen.add(key)


def _set_one(  # noqa: PLR0913 – which row, from where, and how it is told
    program: Program,
    desk: Desk,
    register: Register,
    file: Path,
    row: dict[str, Any],
    *,
    as_json: bool,
) -> None:
    code = register_rows.key_of(register, row)
    record = desk.office.registers.find(register.id, code)
    data = {**register_rows.data_of(record), **row} if record else row
    known = record.code if record else None
    version = record.version if record else 0
    view, changes = registers.save(desk, register.id, known, version, data)
    unknown = sorted(set(row) - {field.id for field in register.fields})
    if as_json:
        verdict = str(view.entry.report.verdict)
        print_json({"code": code, "verdict": verdict, "unknown_fields": unknown})
        return
    verdict = verdict_text(program, view.entry.report.verdict)
    click.echo(f"{program.text(changes.summary)} · {verdict}")
    for problem in invalid(register.row, view.entry.report):
        click.echo(f"  {program.text(problem)}")
    for name in unknown:
        program.say(
            f"  i {file}：台账没有此字段，未保存：{name}",
            f"  i {file}: not kept, no such field: {name}",
        )


@register.command()
@click.argument("case_type")
@click.argument("code")
@_ON
@click.pass_obj
def take(program: Program, case_type: str, code: str, *, day: datetime | None) -> None:
    """从台账起草案件文件 · print a case file begun from a row, as of its day of acceptance."""
    with closing(program.sign_in()) as desk:
        case_file = register_links.begun(desk, case_type, code, _day(desk, day))
    print_json(case_file.as_json())
