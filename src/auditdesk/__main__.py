"""The entry point: hands the command line what it may build."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from auditdesk.cli.main import run
from auditdesk.cli.program import Outside

if TYPE_CHECKING:
    from pathlib import Path

    from auditdesk.operations.offices import Surroundings
    from auditdesk.util.label import Language


def _build() -> Surroundings:
    from auditdesk.operations.surroundings import shipped_surroundings  # noqa: PLC0415 – see main

    return shipped_surroundings()


def _open_window(office: Path | None, language: Language) -> int:
    from auditdesk.app import run_window  # noqa: PLC0415 – Qt is loaded for the window only

    return run_window(office, language)


def main() -> int:
    """Run the program; everything heavy is imported by the command that needs it."""
    return run(sys.argv[1:], Outside(_build, _open_window))


if __name__ == "__main__":
    sys.exit(main())
