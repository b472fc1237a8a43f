"""Counting what the page of figures shows, and the list behind one of its figures."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date, timedelta
from typing import TYPE_CHECKING

from measure import Figure, Size, ms, side_by_side
from office import CLERK, BenchOffice
from samples import case_file

from auditdesk.domain.period import Period
from auditdesk.operations import cases, figures, tallies
from auditdesk.operations.figure_views import Asked
from auditdesk.regulations.casefile import read_case
from auditdesk.store.records import NewCase
from auditdesk.store.tallies import TallyReader
from auditdesk.util.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from auditdesk.operations.desk import Desk
    from auditdesk.operations.figure_views import Figures

MORE = 10  # times the cases of other lines
AT_ONCE = 500
FIRST, DAYS = date(2022, 1, 1), 1461
PERIODS = {
    "a year": Period(date(2024, 1, 1), date(2024, 12, 31)),
    "a month": Period(date(2024, 6, 1), date(2024, 6, 30)),
}
TOWNS = 20


class Bare:
    """The same statements without any index."""

    def __init__(self, desk: Desk) -> None:
        self._session = desk.office._session

    def rows(self, sql: str, values: object) -> object:
        return self._session.rows(re.sub(r"INDEXED BY \w+", "NOT INDEXED", sql), values)


def counted(size: Size, folder: Path) -> Iterator[Figure]:
    """What the page counts of a period and the one before; the list behind one of its figures."""
    with BenchOffice(folder).signed_in(CLERK) as desk:
        count = filled(desk, size.cases * MORE)
        own, scan = desk.office.tallies, TallyReader(Bare(desk))
        for name, period in PERIODS.items():
            asked = Asked(period)
            ours, theirs = side_by_side(
                lambda asked=asked: read(desk, own, asked),
                lambda asked=asked: read(desk, scan, asked),
                size.rounds,
            )
            title = f"all figures of {name} among {count:,} cases"
            yield Figure(title, ms(ours), "full scans", ms(theirs), ours / theirs)
        wanted, day = read(desk, own, asked).parts[0].total.wanted, desk.today()
        ours, theirs = side_by_side(
            lambda: cases.page(desk, wanted),
            lambda: scan.counts(wanted, "accepted_on", day),
            size.rounds,
        )
        title = f"the list behind a figure of {name}"
        yield Figure(title, ms(ours), "counting by a scan", ms(theirs), ours / theirs)


def read(desk: Desk, reader: TallyReader, asked: Asked) -> Figures:
    desk.office.tallies = reader
    return figures.read(desk, asked, NoProgress())


def filled(desk: Desk, count: int) -> int:
    """Cases of all types, stages and towns, entered day by day over four years."""
    view, _ = cases.import_case(desk, read_case(case_file(1), desk.library))
    known = (f.name for f in fields(NewCase) if hasattr(view.record, f.name))
    pattern = {name: getattr(view.record, name) for name in known}
    types = desk.library.case_types
    for start in range(0, count, AT_ONCE):
        with desk.office.write("case.import", None, {}) as writer:
            for number in range(start, min(start + AT_ONCE, count)):
                kind = types[number % len(types)]
                accepted = FIRST + timedelta(days=number * DAYS // count)
                stage = kind.stages[number // 7 % len(kind.stages)].id
                sums = {c.id: number * 10**10 + 1 for c in tallies.summed(kind)}
                own = {
                    "case_type": kind.id,
                    "code": kind.code,
                    "stage": stage,
                    "status": ("open", "open", "closed", "withdrawn")[number // 11 % 4],
                    "accepted_on": accepted,
                    "due_on": accepted + timedelta(days=30),
                    "town": f"样例{number // 13 % TOWNS}镇",
                    "sums": sums,
                    "tallied": tallies.declaration(kind),
                    "keys": (),
                    "search": ("样例",),
                }
                case = writer.insert_case(NewCase(**(pattern | own)))
                if own["status"] == "closed":
                    decided = accepted + timedelta(days=20)
                    writer.save_case(case.no, 1, decided_on=decided, decided_due=own["due_on"])
    return count + 1
