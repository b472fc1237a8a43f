"""The commands `certificate`: issued, renewed, revoked, listed; requests from tokens."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditdesk.cli.output import check_target, print_json, print_rows, write_file
from auditdesk.cli.passwords import read_passphrase, read_pin
from auditdesk.operations import certificates
from auditdesk.util.clock import CHINA
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.reading import read_limited

if TYPE_CHECKING:
    from auditdesk.cli.program import Program
    from auditdesk.operations.certificates import CertificateView

_LARGEST = 1024 * 1024
_MODULE = click.option(
    "--token",
    "module",
    required=True,
    type=click.Path(path_type=Path),
    help="令牌厂商的 PKCS#11 模块 · the token maker's PKCS#11 module",
)


@click.group()
def certificate() -> None:
    """签名证书 · certificates to sign with."""


@certificate.command("list")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def list_(program: Program, name: str | None, as_json: bool) -> None:
    """登记簿；非管理员只见自己的 · the register; others than administrators see their own."""
    with closing(program.sign_in()) as desk:
        found = certificates.certificates(desk, name)
    if as_json:
        print_json([_as_json(view) for view in found])
        return
    print_rows(
        (
            view.record.name,
            view.full_name,
            program.text(certificates.KEEPERS[view.record.keeper]),
            program.text(certificates.STATES[view.state]),
            f"{view.valid_from.astimezone(CHINA):%Y-%m-%d}",
            f"{view.valid_to.astimezone(CHINA):%Y-%m-%d}",
            view.record.serial,
            program.text(certificates.REASONS[view.record.reason]) if view.record.reason else "",
        )
        for view in found
    )


def _as_json(view: CertificateView) -> dict[str, Any]:
    record = view.record
    return {
        "serial": record.serial,
        "name": record.name,
        "full_name": view.full_name,
        "keeper": record.keeper,
        "state": view.state,
        "foreign": view.foreign,
        "valid_from": view.valid_from.isoformat(),
        "valid_to": view.valid_to.isoformat(),
        "issued_by": record.issued_by,
        "revoked_since": record.revoked_since and record.revoked_since.isoformat(),
        "revoked_at": record.revoked_at and record.revoked_at.isoformat(),
        "revoked_by": record.revoked_by,
        "reason": record.reason or None,
    }


@certificate.command()
@click.argument("name")
@click.option(
    "--request",
    type=click.Path(path_type=Path),
    help="令牌的证书申请（PKCS#10） · a request for a key in a token (PKCS#10)",
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="证书写到何处 · where to write the certificate"
)
@click.option(
    "--days",
    type=click.IntRange(1, 3660),
    default=certificates.CERTIFICATE_DAYS,
    help="有效天数 · days in force",
)
@click.pass_obj
def issue(program: Program, name: str, request: Path | None, out: Path | None, days: int) -> None:
    """签发或换发（管理员） · issue or renew, an administrator's task.

    不给申请则由单元保管新密钥，旧证书随即吊销；口令用 AUDITDESK_PASSPHRASE · without a request
    the office keeps a new key, and the certificate before is revoked as replaced.
    """
    if out is not None:
        check_target(out)
    with closing(program.sign_in()) as desk:
        if request is None:
            passphrase = read_passphrase(program.language)
            changes, made = certificates.renew(desk, name, passphrase, days=days), ""
        else:
            text = read_limited(request, _LARGEST).decode("utf-8", errors="replace")
            made, changes = certificates.issue_for_request(desk, name, text, days=days)
    if out is not None and made:
        write_file(out, made.encode())
    click.echo(program.text(changes.summary))


@certificate.command()
@click.argument("serial")
@click.option(
    "--reason",
    required=True,
    type=click.Choice(list(certificates.REASONS)),
    help="理由 · why",
)
@click.option(
    "--since",
    help="自何时起不可信，如 2026-03-01 或 2026-03-01T09:30；缺省为现在 · "
    "from when on, as 2026-03-01T09:30; now if left out",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def revoke(program: Program, serial: str, reason: str, since: str | None, as_json: bool) -> None:
    """吊销，不能撤回（管理员） · revoke for good, an administrator's task."""
    moment = _moment(since) if since else None
    with closing(program.sign_in()) as desk:
        spoilt, changes = certificates.revoke(desk, serial, reason, since=moment)
    if as_json:
        print_json({"serial": serial, "documents": [document.number for document in spoilt]})
        return
    click.echo(program.text(changes.summary))


def _moment(text: str) -> datetime:
    """A moment in China Standard Time; a day alone begins at midnight."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnusableInputError(
            f"“{text}”不是时间，应如 2026-03-01 或 2026-03-01T09:30。",
            f"“{text}” is no moment; write it as 2026-03-01 or 2026-03-01T09:30.",
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


@certificate.command("export")
@click.option("--root", required=True, type=click.Path(path_type=Path), help="根证书 · root (PEM)")
@click.option(
    "--list", "crl", required=True, type=click.Path(path_type=Path), help="吊销列表 · CRL"
)
@click.pass_obj
def export(program: Program, root: Path, crl: Path) -> None:
    """取出根证书和吊销列表，供外单位核验 · root and revocation list for others to verify with."""
    for target in (root, crl):
        check_target(target)
    with closing(program.sign_in()) as desk:
        certificate_pem, made = certificates.handed_out(desk)
    write_file(root, certificate_pem.encode())
    write_file(crl, made.encode())
    program.say(f"{root}，{crl}", f"{root}, {crl}")


@certificate.command()
@_MODULE
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def tokens(program: Program, module: Path, as_json: bool) -> None:
    """插着的令牌 · the tokens that are plugged in."""
    from auditdesk.operations.signers import tokens_of  # noqa: PLC0415 – heavy

    del program
    found = tokens_of(module)
    if as_json:
        print_json([{"label": t.label, "model": t.model, "serial": t.serial} for t in found])
        return
    print_rows((t.label, t.maker, t.model, t.serial) for t in found)


@certificate.command()
@_MODULE
@click.option("--token-label", default="", help="令牌标签 · label of the token")
@click.option("--pin-file", type=click.Path(path_type=Path), help="PIN 文件 · file with the PIN")
@click.option("--new-key", is_flag=True, help="在令牌里新建密钥 · make a new key in the token")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="申请 · the request")
@click.pass_obj
def request(  # noqa: PLR0913 – which token, which key, where to
    program: Program,
    *,
    module: Path,
    token_label: str,
    pin_file: Path | None,
    new_key: bool,
    out: Path,
) -> None:
    """为自己令牌里的密钥申请证书 · ask for a certificate for the key in one's token.

    PIN 用文件、AUDITDESK_PIN 或在终端输入 · the PIN comes from a file, AUDITDESK_PIN or a prompt.
    """
    from auditdesk.operations.signers import make_token_request  # noqa: PLC0415 – heavy

    check_target(out)
    with closing(program.sign_in()) as desk:
        pin = read_pin(pin_file, program.language)
        made = make_token_request(desk, module, token_label, pin, new_key=new_key)
    write_file(out, made.encode())
    program.say(
        f"证书申请：{out}，请交管理员签发。", f"Request: {out}; have an administrator issue it."
    )
