"""Reading a workbook from outside in a process of its own, short of memory and time.

Whoever hands in a workbook may have made it to hurt. The process that opens it may take
`MEMORY` bytes and `SECONDS`, and write no file; it hands back plain text, line by line.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditdesk.util.faults import Fault, UnusableInputError
from auditdesk.util.label import Label
from auditdesk.util.os_reasons import os_reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from auditdesk.exchange.grid import RawCell, RawWorkbook
    from auditdesk.util.progress import Progress

COMMAND = "read-workbook"  # the program's first argument when it is started as the reader
MEMORY = 768 * 2**20  # bytes of address space; the largest workbook taken in needs about half of it
SECONDS = 120
_LOOK_SECONDS = 0.1  # how long a cancel waits at most
_STEP_BYTES = 2**18
_BATCH = 200  # rows a line
_OUT_OF_MEMORY = 9


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its cells as text by the number of the column from 1, and what is wrong with some."""

    cells: dict[int, str]
    problems: dict[int, Label]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet: rows that hold anything, by number; merged ranges."""

    name: str
    merged: tuple[tuple[int, int, int, int], ...]
    rows: dict[int, SheetRow] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading process may take."""

    memory: int = MEMORY
    seconds: float = SECONDS


def read_sheets(path: Path, progress: Progress, limits: Limits | None = None) -> tuple[Sheet, ...]:
    """The sheets of a workbook, read in a process of its own.

    Raises:
        UnusableInputError: it is no workbook, one that is not taken in, or one that takes more
            memory or time than any honest one.
        CancelledError: by `progress`.
    """
    limits = limits or Limits()
    command = [*_program(), COMMAND, str(limits.memory), str(path)]
    with subprocess.Popen(  # noqa: S603 – our own program, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        said: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        listener = threading.Thread(target=_listen, args=(process, said))
        listener.start()
        try:
            return _collect(_lines(process, said, limits.seconds, progress))
        finally:
            process.kill()
            listener.join()  # it ends with the process whose words it passes on


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    # -P: what lies in the current folder must not stand in for a library
    return [sys.executable, "-P", "-m", "auditdesk"]


def _lines(
    process: subprocess.Popen[bytes],
    said: queue.SimpleQueue[bytes],
    seconds: float,
    progress: Progress,
) -> Iterator[dict[str, Any]]:
    """What the process says, until it is done, too slow, or no longer wanted."""
    deadline = time.monotonic() + seconds
    done, total = 0, 1
    while True:
        if time.monotonic() > deadline:
            raise _refused_by_limit()
        progress.step(done, total)
        try:
            line = said.get(timeout=_LOOK_SECONDS)
        except queue.Empty:
            continue
        if not line:
            raise _ended_early(process.wait())
        message = json.loads(line)
        if "step" in message:
            done, total = message["step"]
        yield message
        if "end" in message:
            return


def _listen(process: subprocess.Popen[bytes], said: queue.SimpleQueue[bytes]) -> None:
    """Pass on each line; an empty one when there are no more."""
    if process.stdout is not None:
        for line in process.stdout:
            said.put(line)
    said.put(b"")


def _collect(messages: Iterator[dict[str, Any]]) -> tuple[Sheet, ...]:
    sheets: list[Sheet] = []
    for message in messages:
        if "refused" in message:
            raise UnusableInputError(*message["refused"])
        if "sheet" in message:
            merged = tuple((a, b, c, d) for a, b, c, d in message["merged"])
            sheets.append(Sheet(message["sheet"], merged))
        for number, cells, problems in message.get("rows", ()):
            sheets[-1].rows[number] = SheetRow(
                {int(column): text for column, text in cells.items()},
                {int(column): Label(*reason) for column, reason in problems.items()},
            )
    return tuple(sheets)


def _ended_early(status: int) -> Exception:
    """Killed by a limit, or out of memory: the workbook's doing; anything else is a bug."""
    if status < 0 or status == _OUT_OF_MEMORY:
        return _refused_by_limit()
    return RuntimeError(f"the reading process ended with status {status}")


def _refused_by_limit() -> UnusableInputError:
    return UnusableInputError(
        "工作簿打开时占用的内存或时间超出常理，已停止。请只留下要导入的工作表，另存为 .xlsx。",
        "Opening the workbook took more memory or time than any honest one; it was stopped. Keep "
        "only the sheet to be imported and save it as .xlsx.",
    )


# ------------------------------------------------------------------ in the process of its own


def main(arguments: list[str]) -> int:
    """Read the workbook that the arguments name, and say on standard output what is in it."""
    memory, path = arguments
    _confine(int(memory))
    try:
        _tell_all(Path(path))
    except Fault as fault:
        _say({"refused": [fault.message.zh, fault.message.en]})
    except OSError as error:
        why = os_reason(error)
        _say({"refused": [f"文件读不出来：{why.zh}。", f"The file cannot be read: {why.en}."]})
    except MemoryError:
        return _OUT_OF_MEMORY  # no memory to say so with
    _say({"end": True})
    return 0


def _confine(memory: int) -> None:
    """Give up what reading does not need.

    Windows has no such limits: there the caps on bytes, cells and time hold alone.
    """
    if sys.platform == "win32":  # pragma: no cover – tried on Windows only
        return
    import resource  # noqa: PLC0415 – not there on Windows

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _tell_all(path: Path) -> None:
    from auditdesk.exchange.grid import read_grid  # noqa: PLC0415 – in this process only
    from auditdesk.exchange.package import open_package  # noqa: PLC0415 – as above

    with open_package(path) as package:
        book = read_grid(package, _stepper())
    for sheet in book.sheets:
        _say({"sheet": sheet.name, "merged": sheet.merged})
        _tell_rows(book, sheet.rows)


def _stepper() -> Callable[[int, int], None]:
    said = 0

    def tell(done: int, total: int) -> None:
        nonlocal said
        if done - said >= _STEP_BYTES:
            said = done
            _say({"step": [done, total]})

    return tell


def _tell_rows(book: RawWorkbook, rows: dict[int, dict[int, RawCell]]) -> None:
    batch: list[Any] = []
    for number, cells in rows.items():
        batch.append([number, *_texts(cells, from_1904=book.from_1904)])
        if len(batch) == _BATCH:
            _say({"rows": batch})
            batch = []
    _say({"rows": batch})


def _texts(
    cells: dict[int, RawCell], *, from_1904: bool
) -> tuple[dict[int, str], dict[int, list[str]]]:
    from auditdesk.exchange.reading import CellProblemError, cell_as_text  # noqa: PLC0415 – as above

    texts: dict[int, str] = {}
    problems: dict[int, list[str]] = {}
    for column, cell in cells.items():
        try:
            texts[column] = cell_as_text(cell, from_1904=from_1904)
        except CellProblemError as problem:
            problems[column] = [problem.reason.zh, problem.reason.en]
    return texts, problems


def _say(message: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
    sys.stdout.buffer.flush()
