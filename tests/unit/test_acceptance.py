"""The acceptance cases that every product of this contract is held to, where they are at hand.

They lie beside the checkout, not in it; elsewhere the test is skipped.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ACCEPTANCE = ROOT.parent / "shared" / "acceptance"


@pytest.mark.skipif(not ACCEPTANCE.is_dir(), reason="no acceptance cases beside this checkout")
def test_the_acceptance_cases_of_our_case_types_pass():
    names = [folder.name.replace("_", "-") for folder in (ROOT / "forms").iterdir()]
    ours = [
        f
        for f in sorted((ACCEPTANCE / "cases").glob("*.json"))
        if f.stem[3:].startswith(tuple(names))
    ]
    assert len(ours) >= 7
    done = subprocess.run(
        [sys.executable, ACCEPTANCE / "run", "--command", f"{sys.executable} -m auditdesk", *ours],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, f"{len(ours)} passed, 0 failed\n")
