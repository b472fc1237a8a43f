"""Periods that follow from a case: tests that are data, and what settles a period."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from auditdesk.domain.declaration import Condition
from auditdesk.domain.follow_up import Settler
from auditdesk.regulations.casefile import read_case
from auditdesk.regulations.followups import running, settles
from auditdesk.regulations.values import Values

FOLDER = Path(__file__).parents[2] / "rules" / "follow_ups"
KEYS = {"name", "article", "base", "stage", "accepted_on", "set", "drop", "follow_ups"}


def follow_up_tests() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for test in tomllib.loads(path.read_text(encoding="utf-8"))["test"]:
            assert set(test) <= KEYS, f"{path.name}: {test['name']}"
            found.append(pytest.param(path.stem, test, id=f"{path.stem}: {test['name']}"))
    return found


def written(run):
    name = f"{run.follow_up.id}#{run.number}" if run.number else run.follow_up.id
    return f"{name} {run.first_day} {run.last_day}"


@pytest.mark.parametrize(("case_type", "test"), follow_up_tests())
def test_follow_up(case_type, test, make_case, library, calendar):
    case = read_case(make_case(test, case_type), library)
    found = running(case, library.law(case_type), calendar)
    assert [written(run) for run in found] == test["follow_ups"]


def test_every_declared_period_is_seen_to_run(library):
    seen = {
        (case_type, line.split()[0].split("#")[0])
        for case_type, test in (parameter.values for parameter in follow_up_tests())
        for line in test["follow_ups"]
    }
    laws = library.laws.values()
    declared = {(law.case_type.id, f.id) for law in laws for f in law.case_type.follow_ups}
    assert declared == seen


WORKS = Settler(
    "later_type",
    key="code",
    own="code",
    stage="works",
    when=Condition(equals={"kind": ("strong",)}),
    later="started_on",
    than="found_on",
)
OWN = {"code": "K-1", "found_on": date(2022, 9, 15)}
LATER = {"code": "K-1", "kind": "strong", "started_on": date(2022, 9, 16)}
LAST = date(2023, 12, 31)


def answer(settler=WORKS, reached=("first", "works"), own=OWN, **later):
    typed = {k: v for k, v in (LATER | later).items() if v is not None}
    return settles(settler, Values(own, {}, ()), LAST, Values(typed, {}, ()), frozenset(reached))


def test_a_later_case_about_the_same_matter_settles():
    assert answer()


@pytest.mark.parametrize(
    "changed",
    [
        {"code": "K-2"},
        {"code": None},
        {"kind": "weak"},
        {"kind": None},
        {"started_on": date(2022, 9, 15)},
        {"started_on": None},
        {"reached": ("first",)},
        {"own": {"code": "K-1"}},
        {"own": {"found_on": date(2022, 9, 15)}},
    ],
    ids=str,
)
def test_anything_else_does_not(changed):
    assert not answer(**changed)


def test_two_cases_without_a_code_are_not_about_the_same_matter():
    assert not answer(own={"found_on": date(2022, 9, 15)}, code=None)


@pytest.mark.parametrize(("year", "expected"), [(2022, False), (2023, True), (2024, False)])
def test_a_year_has_to_be_that_of_the_last_day(year, expected):
    yearly = replace(WORKS, later="", than="", year="for_year")
    assert answer(yearly, for_year=year) is expected
    assert not answer(yearly, for_year=None)
