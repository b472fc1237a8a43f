"""Where the program finds what it ships with: `forms/` and `resources/`."""

from __future__ import annotations

import sys
from pathlib import Path

from auditdesk.util.faults import OfficeFaultError


def shipped(name: str) -> Path:
    """The folder `forms` or `resources`: beside a checkout's `src`, or inside a bundle.

    Raises:
        OfficeFaultError: the installation lacks the folder.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    package = Path(__file__).resolve().parent.parent
    for base in filter(None, (bundle, package.parent.parent, package / "shipped")):
        folder = Path(base) / name
        if folder.is_dir():
            return folder
    raise OfficeFaultError(
        f"程序文件不完整，找不到 {name} 目录，请重新安装。",
        f"The installation is incomplete: no folder {name}. Please install the program again.",
    )
