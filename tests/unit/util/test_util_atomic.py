from __future__ import annotations

import errno
from pathlib import Path

import pytest

from auditdesk.util.atomic import atomic_file, disk_fault, fsync_folder, write_atomic


def test_a_whole_file_takes_the_place_of_the_old_one(tmp_path):
    target = tmp_path / "名单.json"
    write_atomic(target, b"old")
    write_atomic(target, b"new")
    assert target.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["名单.json"]


def test_a_failure_in_the_middle_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "a.txt"
    write_atomic(target, b"old")

    def half():
        with atomic_file(target) as file:
            file.write(b"half of the new")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        half()
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_no_folder_is_made_on_the_way(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_atomic(tmp_path / "pulled out" / "a.txt", b"x")
    assert not list(tmp_path.iterdir())


def test_a_target_that_is_a_folder_leaves_no_temporary_file(tmp_path):
    target = tmp_path / "folder"
    target.mkdir()
    with pytest.raises(OSError):
        write_atomic(target, b"x")
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


def test_a_missing_folder_cannot_be_pushed_to_the_disk(tmp_path):
    with pytest.raises(FileNotFoundError):
        fsync_folder(tmp_path / "none")


@pytest.mark.parametrize(
    ("code", "zh"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EDQUOT, "磁盘空间不足"),
        (errno.EROFS, "没有写入权限"),
        (errno.EACCES, "没有写入权限"),
        (errno.ENOENT, "找不到要写入的文件夹"),
        (errno.EIO, "磁盘出错"),
    ],
)
def test_what_the_disk_does_is_told_in_a_sentence(code, zh):
    fault = disk_fault(OSError(code, "reason"), Path("/disk/a.xlsx"))
    assert zh in fault.message.zh
    assert "/disk" in fault.message.zh
    assert "/disk" in fault.message.en
    assert fault.exit_status == 4
