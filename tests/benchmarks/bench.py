"""The figures: `python3 dev.py bench [NAME …] [--quick] [--list]`.

Each line gives a figure, the named thing that ran beside it in the same run, and the ratio.
`--quick` does hardly any work; it shows that the lines still run, not how fast anything is.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from pathlib import Path

from batch import batch
from documents import approval
from exporting import export
from figures import counted
from follow_ups import listed
from judging import check_files, keystroke
from measure import QUICK, WHOLE, Figure
from opening import open_case
from register import entries
from window import first_paint

LINES = {
    "check": check_files,
    "open": open_case,
    "keystroke": keystroke,
    "approval": approval,
    "batch": batch,
    "follow_ups": listed,
    "register": entries,
    "window": first_paint,
    "export": export,
    "figures": counted,
}


def main(arguments: list[str]) -> int:
    options = parsed(arguments)
    if options.list:
        print("\n".join(LINES))
        return 0
    size = QUICK if options.quick else WHOLE
    print(f"{platform.machine()}, Python {platform.python_version()}, {size.rounds} rounds")
    for name in options.names or LINES:
        with tempfile.TemporaryDirectory(prefix="auditdesk-bench-") as folder:
            for figure in LINES[name](size, Path(folder)):
                print(line(figure), flush=True)
    return 0


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(LINES))
    parser.add_argument("--quick", action="store_true", help="hardly any work")
    parser.add_argument("--list", action="store_true", help="the names")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in LINES]
    if unknown:
        parser.error(f"no such line: {', '.join(unknown)}; there are {', '.join(LINES)}")
    return options


def line(figure: Figure) -> str:
    limit = "" if figure.limit is None else f"  (wanted: ≤ {figure.limit:g})"
    mark = "" if figure.holds else "  TOO SLOW"
    return (
        f"{figure.name:56} {figure.ours:>15}   {figure.against}: {figure.theirs:>14}"
        f"   ratio {figure.ratio:8.2f}{limit}{mark}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
