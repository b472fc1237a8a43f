"""Reading what is named on the command line, no more of it than can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.util.faults import UnusableInputError
from auditdesk.util.os_reasons import os_reason

if TYPE_CHECKING:
    from pathlib import Path


def read_limited(path: Path, limit: int) -> bytes:
    """A file's bytes up to one more than `limit`, so that a larger one shows.

    Raises:
        UnusableInputError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        why = os_reason(error)
        raise UnusableInputError(
            f"读不了文件 {path}：{why.zh}。", f"{path} cannot be read: {why.en}."
        ) from error
    except ValueError as error:
        raise UnusableInputError(
            f"文件名 {str(path)!r} 不能用。", f"{str(path)!r} is no usable file name."
        ) from error


def pairs(arguments: tuple[str, ...]) -> dict[str, str]:
    """Arguments of the form NAME=VALUE.

    Raises:
        UnusableInputError: one has another form.
    """
    found = {}
    for argument in arguments:
        name, equals, value = argument.partition("=")
        if not (name and equals):
            raise UnusableInputError(
                f"{argument!r} 应写作 名称=值。", f"{argument!r} must be written NAME=VALUE."
            )
        found[name] = value
    return found
