"""One program at a time: the operating system's lock on the office's `lock` file.

The lock belongs to the open file, so a program that was killed never blocks the next one;
what the file says serves only to name the holder.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
from typing import TYPE_CHECKING, Self

from auditdesk.store import faults
from auditdesk.util.faults import OfficeFaultError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

LOCK_FILE = "lock"
_MOST_BYTES = 4096
_NOT_WRITABLE = {errno.EROFS, errno.EACCES, errno.EPERM}


class OfficeLock:
    """The lock on one office folder, held until `release`.

    Attributes:
        read_only: the folder cannot be written; the lock is held where the system lets a
            file that is open for reading be locked.
    """

    def __init__(self, handle: int | None, *, read_only: bool) -> None:
        self._handle = handle
        self.read_only = read_only

    @classmethod
    def acquire(cls, folder: Path, *, program: str, user: str, since: datetime) -> Self:
        """Take the lock or say who holds it; never waits.

        Raises:
            OfficeFaultError: another program holds it, or the lock file cannot be opened.
        """
        path = folder / LOCK_FILE
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            if error.errno not in _NOT_WRITABLE:
                raise faults.file_unreadable(path, error) from error
            return cls._for_reading(path)
        _hold(handle, path)
        _say_who(handle, program=program, user=user, since=since)
        return cls(handle, read_only=False)

    @classmethod
    def _for_reading(cls, path: Path) -> Self:
        try:
            handle = os.open(path, os.O_RDONLY)
        except OSError:
            return cls(None, read_only=True)  # a medium burnt without the lock file
        _hold(handle, path)
        return cls(handle, read_only=True)

    def release(self) -> None:
        """Let go of the lock; harmless when done twice."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


if sys.platform == "win32":  # pragma: no cover – tried on Windows only
    import msvcrt

    def _lock(handle: int) -> bool:
        # A byte far behind the text, so that others can still read who holds the lock.
        os.lseek(handle, 1 << 30, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _hold(handle: int, path: Path) -> None:
    """Lock the open file, or close it and say why not."""
    try:
        locked = _lock(handle)
    except OSError as error:  # some network disks know no locks
        os.close(handle)
        raise faults.file_unreadable(path, error) from error
    if not locked:
        raise _held(handle)


def _say_who(handle: int, *, program: str, user: str, since: datetime) -> None:
    who = {
        "program": program,
        "host": socket.gethostname(),
        "user": user,
        "pid": os.getpid(),
        "since": since.isoformat(),
    }
    try:
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps(who, ensure_ascii=False).encode())
    except OSError:
        return  # a full disk must not keep anybody from looking; the lock itself is held


def _held(handle: int) -> OfficeFaultError:
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        who = json.loads(os.read(handle, _MOST_BYTES))
        zh = (
            f"（{who['program']}，用户 {who['user']}，计算机 {who['host']}，"
            f"进程 {who['pid']}，自 {who['since']}）"
        )
        en = (
            f" ({who['program']}, user {who['user']}, computer {who['host']},"
            f" process {who['pid']}, since {who['since']})"
        )
    except (ValueError, KeyError, TypeError):
        zh, en = "", ""
    finally:
        os.close(handle)
    return OfficeFaultError(
        f"该办公单元正被另一个程序使用{zh}。请先在那里关闭它，再重试。",
        f"Another program is using this office{en}. Close it there first, then try again.",
    )
