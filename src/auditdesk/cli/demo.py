"""The command `demo`: a sample office to practise in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditdesk.cli.output import print_json, print_rows
from auditdesk.domain.roles import ROLES
from auditdesk.operations import sample
from auditdesk.operations.words import word

if TYPE_CHECKING:
    from auditdesk.cli.program import Program
    from auditdesk.operations.sample import SampleFacts


class _Dots:
    """How far the building is, on a terminal only."""

    def step(self, done: int, total: int) -> None:
        """Rewrite the line."""
        if sys.stderr.isatty():
            click.echo(f"\r{done}/{total} ", nl=done == total, err=True)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def demo(program: Program, folder: Path, as_json: bool) -> None:
    """建一个样例单元 · build a sample office.

    含各角色用户和各环节案件，其中一案从受理办到签发批复，并写出 PDF 和报表 · with people of every
    role and cases in every stage, one of them led from intake to a signed approval; writes
    the PDFs and the workbook into the folder.
    """
    facts = sample.build(folder, program.surroundings(), _Dots())
    if as_json:
        print_json(
            {
                "office": str(folder),
                "cases": facts.cases,
                "shown": facts.shown,
                "password": facts.office.password,
                "people": [p.name for p in facts.office.people],
                "files": [str(path) for path in facts.files],
            }
        )
        return
    _tell(program, folder, facts)


def _tell(program: Program, folder: Path, facts: SampleFacts) -> None:
    program.say(
        f"样例单元“{facts.office.name}”已建在 {folder}：{facts.cases} 件案件，人名、案件均为虚构。",
        f"The sample office is in {folder}: {facts.cases} cases; all names are made up.",
    )
    people = [(facts.office.admin_name, facts.office.admin_full_name, "administrator")]
    people += [(p.name, p.full_name, p.role) for p in facts.office.people]
    print_rows((f"  {name}", full, program.text(word(ROLES, role))) for name, full, role in people)
    program.say(
        f"密码均为 {facts.office.password}（只用于样例）。",
        f"Everybody's password is {facts.office.password} (for the sample only).",
    )
    program.say(
        f"案件 {facts.shown} 已从受理办到双签批复，写出的文件：",
        f"Case {facts.shown} went from intake to the approval with both signatures. Written:",
    )
    for path in facts.files:
        click.echo(f"  {path}")
    program.say("接下来可以：", "Next you can:")
    approval = next(path for path in facts.files if path.suffix == ".pdf")
    click.echo(f"  auditdesk --office {folder}")
    click.echo(f"  auditdesk document verify {approval}")
    click.echo(f"  auditdesk --office {folder} --user liu case list")
