"""Where a page of a scan lies in the window, how large, and which part of it is seen; no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from auditdesk.documents.drawer import View

Fit = Literal["page", "width", ""]
Size = tuple[int, int]

ZOOMS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
AROUND = 8  # dots left free on each side of a page that is fitted
_SMALL = 1200  # dots of the longer side of a page as it is kept
_LONGEST = 32_000  # dots of the longer side of a page, however far it is enlarged


@dataclass(slots=True)
class Geometry:
    """One page of a scan in a window of some size.

    Attributes:
        sizes: of all pages at their own size, as they are kept.
        page: the one that is shown, from 0.
        fit: to the window; empty: `chosen` counts.
        chosen: how far it is enlarged; 1 is its own size.
        room: of the window, in its own dots.
        dots: of the screen for one of the window's.
        scrolled: how far the page is scrolled, across and down.
        turns: by how many degrees pages are turned, clockwise.
    """

    sizes: tuple[Size, ...] = ()
    page: int = 0
    fit: Fit = "page"
    chosen: float = 1.0
    room: Size = (1, 1)
    dots: float = 1.0
    scrolled: tuple[int, int] = (0, 0)
    turns: dict[int, int] = field(default_factory=dict)

    def turn_of(self, page: int) -> int:
        """How far a page is turned."""
        return self.turns.get(page, 0)

    def turn(self, degrees: int) -> None:
        """Turn the page that is shown."""
        self.turns[self.page] = (self.turn_of(self.page) + degrees) % 360

    def natural(self, page: int) -> Size:
        """Width and height of a page at its own size, as it is turned; nothing where none is."""
        if not 0 <= page < len(self.sizes):
            return 0, 0
        wide, high = self.sizes[page]
        return (high, wide) if self.turn_of(page) % 180 else (wide, high)

    @property
    def zoom(self) -> float:
        """How far the page is enlarged, fitted or not."""
        wide, high = self.natural(self.page)
        if not wide:
            return self.chosen
        most = min(_LONGEST / max(wide, high) / self.dots, ZOOMS[-1])
        if not self.fit:
            return min(self.chosen, most)
        across, down = (max(side - 2 * AROUND, 1) for side in self.room)
        found = across / wide if self.fit == "width" else min(across / wide, down / high)
        return min(found, most)

    def zoom_by(self, steps: int) -> bool:
        """Go to the next larger or smaller of the fixed sizes; whether there is one."""
        now = self.zoom
        if steps > 0:
            found = next((z for z in ZOOMS if z > now * 1.01), None)
        else:
            found = next((z for z in reversed(ZOOMS) if z < now / 1.01), None)
        if found is not None:
            self.fit, self.chosen = "", found
        return found is not None

    @property
    def whole(self) -> Size:
        """Width and height of the page as it is shown."""
        wide, high = self.natural(self.page)
        if not wide:
            return 0, 0
        return max(round(wide * self.zoom), 1), max(round(high * self.zoom), 1)

    @property
    def travel(self) -> Size:
        """How far it can be scrolled, across and down."""
        (wide, high), (across, down) = self.whole, self.room
        return max(wide - across, 0), max(high - down, 0)

    @property
    def origin(self) -> tuple[int, int]:
        """Where the page's left upper corner is in the window: in the middle, or scrolled."""
        left, top = (
            -moved if side > seen else (seen - side) // 2
            for side, seen, moved in zip(self.whole, self.room, self.scrolled, strict=True)
        )
        return left, top

    @property
    def middle(self) -> tuple[float, float]:
        """Which point of the page is in the middle of the window, as parts of its sides."""
        x, y = (
            (seen / 2 - start) / max(side, 1)
            for side, seen, start in zip(self.whole, self.room, self.origin, strict=True)
        )
        return x, y

    def scrolled_to(self, middle: tuple[float, float]) -> Size:
        """How far to scroll so that this point is in the middle of the window."""
        left, top = (
            min(max(round(part * side - seen / 2), 0), most)
            for part, side, seen, most in zip(
                middle, self.whole, self.room, self.travel, strict=True
            )
        )
        return left, top

    def exact(self) -> View | None:
        """The part that is seen, in the dots of the screen; None where no page is."""
        if not self.whole[0]:
            return None
        wide, high = (max(round(side * self.dots), 1) for side in self.whole)
        left, top = (max(round(-start * self.dots), 0) for start in self.origin)
        across, down = (round(seen * self.dots) for seen in self.room)
        return View(
            self.page,
            self.turn_of(self.page),
            wide,
            high,
            min(left, wide - 1),
            min(top, high - 1),
            max(min(across, wide - left), 1),
            max(min(down, high - top), 1),
        )

    def small(self, page: int) -> View | None:
        """A whole page in a size that is quick to draw and small to keep."""
        wide, high = self.natural(page)
        if not wide:
            return None
        scale = min(_SMALL / max(wide, high), 1.0)
        size = max(round(wide * scale), 1), max(round(high * scale), 1)
        return View(page, self.turn_of(page), *size, 0, 0, *size)
