"""The commands `case`: entering, finding and showing cases."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditdesk.cli import case_output
from auditdesk.cli.clock import clocks
from auditdesk.cli.decide import add_decisions
from auditdesk.cli.editing import edit, set_
from auditdesk.cli.narrowing import narrowed, narrowing
from auditdesk.cli.output import print_json, print_rows
from auditdesk.domain.report import Verdict
from auditdesk.operations import cases
from auditdesk.regulations.casefile import LARGEST_FILE, parse_case
from auditdesk.store.records import CaseFilter
from auditdesk.util.faults import Fault, UnusableInputError
from auditdesk.util.reading import read_limited

if TYPE_CHECKING:
    from auditdesk.cli.program import Program
    from auditdesk.domain.case import CaseFile
    from auditdesk.operations.desk import Desk


@click.group()
def case() -> None:
    """案件 · the case work."""


add_decisions(case)
case.add_command(edit)
case.add_command(set_)
case.add_command(clocks)


@case.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，每案一行 · a JSON line a case")
@click.pass_obj
def import_(program: Program, files: tuple[Path, ...], as_json: bool) -> None:
    """录入案件文件 · enter case files.

    先读全部文件，有一份不能用就一份也不录 · all files are read first; if one cannot be used,
    none is entered.
    """
    with closing(program.sign_in()) as desk:
        for case_file in _read_all(program, desk, files):
            view, changes = cases.import_case(desk, case_file)
            if as_json:
                print_json(
                    {
                        "no": view.no,
                        "verdict": str(view.report.verdict),
                        "unknown_fields": list(case_file.unknown),
                    }
                )
                continue
            verdict = case_output.verdict_text(program, view.report.verdict)
            click.echo(f"{program.text(changes.summary)} · {verdict}")
            for name in case_file.unknown:
                program.say(
                    f"  i 本事项没有，未保存：{name}",
                    f"  i not kept, no such field: {name}",
                )


def _read_all(program: Program, desk: Desk, files: tuple[Path, ...]) -> list[CaseFile]:
    """All case files; names every one that cannot be used.

    Raises:
        UnusableInputError: at least one cannot be used.
    """
    found: list[CaseFile] = []
    unusable: list[tuple[Path, Fault]] = []
    for file in files:
        try:
            case_file = parse_case(read_limited(file, LARGEST_FILE), desk.library)
            cases.require_enterable(desk, case_file)
            found.append(case_file)
        except UnusableInputError as problem:
            unusable.append((file, problem))
    for file, fault in unusable:
        click.echo(f"{file}: {fault.text(program.language)}", err=True)
    if unusable:
        raise UnusableInputError(
            f"{len(files)} 份文件中有 {len(unusable)} 份不能用，没有录入任何案件。",
            f"{len(unusable)} of {len(files)} files cannot be used; no case was entered.",
        )
    return found


@case.command("list")
@click.option("--type", "case_type", help="事项 · case type")
@click.option(
    "--status",
    type=click.Choice(["open", "returned", "refused", "withdrawn", "closed"]),
    help="状态 · status",
)
@click.option("--stage", help="环节 · stage")
@click.option(
    "--verdict",
    type=click.Choice(["block", "incomplete", "justify", "pass"]),
    help="审查结论 · verdict",
)
@click.option("--mine", is_flag=True, help="我录入的 · entered by me")
@click.option("--search", "text", help="编号、名称、村、地块、拼音首字母 · words to search for")
@click.option("--sort", type=click.Choice(["due", "no", "updated"]), default="due")
@narrowing
@click.option("--limit", type=click.IntRange(1, 100_000), default=100, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，每案一行 · a JSON line a case")
@click.pass_obj
def list_(  # noqa: PLR0913 – filters
    program: Program,
    /,
    *,
    case_type: str | None,
    status: str | None,
    stage: str | None,
    verdict: str | None,
    mine: bool,
    text: str | None,
    sort: str,
    limit: int,
    as_json: bool,
    **options: Any,
) -> None:
    """列出案件 · list cases."""
    with closing(program.sign_in()) as desk:
        wanted = CaseFilter(
            case_type=case_type,
            status=status,  # type: ignore[arg-type]  # click lets only these words through
            stage=stage,
            verdict=verdict,
            created_by=desk.user.name if mine else None,
        )
        wanted = narrowed(wanted, desk.today(), options)
        if text:
            found = cases.search(desk, text, wanted, limit=limit)
        else:
            found = cases.page(desk, wanted, sort=sort, limit=limit)  # type: ignore[arg-type]  # as above
    if as_json:
        for row in found.rows:
            print_json(case_output.row_json(row))
    else:
        print_rows(case_output.table(program, found.rows))
        if found.next_key is not None:
            program.say("… 还有更多，用 --limit 放宽", "… there are more; raise --limit")


@case.command()
@click.argument("no")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def show(program: Program, no: str, as_json: bool) -> None:
    """一件案件的全部 · one case, whole."""
    with closing(program.sign_in()) as desk:
        view = cases.view(desk, no)
    if as_json:
        print_json(case_output.view_json(program, view))
    else:
        for line in case_output.view_lines(program, view):
            click.echo(line)


@case.command()
@click.argument("no")
@click.option("--json", "as_json", is_flag=True, help="输出 auditdesk.check/1 · print the report")
@click.pass_obj
def check(program: Program, no: str, as_json: bool) -> int:
    """按录入时的规则审查 · judge a case by the law it was entered under.

    退出码 · exit status: 0 通过 pass, 1 未通过 falls short.
    """
    with closing(program.sign_in()) as desk:
        view = cases.view(desk, no)
    if as_json:
        print_json(view.report.as_json(program.language))
    else:
        for line in case_output.report_lines(program, view.case_type, view.report):
            click.echo(line)
    return 0 if view.report.verdict is Verdict.PASS else 1
