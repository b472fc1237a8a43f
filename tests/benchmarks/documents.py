"""One approval, from the case's data to both signatures, kept in the office."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from measure import Figure, Size, ms
from office import CLERK, PASSWORD, REVIEWER, SUPERVISOR, BenchOffice
from samples import approvable

from auditdesk.operations import cases, documents, reviews
from auditdesk.operations.documents import SigningKey
from auditdesk.regulations.casefile import read_case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from auditdesk.operations.desk import Desk

KEY = SigningKey(PASSWORD)


def approval(size: Size, folder: Path) -> Iterator[Figure]:
    """Layout, archive form, number, two signatures, encryption and fsync, against the layout."""
    office = BenchOffice(folder)
    numbers = approved(office, size.rounds + 1)
    with office.signed_in(CLERK) as desk:
        pages = timed(numbers, lambda no: documents.preview(desk, no, "approval"))
        first = timed(numbers, lambda no: documents.certify(desk, no, "approval", KEY))
    with office.signed_in(SUPERVISOR) as desk:
        second = timed(numbers, lambda no: documents.countersign(desk, no, "approval", KEY))
    ours = statistics.median(a + b for a, b in zip(first, second, strict=True))
    theirs = statistics.median(pages)
    yield Figure(
        "one approval, data to both signatures",
        ms(ours),
        "its pages by reportlab alone",
        ms(theirs),
        ours / theirs,
    )


def timed(numbers: list[str], work: Callable[[str], object]) -> list[float]:
    """Seconds for each case; the first only warms up."""
    times = []
    for no in numbers:
        start = time.perf_counter()
        work(no)
        times.append(time.perf_counter() - start)
    return times[1:]


def approved(office: BenchOffice, count: int) -> list[str]:
    """So many cases, entered, reviewed and approved by three people."""
    with office.signed_in(CLERK) as desk:
        numbers = [
            cases.import_case(desk, read_case(approvable(number), desk.library))[0].no
            for number in range(count)
        ]
        advance(desk, numbers)
    with office.signed_in(REVIEWER) as desk:
        while cases.view(desk, numbers[0]).stage.kind == "review":
            advance(desk, numbers)
    with office.signed_in(SUPERVISOR) as desk:
        advance(desk, numbers)
    return numbers


def advance(desk: Desk, numbers: list[str]) -> None:
    for no in numbers:
        reviews.advance(desk, no, cases.view(desk, no).record.version, "同意")
