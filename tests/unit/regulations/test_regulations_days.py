"""The rule tests know every regulation before, within and after its days."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from auditdesk.regulations.shipped import shipped_library

RULES = Path(__file__).parents[2] / "rules"
A_DAY = timedelta(days=1)


def days_of_acceptance(case_type):
    found = set()
    for path in RULES.glob(f"{case_type}*.toml"):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        for test in content.get("test", ()):
            if "accepted_on" in test:
                found.add(date.fromisoformat(test["accepted_on"]))
    return found


def edges():
    for law in shipped_library().laws.values():
        for regulation in law.regulations:
            yield law.case_type.id, regulation.id, regulation.first_day - A_DAY, "before its first"
            yield law.case_type.id, regulation.id, regulation.first_day, "on its first"
            if regulation.last_day:
                yield law.case_type.id, regulation.id, regulation.last_day, "on its last"
                yield law.case_type.id, regulation.id, regulation.last_day + A_DAY, "after its last"


@pytest.mark.parametrize("edge", list(edges()), ids=lambda e: f"{e[0]} {e[1]} {e[3]} day")
def test_both_sides_of_each_first_and_last_day_have_a_case(edge):
    case_type, _, day, _ = edge
    assert day in days_of_acceptance(case_type)
