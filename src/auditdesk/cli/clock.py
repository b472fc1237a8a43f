"""The periods of a case: `case clocks` shows them, `clock` pauses and extends them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditdesk.cli import clock_output
from auditdesk.cli.options import DAY
from auditdesk.cli.output import check_target, print_json, print_rows, write_file
from auditdesk.operations import cases, clock_sheets, clock_words, pauses
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from datetime import datetime

    from auditdesk.cli.program import Program

_NUMBER = click.IntRange(1, 2**53)
_REASON = click.option("--reason", required=True, help="理由，依据哪份文书 · why, by which paper")
_HEADS = (
    Label("编号", "Id"),
    Label("期限", "Period"),
    Label("起算", "Begins"),
    Label("最后一天", "Last day"),
    Label("状态", "State"),
)


@click.command()
@click.argument("no")
@click.option("--explain", is_flag=True, help="怎样算出来的 · how each was counted")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="输出格式 · what to print",
)
@click.option("--json", "form", flag_value="json", help="同 --format json · the same")
@click.option("--out", type=click.Path(path_type=Path), help="另存为 PDF · write it as a PDF")
@click.pass_obj
def clocks(program: Program, no: str, *, explain: bool, form: str, out: Path | None) -> None:
    """各项法定期限：最后一天、剩余工作日、中止 · the legal periods of a case."""
    if out is not None:
        check_target(out)
    with closing(program.sign_in()) as desk:
        found = cases.view(desk, no).clocks
        if out is not None:
            write_file(out, clock_sheets.printed(desk, no))
    if form == "json":
        print_json(
            {
                "case": no,
                "clocks": [
                    clock_output.clock_json(program, clock, explain=explain)
                    for clock in found.clocks
                ],
                "pauses": [clock_output.pause_json(program, pause) for pause in found.pauses],
            }
        )
        return
    if not found.clocks:
        program.say("本案没有法定期限。", "The case has no legal periods.")
    elif explain:
        for line in (line for clock in found.clocks for line in clock_words.lines(clock)):
            click.echo(program.text(line))
    else:
        rows = [clock_output.cells(program, clock) for clock in found.clocks]
        print_rows([tuple(program.text(head) for head in _HEADS), *rows])
        for line in (line for pause in found.pauses for line in clock_words.pause_lines(pause)):
            click.echo(program.text(line))


@click.group()
def clock() -> None:
    """期限的中止与延长 · pausing and extending the periods of a case."""


@clock.command()
@click.argument("no")
@click.option("--ground", required=True, help="事由，如 survey、hearing · ground, such as survey")
@click.option("--from", "first", type=DAY, help="首个不计的日子，默认今天 · first day; today")
@click.option("--to", "last", type=DAY, help="最后一个不计的日子 · last day not counted")
@_REASON
@click.pass_obj
def pause(  # noqa: PLR0913 – what a pause is
    program: Program,
    no: str,
    *,
    ground: str,
    first: datetime | None,
    last: datetime | None,
    reason: str,
) -> None:
    """中止约束本机关的期限 · let the periods that bind the office stand still."""
    with closing(program.sign_in()) as desk:
        _, changes = pauses.pause(
            desk, no, ground, reason, first=first and first.date(), last=last and last.date()
        )
    click.echo(program.text(changes.summary))


@clock.command()
@click.argument("no")
@click.argument("number", type=_NUMBER)
@click.option("--on", "last", type=DAY, help="最后一个不计的日子，默认今天 · last day; today")
@_REASON
@click.pass_obj
def resume(program: Program, no: str, number: int, *, last: datetime | None, reason: str) -> None:
    """恢复计算（编号见 case clocks） · let them count again; case clocks lists the numbers."""
    with closing(program.sign_in()) as desk:
        _, changes = pauses.end(desk, no, number, reason, last=last and last.date())
    click.echo(program.text(changes.summary))


@clock.command()
@click.argument("no")
@click.argument("clock_id", metavar="CLOCK")
@_REASON
@click.pass_obj
def extend(program: Program, no: str, clock_id: str, *, reason: str) -> None:
    """依法延长一项期限（审批人） · extend a period as law allows; for supervisors."""
    with closing(program.sign_in()) as desk:
        _, changes = pauses.extend(desk, no, clock_id, reason)
    click.echo(program.text(changes.summary))


@clock.command()
@click.argument("no")
@click.argument("number", type=_NUMBER)
@_REASON
@click.pass_obj
def revoke(program: Program, no: str, number: int, *, reason: str) -> None:
    """撤回记错的中止或延长 · take back what was recorded wrongly."""
    with closing(program.sign_in()) as desk:
        _, changes = pauses.revoke(desk, no, number, reason)
    click.echo(program.text(changes.summary))
