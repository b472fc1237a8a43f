"""The commands `document verify` and `document find`: files and papers that came back."""

from __future__ import annotations

from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditdesk.cli.output import print_json, print_rows
from auditdesk.cli.verification_output import print_verification, verification_json
from auditdesk.util.faults import Fault, UnusableInputError
from auditdesk.util.reading import read_limited

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from auditdesk.cli.program import Program
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.verification import Given

_LARGEST_LIST = 4 * 1024 * 1024
_MANY = click.Path(path_type=Path)


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=_MANY)
@click.option("--office", type=_MANY, help="与单元的日志比对 · compare with an office")
@click.option(
    "--root",
    "roots",
    multiple=True,
    type=_MANY,
    help="签发单元的根证书 · root certificate of the office that issued it (PEM)",
)
@click.option(
    "--revocations",
    "lists",
    multiple=True,
    type=_MANY,
    help="其吊销列表 · its revocation list (CRL)",
)
@click.option(
    "--stamp-root",
    "stamps",
    multiple=True,
    type=_MANY,
    help="时间戳机构的根证书 · root of a time stamping authority (PEM)",
)
@click.option(
    "--code",
    default="",
    help="纸质文书的二维码内容或核验码 · what the QR code or the 核验码 of a paper says",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def verify(  # noqa: PLR0913 – what is verified, and with what
    program: Program,
    *,
    files: tuple[Path, ...],
    office: Path | None,
    roots: tuple[Path, ...],
    lists: tuple[Path, ...],
    stamps: tuple[Path, ...],
    code: str,
    as_json: bool,
) -> int:
    """核验 PDF：谁签的、何时、有无改动 · who signed a PDF, when, whether it changed.

    根证书和吊销列表由 `certificate export` 取出，应另行当面取得 · root and list come from
    `certificate export`, and by another way than the paper. 手里有纸质文书的，用 --code 核对
    · with --code a paper is compared with its file.

    退出码 · exit status: 0 完好 good, 1 有问题 something is wrong, 2 不是 PDF no PDF.
    """
    from auditdesk.operations.verification import Given  # noqa: PLC0415 – heavy

    if code and len(files) > 1:
        raise UnusableInputError(
            "--code 只能核对一个文件。", "--code compares a paper with one file only."
        )
    given = Given(*(tuple(map(_small, part)) for part in (roots, lists, stamps)))
    program = program if office is None else program.with_office(office)
    alone = program.office is None or (office is None and program.user is None)
    where: AbstractContextManager[Desk | None] = (
        nullcontext() if alone else closing(program.sign_in())
    )
    with where as desk:
        return max([_one(program, path, desk, given, code, as_json, files) for path in files])


def _one(  # noqa: PLR0913, PLR0917 – as above
    program: Program,
    path: Path,
    desk: Desk | None,
    given: Given,
    code: str,
    as_json: bool,
    files: tuple[Path, ...],
) -> int:
    """The exit status of one file; of several one that cannot be read is told like the others."""
    from auditdesk.operations.verification import verify_file  # noqa: PLC0415 – heavy

    name = {"file": str(path)} if len(files) > 1 else {}
    if name and not as_json:
        click.echo(str(path))
    try:
        found = verify_file(path, desk, given=given, code=code)
    except Fault as fault:
        if not name:
            raise
        why = program.text(fault.message)
        if as_json:
            print_json(name | {"good": False, "fault": why})
        else:
            click.echo(f"✕ {why}")
        return fault.exit_status
    if as_json:
        print_json(name | verification_json(program, found))
    else:
        print_verification(program, found)
    return 0 if found.good else 1


def _small(path: Path) -> bytes:
    return read_limited(path, _LARGEST_LIST)


@click.command()
@click.option(
    "--code",
    required=True,
    help="纸质文书的二维码内容或核验码 · what the QR code or the 核验码 of a paper says",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def find(program: Program, code: str, as_json: bool) -> None:
    """按纸上的码查本单元的文书 · which document of this office a paper is.

    二维码指明一份；只有核验码时，同案由同样数据制作的文书都列出 · a QR code names one, the
    核验码 alone all that were made from the same facts.
    """
    from auditdesk.operations import papercodes  # noqa: PLC0415 – heavy

    with closing(program.sign_in()) as desk:
        found = papercodes.find(desk, code)
    if as_json:
        print_json(
            [
                {
                    "number": one.document.number,
                    "case": one.document.case_no,
                    "kind": one.document.kind,
                    "state": one.document.state,
                    "void_reason": one.document.void_reason,
                }
                for one in found
            ]
        )
        return
    print_rows(
        (
            one.document.number,
            one.document.case_no,
            program.text(one.label),
            program.text(one.told),
        )
        for one in found
    )
