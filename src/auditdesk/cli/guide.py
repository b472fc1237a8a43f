"""The command `guide`: the topics that F1 shows in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from auditdesk.cli.output import print_rows
from auditdesk.operations import guide as texts
from auditdesk.util.paths import shipped

if TYPE_CHECKING:
    from auditdesk.cli.program import Program


@click.command()
@click.argument("topic", required=False)
@click.pass_obj
def guide(program: Program, topic: str | None) -> int:
    """使用指南 · the guide: the list of topics, or one of them.

    TOPIC: 主题，窗口中按 F1 所见 · a topic, as F1 shows it in the window.
    """
    known = texts.topics(shipped("resources"), program.language)
    if topic is None:
        print_rows((one.id, one.title) for one in known)
    else:
        click.echo(texts.topic(known, topic).text.rstrip())
    return 0
