"""The commands `document`: printing, numbering, signing, verifying."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditdesk.cli.batch import print_all, sign_all, waiting
from auditdesk.cli.output import check_target, print_json, print_rows, write_file
from auditdesk.cli.signing import KeyWords, signing_options
from auditdesk.cli.verifying import find, verify
from auditdesk.operations.words import DOCUMENT_STATES, word
from auditdesk.util.faults import RefusedError

if TYPE_CHECKING:
    from auditdesk.cli.program import Program
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.documents import SigningKey
    from auditdesk.store.records import IssuedDocument


@click.group()
def document() -> None:
    """文书 · documents."""


for _made_elsewhere in (waiting, sign_all, print_all, verify, find):
    document.add_command(_made_elsewhere)


@document.command()
@click.argument("no")
@click.argument("kind")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="PDF 文件 · PDF file")
@signing_options
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def issue(  # noqa: PLR0913 – what is issued, where to, by which key
    program: Program, *, no: str, kind: str, out: Path, as_json: bool, words: KeyWords
) -> None:
    """编号、签名并取出文书 · number, sign and write a document.

    经办人先签，审批人复签；已签发的取出留存的原件 · the clerk signs first, the supervisor
    second; what is issued already is written as it was kept.
    """
    from auditdesk.operations import documents  # noqa: PLC0415 – heavy

    check_target(out)
    desk, password = program.sign_in_with_password()
    with closing(desk):
        made, content = _next(desk, no, kind, words.key(program, password))
        unstamped = documents.unstamped(desk, made)
    write_file(out, content)
    if as_json:
        told = {"unstamped": [program.text(one) for one in unstamped]}
        print_json(_as_json(made) | told)
        return
    state = word(DOCUMENT_STATES, made.state)
    program.say(f"{made.number} {state.zh}：{out}", f"{made.number} {state.en}: {out}")
    for one in unstamped:
        click.echo(f"  ! {program.text(one)}")


def _next(desk: Desk, no: str, kind: str, key: SigningKey) -> tuple[IssuedDocument, bytes]:
    """Take the document's next step, or fetch what is kept."""
    from auditdesk.operations import documents, papers  # noqa: PLC0415 – heavy

    offer = next((o for o in documents.offers(desk, no) if o.kind.id == kind), None)
    if offer is not None and offer.issued is not None:
        own = offer.issued.created_by == desk.user.name
        if offer.next_step == papers.FETCH or (own and not offer.enabled):
            return offer.issued, documents.content(desk, offer.issued.id)
        signed, content, _ = documents.countersign(desk, no, kind, key)
        return signed, content
    made, content, _ = documents.certify(desk, no, kind, key)
    return made, content


def _as_json(made: IssuedDocument) -> dict[str, Any]:
    return {
        "id": made.id,
        "number": made.number,
        "kind": made.kind,
        "case": made.case_no,
        "state": made.state,
        "digest": made.digest,
        "signed_first_by": made.created_by,
        "issued_by": made.issued_by,
    }


@document.command()
@click.argument("no")
@click.argument("kind")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="PDF 文件 · PDF file")
@click.pass_obj
def preview(program: Program, no: str, kind: str, out: Path) -> None:
    """预览，不编号不签名 · a preview, neither numbered nor signed."""
    from auditdesk.operations import documents  # noqa: PLC0415 – heavy

    check_target(out)
    with closing(program.sign_in()) as desk:
        write_file(out, documents.preview(desk, no, kind))
    program.say(f"预览：{out}", f"Preview: {out}")


@document.command("list")
@click.argument("no")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def list_(program: Program, no: str, as_json: bool) -> None:
    """案件的文书及下一步 · a case's documents and their next steps."""
    from auditdesk.operations import documents  # noqa: PLC0415 – heavy

    with closing(program.sign_in()) as desk:
        offers = documents.offers(desk, no)
    if as_json:
        print_json(
            [
                {
                    "kind": o.kind.id,
                    "next_step": o.next_step,
                    "enabled": o.enabled,
                    "why_not": o.why_not and program.text(o.why_not),
                    "document": o.issued and _as_json(o.issued),
                    "unstamped": [program.text(one) for one in o.unstamped],
                }
                for o in offers
            ]
        )
        return
    print_rows(
        (
            o.kind.id,
            program.text(o.kind.label),
            o.issued.number if o.issued else "—",
            o.next_step or "—",
            " ".join(program.text(one) for one in (*o.unstamped, o.why_not) if one),
        )
        for o in offers
    )


@document.command()
@click.argument("no")
@click.argument("number")
@click.option("--reason", required=True, help="理由 · why")
@click.pass_obj
def void(program: Program, no: str, number: str, reason: str) -> None:
    """作废；编号和原件保留 · declare a document void; number and bytes stay."""
    from auditdesk.operations import documents  # noqa: PLC0415 – heavy

    with closing(program.sign_in()) as desk:
        found = next((d for d in documents.issued(desk, no) if d.number == number), None)
        if found is None:
            raise RefusedError(
                f"案件 {no} 没有文书 {number}。", f"Case {no} has no document {number}."
            )
        _, changes = documents.void(desk, no, found.id, reason)
    click.echo(program.text(changes.summary))
