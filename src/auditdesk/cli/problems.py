"""The sentence and the exit status for whatever went wrong in a command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from auditdesk.util.faults import Fault

if TYPE_CHECKING:
    from auditdesk.util.label import Language

UNUSABLE_STATUS = 2
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")  # click has no class for it
_HINT = {"zh": "用 --help 查看用法。", "en": "See --help for the usage."}


def sentence(problem: Exception, language: Language) -> tuple[int, str]:
    """Exit status and sentence in the user's language."""
    if isinstance(problem, Fault):
        return problem.exit_status, problem.text(language)
    if isinstance(problem, click.exceptions.Abort):
        return UNUSABLE_STATUS, "Cancelled." if language == "en" else "已取消。"
    if isinstance(problem, click.ClickException):
        return UNUSABLE_STATUS, f"{_usage(problem, language)} {_HINT[language]}"
    raise TypeError(problem)


def _usage(problem: click.ClickException, language: Language) -> str:
    """What is wrong with the arguments; click itself speaks English only."""
    english = problem.format_message()
    if language == "en":
        return english
    if isinstance(problem, click.NoSuchOption):
        return f"没有选项 {problem.option_name}。"
    if isinstance(problem, click.MissingParameter):
        return f"缺少参数 {_name(problem.param)}。"
    if isinstance(problem, click.BadParameter):
        return f"参数 {_name(problem.param)} 的值不能用：{_expected(problem)}"
    return _command(problem, english)


def _command(problem: click.ClickException, english: str) -> str:
    """What is wrong with the command itself."""
    if isinstance(problem, click.exceptions.NoSuchCommand):
        return f"没有命令 {problem.command_name}。"
    if extra := _EXTRA.match(english):
        return f"多出了参数：{extra[1]}。"
    return f"命令或参数有误：{english}"


def _expected(problem: click.BadParameter) -> str:
    """What a value should have been, in Chinese; click's own words where that is a rare one."""
    kind = problem.param.type if problem.param is not None else None
    if isinstance(kind, click.DateTime):
        return "应为 2026-03-01 这样的日期，且须有这一天。"
    if isinstance(kind, click.IntRange):
        return f"应为 {_range(kind)}的整数。"
    if isinstance(kind, click.Choice):
        return f"应为 {'、'.join(map(str, kind.choices))} 之一。"
    if isinstance(kind, click.Path):
        return "没有这个文件夹。" if not kind.file_okay else "没有这个文件。"
    return problem.message


def _range(kind: click.IntRange) -> str:
    if kind.max is None:
        return f"不小于 {kind.min} "
    return f"{kind.min} 到 {kind.max} "


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "?"
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return parameter.make_metavar(click.Context(click.Command("auditdesk")))
