"""The process that reads workbooks: held to its memory and time, cancelled, and harmless."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pytest

from auditdesk.exchange.confined import MEMORY, SECONDS, read_sheets
from auditdesk.util.confined import Limits
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.progress import CancelledError, NoProgress
from workbook_samples import headed, packed, parts, row, text, write

GOOD = row(2, text("A2", "K-1"), text("B2", "卧虎"))
LONG_ROWS = 16_000


def long_text():
    """A workbook within all caps on bytes whose text takes more memory than is given."""
    noise = random.Random(1)  # noqa: S311 – the same noise in every run
    rows = "".join(
        row(n, text(f"A{n}", noise.randbytes(900).hex() + 2_000 * "x"))
        for n in range(2, LONG_ROWS + 2)
    )
    return packed(parts(headed(rows)))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_more_memory_than_allowed_ends_the_reader_alone(tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(long_text())
    small = Limits(80 * 2**20, SECONDS)
    with pytest.raises(UnusableInputError, match="memory or time"):
        read_sheets(path, NoProgress(), small)
    assert len(read_sheets(path, NoProgress())[0].rows) == LONG_ROWS + 1
    modest = write(tmp_path / "small.xlsx", parts(headed(GOOD)))
    assert len(read_sheets(modest, NoProgress(), small)[0].rows) == 2


def test_more_time_than_allowed_ends_the_reader(tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(long_text())
    with pytest.raises(UnusableInputError, match="memory or time"):
        read_sheets(path, NoProgress(), Limits(MEMORY, 0.0))


class Impatient:
    """Cancels at the second step."""

    def __init__(self) -> None:
        self.steps = 0

    def step(self, done, total):
        assert 0 <= done <= total
        self.steps += 1
        if self.steps > 1:
            raise CancelledError


def test_reading_can_be_cancelled(tmp_path):
    path = write(tmp_path / "台账.xlsx", parts(headed(GOOD)))
    with pytest.raises(CancelledError):
        read_sheets(path, Impatient())


def test_the_reader_writes_no_file(tmp_path, monkeypatch):
    """What the reader would write with a hole in it: nothing, its limit is 0 bytes."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from auditdesk.util import confined\n"
        "confined.confine(10**9, 60)\n"
        "Path(sys.argv[1]).write_bytes(b'x')\n"
    )
    if os.name == "nt":
        pytest.skip("Windows has no such limit")

    target = tmp_path / "planted"
    done = subprocess.run([sys.executable, "-c", code, target], capture_output=True, check=False)
    assert done.returncode != 0
    assert not target.exists() or target.read_bytes() == b""
