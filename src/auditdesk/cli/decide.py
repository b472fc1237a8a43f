"""The commands `case advance`, `return`, `refuse`, `withdraw`, `resume`, `justify`."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from auditdesk.operations import cases, reviews
from auditdesk.operations.reviews import Reasons

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.cli.program import Program
    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.views import CaseView

    Decision = Callable[[Desk, str, int, Reasons], tuple[CaseView, Changes]]


def add_decisions(group: click.Group) -> None:
    """Add the commands to `case`."""
    group.add_command(advance)
    group.add_command(justify)
    group.add_command(
        _decision("return", reviews.return_case, "退回补正 · return to intake for correction")
    )
    group.add_command(
        _decision("refuse", reviews.refuse, "不予批准（审批人） · refuse, a supervisor's decision")
    )
    group.add_command(
        _decision("withdraw", reviews.withdraw, "申请人撤回 · the applicant withdrew")
    )
    group.add_command(
        _decision("resume", reviews.resume, "恢复到前一环节 · go back to an earlier stage")
    )


@click.command()
@click.argument("no")
@click.option("--opinion", default="", help="意见 · opinion")
@click.pass_obj
def advance(program: Program, no: str, opinion: str) -> None:
    """提交下一环节；在批准环节即为批准 · hand on; at the decision stage that is the approval.

    退出码 · exit status: 0 已提交 handed on, 1 审查未通过 falls short, 3 不允许 refused.
    """
    with closing(program.sign_in()) as desk:
        version = cases.view(desk, no).record.version
        view, changes = reviews.advance(desk, no, version, opinion)
    click.echo(f"{program.text(changes.summary)} → {program.text(view.stage.label)}")


@click.command()
@click.argument("no")
@click.argument("rule")
@click.option("--reason", required=True, help="理由，空白则收回 · why; blank takes it back")
@click.pass_obj
def justify(program: Program, no: str, rule: str, reason: str) -> None:
    """为“说明”类结论写明理由 · write down why a finding may stand."""
    with closing(program.sign_in()) as desk:
        version = cases.view(desk, no).record.version
        _, changes = reviews.justify(desk, no, version, rule, reason)
    click.echo(program.text(changes.summary))


def _decision(name: str, decide: Decision, help_text: str) -> click.Command:
    """A command that needs reasons."""

    def command(program: Program, no: str, reason: str, **ticked: tuple[str, ...]) -> None:
        reasons = Reasons(reason, ticked["rules"], ticked["materials"], ticked["fields"])
        with closing(program.sign_in()) as desk:
            version = cases.view(desk, no).record.version
            _, changes = decide(desk, no, version, reasons)
        click.echo(program.text(changes.summary))

    options: list[Callable[[Any], Any]] = [
        click.argument("no"),
        click.option("--reason", default="", help="理由 · why"),
        click.option("--rule", "rules", multiple=True, help="勾选规则 · tick a rule"),
        click.option("--material", "materials", multiple=True, help="勾选材料 · tick a material"),
        click.option("--field", "fields", multiple=True, help="勾选字段 · tick a field"),
    ]
    decorated: Any = click.pass_obj(command)
    for option in reversed(options):
        decorated = option(decorated)
    return click.command(name, help=help_text)(decorated)
