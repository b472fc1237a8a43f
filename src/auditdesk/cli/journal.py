"""The commands `journal`: checking and reading it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from auditdesk.cli.output import print_json, print_rows
from auditdesk.operations import journals
from auditdesk.operations.checkpoints import checkpoint_text
from auditdesk.operations.words import deed
from auditdesk.util.progress import NoProgress

if TYPE_CHECKING:
    from auditdesk.cli.program import Program


@click.group()
def journal() -> None:
    """日志 · the journal."""


@journal.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def verify(program: Program, as_json: bool) -> int:
    """从第一条核验到最后一条 · check the journal from the first entry to the last.

    退出码 · exit status: 0 完好 sound, 1 有改动 tampered with.
    """
    with closing(program.sign_in()) as desk:
        verdict = journals.verify(desk, NoProgress())
    checkpoint = checkpoint_text(verdict.last) if verdict.last else None
    reason = program.text(verdict.reason) if verdict.reason else None
    if as_json:
        print_json(
            {
                "ok": verdict.ok,
                "entries": verdict.entries,
                "first_bad_seq": verdict.first_bad_seq,
                "reason": reason,
                "checkpoint": checkpoint,
            }
        )
    elif verdict.ok:
        program.say(
            f"日志完好，共 {verdict.entries} 条。检查点：{checkpoint}",
            f"The journal is sound: {verdict.entries} entries. Checkpoint: {checkpoint}",
        )
    else:
        program.say(f"日志有问题：{reason}", f"The journal is not sound: {reason}")
    return 0 if verdict.ok else 1


@journal.command("list")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，每条一行 · a JSON line an entry")
@click.pass_obj
def list_(program: Program, limit: int, as_json: bool) -> None:
    """最近的日志 · the latest entries, newest first."""
    with closing(program.sign_in()) as desk:
        entries = journals.page(desk, limit=limit)
    if as_json:
        for e in entries:
            print_json(
                {
                    "seq": e.seq,
                    "at": e.at.isoformat(),
                    "actor": e.actor,
                    "kind": e.kind,
                    "case_no": e.case_no,
                    "body": e.body,
                    "hash": e.hash,
                }
            )
        return
    print_rows(
        (
            str(e.seq),
            e.at.isoformat(sep=" ", timespec="minutes"),
            e.actor,
            program.text(deed(e)),
            e.case_no or "",
        )
        for e in entries
    )
