"""Reading files that somebody named, no more of them than can be used."""

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
