"""The commands `register import`, `export` and `print`: as a workbook, and on paper."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditdesk.cli.batch import Counter
from auditdesk.cli.options import DAY
from auditdesk.cli.output import check_target, print_json, print_rows, write_file
from auditdesk.operations import register_files, register_import
from auditdesk.operations.words import IMPORT_STATES
from auditdesk.util.progress import NoProgress

if TYPE_CHECKING:
    from datetime import datetime

    from auditdesk.cli.program import Program
    from auditdesk.operations.register_files import FilePlan
    from auditdesk.operations.register_views import ImportLine, LineState

_STATES: tuple[LineState, ...] = ("new", "changed", "same", "refused")


@click.command("import")
@click.argument("register")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="只核对，不写入 · look only, write nothing")
@click.option("--good-only", is_flag=True, help="只导入没有问题的行 · leave refused rows out")
@click.option(
    "--refused",
    type=click.Path(path_type=Path),
    help="不收的行另存为 XLSX · write the refused rows, with reasons, to this file",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def take_in(  # noqa: PLR0913 – what to import and how
    program: Program,
    *,
    register: str,
    file: Path,
    check: bool,
    good_only: bool,
    refused: Path | None,
    as_json: bool,
) -> int:
    """从工作簿导入台账 · import a register from a workbook.

    Without --good-only nothing is imported while a row is refused.
    """
    with closing(program.sign_in()) as desk:
        found = register_files.plan_file(desk, register, file, NoProgress())
        if refused is not None and found.plan.refused:
            register_files.write_refused(desk, found, refused)
        _print_plan(program, found, as_json=as_json)
        if check:
            return int(bool(found.plan.refused))
        changes = register_import.apply_import(desk, found.plan, good_only=good_only)
    click.echo(program.text(changes.summary), err=as_json)
    return int(bool(found.plan.refused))


def _print_plan(program: Program, found: FilePlan, *, as_json: bool) -> None:
    if as_json:
        lines = [_as_json(program, line) for line in found.plan.lines]
        print_json({"file": str(found.path), "sheet": found.table.sheet, "lines": lines})
        return
    print_rows(
        (program.text(IMPORT_STATES[state]), str(found.plan.count(state))) for state in _STATES
    )
    for line in found.plan.refused:
        reasons = "; ".join(program.text(reason) for reason in line.reasons)
        click.echo(f"{line.number}\t{line.code}\t{reasons}", err=True)


def _as_json(program: Program, line: ImportLine) -> dict[str, Any]:
    return {
        "row": line.number,
        "code": line.code,
        "state": line.state,
        "changes": [{"field": c.field, "old": c.old, "new": c.new} for c in line.changes],
        "reasons": [program.text(reason) for reason in line.reasons],
        "remarks": [program.text(remark) for remark in line.remarks],
    }


@click.command("export")
@click.argument("register")
@click.option("--on", "day", type=DAY, help="哪一天的情况，默认今天 · as it stood on this day")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="XLSX 文件 · file")
@click.option("--overwrite", is_flag=True, help="覆盖已有文件 · replace an existing file")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def hand_out(  # noqa: PLR0913 – which register, which day, where to
    program: Program,
    *,
    register: str,
    day: datetime | None,
    out: Path,
    overwrite: bool,
    as_json: bool,
) -> None:
    """把台账导出成工作簿 · export a register to a workbook that can be imported again."""
    with closing(program.sign_in()) as desk:
        on = day.date() if day else desk.today()
        facts, changes = register_files.export_register(
            desk, register, on, out, NoProgress(), overwrite=overwrite
        )
    if as_json:
        print_json({"file": str(out), "on": on.isoformat(), "rows": facts.sheets[0].rows})
        return
    click.echo(program.text(changes.summary))


@click.command("print")
@click.argument("register")
@click.option(
    "--out", "--output", required=True, type=click.Path(path_type=Path), help="PDF 文件 · PDF file"
)
@click.option("--on", "day", type=DAY, help="哪一天的情况，默认今天 · as it stood on this day")
@click.option("--view", default="", help="只印此视图 · only the rows of this view")
@click.option("--search", "text", default="", help="编码、名称、拼音首字母 · words to search for")
@click.option(
    "--column", "columns", multiple=True, help="印哪些栏，可重复 · a column to print, repeatable"
)
@click.option("--all-columns", is_flag=True, help="印全部栏目 · print every column")
@click.option("--sort", default="", help="按此栏排序 · order the rows by this column")
@click.option("--descending", is_flag=True, help="从大到小 · the largest first")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def on_paper(  # noqa: PLR0913 – which register, which of its rows and columns, where to
    program: Program,
    *,
    register: str,
    out: Path,
    day: datetime | None,
    view: str,
    text: str,
    columns: tuple[str, ...],
    all_columns: bool,
    sort: str,
    descending: bool,
    as_json: bool,
) -> None:
    """把台账排成可打印的 PDF · lay a register out as a PDF to print.

    不写 --column 时印台账规定的打印栏 · without --column the columns declared for paper.
    """
    from auditdesk.operations import register_print  # noqa: PLC0415 – heavy

    check_target(out)
    with closing(program.sign_in()) as desk:
        declared = desk.library.register(register).register
        choice = register_print.Choice(
            day=day.date() if day else desk.today(),
            view=view,
            text=text,
            columns=tuple(c.id for c in declared.columns) if all_columns else columns,
            sort=sort,
            descending=descending,
        )
        made = register_print.print_register(desk, register, choice, Counter())
    write_file(out, made.pdf)
    if as_json:
        on = choice.day.isoformat()
        print_json({"file": str(out), "on": on, "rows": made.rows, "pages": made.pages})
        return
    label = program.text(declared.label)
    program.say(
        f"{label}共 {made.rows} 条，{made.pages} 页：{out}",
        f"{label}: {made.rows} rows on {made.pages} pages: {out}",
    )
