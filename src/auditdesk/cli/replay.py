"""The command `replay`: what a draft of the law would change in the office's cases."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditdesk.cli.options import DAY
from auditdesk.cli.output import print_json
from auditdesk.operations import replay_book, replays
from auditdesk.operations.words import VERDICTS, word
from auditdesk.util.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from auditdesk.cli.program import Program
    from auditdesk.operations.replays import ReplayedCase


@click.command()
@click.argument("draft", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--from", "first", required=True, type=DAY, help="首日 · first day accepted")
@click.option("--to", "last", required=True, type=DAY, help="末日 · last day accepted")
@click.option("--out", type=click.Path(path_type=Path), help="另存 XLSX · save as XLSX, too")
@click.option("--overwrite", is_flag=True, help="覆盖已有文件 · replace an existing file")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def replay(  # noqa: PLR0913 – which draft, which period, where to
    program: Program,
    *,
    draft: Path,
    first: datetime,
    last: datetime,
    out: Path | None,
    overwrite: bool,
    as_json: bool,
) -> None:
    """按草案试算案件，列出会有哪些变化；不写入 · judge cases by a draft; writes nothing.

    DRAFT 目录内为 regulations/*.toml 和 forms/事项/*.toml · the folder DRAFT holds
    regulations/*.toml and forms/CASE_TYPE/*.toml.
    """
    with closing(program.sign_in()) as desk:
        found = replays.replay(desk, draft, first.date(), last.date(), NoProgress())
        if out is not None:
            replay_book.save(desk, found, out, NoProgress(), overwrite=overwrite)
    if as_json:
        print_json(replay_book.as_json(found, program.language))
        return
    click.echo(program.text(found.summary))
    for case in found.cases:
        for line in _lines(program, case):
            click.echo(line)


def _lines(program: Program, case: ReplayedCase) -> Iterator[str]:
    old = program.text(word(VERDICTS, case.old_verdict))
    new = program.text(word(VERDICTS, case.new_verdict)) if case.new_verdict else "?"
    yield f"{case.no} {case.accepted_on} {program.text(case.case_type_label)}: {old} → {new}"
    if case.problem:
        yield f"  ! {program.text(case.problem)}"
    for d in case.differences:
        old, new = (program.text(replay_book.short(d, value)) for value in (d.old, d.new))
        yield f"  {program.text(d.label)} {d.id} {old} → {new}".rstrip()
        yield f"    - {program.text(d.old_text)}"
        yield f"    + {program.text(d.new_text)}"
