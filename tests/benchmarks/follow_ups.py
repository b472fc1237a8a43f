"""What the desk shows of 100,000 follow-ups, and what keeping them costs when a case is saved."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from measure import Figure, Size, ms, percentile, seconds
from office import CLERK, BenchOffice
from samples import case_file

from auditdesk.operations import cases, follow_ups
from auditdesk.regulations.casefile import read_case
from auditdesk.store.follow_ups import NewFollowUp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from auditdesk.operations.desk import Desk

EACH = 10  # follow-ups of one case
AT_ONCE = 100  # cases a transaction
DAYS = 3650  # they end over ten years, the first of them a year ago
MOST = 50  # saves and readings that are timed
BARE = (
    "SELECT * FROM follow_up NOT INDEXED WHERE state = 'open' AND {term}"
    " ORDER BY last_day, id LIMIT 50"
)


def listed(size: Size, folder: Path) -> Iterator[Figure]:
    """The desk's section, whole; then the saving of a case before and after they are there."""
    repeats = min(size.repeats, MOST)
    with BenchOffice(folder).signed_in(CLERK) as desk:
        first, filler, second = (
            cases.import_case(desk, read_case(case_file(n), desk.library))[0].no for n in (1, 2, 3)
        )
        before = [seconds(lambda: save(desk, first)) for _ in range(repeats)]
        count = filled(desk, filler, size.cases)
        after = [seconds(lambda: save(desk, second)) for _ in range(repeats)]
        section(desk)
        ours = [seconds(lambda: section(desk)) for _ in range(repeats)]
        day = desk.today().isoformat()
        scan = [seconds(lambda: bare(desk, day)) for _ in range(repeats)]
    yield figure(f"the desk's part of {count:,} follow-ups, p50", ours, "scan and sort", scan)
    yield figure(f"saving a case beside {count:,} follow-ups, p50", after, "none there", before)


def bare(desk: Desk, day: str) -> None:
    """The same three lists without an index."""
    for term in ("last_day < ?", "last_day >= ?", "first_day > ?"):
        desk.office._session.rows(BARE.format(term=term), (day,))


def figure(name: str, ours: list[float], against: str, theirs: list[float]) -> Figure:
    mine, other = percentile(ours, 0.5), percentile(theirs, 0.5)
    return Figure(name, ms(mine), against, ms(other), mine / other)


def section(desk: Desk) -> None:
    """Three counts and the first page of each group, as the desk and its tiles ask for them."""
    follow_ups.counts(desk)
    for group in follow_ups.GROUPS:
        follow_ups.page(desk, group)


def save(desk: Desk, no: str) -> None:
    view = cases.view(desk, no)
    data = view.case_file.data | {"contact_phone": f"139{view.record.version:08d}"}
    cases.save_case(desk, no, view.record.version, data=data, materials=view.case_file.materials)


def filled(desk: Desk, no: str, count: int) -> int:
    """So many cases' follow-ups, spread over the years; how many there are."""
    first = desk.today() - timedelta(days=365)
    for start in range(0, count, AT_ONCE):
        with desk.office.write("case.save", no, {}) as writer:
            for number in range(start * EACH, min(start + AT_ONCE, count) * EACH):
                last = first + timedelta(days=number * 7919 % DAYS)
                begun = last - timedelta(days=30)
                writer.open_follow_up(no, NewFollowUp("sample", 0, number, begun, last))
    return count * EACH
