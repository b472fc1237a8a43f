"""Try a built bundle as its user would: `python installers/smoke.py dist/auditdesk`.

Judges a case file, builds the sample office, verifies its approval and refuses an altered one,
and opens the window for a moment. Ends with a sentence at the first thing that is wrong.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

CASE = Path(__file__).resolve().parent.parent / "tests" / "benchmarks" / "case.json"
OPEN_FOR = 5  # seconds


def main(bundle: Path) -> int:
    """Try everything; returns 0, or ends with a sentence."""
    program = bundle / ("auditdesk.exe" if os.name == "nt" else "auditdesk")
    for kept in ("LICENSE", "NOTICE", "licences/qt/LGPL-3.0.txt", "licences/sqlcipher3/LICENSE"):
        demand((bundle / "_internal" / kept).is_file(), f"the bundle lacks {kept}")
    report = json.loads(output(program, 0, "check", "--json", CASE))
    demand(report["verdict"] == "pass", f"the verdict is {report['verdict']}")
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "office"
        output(program, 0, "demo", office)
        demand(any(office.glob("*.xlsx")), "the sample office has no workbook")
        approval = next(office.glob("*-approval.pdf"))
        output(program, 0, "document", "verify", approval)
        altered = bytearray(approval.read_bytes())
        altered[len(altered) // 3] ^= 1
        approval.write_bytes(altered)
        output(program, 1, "document", "verify", approval)
        show_window(program, office)
    print(f"{program}: judges, keeps an office, signs, verifies, opens its window")
    return 0


def output(program: Path, status: int, *arguments: object) -> str:
    """What a command prints; anything but the expected exit status ends the test."""
    done = subprocess.run(
        [str(program), *map(str, arguments)], capture_output=True, encoding="utf-8", check=False
    )
    demand(done.returncode == status, f"{arguments}: {done.returncode}\n{done.stderr}")
    return done.stdout


def show_window(program: Path, office: Path) -> None:
    """Open the window on an office; it has to stay open until it is closed from here."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(office)}
    with subprocess.Popen([str(program), "--office", str(office)], env=environment) as window:
        try:
            status = window.wait(OPEN_FOR)
        except subprocess.TimeoutExpired:
            window.terminate()
            return
    sys.exit(f"the window closed by itself with status {status}")


def demand(met: bool, complaint: str) -> None:
    """End the test with a complaint unless something is as it should be."""
    if not met:
        sys.exit(complaint)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
