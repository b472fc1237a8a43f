"""One thread beside the window for the database and for all long work.

The office's database belongs to that thread alone: it is opened, read and written there, in
the order in which the window asked. Answers come back on the window's own thread.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from shiboken6 import isValid

from auditdesk.util.progress import CancelledError

if TYPE_CHECKING:
    from collections.abc import Callable

_Answer = TypeVar("_Answer")


@dataclass(slots=True, eq=False)
class Job(Generic[_Answer]):
    """One piece of work and what to do with its answer.

    Attributes:
        owner: the widget that asked; an answer to a widget that is gone is dropped.
        failed: takes what the work raised; without it, the worker's `fault` signal does.
    """

    work: Callable[[Job[Any]], _Answer]
    done: Callable[[_Answer], None]
    owner: QObject
    failed: Callable[[Exception], None] | None = None
    stepped: Callable[[int, int], None] | None = None
    answer: _Answer | None = None
    error: Exception | None = None
    _cancel: threading.Event = field(default_factory=threading.Event)
    _post: Callable[[Job[Any], int, int], None] | None = None

    def step(self, done: int, total: int) -> None:
        """Tell the window how far the work is (the `Progress` of util/progress.py)."""
        if self._cancel.is_set():
            raise CancelledError
        if self._post is not None:
            self._post(self, done, total)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancel.set()

    def run(self) -> None:
        """Do the work and keep what came of it."""
        try:
            self.answer = self.work(self)
        except Exception as error:  # noqa: BLE001 – handed to the window, which tells the user
            self.error = error


class _Runner(QRunnable):
    def __init__(self, job: Job[Any], finished: Callable[[Job[Any]], None]) -> None:
        super().__init__()
        self._job, self._finished = job, finished

    def run(self) -> None:
        self._job.run()
        self._finished(self._job)


class Worker(QObject):
    """Runs jobs one after the other on one thread that stays."""

    fault = Signal(object)
    busy = Signal(bool)
    _finished = Signal(object)
    _stepped = Signal(object, int, int)

    def __init__(self) -> None:
        super().__init__()
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        # a database connection belongs to its thread: the thread must never be replaced
        self._pool.setExpiryTimeout(-1)
        self._waiting = 0
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(self._tell_step, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Callable[[], _Answer],
        done: Callable[[_Answer], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Job[_Answer]:
        """Do `work` beside the window, then `done` with its answer in the window."""
        return self.start(Job(lambda _: work(), done, owner, failed))

    def start(self, job: Job[_Answer]) -> Job[_Answer]:
        """Queue a job; one with `stepped` hears of its progress."""
        if job.stepped is not None:
            job._post = self._stepped.emit  # noqa: SLF001 – the worker wires its own jobs
        self._waiting += 1
        if self._waiting == 1:
            self.busy.emit(True)
        self._pool.start(_Runner(job, self._finished.emit))
        return job

    @property
    def idle(self) -> bool:
        """Whether nothing is queued or running, and every answer has been delivered."""
        return self._waiting == 0

    def close(self) -> None:
        """Wait for what is queued; nothing that was begun is cut off."""
        self._pool.waitForDone()

    @Slot(object)
    def _deliver(self, job: Job[Any]) -> None:
        self._waiting -= 1
        if self._waiting == 0:
            self.busy.emit(False)
        if not isValid(job.owner):
            return
        if job.error is None:
            job.done(job.answer)
        elif job.failed is not None:
            job.failed(job.error)
        else:
            self.fault.emit(job.error)

    @Slot(object, int, int)
    def _tell_step(self, job: Job[Any], done: int, total: int) -> None:
        if job.stepped is not None and isValid(job.owner):
            job.stepped(done, total)
