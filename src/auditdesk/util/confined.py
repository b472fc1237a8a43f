"""Opening files from outside in a process of their own, short of memory and time.

Whoever hands in a file may have made it to hurt. The process that opens it may take so much
memory and time and write no file; it hands back plain values, a line of JSON each.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditdesk.util.faults import Fault, UnusableInputError
from auditdesk.util.os_reasons import os_reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from auditdesk.util.progress import Progress

_LOOK_SECONDS = 0.1  # how long a cancel waits at most
_OUT_OF_MEMORY = 9


class OverLimitsError(Exception):
    """The process took more memory or time than it was given, or its libraries crashed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the process may take: bytes of address space, seconds."""

    memory: int
    seconds: float


def said_by(
    arguments: Sequence[str], limits: Limits, progress: Progress, content: bytes = b""
) -> Iterator[dict[str, Any]]:
    """What this program says when it is started confined, with a command and what it opens.

    `progress` hears of its steps, and may cancel.

    Args:
        arguments: the command, and further words for it.
        limits: what it may take; the command's first word is the memory.
        progress: told of its steps.
        content: what it reads on its standard input.

    Raises:
        UnusableInputError: the process refused the file, by the sentence that it gave.
        OverLimitsError: it was ended by its limits.
        CancelledError: by `progress`.
    """
    with start(arguments, limits) as process:
        said: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        talkers = (
            threading.Thread(target=_listen, args=(process, said)),
            threading.Thread(target=_feed, args=(process, content)),
        )
        for talker in talkers:
            talker.start()
        try:
            yield from _messages(process, said, limits.seconds, progress)
        finally:
            process.kill()
            for talker in talkers:
                talker.join()  # it ends with the process that it talks to


def start(arguments: Sequence[str], limits: Limits) -> subprocess.Popen[bytes]:
    """This very program, started anew with a command of its own, between two pipes."""
    command, *rest = arguments
    return subprocess.Popen(  # noqa: S603 – our own program, no shell
        [*_program(), command, str(limits.memory), *rest],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    # -P: what lies in the current folder must not stand in for a library
    return [sys.executable, "-P", "-m", "auditdesk"]


def _messages(
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
            raise OverLimitsError
        progress.step(done, total)
        try:
            line = said.get(timeout=_LOOK_SECONDS)
        except queue.Empty:
            continue
        if not line:
            raise ended_early(process.wait())
        message = json.loads(line)
        if "end" in message:
            return
        if "refused" in message:
            raise UnusableInputError(*message["refused"])
        if "step" in message:
            done, total = message["step"]
        else:
            yield message


def _listen(process: subprocess.Popen[bytes], said: queue.SimpleQueue[bytes]) -> None:
    """Pass on each line; an empty one when there are no more."""
    if process.stdout is not None:
        for line in process.stdout:
            said.put(line)
    said.put(b"")


def _feed(process: subprocess.Popen[bytes], content: bytes) -> None:
    """Hand over the content; a process that ends before it has read it all says why itself."""
    if process.stdin is not None:
        with suppress(OSError), process.stdin:
            process.stdin.write(content)


def ended_early(status: int) -> Exception:
    """Killed by a limit, out of memory, or crashed: the file's doing; anything else is a bug."""
    if status < 0 or status == _OUT_OF_MEMORY:
        return OverLimitsError()
    return RuntimeError(f"the confined process ended with status {status}")


# ------------------------------------------------------------------ in the process of its own


def answer(memory: int, seconds: int, work: Callable[[], None]) -> int:
    """Do the work confined; faults are said, and the end of it; the exit status."""
    confine(memory, seconds)
    try:
        work()
    except Fault as fault:
        say({"refused": [fault.message.zh, fault.message.en]})
    except OSError as error:
        why = os_reason(error)
        say({"refused": [f"文件读不出来：{why.zh}。", f"The file cannot be read: {why.en}."]})
    except MemoryError:
        return _OUT_OF_MEMORY  # no memory to say so with
    say({"end": True})
    return 0


def confine(memory: int, seconds: int) -> None:
    """Give up what opening a file does not need; libraries keep their remarks to themselves.

    Windows has no such limits: there the caps on bytes, parts and time hold alone.

    Args:
        memory: bytes of address space.
        seconds: of the processor's time.
    """
    # what Python itself says of a bug still goes where it always goes
    sys.stderr = os.fdopen(os.dup(2), "w", encoding="utf-8", errors="backslashreplace")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if sys.platform == "win32":  # pragma: no cover – tried on Windows only
        return
    import resource  # noqa: PLC0415 – not there on Windows

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def say(message: dict[str, Any]) -> None:
    """Say a line to whoever started this process."""
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
    sys.stdout.buffer.flush()
