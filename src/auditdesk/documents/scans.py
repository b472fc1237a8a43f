"""Looking at a file before it is taken in as a scan: what it is, and that it does no harm.

The file is opened in a process of its own (`util/confined.py`): what reads PDFs and pictures
is large and old, and whoever hands a file in may have made it to hurt.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from auditdesk.documents import scan_refusals
from auditdesk.util import confined
from auditdesk.util.confined import Limits, OverLimitsError
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.label import Label
from auditdesk.util.os_reasons import os_reason
from auditdesk.util.progress import NoProgress

if TYPE_CHECKING:
    from pathlib import Path

    from auditdesk.util.progress import Progress

COMMAND = "check-scan"  # the program's first argument when it is started to look at a scan
MEMORY = 300 * 2**20  # bytes of address space, the program itself included
SECONDS = 60
STDIN = "-"
MOST_PAGES = 2000
# opened without following links, and without waiting for the other end of a pipe
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
)


@dataclass(frozen=True, slots=True)
class ScanFacts:
    """What a scan is.

    Attributes:
        media_type: by its content, whatever its name says.
        pages: of a PDF or a TIFF; 1 of any other picture.
        digest: SHA-256 of the content that was looked at.
        size: bytes.
    """

    media_type: str
    pages: int
    digest: str
    size: int


def check_scan(
    source: Path | bytes, progress: Progress | None = None, limits: Limits | None = None
) -> ScanFacts:
    """What a file is that is to be kept as a scan.

    Args:
        source: the file, or its content.
        progress: told in bytes; may cancel.
        limits: what the process that opens it may take.

    Raises:
        UnusableInputError: it is no scan, not whole, or could do harm; says what to do.
        CancelledError: by `progress`.
    """
    limits = limits or Limits(MEMORY, SECONDS)
    if not isinstance(source, bytes):
        open_plainly(source).close()  # here, where the sentence can tell what it is
    words = (COMMAND, STDIN if isinstance(source, bytes) else str(source.absolute()))
    content = source if isinstance(source, bytes) else b""
    try:
        (found,) = confined.said_by(words, limits, progress or NoProgress(), content)
    except OverLimitsError as error:
        raise scan_refusals.beyond_limits() from error
    return ScanFacts(**found)


def open_plainly(path: Path) -> BinaryIO:
    """Open a plain file for reading; never a folder, link, device or pipe.

    Raises:
        UnusableInputError: it is something else, or cannot be read.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise scan_refusals.no_plain_file()
        file = os.fdopen(os.open(path, _FLAGS), "rb")
    except (OSError, ValueError) as error:  # a name with a zero byte is no name
        raise _unreadable(error) from error
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise scan_refusals.no_plain_file()
    return file


def _unreadable(error: OSError | ValueError) -> UnusableInputError:
    why = os_reason(error) if isinstance(error, OSError) else Label("文件名无效", "no valid name")
    return UnusableInputError(
        f"文件读不出来（{why.zh}）。请检查文件是否还在、是否被其他程序占用。",
        f"The file cannot be read ({why.en}). Check whether it is still there and not in use by "
        "another program.",
    )
