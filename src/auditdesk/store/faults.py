"""The sentences for what can be wrong with an office folder and its disk."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from auditdesk.util.faults import OfficeFaultError, RefusedError
from auditdesk.util.os_reasons import os_reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FULL, _IO_ERROR, _READ_ONLY, _BUSY, _LOCKED, _CORRUPT, _CANNOT_OPEN, _FOREIGN = (
    13,
    10,
    8,
    5,
    6,
    11,
    14,
    26,
)


_TEXTS = {
    "database or disk is full": _FULL,
    "disk I/O error": _IO_ERROR,
    "database is locked": _BUSY,
    "database disk image is malformed": _CORRUPT,
    "file is not a database": _FOREIGN,
}


class DiskFailedError(OfficeFaultError):
    """An I/O error in the database: it has to be closed, opened again and verified."""


def folder_missing(folder: Path) -> OfficeFaultError:
    """No such folder."""
    return OfficeFaultError(
        f"找不到办公单元文件夹：{folder}。请检查路径，或检查磁盘、U盘是否已连接。",
        f"There is no office folder {folder}. Check the path, or whether its disk or stick is"
        " connected.",
    )


def not_an_office(folder: Path) -> OfficeFaultError:
    """A folder without an office in it."""
    return OfficeFaultError(
        f"{folder} 不是办公单元文件夹（缺少 office.json）。请选择正确的文件夹，或先新建办公单元。",
        f"{folder} is no office folder (it has no office.json). Choose the right folder, or make"
        " an office first.",
    )


def file_missing(path: Path) -> OfficeFaultError:
    """A file that an office must have is not there."""
    return OfficeFaultError(
        f"办公单元缺少文件 {path.name}。请不要新建同名文件，请用最近的备份恢复。",
        f"The office lacks its file {path.name}. Do not make a new one: restore the latest backup.",
    )


def file_damaged(path: Path) -> OfficeFaultError:
    """A file of the office cannot be read as what it should be."""
    return OfficeFaultError(
        f"文件 {path.name} 已损坏或不属于本办公单元。请用最近的备份恢复，不要修改该文件。",
        f"The file {path.name} is damaged or belongs to another office. Restore the latest"
        " backup; do not edit the file.",
    )


def file_unreadable(path: Path, error: OSError) -> OfficeFaultError:
    """A file of the office that the system will not read."""
    why = os_reason(error)
    return OfficeFaultError(
        f"无法读取 {path.name}（{why.zh}）。请检查磁盘和访问权限后重试。",
        f"{path.name} cannot be read ({why.en}). Check the disk and the permissions,"
        " then try again.",
    )


def plain_database(path: Path) -> OfficeFaultError:
    """A database without encryption lies where the office's should be."""
    return OfficeFaultError(
        f"{path.name} 是未加密的数据库，不是本程序的办公单元，已拒绝打开。",
        f"{path.name} is a database without encryption, not an office of this program; it was"
        " not opened.",
    )


def newer_office(version: int, known: int) -> OfficeFaultError:
    """An office that a later version of the program has upgraded."""
    return OfficeFaultError(
        f"该办公单元由更新版本的程序保存（数据版本 {version}，本程序支持到 {known}）。"
        "请升级程序后再打开。",
        f"A newer version of the program saved this office (data version {version}; this program"
        f" knows up to {known}). Install the newer program to open it.",
    )


def older_on_read_only(version: int) -> OfficeFaultError:
    """An office that needs an upgrade, on a medium that cannot be written."""
    return OfficeFaultError(
        f"该办公单元的数据版本（{version}）较旧，需要升级，但所在磁盘只读。"
        "请复制到可写的磁盘后再打开。",
        f"This office's data version ({version}) needs an upgrade, but its disk is read-only."
        " Copy the folder to a disk that can be written, then open it there.",
    )


def left_open_on_read_only() -> OfficeFaultError:
    """A write-ahead log lies beside a database that cannot be written."""
    return OfficeFaultError(
        "该办公单元上次没有正常关闭，而所在磁盘只读。请先在可写的磁盘上打开一次，再作为只读使用。",
        "This office was not closed properly and its disk is read-only. Open it once on a disk"
        " that can be written, then use it read-only.",
    )


def read_only_office() -> OfficeFaultError:
    """A write to an office that was opened as a viewer."""
    return OfficeFaultError(
        "办公单元所在磁盘只读，目前只能查看。请复制到可写的磁盘后再办理。",
        "The office lies on a read-only disk and can only be looked at. Copy it to a disk that"
        " can be written to work on it.",
    )


def folder_swapped(folder: Path) -> OfficeFaultError:
    """The folder is gone, or another one stands in its place."""
    return OfficeFaultError(
        f"办公单元文件夹 {folder} 已被移走或替换（U盘可能被拔出过），没有写入。"
        "请重新连接原来的磁盘，关闭并重新打开办公单元。",
        f"The office folder {folder} was taken away or replaced (a stick may have been pulled"
        " out); nothing was written. Connect the disk again, then close and reopen the office.",
    )


def disk_full() -> OfficeFaultError:
    """No room for the transaction."""
    return OfficeFaultError(
        "磁盘空间不足，本次操作没有保存。请清理磁盘后重试，已填写的内容不会丢失。",
        "The disk is full; this was not saved. Free some space and try again; what you filled in"
        " is still there.",
    )


def disk_failed() -> DiskFailedError:
    """The disk failed under the database."""
    return DiskFailedError(
        "磁盘读写出错，本次操作没有保存。请检查磁盘或U盘后重试；若再次出错，请停止使用并恢复备份。",
        "The disk failed; this was not saved. Check the disk or stick and try again; if it fails"
        " again, stop using it and restore a backup.",
    )


def database_damaged() -> OfficeFaultError:
    """The database does not decrypt or is malformed."""
    return OfficeFaultError(
        "办公单元数据库已损坏。请立即停止使用，并用最近的备份恢复到新的文件夹。",
        "The office's database is damaged. Stop using it and restore the latest backup into a"
        " new folder.",
    )


def database_held() -> OfficeFaultError:
    """Some other program has the database file open."""
    return OfficeFaultError(
        "办公单元数据库正被其他程序占用。请关闭该程序后重试。",
        "Another program has the office's database open. Close it, then try again.",
    )


def wrong_password() -> RefusedError:
    """One sentence for an unknown name and a wrong password."""
    return RefusedError(
        "用户名或密码不正确。请检查大小写和输入法后重试。",
        "The user name or the password is wrong. Check capitals and the input method, then try"
        " again.",
    )


def account_disabled() -> RefusedError:
    """The account exists but may not sign in."""
    return RefusedError(
        "该账号已停用。请联系管理员启用。",
        "This account is disabled. Ask an administrator to enable it.",
    )


@contextmanager
def database_faults() -> Iterator[None]:
    """Turn what the surroundings did to the database into faults; bugs pass through.

    The driver has exceptions of its own, apart from the standard library's, so they are
    told apart by SQLite's result code (https://sqlite.org/rescode.html).
    """
    from sqlcipher3 import dbapi2  # noqa: PLC0415 – opened offices only need the driver

    try:
        yield
    except dbapi2.Error as error:
        fault = _fault_of(_code_of(error))
        if fault is None:
            raise
        raise fault from error


def _code_of(error: Exception) -> int:
    # The driver's backup gives the text of the result code, but not the code.
    code = getattr(error, "sqlite_errorcode", None)
    return _TEXTS.get(str(error), 0) if code is None else int(code) & 0xFF


def _fault_of(code: int) -> OfficeFaultError | None:
    known = {
        _FULL: disk_full,
        _IO_ERROR: disk_failed,
        _CANNOT_OPEN: disk_failed,
        _READ_ONLY: read_only_office,
        _BUSY: database_held,
        _LOCKED: database_held,
        _CORRUPT: database_damaged,
        _FOREIGN: database_damaged,
    }
    made = known.get(code)
    return made() if made else None
