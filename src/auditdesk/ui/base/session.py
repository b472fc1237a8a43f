"""One signed-in person in the window: every reading and every change goes through here.

Work runs on the worker thread, where the desk lives. A change answers with `Changes`, which
is told to every view; the view that began it is named, so that it can ignore its own echo.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from auditdesk.operations.changes import Changes
from auditdesk.ui.base.worker import Job

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.domain.workdays import WorkCalendar
    from auditdesk.operations.desk import Desk
    from auditdesk.ui.base.context import Context
    from auditdesk.util.progress import Progress

_Answer = TypeVar("_Answer")


class Session(QObject):
    """The desk behind the worker, and the news of what changed."""

    changed = Signal(object, object)

    def __init__(self, ctx: Context, desk: Desk) -> None:
        """Take over a desk that was opened on the worker's thread."""
        super().__init__()
        self.ctx = ctx
        self.user, self.profile, self.read_only = desk.user, desk.profile, desk.read_only
        self.library = desk.library
        self._desk = desk

    @property
    def calendar(self) -> WorkCalendar:
        """The working days by which the office counts now."""
        return self._desk.calendar

    def read(
        self,
        owner: QObject,
        work: Callable[[Desk], _Answer],
        done: Callable[[_Answer], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Job[_Answer]:
        """Read something and show it."""
        return self.ctx.worker.run(owner, lambda: work(self._desk), done, failed)

    def change(
        self,
        owner: QObject,
        work: Callable[[Desk], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Change something by one operation; `done` gets its answer whole, then all views hear."""

        def tell(answer: Any) -> None:
            done(answer)
            self.changed.emit(changes_in(answer), owner)

        self.ctx.worker.run(owner, lambda: work(self._desk), tell, failed)

    def long(
        self,
        owner: QObject,
        work: Callable[[Desk, Progress], _Answer],
        done: Callable[[_Answer], None],
        failed: Callable[[Exception], None],
        stepped: Callable[[int, int], None],
    ) -> Job[_Answer]:
        """Do long work that tells of its progress and can be cancelled."""

        def tell(answer: _Answer) -> None:
            done(answer)
            changes = changes_in(answer)
            if changes is not None:
                self.changed.emit(changes, owner)

        job = Job(lambda own: work(self._desk, own), tell, owner, failed, stepped)
        return self.ctx.worker.start(job)

    def close(self) -> None:
        """Close the office behind everything that is still queued."""
        self.ctx.worker.run(self, self._desk.close, lambda _: None)


def changes_in(answer: Any) -> Changes | None:
    """The `Changes` that an operation answered with, alone or last of several values."""
    last = answer[-1] if isinstance(answer, tuple) and answer else answer
    return last if isinstance(last, Changes) else None
