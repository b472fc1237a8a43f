"""A second process that lays papers out while the first signs and keeps them.

It gets plain values and gives back bytes; keys and the office never leave the first process.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from typing import TYPE_CHECKING, Self

from auditdesk.documents.fonts import load_fonts
from auditdesk.documents.issuing import prepared

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from auditdesk.documents.issuing import Draft


class Workshop:
    """The process, from entering the context until leaving it."""

    def __init__(self, fonts: Path) -> None:
        """Start nothing yet; `fonts` is the folder that papers are set from."""
        self._fonts = fonts
        # spawned, not forked: the window's threads would be copied in the middle of something
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(1, context, initializer=_settle)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def prepare(self, draft: Draft) -> Future[bytes] | None:
        """Queue a paper; the answer is its file with empty fields, or what was wrong with it.

        None: the process has ended, as it does where the system is short of memory.
        """
        try:
            return self._pool.submit(_prepare, draft, self._fonts)
        except BrokenExecutor:
            return None


def _settle() -> None:
    """Leave Ctrl+C to the first process, and end with it, however it ends.

    The library's own processes stay for ever where the first one was killed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _prepare(draft: Draft, folder: Path) -> bytes:
    return prepared(draft, load_fonts(folder))


def finished(pages: Future[bytes]) -> bytes | None:
    """The file, when it is made; None: the process ended before.

    Raises:
        UnusableInputError: what was wrong with the paper.
    """
    try:
        return pages.result()
    except BrokenExecutor:
        return None
