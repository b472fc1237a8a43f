"""The commands `backup`: making one, and checking that it can be used."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditdesk.cli.output import print_json
from auditdesk.operations import backups
from auditdesk.operations.checkpoints import checkpoint_text
from auditdesk.util.progress import NoProgress

if TYPE_CHECKING:
    from auditdesk.cli.program import Program
    from auditdesk.store.backup import BackupFacts


@click.group()
def backup() -> None:
    """备份 · backups."""


@backup.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    help="备份目录，最好在另一磁盘；默认在单元内 · folder of backups, best on another disk",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def create(program: Program, folder: Path | None, as_json: bool) -> None:
    """备份并核验 · make a backup and verify it."""
    with closing(program.sign_in()) as desk:
        facts, changes = backups.create(desk, folder, NoProgress())
    if as_json:
        print_json(_as_json(facts))
    else:
        click.echo(program.text(changes.summary))


@backup.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def verify(program: Program, folder: Path, as_json: bool) -> None:
    """核验备份完好可用 · check that a backup is whole and can be used.

    退出码 · exit status: 0 完好 sound, 1 不完整 not whole, 2 不是备份 no backup.
    """
    with closing(program.sign_in()) as desk:
        facts = backups.verify(desk, folder, NoProgress())
    if as_json:
        print_json(_as_json(facts))
        return
    program.say(
        f"备份完好：{facts.cases} 件案件，{facts.contents} 份扫描件和文书，"
        f"本单元的依据和文书模板文件 {facts.regulations} 个。",
        f"The backup is sound: {facts.cases} cases, {facts.contents} scans and documents, "
        f"{facts.regulations} files of the office's own law and templates.",
    )


def _as_json(facts: BackupFacts) -> dict[str, Any]:
    return {
        "folder": str(facts.folder),
        "made_at": facts.made_at,
        "cases": facts.cases,
        "contents": facts.contents,
        "regulations": facts.regulations,
        "checkpoint": checkpoint_text(facts.checkpoint),
    }
