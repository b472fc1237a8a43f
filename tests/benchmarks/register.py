"""A register of 5,000 rows on a day, every row judged, beside bare reading; and on paper."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from measure import Figure, Size, ms, seconds, side_by_side
from office import CLERK, BenchOffice

from auditdesk.operations import register_print, register_rows, registers
from auditdesk.operations.register_print import Choice
from auditdesk.util.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from auditdesk.operations.desk import Desk

RESERVOIRS = "reservoir"
AT_ONCE = 500  # rows a transaction
MOST_SECONDS_TO_PRINT = 10
MANY = 5000  # from here on that holds
OFFICERS = ("administrative", "technical", "patrol", "dam_safety")
BARE = (
    "SELECT * FROM register_row JOIN register_version"
    " ON register_version.row_id = register_row.id AND register_version.version ="
    " register_row.version WHERE register_row.register = ? ORDER BY register_row.code"
)


def entries(size: Size, folder: Path) -> Iterator[Figure]:
    """The table of a register on a day, against a bare read and parse of the same rows."""
    count = size.cases // 2
    with BenchOffice(folder).signed_in(CLERK) as desk:
        fill(desk, count)
        day = desk.today()
        if not len(registers.entries(desk, RESERVOIRS, day)) == bare(desk) == count:
            raise RuntimeError("both must see every row")
        ours, theirs = side_by_side(
            lambda: registers.entries(desk, RESERVOIRS, day), lambda: bare(desk), size.rounds
        )
        choice = Choice(day=day)
        paper = seconds(
            lambda: register_print.print_register(desk, RESERVOIRS, choice, NoProgress())
        )
    name = f"a register's {count:,} rows on a day, each judged"
    yield Figure(name, ms(ours), "read and parse JSON", ms(theirs), ours / theirs)
    yield Figure(
        f"{count:,} rows on paper, read, judged, laid out",
        f"{paper:.1f} s",
        "wanted at most",
        f"{MOST_SECONDS_TO_PRINT} s",
        paper / MOST_SECONDS_TO_PRINT,
        1 if count >= MANY else None,
    )


def bare(desk: Desk) -> int:
    """The same rows, and what they hold; nothing is judged."""
    rows = desk.office._session.rows(BARE, (RESERVOIRS,))
    return len([json.loads(row["body"]) for row in rows])


def fill(desk: Desk, count: int) -> None:
    """So many reservoirs of every scale; about one in seven lacks a person."""
    declared = desk.library.register(RESERVOIRS).register
    for start in range(0, count, AT_ONCE):
        with desk.office.write("register.save", None, {}) as writer:
            for number in range(start, min(start + AT_ONCE, count)):
                content = register_rows.content_of(declared, reservoir(number))
                writer.insert_register_row(RESERVOIRS, content)


def reservoir(number: int) -> dict[str, Any]:
    """A made-up reservoir, varied by its number."""
    data: dict[str, Any] = {
        "reservoir_code": f"YL-{number:05d}",
        "name": f"样例{number}水库",
        "district": "370114",
        "town": "官庄街道",
        "capacity_wan_m3": f"{5 + number * 7919 % 12000}.5",
        "built_year": 1958 + number % 30,
        "completion_accepted_on": f"{1990 + number % 20}-10-01",
        "management_mode": "regional",
        "rainfall_monitoring": number % 5 > 0,
        "safety_monitoring": number % 3 > 0,
        "last_appraisal_on": f"{2008 + number % 14}-05-20",
        "last_appraisal_class": 1 + number % 3,
    }
    named = OFFICERS if number % 7 else OFFICERS[1:]
    return data | {f"{officer}_officer.name": "赵某某" for officer in named}
