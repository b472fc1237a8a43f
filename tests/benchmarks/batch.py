"""Hundreds of approvals: signed twice on two processes, and in one unsigned file to print."""

from __future__ import annotations

import multiprocessing
import resource
import threading
import time
from itertools import cycle, islice
from typing import TYPE_CHECKING

from documents import KEY, approved
from measure import Figure, Size, seconds
from office import CLERK, SUPERVISOR, BenchOffice

from auditdesk.documents.fonts import load_fonts
from auditdesk.documents.letter import letter_pages
from auditdesk.documents.page import paint
from auditdesk.operations import batches, freezing, numbering, papers, printing
from auditdesk.operations.situation import situation
from auditdesk.util.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from auditdesk.operations.desk import Desk

LEAST_A_SECOND = 5
MOST_SECONDS_TO_PRINT = 5
MANY = 500  # from here on the wanted figures hold; fewer pay for the start of a process
MOST_MEGABYTES = 600


def batch(size: Size, folder: Path) -> Iterator[Figure]:
    """500 approvals from approved cases to both signatures, against their bare pages."""
    office = BenchOffice(folder)
    numbers = approved(office, max(2, size.cases // 20))
    wanted = [(no, "approval") for no in numbers]
    with office.signed_in(CLERK) as desk:
        proof = seconds(lambda: printing.proofs(desk, wanted, NoProgress()))
        plain = seconds(lambda: plain_pages(desk, numbers))
        watch = Watch()
        first = seconds(lambda: batches.sign(desk, wanted, KEY, NoProgress()))
    with office.signed_in(SUPERVISOR) as desk:
        second = seconds(lambda: batches.sign(desk, wanted, KEY, NoProgress()))
    rate = len(numbers) / (first + second)
    memory = watch.end()
    count = f"{len(numbers)} approvals"
    limit = 1 if len(numbers) >= MANY else None
    yield Figure(
        f"{count}, data to both signatures, two processes",
        f"{rate:.1f} a second",
        "wanted",
        f"{LEAST_A_SECOND} a second",
        LEAST_A_SECOND / rate,
        limit,
    )
    yield Figure(
        f"{count}, data to both signatures",
        f"{first + second:.1f} s",
        "their pages by plain reportlab",
        f"{plain:.1f} s",
        (first + second) / plain,
    )
    yield Figure(
        "most memory of both processes together",
        f"{memory:.0f} MB",
        "wanted at most",
        f"{MOST_MEGABYTES} MB",
        memory / MOST_MEGABYTES,
        limit,
    )
    yield Figure(
        f"{count} in one unsigned file to print",
        f"{proof:.1f} s",
        "wanted at most",
        f"{MOST_SECONDS_TO_PRINT} s",
        proof / MOST_SECONDS_TO_PRINT,
        limit,
    )


def plain_pages(desk: Desk, numbers: list[str]) -> None:
    """The same pages, laid out beforehand, painted by reportlab: a file each, nothing more."""
    fonts = load_fonts(desk.resources / "fonts")
    laid_out = []
    for no in numbers[:20]:
        case = situation(desk, no)
        made = papers.paper(case, numbering.kind_of(case, "approval"))
        laid_out.append(
            letter_pages(freezing.content(case, made, "章政土批〔2022〕1号", ""), fonts)
        )
    for pages in islice(cycle(laid_out), len(numbers)):
        paint(pages, fonts, "批复")


class Watch:
    """The most memory that this process and its children took at one time, in MB."""

    def __init__(self) -> None:
        self._most = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def end(self) -> float:
        self._over.set()
        self._thread.join()
        return self._most

    def _look(self) -> None:
        while not self._over.is_set():
            self._most = max(self._most, resident())
            time.sleep(0.1)


def resident() -> float:
    """What is resident now where the system tells (Linux); else the most there ever was."""
    pids = ["self", *(str(child.pid) for child in multiprocessing.active_children())]
    try:
        return sum(_resident_of(pid) for pid in pids)
    except OSError:
        who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        return sum(resource.getrusage(one).ru_maxrss for one in who) / 1024


def _resident_of(pid: str) -> float:
    with open(f"/proc/{pid}/status", encoding="ascii") as status:  # noqa: PTH123 – no file
        line = next((line for line in status if line.startswith("VmRSS")), "VmRSS: 0")
    return int(line.split()[1]) / 1024
