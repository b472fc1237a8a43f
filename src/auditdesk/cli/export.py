"""The command `export city`: the bureau's workbook."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditdesk.cli.options import DAY
from auditdesk.cli.output import print_json, print_rows
from auditdesk.operations import exports
from auditdesk.util.progress import NoProgress

if TYPE_CHECKING:
    from datetime import datetime

    from auditdesk.cli.program import Program


@click.group()
def export() -> None:
    """导出 · workbooks."""


@export.command()
@click.option("--from", "first", required=True, type=DAY, help="首日 · first day accepted")
@click.option("--to", "last", required=True, type=DAY, help="末日 · last day accepted")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="XLSX 文件 · file")
@click.option("--overwrite", is_flag=True, help="覆盖已有文件 · replace an existing file")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def city(  # noqa: PLR0913 – which period, where to
    program: Program,
    *,
    first: datetime,
    last: datetime,
    out: Path,
    overwrite: bool,
    as_json: bool,
) -> None:
    """按受理日期导出市级报表 · the city's workbook by day of acceptance."""
    with closing(program.sign_in()) as desk:
        facts, changes = exports.export_city(
            desk, first.date(), last.date(), out, NoProgress(), overwrite=overwrite
        )
    if as_json:
        sheets = [{"name": sheet.name, "rows": sheet.rows} for sheet in facts.sheets]
        print_json({"file": str(out), "sheets": sheets})
        return
    click.echo(program.text(changes.summary))
    print_rows((sheet.name, str(sheet.rows)) for sheet in facts.sheets)
