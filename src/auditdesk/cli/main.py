"""The command `auditdesk`: loads each command only when it is called."""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditdesk import __version__
from auditdesk.cli.program import Outside, Program
from auditdesk.util.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from auditdesk.util.label import Language

BUG_STATUS = 70
_COMMANDS = {
    "check": ("auditdesk.cli.check:check", "审查案卷 · judge case files"),
    "types": ("auditdesk.cli.types:types", "事项及其规则 · case types and their rules"),
    "regulations": (
        "auditdesk.cli.types:regulations",
        "依据及其有效期 · regulations and their days",
    ),
    "office": ("auditdesk.cli.office:office", "办公单元 · offices"),
    "certificate": ("auditdesk.cli.certificate:certificate", "签名证书 · certificates"),
    "user": ("auditdesk.cli.user:user", "用户与证书 · accounts and certificates"),
    "case": ("auditdesk.cli.case:case", "案件 · the case work"),
    "clock": ("auditdesk.cli.clock:clock", "期限的中止与延长 · pausing and extending periods"),
    "followup": ("auditdesk.cli.followup:followup", "后续期限 · what follows from cases"),
    "register": ("auditdesk.cli.register:register", "台账 · registers"),
    "material": ("auditdesk.cli.material:material", "材料扫描件 · scans"),
    "document": ("auditdesk.cli.document:document", "文书 · documents"),
    "replay": ("auditdesk.cli.replay:replay", "按草案试算 · cases judged by a draft"),
    "figures": ("auditdesk.cli.figures:figures", "统计 · counts and sums of a period"),
    "calendar": ("auditdesk.cli.calendar:calendar", "工作日历 · working-day calendars"),
    "export": ("auditdesk.cli.export:export", "导出 · workbooks"),
    "journal": ("auditdesk.cli.journal:journal", "日志 · the journal"),
    "backup": ("auditdesk.cli.backup:backup", "备份 · backups"),
    "guide": ("auditdesk.cli.guide:guide", "使用指南 · the guide"),
    "demo": ("auditdesk.cli.demo:demo", "建一个样例单元 · build a sample office"),
}


class LazyGroup(click.Group):
    """A group whose commands live in modules that are imported when they are called."""

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        """Keep the places of the commands."""
        super().__init__(*args, **kwargs)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which help shows them."""
        del ctx
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        del ctx
        if cmd_name not in self._lazy:
            return None
        module, name = self._lazy[cmd_name][0].split(":")
        command = getattr(import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}:{name} is no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their one-line help, importing none of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self._lazy.items()])


@click.group(
    cls=LazyGroup,
    lazy=_COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(["zh", "en"]),
    default="zh",
    envvar="AUDITDESK_LANG",
    help="语言 · language of messages (AUDITDESK_LANG)",
)
@click.option(
    "--office",
    "office_folder",
    type=click.Path(path_type=Path),
    envvar="AUDITDESK_OFFICE",
    help="办公单元的目录 · folder of the office (AUDITDESK_OFFICE)",
)
@click.option("--user", envvar="AUDITDESK_USER", help="用户名 · who signs in (AUDITDESK_USER)")
@click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    help="密码文件的第一行为密码；也可用 AUDITDESK_PASSWORD · file whose first line is the "
    "password; or AUDITDESK_PASSWORD",
)
@click.version_option(__version__, prog_name="auditdesk")
@click.pass_context
def cli(
    ctx: click.Context,
    language: Language,
    office_folder: Path | None,
    user: str | None,
    password_file: Path | None,
) -> int | None:
    """审案台：没有命令时打开窗口 · without a command the window opens.

    退出码 · exit status: 0 办妥 done, 1 审查未通过 falls short, 2 输入有误 unusable input,
    3 不允许 refused, 4 办公单元或磁盘故障 office or disk at fault.
    """
    outside = ctx.ensure_object(Outside)
    ctx.obj = Program(language, office_folder, user, password_file, outside)
    if ctx.invoked_subcommand is None:
        return outside.open_window(office_folder, language)
    return None


def run(arguments: Sequence[str], outside: Outside) -> int:
    """Run one call of the program and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = cli.main(list(arguments), "auditdesk", standalone_mode=False, obj=outside)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads our output has enough; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (Fault, click.ClickException, click.exceptions.Abort) as problem:
        return _report(problem, _language(arguments))
    except Exception:  # noqa: BLE001 – the last stop of a bug, told apart from every fault
        click.echo(traceback.format_exc(), err=True)
        _complain("程序内部错误，请把上面的内容告诉维护者。", "A bug: please report the above.")
        return BUG_STATUS
    return status if isinstance(status, int) else 0


def _report(problem: Exception, language: Language) -> int:
    from auditdesk.cli.problems import sentence  # noqa: PLC0415 – only when something is wrong

    status, text = sentence(problem, language)
    click.echo(text, err=True)
    return status


def _complain(zh: str, en: str) -> None:
    click.echo(f"{zh} {en}", err=True)


def _language(arguments: Sequence[str]) -> Language:
    """The language of messages, also where the arguments could not be read to the end."""
    words = [*arguments, ""]
    asked = [words[i + 1] for i, word in enumerate(arguments) if word == "--lang"]
    asked += [word.removeprefix("--lang=") for word in arguments if word.startswith("--lang=")]
    asked.append(os.environ.get("AUDITDESK_LANG", "zh"))
    return "en" if asked[0] == "en" else "zh"
