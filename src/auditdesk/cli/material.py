"""The commands `material`: scans of what the applicant handed in."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditdesk.cli.output import print_json, write_file
from auditdesk.operations import materials
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from auditdesk.cli.program import Program


@click.group()
def material() -> None:
    """材料扫描件 · scans."""


@material.command()
@click.argument("no")
@click.argument("material_id", metavar="ID")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--original", is_flag=True, help="已核对原件 · the original was seen")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def attach(  # noqa: PLR0913 – which scan of what
    program: Program, *, no: str, material_id: str, file: Path, original: bool, as_json: bool
) -> None:
    """把扫描件存入单元 · keep a scan in the office and mark its material present."""
    with closing(program.sign_in()) as desk:
        view, changes = materials.attach(desk, no, material_id, file, original=original)
    if as_json:
        kept = view.attachments[-1]
        print_json(
            {"id": kept.id, "material": kept.material, "size": kept.size, "digest": kept.digest}
        )
    else:
        click.echo(program.text(changes.summary))


@material.command()
@click.argument("attachment_id", metavar="ID", type=int)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="存到 · target file")
@click.pass_obj
def fetch(program: Program, attachment_id: int, out: Path) -> None:
    """取出扫描件 · write a scan to a file (case show --json names its id)."""
    if out.exists():
        raise UnusableInputError(f"{out} 已存在，没有覆盖。", f"{out} exists; it was not replaced.")
    with closing(program.sign_in()) as desk:
        write_file(out, materials.open_attachment(desk, attachment_id))
    program.say(f"已存到 {out}", f"Written to {out}")


@material.command()
@click.argument("no")
@click.argument("attachment_id", metavar="ID", type=int)
@click.pass_obj
def remove(program: Program, no: str, attachment_id: int) -> None:
    """从案件移除扫描件 · take a scan off its case; the office keeps its content."""
    with closing(program.sign_in()) as desk:
        _, changes = materials.remove(desk, no, attachment_id)
    click.echo(program.text(changes.summary))
