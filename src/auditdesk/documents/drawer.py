"""Looking at a scan: its pages, or parts of them, drawn by a process of their own.

The content goes to that process through a pipe and nowhere else; what was drawn comes back the
same way. A process that is killed by a file takes nothing else with it.
"""

from __future__ import annotations

import json
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from auditdesk.util import confined
from auditdesk.util.confined import Limits
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = "draw-scan"  # the program's first argument when it is started to draw a scan
MEMORY = 2**30  # bytes of address space; a colour picture of 150 megapixels takes half of it
SECONDS = 60.0  # for one answer
LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class View:
    """What is to be drawn.

    Attributes:
        page: from 0.
        turn: by how many degrees the page is turned, clockwise: 0, 90, 180, 270.
        width, height: of the whole page once it is turned, in dots.
        left, top, across, down: the part of it that is wanted, in the same dots.
    """

    page: int
    turn: int
    width: int
    height: int
    left: int
    top: int
    across: int
    down: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What was drawn: red, green and blue of every dot, row by row, without padding."""

    width: int
    height: int
    rows: bytes


class Drawer:
    """One scan while it is looked at; `close` ends its process. For one thread at a time.

    Attributes:
        sizes: width and height of each page as it is at full size, in dots of a screen.
    """

    def __init__(self, content: bytes, limits: Limits | None = None) -> None:
        """Hand the content to a process of its own.

        Raises:
            UnusableInputError: it cannot be shown, or takes more than any honest scan.
        """
        limits = limits or Limits(MEMORY, SECONDS)
        self._seconds = limits.seconds
        self._process = confined.start((COMMAND,), limits)
        self.sizes: tuple[tuple[int, int], ...] = ()
        try:
            told = self._ask(LENGTH.pack(len(content)), content)
        except BaseException:
            self.close()
            raise
        self.sizes = tuple((int(width), int(height)) for width, height in told["sizes"])

    def draw(self, view: View) -> Picture:
        """Draw a page, or a part of it.

        Raises:
            UnusableInputError: the page cannot be drawn, or takes more than any honest one.
        """
        names = View.__slots__
        asked = {name: getattr(view, name) for name in names}
        told = self._ask(json.dumps(asked).encode() + b"\n")
        rows = self._read(3 * told["width"] * told["height"])
        return Picture(told["width"], told["height"], rows)

    def _ask(self, *pieces: bytes) -> dict[str, Any]:
        """Say something and wait for the answer's first line; too long a wait ends the process."""
        watch = threading.Timer(self._seconds, self._process.kill)
        watch.start()
        try:
            answer = next(self._answers(pieces))
        finally:
            watch.cancel()
        if "refused" in answer:
            raise UnusableInputError(*answer["refused"])
        return answer

    def _answers(self, pieces: tuple[bytes, ...]) -> Iterator[dict[str, Any]]:
        into, out = self._process.stdin, self._process.stdout
        assert into is not None  # noqa: S101 – both are pipes
        assert out is not None  # noqa: S101 – as above
        try:
            for piece in pieces:
                into.write(piece)
            into.flush()
            line = out.readline()
        except (OSError, ValueError) as error:
            raise cannot_be_shown() from error
        if not line:
            raise cannot_be_shown()
        yield json.loads(line)

    def _read(self, size: int) -> bytes:
        out = self._process.stdout
        rows = out.read(size) if out is not None else b""
        if len(rows) < size:
            raise cannot_be_shown()
        return rows

    def close(self) -> None:
        """End the process; harmless when done twice."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was still to be written goes with the process
                if pipe is not None:
                    pipe.close()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def cannot_be_shown() -> UnusableInputError:
    """A scan, or a page of it, that takes more memory or time than there is."""
    return UnusableInputError(
        "这一页占用的内存或时间太多，显示不了。可以另存后用别的程序打开。",
        "This page takes more memory or time than there is; it cannot be shown. Save it as a file "
        "and open it elsewhere.",
    )
