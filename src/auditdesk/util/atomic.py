"""Files that are there whole or not at all, and that stay there when the power goes."""

from __future__ import annotations

import errno
import os
import secrets
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from auditdesk.util.faults import OfficeFaultError
from auditdesk.util.os_reasons import os_reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEMPORARY = ".part-"


def fsync_folder(folder: Path) -> None:
    """Push a folder's list of names onto the disk.

    Raises:
        OSError: the folder is missing or its disk failed.
    """
    if sys.platform == "win32":  # pragma: no cover – tried on Windows only
        return  # Windows cannot open folders for this; NTFS keeps its own journal of names
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def temporary_file(folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A new empty file in `folder`; if it is still there at the end, it is removed.

    Raises:
        OSError: it cannot be made. No folder is ever made on the way.
    """
    path = folder / f"{TEMPORARY}{secrets.token_hex(8)}"
    with path.open("xb") as file:
        try:
            yield path, file
        finally:
            try:
                file.close()  # fails on a full disk when bytes were still waiting
            finally:
                path.unlink(missing_ok=True)


def put_in_place(temporary: Path, file: BinaryIO, target: Path) -> None:
    """Flush a temporary file to the disk and give it its name, replacing what was there.

    Raises:
        OSError: the disk is full or failed; what `target` was before is still there.
    """
    file.flush()
    os.fsync(file.fileno())
    file.close()  # Windows renames closed files only
    temporary.replace(target)
    fsync_folder(target.parent)


@contextmanager
def atomic_file(target: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes its name only when the block ends well.

    Raises:
        OSError: the disk is full or failed; what was there before is still there.
    """
    with temporary_file(target.parent) as (path, file):
        yield file
        put_in_place(path, file, target)


def write_atomic(target: Path, content: bytes) -> None:
    """Write a whole file, or leave what was there.

    Raises:
        OSError: the disk is full or failed; what was there before is still there.
    """
    with atomic_file(target) as file:
        file.write(content)


def disk_fault(error: OSError, path: Path) -> OfficeFaultError:
    """The sentence for a file that could not be written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return OfficeFaultError(
            f"磁盘空间不足，没有写入：{path}。请清理磁盘后重试，已填写的内容不会丢失。",
            f"The disk is full; nothing was written to {path}. Free some space and try again;"
            " what you filled in is still there.",
        )
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return OfficeFaultError(
            f"没有写入权限：{path}。请换一个可以写入的位置，或请管理员开放权限。",
            f"{path} cannot be written. Choose a place that can be written, or ask for the"
            " permission.",
        )
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return OfficeFaultError(
            f"找不到要写入的文件夹：{path.parent}。请检查磁盘或U盘是否已连接。",
            f"The folder {path.parent} is missing. Check whether its disk or stick is connected.",
        )
    why = os_reason(error)
    return OfficeFaultError(
        f"写入 {path} 时磁盘出错（{why.zh}）。请检查磁盘后重试。",
        f"The disk failed while writing {path} ({why.en}). Check the disk and try again.",
    )
