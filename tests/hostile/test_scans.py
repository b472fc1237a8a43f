"""Files handed in as scans: honest ones are taken, all others refused in plain words."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import pytest

from auditdesk.documents.scans import MEMORY, SECONDS, check_scan
from auditdesk.util.confined import Limits
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.progress import CancelledError
from scan_samples import HONEST, HOSTILE, pdf_of

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_scan_is_taken_by_its_content(name, tmp_path):
    content, media_type, pages = HONEST[name]
    path = tmp_path / "whatever.docx"
    path.write_bytes(content)
    found = check_scan(path)
    assert (found.media_type, found.pages, found.size) == (media_type, pages, len(content))
    assert found.digest == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_what_to_do(name, tmp_path):
    content, why = HOSTILE[name]
    path = tmp_path / "扫描.pdf"
    path.write_bytes(content)
    with pytest.raises(UnusableInputError, match=why) as told:
        check_scan(path)
    zh, en = told.value.message.zh, told.value.message.en
    assert CHINESE.search(zh)
    assert not CHINESE.search(en)
    assert zh.endswith("。")
    assert len(re.findall(r"[。.]", zh)) >= 2 or "请" in zh, "what to do"


def test_there_are_many_hostile_files():
    assert len(HOSTILE) >= 50


@pytest.mark.parametrize("kind", ["folder", "link", "fifo", "missing", "zero byte", "device"])
def test_what_is_no_plain_file_is_refused(kind, tmp_path):
    real = tmp_path / "real.pdf"
    real.write_bytes(pdf_of())
    path = tmp_path / kind
    if kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(real)
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "zero byte":
        path = tmp_path / "a\0b.pdf"
    elif kind == "device":
        path = Path("/dev/zero")
    with pytest.raises(UnusableInputError, match=r"no plain file|cannot be read"):
        check_scan(path)


def test_a_file_that_nobody_may_read_is_told():
    # a regular file that the kernel lets nobody read from its beginning
    with pytest.raises(UnusableInputError, match="cannot be read"):
        check_scan(Path("/proc/self/mem"))


def test_a_name_of_a_dash_is_a_file_as_any_other(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-").write_bytes(pdf_of(2))
    assert check_scan(Path("-")).pages == 2


def test_a_content_is_looked_at_as_a_file_is():
    assert check_scan(pdf_of(3)).pages == 3
    with pytest.raises(UnusableInputError, match="empty"):
        check_scan(b"")
    with pytest.raises(UnusableInputError, match="a program"):
        check_scan(b"MZ" + bytes(2**20))


class Meddler:
    """Writes to the file while it is being looked at."""

    def __init__(self, path) -> None:
        self.path, self.times = path, 0

    def step(self, _done, _total):
        self.times += 1
        with self.path.open("ab") as file:
            file.write(b"\n")


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf_of(ballast=6 * 2**20))
    with pytest.raises(UnusableInputError, match="changed while"):
        check_scan(path, Meddler(path))


class Impatient:
    def step(self, _done, _total):
        raise CancelledError


def test_looking_can_be_cancelled(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf_of())
    with pytest.raises(CancelledError):
        check_scan(path, Impatient())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_more_memory_or_time_than_allowed_is_told(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf_of(200))
    with pytest.raises(UnusableInputError, match="memory or time"):
        check_scan(path, limits=Limits(40 * 2**20, SECONDS))
    with pytest.raises(UnusableInputError, match="memory or time"):
        check_scan(path, limits=Limits(MEMORY, 0.0))
    assert check_scan(path).pages == 200
