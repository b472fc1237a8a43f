"""The sentence and the exit status for whatever went wrong in a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from auditdesk.util.faults import Fault

if TYPE_CHECKING:
    from auditdesk.util.label import Language

UNUSABLE_STATUS = 2
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
        return f"参数 {_name(problem.param)} 的值不能用：{problem.message}"
    return f"命令或参数有误：{english}"


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "?"
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return parameter.make_metavar(click.Context(click.Command("auditdesk")))
