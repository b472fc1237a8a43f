"""Build the program as one folder that needs no Python: `python3.11 installers/build.py`.

The libraries of `requirements.lock` and PyInstaller go into an environment of their own under
`build/`; the bundle is `dist/auditdesk`, and `smoke.py` tries it. A bundle runs where the C
library is as new as the builder's, or newer: build on the oldest system that is to be served.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build"
LOCKS = (ROOT / "requirements.lock", ROOT / "installers" / "requirements-build.lock")


def main() -> int:
    """Make the environment, build, and try what was built."""
    if sys.version_info[:2] != (3, 11):
        print("Python 3.11 is needed: python3.11 installers/build.py", file=sys.stderr)
        return 1
    venv.create(WORK / "venv", with_pip=True)
    python = WORK / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    for lock in LOCKS:
        run(python, "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", lock)
    run(
        *(python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
        *("--distpath", ROOT / "dist", "--workpath", WORK),
        ROOT / "installers" / "auditdesk.spec",
    )
    return run(python, ROOT / "installers" / "smoke.py", ROOT / "dist" / "auditdesk")


def run(*command: object) -> int:
    """Run a command; a failing one ends the build."""
    return subprocess.run([str(part) for part in command], check=True, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
