"""The commands `material move` and `material reuse`."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from auditdesk.cli.output import print_json, print_rows
from auditdesk.operations import material_moves

if TYPE_CHECKING:
    from auditdesk.cli.program import Program
    from auditdesk.operations.material_moves import ReusableScan


@click.command()
@click.argument("attachment_id", metavar="ID", type=int)
@click.option("--to", "to_no", required=True, metavar="NO", help="移到哪个案件 · the case")
@click.option("--material", required=True, metavar="ID", help="移到哪份材料 · the material")
@click.option("--reason", required=True, help="为什么移 · why")
@click.pass_obj
def move(program: Program, *, attachment_id: int, to_no: str, material: str, reason: str) -> None:
    """放错的扫描件移到别的材料或案件 · move a scan that was attached wrongly."""
    with closing(program.sign_in()) as desk:
        _, changes = material_moves.move(desk, attachment_id, to_no, material, reason)
    click.echo(program.text(changes.summary))


@click.command()
@click.argument("no")
@click.argument("material_id", metavar="ID")
@click.argument("attachment_id", metavar="[SCAN]", type=int, required=False)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def reuse(
    program: Program, *, no: str, material_id: str, attachment_id: int | None, as_json: bool
) -> None:
    """取用以前案件的扫描件 · take a scan over from an earlier case.

    不写 SCAN 时列出可取用的 · without SCAN those are listed that can be taken over.
    """
    with closing(program.sign_in()) as desk:
        if attachment_id is None:
            offers = material_moves.reusable(desk, no, material_id)
        else:
            _, changes = material_moves.reuse(desk, no, material_id, attachment_id)
    if attachment_id is not None:
        click.echo(program.text(changes.summary))
    elif as_json:
        print_json([_as_json(program, offer) for offer in offers])
    else:
        print_rows(
            (
                f"#{o.scan.id}",
                o.case.no,
                o.case.title,
                program.text(o.material),
                o.scan.file_name,
                "、".join(program.text(label) for label in o.shared),
            )
            for o in offers
        )


def _as_json(program: Program, offer: ReusableScan) -> dict[str, object]:
    return {
        "id": offer.scan.id,
        "no": offer.case.no,
        "case_type": offer.case.case_type,
        "title": offer.case.title,
        "material": offer.scan.material,
        "material_label": program.text(offer.material),
        "file_name": offer.scan.file_name,
        "pages": offer.scan.pages,
        "original": offer.scan.original,
        "same_material": offer.same_material,
        "shared": [program.text(label) for label in offer.shared],
    }
