"""The folder that the scanner writes into: files that were attached are put away beside it."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from auditdesk.util.faults import OfficeFaultError, UnusableInputError
from auditdesk.util.os_reasons import os_reason

if TYPE_CHECKING:
    from auditdesk.operations.scan_files import Pasted

ARCHIVE = "已归档"
_MOST_NAMES = 1000


@dataclass(frozen=True, slots=True)
class FileStamp:
    """A file as it was at one moment: which it is, how large, when it was written last."""

    path: Path
    identity: tuple[int, int, int, int]


def stamp(source: Path | Pasted) -> FileStamp | None:
    """The file as it is now, before it is attached; None of what is no file."""
    if not isinstance(source, Path):
        return None
    try:
        return FileStamp(source, _identity(source))
    except OSError:
        return None  # whoever opens it says why


def put_away(before: FileStamp) -> Path:
    """Move a file that is safe in the office into a folder beside it, under a name of its own.

    Raises:
        OfficeFaultError: it cannot be moved.
        UnusableInputError: it is not the file any more that was attached; it stays.
    """
    path = before.path
    try:
        if _identity(path) != before.identity:
            raise UnusableInputError(
                f"“{path.name}”已存入，但原文件后来又变了，留在原处。请核对。",
                f"“{path.name}” was attached, but the file changed since and was left where it is;"
                " look at it again.",
            )
        folder = path.parent / ARCHIVE
        folder.mkdir(exist_ok=True)
        target = _free(folder / path.name)
        path.rename(target)
    except OSError as error:
        why = os_reason(error)
        raise OfficeFaultError(
            f"“{path.name}”已存入，但原文件没有移到“{ARCHIVE}”（{why.zh}），仍在原处。",
            f"“{path.name}” was attached, but its file could not be moved ({why.en}); it is still "
            "there.",
        ) from error
    return target


def _identity(path: Path) -> tuple[int, int, int, int]:
    facts = path.lstat()
    return facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns


def _free(path: Path) -> Path:
    """A name that nothing has yet: the file's own, or with a number behind it."""
    numbered = (path.with_name(f"{path.stem} ({n}){path.suffix}") for n in range(2, _MOST_NAMES))
    free = next((p for p in chain((path,), numbered) if not os.path.lexists(p)), None)
    if free is None:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    return free
