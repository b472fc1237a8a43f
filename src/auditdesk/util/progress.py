"""How long work tells how far it is, and how it is cancelled."""

from __future__ import annotations

from typing import Protocol


class CancelledError(Exception):
    """The user cancelled; whoever catches it leaves nothing half-done."""


class Progress(Protocol):
    """Told by long work after each step."""

    def step(self, done: int, total: int) -> None:
        """Note that `done` of `total` steps are done; raises `CancelledError` on cancel."""
        ...


class NoProgress:
    """For callers who do not watch and never cancel."""

    def step(self, done: int, total: int) -> None:
        """Nothing to tell."""
