"""How long work tells how far it is, and how it is cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_Item = TypeVar("_Item")
_EVERY = 50  # items between two steps that are told


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


class Part:
    """The progress of one of several parts of equal weight, told to the whole in thousandths."""

    def __init__(self, whole: Progress, place: int, count: int) -> None:
        """Know the whole, which part this is from 0, and how many there are."""
        self._whole, self._place, self._count = whole, place, count

    def step(self, done: int, total: int) -> None:
        """Tell the whole how far this part is."""
        share = 1000 * min(done, total) // max(total, 1)
        self._whole.step(1000 * self._place + share, 1000 * self._count)


def watched(items: Sequence[_Item], progress: Progress) -> Iterator[_Item]:
    """The items one after the other, with a step now and then and one at the end."""
    for done, item in enumerate(items):
        if done % _EVERY == 0:
            progress.step(done, len(items))
        yield item
    progress.step(len(items), len(items))
