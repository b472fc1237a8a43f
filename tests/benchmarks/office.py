"""Offices for the benchmarks: real ones on disk, but for cheap keys."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from auditdesk.operations import offices, people
from auditdesk.regulations.shipped import shipped_calendar, shipped_library
from auditdesk.store.keys import KdfCost
from auditdesk.util.clock import CHINA, FixedClock
from auditdesk.util.paths import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from auditdesk.operations.desk import Desk

CHEAP = KdfCost(memory_kib=64, iterations=1, lanes=1)  # what signing in costs is not the question
PASSWORD = "Mima-12345"
ADMIN, CLERK, REVIEWER, SUPERVISOR = "admin", "clerk", "reviewer", "supervisor"
ROLES = {CLERK: "clerk", REVIEWER: "clerk", SUPERVISOR: "supervisor"}


class BenchOffice:
    """An office with two clerks and a supervisor, each with a certificate."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "office"
        self._surroundings = offices.Surroundings(
            shipped_library(),
            shipped_calendar(),
            FixedClock(datetime(2022, 3, 15, 9, 30, tzinfo=CHINA)),
            CHEAP,
            shipped("resources"),
        )
        new = offices.NewOffice("样例办公室", "370114", ADMIN, "周小明", PASSWORD, sample=True)
        offices.create(self.folder, new, self._surroundings)
        with self.signed_in(ADMIN) as desk:
            for name, role in ROLES.items():
                people.add_user(desk, name, f"样例{name}", role, PASSWORD)

    @contextmanager
    def signed_in(self, name: str) -> Iterator[Desk]:
        desk = offices.sign_in(self.folder, name, PASSWORD, self._surroundings)
        try:
            yield desk
        finally:
            desk.close()
