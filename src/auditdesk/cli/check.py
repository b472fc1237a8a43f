"""The command `check`: judging case files without any office."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from auditdesk.domain.report import CheckReport, Outcome, Verdict
from auditdesk.regulations.casefile import LARGEST_FILE, parse_case
from auditdesk.regulations.judge import judge
from auditdesk.regulations.shipped import shipped_calendar
from auditdesk.util.faults import Fault, UnusableInputError
from auditdesk.util.os_reasons import os_reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditdesk.cli.program import Program
    from auditdesk.domain.declaration import CaseType
    from auditdesk.domain.workdays import WorkCalendar
    from auditdesk.regulations.library import Library
    from auditdesk.util.label import Label, Language

ERROR_FORMAT = "auditdesk.error/1"
_UNUSABLE, _FALLS_SHORT = UnusableInputError.exit_status, 1
_VERDICTS = {
    Verdict.PASS: ("通过", "pass"),
    Verdict.JUSTIFY: ("需书面说明", "needs a justification"),
    Verdict.INCOMPLETE: ("不完整", "incomplete"),
    Verdict.BLOCK: ("否决", "block"),
}
_SIGNS = {
    Outcome.PASS: "✓",
    Outcome.FAIL: "✕",
    Outcome.JUSTIFIED: "✎",
    Outcome.UNKNOWN: "?",
    Outcome.NOT_APPLICABLE: "–",
}


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="输出 auditdesk.check/1 · a report a line")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="语言 · language of messages")
@click.pass_obj
def check(program: Program, files: tuple[str, ...], as_json: bool, lang: Language | None) -> int:
    """审查案卷文件 · judge case files; needs no office.

    有 --office 时并用该办公单元 regulations 目录中的依据 · with --office, by the regulations
    of that office, too.

    退出码 · exit status: 0 全部通过 all pass, 1 有不通过的 some fall short, 2 有无法使用的
    some cannot be used.
    """
    language = lang or program.language
    library, calendar = program.library(), shipped_calendar()
    status = 0
    for file in files:
        status = max(status, _check_one(file, library, calendar, language, as_json))
    return status


def _check_one(
    file: str, library: Library, calendar: WorkCalendar, language: Language, as_json: bool
) -> int:
    try:
        case = parse_case(_read(file), library)
        report = judge(case, library.law(case.case_type), calendar)
    except Fault as fault:
        click.echo(f"{file}: {fault.text(language)}", err=True)
        if as_json:
            _print_json({"format": ERROR_FORMAT, "file": file, "error": fault.text(language)})
        return _UNUSABLE
    if as_json:
        _print_json(report.as_json(language))
    else:
        for line in _lines(file, report, library.law(case.case_type).case_type, language):
            click.echo(line)
    return 0 if report.verdict is Verdict.PASS else _FALLS_SHORT


def _print_json(content: dict[str, Any]) -> None:
    click.echo(json.dumps(content, ensure_ascii=False))


def _read(file: str) -> bytes:
    """A file's bytes, but no more than a case file may have."""
    try:
        with click.open_file(file, "rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        why = os_reason(error)
        raise UnusableInputError(
            f"无法读取文件：{why.zh}。", f"The file cannot be read: {why.en}."
        ) from None
    if not isinstance(content, bytes):
        raise TypeError(type(content))
    return content


def _lines(
    file: str, report: CheckReport, case_type: CaseType, language: Language
) -> Iterator[str]:
    zh, en = _VERDICTS[report.verdict]
    stage = case_type.stage(report.stage).label.text(language)
    yield f"{file}: {en if language == 'en' else zh} · {case_type.label.text(language)} · {stage}"
    for finding in report.findings:
        if finding.outcome in {Outcome.FAIL, Outcome.JUSTIFIED, Outcome.UNKNOWN}:
            sources = "; ".join(f"{c.regulation} {c.article}" for c in finding.citations)
            message = finding.message.text(language)
            yield f"  {_SIGNS[finding.outcome]} {finding.severity} {message} [{sources}]"
    yield from _lacking(report, case_type, language)


def _lacking(report: CheckReport, case_type: CaseType, language: Language) -> Iterator[str]:
    labels = {field.id: field.label for field in case_type.fields}
    for name in report.missing_fields:
        yield f"  ? {'empty' if language == 'en' else '未填'}: {_label(labels, name, language)}"
    for name in report.missing_materials:
        label = case_type.material(name).label.text(language)
        yield f"  ? {'material missing' if language == 'en' else '缺材料'}: {label} ({name})"
    for invalid in report.invalid_fields:
        reason = invalid.reason.text(language)
        label = _label(labels, invalid.field, language)
        yield f"  ✕ {'invalid' if language == 'en' else '无效'}: {label}: {reason}"
    for name in report.unknown_fields:
        yield f"  i {'not kept' if language == 'en' else '本事项没有，不予保存'}: {name}"


def _label(labels: dict[str, Label], name: str, language: Language) -> str:
    label = labels.get(name.split("[", maxsplit=1)[0])
    return f"{label.text(language)} ({name})" if label else name
