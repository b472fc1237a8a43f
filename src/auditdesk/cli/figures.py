"""The command `figures`: counts and sums of a period, as text, JSON, workbook or PDF."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditdesk.cli.figure_output import as_json, lines
from auditdesk.cli.options import DAY
from auditdesk.cli.output import aligned, write_file
from auditdesk.domain.period import Period, containing
from auditdesk.operations import figure_files
from auditdesk.operations import figures as counting
from auditdesk.operations.figure_views import Asked
from auditdesk.operations.figure_words import measured
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.progress import NoProgress

if TYPE_CHECKING:
    from datetime import date, datetime

    from auditdesk.cli.program import Program
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.figure_views import Figures

_FILES = ("xlsx", "pdf")


@click.command()
@click.option("--from", "first", type=DAY, help="首日，默认本年首日 · first day, else 1 January")
@click.option("--to", "last", type=DAY, help="末日，默认本年末日 · last day, else 31 December")
@click.option("--type", "case_type", help="事项 · case type")
@click.option("--district", help="区划代码 · district code")
@click.option("--town", help="镇街，须与 --district 同用 · town, with --district")
@click.option(
    "--measure", help="柱形所示的合计栏，须有 --type · column that bars show, with --type"
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", *_FILES]), default="text",
    show_default=True, help="形式 · form",
)  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path), help="写入文件 · write to this file")
@click.option("--overwrite", is_flag=True, help="覆盖已有文件 · replace an existing file")
@click.pass_obj
def figures(program: Program, /, *, form: str, output: Path | None, **options: Any) -> None:
    """统计一段时间受理和决定的案件，与上期对比 · cases received and decided in a period.

    每个数字对应的案件，可用 JSON 中 list 一项的参数由 case list 列出 · the cases behind a figure
    are listed by `case list` with the arguments under "list" in the JSON.
    """
    if form in _FILES and output is None:
        raise UnusableInputError(
            f"写 {form} 文件要用 --output 指明文件名。", f"A {form} file needs --output FILE."
        )
    if output is not None:
        _check_output(output, overwrite=options["overwrite"])
    with closing(program.sign_in()) as desk:
        asked = Asked(
            _period(desk.today(), options["first"], options["last"]),
            options["case_type"],
            options["district"],
            options["town"],
        )
        if output is not None and form in _FILES:
            _write(program, desk, asked, form, output, options["measure"])
            return
        read = counting.read(desk, asked, NoProgress())
    text = _text(program, read, form, options["measure"])
    if output is None:
        click.echo(text)
        return
    write_file(output, f"{text}\n".encode())
    program.say(f"已写入 {output}", f"Written to {output}")


def _check_output(path: Path, *, overwrite: bool) -> None:
    if path.is_dir() or not path.parent.is_dir():
        raise UnusableInputError(
            f"{path} 不能写：它是文件夹，或所在的文件夹不存在。",
            f"{path} cannot be written: it is a folder, or its folder is not there.",
        )
    if path.exists() and not overwrite:
        raise UnusableInputError(
            f"文件已存在，没有覆盖：{path}。请换一个文件名，或加 --overwrite。",
            f"{path} exists already and was not replaced. Choose another name or add --overwrite.",
        )


def _period(today: date, first: datetime | None, last: datetime | None) -> Period:
    """The days asked for; what is left out is the end of its year."""
    known = first or last
    year = containing(known.date() if known else today, "year")
    begin, end = (first.date() if first else year.first), (last.date() if last else year.last)
    if end < begin:
        raise UnusableInputError(
            f"起止日期颠倒：{begin} 晚于 {end}。",
            f"The period is upside down: {begin} is after {end}.",
        )
    return Period(begin, end)


def _write(  # noqa: PLR0913, PLR0917 – which figures, as what, where to
    program: Program, desk: Desk, asked: Asked, form: str, path: Path, measure: str | None
) -> None:
    if form == "xlsx":
        told = figure_files.write_book(desk, asked, path, NoProgress())
    else:
        told = figure_files.write_paper(desk, asked, measure, path, NoProgress())
    click.echo(program.text(told))


def _text(program: Program, read: Figures, form: str, measure: str | None) -> str:
    column = measured(read, measure)
    if form == "json":
        return json.dumps(as_json(program, read), ensure_ascii=False)
    return "\n".join(
        "\n".join(aligned(block)) if isinstance(block, list) else block
        for block in lines(program, read, column)
    )
