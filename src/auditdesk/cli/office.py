"""The commands `office`: making one, and what only it can know."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditdesk.cli.files import pairs
from auditdesk.cli.output import print_json, print_rows
from auditdesk.cli.passwords import read_new_password, read_password, read_recovery_key
from auditdesk.operations import offices, seals, settings
from auditdesk.util.clock import CHINA
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.reading import read_limited

if TYPE_CHECKING:
    from auditdesk.cli.program import Program
    from auditdesk.operations.timestamps import StampSettings

_LARGEST_CERTIFICATE = 100_000


@click.group()
def office() -> None:
    """办公单元 · offices."""


@office.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="单元名称 · name of the office")
@click.option("--district", required=True, help="区县代码 · district code, 370114")
@click.option("--admin", help="管理员用户名，默认 admin · administrator's account")
@click.option("--full-name", default="管理员", help="管理员姓名 · administrator's name")
@click.option("--setting", "given", multiple=True, metavar="KEY=VALUE", help="设置项 · settings")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def create(  # noqa: PLR0913 – what an office is made from
    program: Program,
    *,
    folder: Path,
    name: str,
    district: str,
    admin: str | None,
    full_name: str,
    given: tuple[str, ...],
    as_json: bool,
) -> None:
    """新建单元和第一个管理员 · make an office with its first administrator.

    恢复密钥只显示一次 · the recovery key is shown once.
    """
    admin = admin or program.user or "admin"
    values = pairs(given)
    surroundings = program.surroundings()
    password = read_password(program.password_file, program.language, confirm=True)
    new = offices.NewOffice(name, district, admin, full_name, password, values)
    recovery_key = offices.create(folder, new, surroundings)
    if as_json:
        print_json({"folder": str(folder), "admin": admin, "recovery_key": recovery_key})
        return
    program.say(
        f"已在 {folder} 建立单元，管理员 {admin}。",
        f"Office made in {folder}, administrator {admin}.",
    )
    program.say(
        f"恢复密钥（请打印后锁好，只显示这一次）：\n  {recovery_key}",
        f"Recovery key (print it and lock it away; it is shown only now):\n  {recovery_key}",
    )


@office.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--admin", default="admin", show_default=True, help="管理员用户名 · administrator")
@click.option(
    "--new-password-file",
    type=click.Path(path_type=Path),
    help="新密码文件 · file with the new one",
)
@click.pass_obj
def recover(program: Program, folder: Path, admin: str, new_password_file: Path | None) -> None:
    """用恢复密钥为管理员重设密码 · a new password for an administrator by the recovery key.

    恢复密钥取自环境变量 AUDITDESK_RECOVERY_KEY 或提示输入 · the key comes from
    AUDITDESK_RECOVERY_KEY or a prompt.
    """
    offices.look_at(folder)
    recovery_key = read_recovery_key(program.language)
    password = read_new_password(new_password_file, program.language)
    offices.recover(folder, recovery_key, admin, password, program.surroundings())
    program.say(
        f"管理员 {admin} 的密码已重设，请用新密码登录。",
        f"{admin} has a new password; sign in with it.",
    )


@office.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@click.pass_obj
def show(program: Program, as_json: bool) -> None:
    """单元的名称和设置 · the office's name and settings."""
    with closing(program.sign_in()) as desk:
        profile, values = desk.profile, settings.settings(desk)
    if as_json:
        print_json(
            {
                "id": profile.id,
                "name": profile.name,
                "district": profile.district,
                "sample": profile.sample,
                "settings": dict(values),
            }
        )
        return
    click.echo(f"{profile.name} · {profile.district}")
    rows = [(key, program.text(settings.SETTINGS[key]), value) for key, value in values.items()]
    print_rows(rows)


@office.command()
@click.option("--url", help="时间戳机构的地址 · address of the authority")
@click.option("--root", type=click.Path(path_type=Path), help="其根证书 · its root (PEM)")
@click.option("--optional", is_flag=True, help="没有时间戳也可签名 · sign even where it fails")
@click.option("--try", "only_try", is_flag=True, help="只试一次，不改设置 · try it, change nothing")
@click.option("--off", is_flag=True, help="不用时间戳 · use none")
@click.pass_obj
def timestamp(  # noqa: PLR0913 – which authority, and what to do with it
    program: Program,
    *,
    url: str | None,
    root: Path | None,
    optional: bool,
    only_try: bool,
    off: bool,
) -> None:
    """签名加盖本单位网络里的时间戳（RFC 3161） · stamp signatures with the time.

    不给选项则显示现状；--url、--root 不给则用现有的 · without options what is set up is shown;
    --url and --root are those set up where they are left out.
    """
    from auditdesk.operations import timestamps  # noqa: PLC0415 – heavy

    content = None if root is None else read_limited(root, _LARGEST_CERTIFICATE)
    if off and (url or root or optional or only_try):
        raise UnusableInputError("--off 不能和其他选项一起用。", "--off goes with no other option.")
    with closing(program.sign_in()) as desk:
        known = timestamps.stamp_settings(desk)
        if off:
            click.echo(program.text(timestamps.use_none(desk).summary))
        elif only_try:
            moment = timestamps.try_server(desk, url or known.url, content)
            at = moment.astimezone(CHINA).isoformat(sep=" ")
            program.say(f"已取得时间戳：{at}", f"It stamped: {at}")
        elif url or root or optional:
            changes = timestamps.use_server(desk, url or known.url, content, optional=optional)
            click.echo(program.text(changes.summary))
        else:
            _show_stamps(program, known)


def _show_stamps(program: Program, known: StampSettings) -> None:
    if not known.url:
        program.say("签名不带时间戳。", "Signatures get no time stamp.")
        return
    goes_on = (
        ("取不到时仍签名", "signed all the same where it fails")
        if known.optional
        else ("取不到时不签名", "nothing is signed where it fails")
    )
    until = f"{known.until:%Y-%m-%d}"
    program.say(
        f"{known.url}；根证书 {known.root}，至 {until}；{goes_on[0]}。",
        f"{known.url}; root {known.root}, until {until}; {goes_on[1]}.",
    )


@office.command("set")
@click.argument("given", nargs=-1, required=True, metavar="KEY=VALUE…")
@click.pass_obj
def set_(program: Program, given: tuple[str, ...]) -> None:
    """修改设置 · change settings (office show lists them)."""
    with closing(program.sign_in()) as desk:
        changes = settings.put_settings(desk, pairs(given))
    click.echo(program.text(changes.summary))


@office.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--remove", is_flag=True, help="去掉印章，留空盖章 · no seal, a blank place for ink")
@click.option("--across/--not-across", default=None, help="多页加盖骑缝章 · across pages' edges")
@click.pass_obj
def seal(program: Program, file: Path | None, *, remove: bool, across: bool | None) -> None:
    """单元自己的印章图片 · the image of the office's own seal.

    透明底正方形 PNG；没有图片则留空，由人工盖章 · a square PNG on a transparent ground; without
    one the place stays blank for ink.
    """
    with closing(program.sign_in()) as desk:
        done = []
        if remove:
            done.append(seals.remove_seal(desk))
        elif file is not None:
            done.append(seals.put_seal(desk, read_limited(file, seals.MOST_BYTES)))
        if across is not None:
            done.append(seals.put_across(desk, across))
        has, edges = seals.seal_of(desk.profile) is not None, seals.goes_across(desk.profile)
    for changes in done:
        click.echo(program.text(changes.summary))
    if not done:
        program.say(
            f"印章图片：{'有' if has else '无，留空盖章'}；骑缝章：{'加盖' if edges else '不加盖'}",
            f"Seal: {'yes' if has else 'none, blank for ink'}; "
            f"across the edges: {'yes' if edges else 'no'}",
        )
