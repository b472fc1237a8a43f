"""Where passwords come from: a file, the environment, a prompt; never an argument."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from auditdesk.util.faults import UnusableInputError
from auditdesk.util.label import Label
from auditdesk.util.os_reasons import os_reason

if TYPE_CHECKING:
    from pathlib import Path

    from auditdesk.util.label import Language

PASSWORD, PASSPHRASE, NEW_PASSWORD, RECOVERY_KEY, PIN = (
    "AUDITDESK_PASSWORD",
    "AUDITDESK_PASSPHRASE",
    "AUDITDESK_NEW_PASSWORD",
    "AUDITDESK_RECOVERY_KEY",
    "AUDITDESK_PIN",
)
_LONGEST = 4096


def read_password(file: Path | None, language: Language, *, confirm: bool = False) -> str:
    """The password of the person at the desk."""
    return _read(file, PASSWORD, ("密码", "Password"), language, confirm=confirm)


def read_new_password(file: Path | None, language: Language) -> str:
    """A password that is being set, asked for twice at a prompt."""
    return _read(file, NEW_PASSWORD, ("新密码", "New password"), language, confirm=True)


def read_passphrase(language: Language) -> str:
    """The passphrase of a certificate file."""
    return _read(None, PASSPHRASE, ("证书口令", "Passphrase"), language, confirm=False)


def read_pin(file: Path | None, language: Language) -> str:
    """The PIN of a token."""
    return _read(file, PIN, ("令牌 PIN", "PIN"), language, confirm=False)


def read_recovery_key(language: Language) -> str:
    """The recovery key that was printed when the office was made."""
    return _read(None, RECOVERY_KEY, ("恢复密钥", "Recovery key"), language, confirm=False)


def given_passphrase() -> str | None:
    """The passphrase in the environment, if there is one."""
    return os.environ.get(PASSPHRASE)


def _read(
    file: Path | None,
    variable: str,
    prompt: tuple[str, str],
    language: Language,
    *,
    confirm: bool,
) -> str:
    if file is not None:
        return _from_file(file)
    if variable in os.environ:
        return os.environ[variable]
    if not sys.stdin.isatty():
        raise UnusableInputError(
            f"没有{prompt[0]}：请用密码文件、环境变量 {variable}，或在终端里输入。",
            f"No {prompt[1].lower()}: use a password file, the environment variable {variable}, "
            "or type it at a terminal.",
        )
    text = prompt[1] if language == "en" else prompt[0]
    again = ("Once more" if language == "en" else "再输入一次") if confirm else False
    return str(click.prompt(text, hide_input=True, confirmation_prompt=again, err=True))


def _from_file(file: Path) -> str:
    """The first line of a password file."""
    try:
        with file.open(encoding="utf-8") as lines:
            password = lines.readline(_LONGEST).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as problem:
        why = _reason(problem)
        raise UnusableInputError(
            f"读不了密码文件 {file}：{why.zh}", f"The password file {file} cannot be read: {why.en}"
        ) from problem
    if not password:
        raise UnusableInputError(
            f"密码文件 {file} 的第一行是空的。",
            f"The first line of the password file {file} is empty.",
        )
    return password


def _reason(problem: OSError | UnicodeDecodeError) -> Label:
    if isinstance(problem, OSError):
        return os_reason(problem)
    return Label("不是 UTF-8 文字", "it is no UTF-8 text")
