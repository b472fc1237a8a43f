"""The commands `user`: accounts, passwords, certificates."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditdesk.cli.output import print_json, print_rows
from auditdesk.cli.passwords import read_new_password, read_passphrase
from auditdesk.operations import certificates, people
from auditdesk.util.reading import read_limited

if TYPE_CHECKING:
    from auditdesk.cli.program import Program

_LARGEST_CONTAINER = 1024 * 1024
_PASSWORD_HELP = (
    "新密码文件；也可用 AUDITDESK_NEW_PASSWORD · file with the new password; "  # noqa: S105 – no password
    "or AUDITDESK_NEW_PASSWORD"
)


@click.group()
def user() -> None:
    """用户与证书 · accounts and certificates."""


@user.command()
@click.argument("name")
@click.option("--full-name", required=True, help="姓名，印在文书上 · name as printed")
@click.option(
    "--role",
    required=True,
    type=click.Choice(["clerk", "supervisor", "administrator"]),
    help="经办人、审批人、管理员 · role",
)
@click.option("--new-password-file", type=click.Path(path_type=Path), help=_PASSWORD_HELP)
@click.pass_obj
def add(
    program: Program, name: str, full_name: str, role: str, new_password_file: Path | None
) -> None:
    """新增用户，并签发签名证书 · add an account with a certificate to sign with."""
    with closing(program.sign_in()) as desk:
        password = read_new_password(new_password_file, program.language)
        changes = people.add_user(desk, name, full_name, role, password)
    click.echo(program.text(changes.summary))


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def list_(program: Program, as_json: bool) -> None:
    """所有用户 · all accounts."""
    with closing(program.sign_in()) as desk:
        found = people.people(desk)
    if as_json:
        print_json(
            [
                {
                    "name": p.name,
                    "full_name": p.full_name,
                    "role": p.role,
                    "active": p.active,
                    "certificate_until": p.certificate_until and p.certificate_until.isoformat(),
                }
                for p in found
            ]
        )
        return
    states = ("active", "disabled") if program.language == "en" else ("启用", "停用")
    print_rows(
        (
            p.name,
            p.full_name,
            program.text(p.role_label),
            states[0 if p.active else 1],
            str(p.certificate_until or "—"),
        )
        for p in found
    )


@user.command()
@click.argument("name")
@click.pass_obj
def disable(program: Program, name: str) -> None:
    """停用 · no longer let an account sign in."""
    _set_active(program, name, active=False)


@user.command()
@click.argument("name")
@click.pass_obj
def enable(program: Program, name: str) -> None:
    """启用 · let an account sign in again."""
    _set_active(program, name, active=True)


def _set_active(program: Program, name: str, *, active: bool) -> None:
    with closing(program.sign_in()) as desk:
        changes = people.set_active(desk, name, active)
    click.echo(program.text(changes.summary))


@user.command()
@click.option("--new-password-file", type=click.Path(path_type=Path), help=_PASSWORD_HELP)
@click.pass_obj
def password(program: Program, new_password_file: Path | None) -> None:
    """修改自己的密码 · change one's own password."""
    desk, old = program.sign_in_with_password()
    with closing(desk):
        new = read_new_password(new_password_file, program.language)
        changes = people.change_password(desk, old, new)
    click.echo(program.text(changes.summary))


@user.command()
@click.argument("name")
@click.option("--new-password-file", type=click.Path(path_type=Path), help=_PASSWORD_HELP)
@click.pass_obj
def reset(program: Program, name: str, new_password_file: Path | None) -> None:
    """管理员重设密码并换发证书 · give somebody a new password and certificate."""
    with closing(program.sign_in()) as desk:
        new = read_new_password(new_password_file, program.language)
        changes = people.reset_password(desk, name, new)
    click.echo(program.text(changes.summary))


@user.command()
@click.argument("name", required=False)
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    help="自己的 PKCS#12 证书 · a PKCS#12 file of one's own",
)
@click.pass_obj
def certificate(program: Program, name: str | None, file: Path | None) -> None:
    """换发证书（管理员），或留存自己的证书 · a new certificate, or keep one's own file."""
    with closing(program.sign_in()) as desk:
        passphrase = read_passphrase(program.language)
        if file is not None:
            content = read_limited(file, _LARGEST_CONTAINER)
            changes = people.own_certificate(desk, content, passphrase)
        else:
            changes = certificates.renew(desk, name or desk.user.name, passphrase)
    click.echo(program.text(changes.summary))
