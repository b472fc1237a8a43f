"""The commands `material`: what the applicant handed in, on paper and as scans."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditdesk.cli.batch import Counter
from auditdesk.cli.case_output import scan_json
from auditdesk.cli.material_moves import move, reuse
from auditdesk.cli.output import print_json, print_rows, write_file
from auditdesk.domain.material import COPY, ORIGINAL, HandedIn
from auditdesk.operations import cases, materials, scan_export
from auditdesk.operations.materials import PRESENT, WantedScan
from auditdesk.operations.words import FORMS, MATERIALS, word
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from auditdesk.cli.program import Program
    from auditdesk.operations.materials import AttachedScan, AttachReport
    from auditdesk.operations.views import CaseView

_VERDICTS = ("present", "missing", "not_applicable")


@click.group()
def material() -> None:
    """材料和扫描件 · materials and scans."""


material.add_command(move)
material.add_command(reuse)


@material.command()
@click.argument("no")
@click.argument("material_id", metavar="ID")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--original", is_flag=True, help="已核对原件 · the original was seen")
@click.option(
    "--put-away",
    is_flag=True,
    help="存好后把原文件移入旁边的“已归档” · then move each file into a folder 已归档 beside it",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，每份一行 · a JSON line each")
@click.pass_obj
def attach(  # noqa: PLR0913 – which scans of what
    program: Program,
    *,
    no: str,
    material_id: str,
    files: tuple[Path, ...],
    original: bool,
    put_away: bool,
    as_json: bool,
) -> int:
    """把扫描件存入单元 · keep scans in the office and mark their material present.

    先查看再保存；不能收的说明原因，其余照办 · each is looked at first; what is refused is told,
    the others are kept. 退出码 · exit status: 0 全部存好 all kept, 1 有未存的 some not.
    """
    wanted = [WantedScan(material_id, file, original) for file in files]
    with closing(program.sign_in()) as desk:
        view, report, changes = materials.attach_all(desk, no, wanted, Counter(), put_away=put_away)
    if len(files) == 1 and report.refused:
        raise report.refused[0]
    for done in report.attached:
        if as_json:
            print_json(_attached_json(done))
        else:
            _tell_elsewhere(program, view, done)
    for label in (*(fault.message for fault in report.refused), *report.left):
        click.echo(f"! {program.text(label)}", err=True)
    if not as_json:
        click.echo(program.text(changes.summary))
    return _status(report)


def _status(report: AttachReport) -> int:
    return 1 if report.refused or report.left else 0


def _attached_json(done: AttachedScan) -> dict[str, Any]:
    others = [{"no": s.case_no, "material": s.material, "id": s.id} for s in done.elsewhere]
    return scan_json(done.scan) | {"elsewhere": others}


def _tell_elsewhere(program: Program, view: CaseView, done: AttachedScan) -> None:
    """Say where else the same content is: perhaps it belongs there, and not here."""
    for other in done.elsewhere:
        if other.case_no != view.no:
            program.say(
                f"i “{done.scan.file_name}”的内容在案件 {other.case_no} 中也有。",
                f"i “{done.scan.file_name}”: case {other.case_no} has the same content.",
            )
        else:
            label = program.text(view.case_type.material(other.material).label)
            program.say(
                f"i “{done.scan.file_name}”的内容在本案“{label}”中也有。",
                f"i “{done.scan.file_name}”: {label} of this case has the same content.",
            )


@material.command("list")
@click.argument("no")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def list_(program: Program, *, no: str, as_json: bool) -> None:
    """列出案件的材料 · list a case's materials: verdict, original or copy, pages, scans."""
    with closing(program.sign_in()) as desk:
        view = cases.view(desk, no)
    rows = [_material_json(program, view, m.id) for m in view.case_type.materials]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        row["verdict"] = program.text(word(MATERIALS, row["verdict"]))
        row["form"] = program.text(word(FORMS, row["form"]))
    print_rows(
        (
            r["material"],
            r["label"],
            r["verdict"],
            r["form"] or "—",
            "—" if r["pages"] is None else str(r["pages"]),
            ", ".join(f"#{s['id']}" for s in r["scans"]),
        )
        for r in rows
    )


def _material_json(program: Program, view: CaseView, name: str) -> dict[str, Any]:
    handed_in = view.handed_in.get(name, HandedIn())
    return {
        "material": name,
        "label": program.text(view.case_type.material(name).label),
        "required": name in view.report.required_materials,
        "verdict": str(view.case_file.materials.get(name, "missing")),
        "form": handed_in.form,
        "pages": handed_in.pages,
        "noted": name in view.noted,
        "scans": [scan_json(s) for s in view.attachments if s.material == name],
    }


@material.command()
@click.argument("attachment_id", metavar="ID", type=int)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def show(program: Program, *, attachment_id: int, as_json: bool) -> None:
    """一个扫描件的情况 · one scan: what it is, who added it, where it came from."""
    with closing(program.sign_in()) as desk:
        scan = scan_json(materials.facts(desk, attachment_id))
    if as_json:
        print_json(scan)
    else:
        print_rows((key, str(value)) for key, value in scan.items() if value not in (None, ""))


@material.command()
@click.argument("attachment_id", metavar="ID", type=int)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="存到 · target file")
@click.pass_obj
def fetch(program: Program, attachment_id: int, out: Path) -> None:
    """取出扫描件 · write a scan to a file (material list names its id)."""
    if out.exists():
        raise UnusableInputError(f"{out} 已存在，没有覆盖。", f"{out} exists; it was not replaced.")
    with closing(program.sign_in()) as desk:
        write_file(out, materials.open_attachment(desk, attachment_id))
    program.say(f"已存到 {out}", f"Written to {out}")


@material.command()
@click.argument("no")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="文件夹 · a folder")
@click.pass_obj
def export(program: Program, no: str, out: Path) -> None:
    """取出案件的全部扫描件 · write all scans of a case into a folder."""
    with closing(program.sign_in()) as desk:
        written = scan_export.export(desk, no, out, Counter())
    for path in written:
        click.echo(str(path))


@material.command()
@click.argument("no")
@click.argument("attachment_id", metavar="ID", type=int)
@click.pass_obj
def remove(program: Program, no: str, attachment_id: int) -> None:
    """从案件移除扫描件 · take a scan off its case; the office keeps its content."""
    with closing(program.sign_in()) as desk:
        _, changes = materials.remove(desk, no, attachment_id)
    click.echo(program.text(changes.summary))


@material.command()
@click.argument("no")
@click.argument("material_ids", metavar="[ID]…", nargs=-1)
@click.option("--verdict", type=click.Choice(_VERDICTS), help="齐、缺、不适用 · the verdict")
@click.option("--form", type=click.Choice((ORIGINAL, COPY)), help="原件或复印件 · original or copy")
@click.option("--pages", type=int, help="页数 · how many pages")
@click.option("--clear", is_flag=True, help="收回形式和页数 · take back form and pages")
@click.option(
    "--all-present", is_flag=True, help="本环节要求的都记为齐 · all needed now are present"
)
@click.pass_obj
def mark(  # noqa: PLR0913 – what of which materials
    program: Program,
    *,
    no: str,
    material_ids: tuple[str, ...],
    verdict: str | None,
    form: str | None,
    pages: int | None,
    clear: bool,
    all_present: bool,
) -> None:
    """记材料是否齐备、原件还是复印件、多少页 · note verdict, form and pages of materials."""
    if bool(material_ids) == all_present:
        raise UnusableInputError(
            "请列出材料，或用 --all-present，二者取一。",
            "Name materials, or --all-present; not both.",
        )
    with closing(program.sign_in()) as desk:
        view = cases.view(desk, no)
        names = view.report.required_materials if all_present else material_ids
        verdicts, noted = dict(view.case_file.materials), dict(view.noted)
        for name in names:
            materials.require_known(view.case_type, name)
            if verdict or all_present:
                verdicts[name] = verdict or PRESENT
            old = HandedIn() if clear else noted.get(name, HandedIn())
            noted[name] = HandedIn(form or "", pages).or_else(old)
        _, changes = cases.save_case(
            desk,
            no,
            view.record.version,
            data=view.case_file.data,
            materials=verdicts,
            noted=noted,
        )
    click.echo(program.text(changes.summary))
