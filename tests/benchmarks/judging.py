"""Judging: many case files in one process, and one case after each key."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

from measure import Figure, Size, ms, percentile, side_by_side
from samples import case_file, write_case_files

from auditdesk.regulations.casefile import read_case
from auditdesk.regulations.judge import judge
from auditdesk.regulations.shipped import shipped_calendar, shipped_library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUDGET = 0.1  # seconds: the findings are there within a tenth of a second of the last key

PARSE_ONLY = """
import json, sys
from pathlib import Path
for path in sys.argv[1:]:
    json.loads(Path(path).read_bytes())
"""


def check_files(size: Size, folder: Path) -> Iterator[Figure]:
    """`auditdesk check --json` on all files at once, against a loop that only parses them."""
    paths = [str(path) for path in write_case_files(folder, size.cases)]
    ours, theirs = side_by_side(
        lambda: _run("-m", "auditdesk", "check", "--json", *paths),
        lambda: _run("-c", PARSE_ONLY, *paths),
        min(size.rounds, 3),
    )
    yield Figure(
        f"check of {len(paths):,} case files, one process",
        f"{len(paths) / ours:,.0f} cases/s",
        "Python that only parses the same JSON",
        f"{len(paths) / theirs:,.0f} cases/s",
        ours / theirs,
    )


def _run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
    if done.returncode > 1:  # 1: judged, and some fall short
        raise RuntimeError(done.stderr.decode("utf-8", "replace")[-500:])


def keystroke(size: Size, folder: Path) -> Iterator[Figure]:
    """Reading the form's values and judging them again, as after each key."""
    del folder
    library, calendar = shipped_library(), shipped_calendar()
    law = library.law("land_entry")
    content = case_file(1)
    times = []
    for typed in range(size.repeats):
        content["data"]["entry_price_yuan"] = str(4_200_000 + typed)
        start = time.perf_counter()
        judge(read_case(content, library), law, calendar)
        times.append(time.perf_counter() - start)
    slowest = percentile(times, 0.99)
    yield Figure(
        "a keystroke's re-judging, p99",
        ms(slowest),
        "a tenth of a second",
        ms(BUDGET),
        slowest / BUDGET,
        limit=1,
    )
