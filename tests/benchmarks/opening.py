"""Opening a case in an office of 10,000."""

from __future__ import annotations

import json
import time
from dataclasses import fields
from itertools import islice
from typing import TYPE_CHECKING

from measure import Figure, Size, ms, percentile
from office import CLERK, BenchOffice
from samples import case_file

from auditdesk.operations import cases
from auditdesk.regulations.casefile import read_case
from auditdesk.store.records import NewCase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from auditdesk.operations.desk import Desk

BARE = "SELECT * FROM case_ JOIN case_content ON case_id = id WHERE no = ?"
AT_ONCE = 500


def open_case(size: Size, folder: Path) -> Iterator[Figure]:
    """The stored record, and the whole page, against the bare driver's row with its JSON."""
    with BenchOffice(folder).signed_in(CLERK) as desk:
        numbers = filled(desk, size.cases)
        step = max(1, len(numbers) // size.repeats)
        wanted = numbers[::step][: size.repeats]
        connection = desk.office._session.database.conn
        bare, record, page = in_turn(
            wanted,
            lambda no: bare_row(connection, no),
            desk.office.cases.get,
            lambda no: cases.view(desk, no),
        )
    for name, times in (("record", record), ("whole page, judged anew", page)):
        ours, theirs = percentile(times, 0.5), percentile(bare, 0.5)
        yield Figure(
            f"opening one of {len(numbers):,} cases: {name}, p50",
            ms(ours),
            "the bare driver",
            ms(theirs),
            ours / theirs,
        )


def bare_row(connection: object, no: str) -> object:
    row = connection.execute(BARE, (no,)).fetchone()
    return [json.loads(value) for value in row if isinstance(value, str) and value[:1] == "{"]


def in_turn(numbers: list[str], *works: Callable[[str], object]) -> list[list[float]]:
    """The seconds of each work on each number, one after the other on the same case.

    The first one reads the case's pages for all of them, so it is run once before it counts.
    """
    times: list[list[float]] = [[] for _ in works]
    for no in numbers:
        works[0](no)
        for taken, work in zip(times, works, strict=True):
            start = time.perf_counter()
            work(no)
            taken.append(time.perf_counter() - start)
    return times


def filled(desk: Desk, count: int) -> list[str]:
    """Fill the office: one case by the operation, the others like it straight into the store."""
    view, _ = cases.import_case(desk, read_case(case_file(1), desk.library))
    numbers = [view.no]
    known = (f.name for f in fields(NewCase) if hasattr(view.record, f.name))
    pattern = {name: getattr(view.record, name) for name in known}
    pattern |= {"code": view.case_type.code, "keys": ()}
    rest = iter(range(1, count))
    while chunk := list(islice(rest, AT_ONCE)):
        with desk.office.write("case.import", None, {}) as writer:
            for number in chunk:
                title = f"样例{number % 97}村股份经济合作社"
                new = NewCase(**(pattern | {"title": title, "search": (title, f"第{number}号")}))
                numbers.append(writer.insert_case(new).no)
    return numbers
