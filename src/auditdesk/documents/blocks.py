"""What a form is made of from top to bottom, and how it is shared out over pages.

A page is planned by heights alone before anything is drawn, so that a form can be planned
more densely where that saves its last page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from auditdesk.documents.area import Area
    from auditdesk.documents.page import Page

ROUNDING = 1e-6  # heights are floats
LEAST_PART = 60.0  # points of a row that is cut: less of it is not begun on a page


class Shape(Protocol):
    """Something with a height that can be drawn."""

    @property
    def height(self) -> float:
        """How far it reaches down."""

    def draw(self, page: Page, top: float) -> None:
        """Put it on a page, its upper edge at `top`."""

    def cut(self, room: float) -> tuple[Shape, Shape]:
        """What of it fits into the room, and the rest."""


@dataclass(frozen=True, slots=True)
class Block:
    """One shape in its place in the form.

    Attributes:
        after: blank space under it, unless the page ends there.
        keep: the next block stands on the same page.
        head: what is repeated above it where it is the first of a page.
    """

    shape: Shape
    after: float = 0.0
    keep: bool = False
    head: Shape | None = None


class Whole:
    """A shape that is lower than any page, so that it is never cut."""

    __slots__ = ()

    def cut(self, room: float) -> tuple[Shape, Shape]:
        """Never."""
        raise ValueError(f"{self} does not fit into {room} points")


Placed = tuple["Shape", float]  # a shape, and its upper edge


def planned(blocks: Iterable[Block], area: Area) -> list[list[Placed]]:
    """Which shape stands where, page by page."""
    plan = _Plan(area)
    for group in _groups(blocks):
        plan.add(group)
    return plan.pages


def filled(pages: Sequence[Sequence[Placed]], area: Area) -> float:
    """How much of the last page is taken, as a part of its height."""
    if not pages[-1]:
        return 0.0
    shape, top = pages[-1][-1]
    return (area.top - top + shape.height) / area.height


def _groups(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """The blocks that stand together on a page."""
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if not block.keep:
            yield group
            group = []
    if group:
        yield group


def _height(group: Sequence[Block]) -> float:
    return sum(block.shape.height + block.after for block in group) - group[-1].after


class _Plan:
    """Pages as they fill up."""

    def __init__(self, area: Area) -> None:
        self._area, self._y = area, area.top
        self.pages: list[list[Placed]] = [[]]

    def add(self, group: Sequence[Block]) -> None:
        """Put a group on one page; one that is higher than a page piece by piece."""
        head = group[0].head
        whole = self._area.height - (head.height if head else 0.0)
        if _height(group) > whole + ROUNDING:
            if len(group) > 1:
                for block in group:
                    self.add([block])
            else:
                self._cut(group[0])
            return
        if not self._fits(_height(group)):
            self._turn(head)
        for block in group:
            self._put(block.shape, block.after)

    def _fits(self, height: float) -> bool:
        return self._y - height >= self._area.bottom - ROUNDING

    def _put(self, shape: Shape, after: float) -> None:
        self.pages[-1].append((shape, self._y))
        self._y -= shape.height + after

    def _turn(self, head: Shape | None) -> None:
        self.pages.append([])
        self._y = self._area.top
        if head:
            self._put(head, 0.0)

    def _cut(self, block: Block) -> None:
        """A row higher than a page: as much as fits, and the rest under the head again."""
        rest = block.shape
        if self._y - self._area.bottom < LEAST_PART:
            self._turn(block.head)
        while not self._fits(rest.height):
            first, rest = rest.cut(self._y - self._area.bottom)
            self._put(first, 0.0)
            self._turn(block.head)
        self._put(rest, block.after)
