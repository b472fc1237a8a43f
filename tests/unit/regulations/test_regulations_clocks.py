"""Clocks of cases: tests that are data, agreement with the check report, packs that are refused."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdesk.domain.counting import Gap
from auditdesk.regulations.casefile import read_case
from auditdesk.regulations.clocks import HeldUp, clocks_of
from auditdesk.regulations.judge import judge
from pack_samples import refused

FOLDER = Path(__file__).parents[2] / "rules" / "clocks"
KEYS = {"name", "article", "base", "stage", "accepted_on", "set", "drop", "clocks"}
DAYS = st.dates(date(2021, 12, 1), date(2023, 11, 30))


def clock_tests() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for test in tomllib.loads(path.read_text(encoding="utf-8"))["test"]:
            assert set(test) <= KEYS, f"{path.name}: {test['name']}"
            found.append(pytest.param(path.stem, test, id=f"{path.stem}: {test['name']}"))
    return found


def written(counted):
    name = f"{counted.clock.id}#{counted.number}" if counted.number else counted.clock.id
    return f"{name} {counted.start or '-'} {counted.last_day or '-'}"


@pytest.fixture(scope="session")
def counted(library, calendar):
    def made(content, held_up=None):
        case = read_case(content, library)
        law = library.law(case.case_type)
        more = (held_up,) if held_up else ()
        return clocks_of(case, law, law.case_type.clocks, calendar, *more)

    return made


@pytest.mark.parametrize(("case_type", "test"), clock_tests())
def test_clock(case_type, test, make_case, counted):
    assert [written(c) for c in counted(make_case(test, case_type))] == test["clocks"]


@pytest.fixture(scope="session")
def report_of(library, calendar):
    return lambda content: judge(
        read_case(content, library), library.law(content["case_type"]), calendar
    )


@pytest.mark.parametrize(("case_type", "test"), clock_tests())
def test_a_clock_says_what_the_check_report_says(case_type, test, make_case, counted, report_of):
    content = make_case(test, case_type)
    report = report_of(content)
    for one in counted(content):
        if one.clock.computed:
            shown = report.computed[one.clock.computed]
            assert shown == (one.last_day.isoformat() if one.last_day else None)


@given(DAYS)
def test_they_agree_whatever_the_day_of_filing(make_case, counted, report_of, filed):
    content = make_case({"base": "lease", "stage": "intake"}, "land_entry")
    content["data"] |= {"filed_on": filed.isoformat(), "publicity_start": filed.isoformat()}
    report = report_of(content)
    found = {c.clock.id: c.last_day.isoformat() for c in counted(content)}
    assert found["comments"] == report.computed["comment_due_on"]
    assert found["trade"] == report.computed["earliest_trade_on"]


def test_every_declared_clock_is_seen_to_run(library):
    seen = {
        (case_type, line.split()[0].split("#")[0])
        for case_type, test in (parameter.values for parameter in clock_tests())
        for line in test["clocks"]
        if not line.endswith("- -")
    }
    laws = library.laws.values()
    declared = {(law.case_type.id, c.id) for law in laws for c in law.case_type.clocks}
    assert declared == seen


def test_a_pause_moves_what_binds_the_office_only(make_case, counted):
    content = make_case({"base": "lease", "stage": "intake"}, "land_entry")
    held_up = HeldUp((Gap(date(2022, 3, 1), date(2022, 3, 8)),))
    plain, held = ({c.clock.id: c for c in counted(content, h)} for h in (None, held_up))
    assert str(held["comments"].last_day) == "2022-03-14"
    assert held["comments"].by_law == plain["comments"].last_day
    assert held["trade"].last_day == plain["trade"].last_day


def test_an_extension_by_what_the_law_allows(make_case, counted):
    content = make_case({"base": "collective", "stage": "intake"}, "land_use_approval")
    extended = HeldUp(extended=frozenset({"decision"}))
    (clock,) = counted(content, extended)
    assert (clock.longer, str(clock.last_day), str(clock.by_law)) == (
        10,
        "2022-06-22",
        "2022-06-08",
    )
    content = make_case({"base": "lease", "stage": "intake"}, "land_entry")
    assert [c.longer for c in counted(content, HeldUp(extended=frozenset({"comments"})))] == [0] * 3


CLOCKS = "forms/land_entry/clocks.toml"
APPROVAL = "forms/land_use_approval/clocks.toml"
# ruff: noqa: E501 – a table reads best a row a line
BROKEN = [
    (CLOCKS, 'article = "40"', 'article = "400"', "clocks[comments].citations", "no article 400"),
    (CLOCKS, 'citations = [{ regulation = "national-land-rules", article = "40" }]', "citations = []", "clocks[comments].citations", "at least 1"),
    (CLOCKS, 'length = "comment_workdays"', 'length = "luck"', "clocks[comments].length", "no regulation sets luck"),
    (CLOCKS, 'length = "comment_workdays"', 'length = "vote_share"', "clocks[comments].length", "no regulation sets vote_share"),
    (CLOCKS, 'length = "comment_workdays"\n', "", "clocks[comments].length", "how long"),
    (CLOCKS, 'start = "data.filed_on"\n', "", "clocks[comments].start", "when it begins"),
    (CLOCKS, 'start = "data.filed_on"', 'start = "data.village"', "clocks[comments].start", "no date data.village"),
    (CLOCKS, 'start = "data.filed_on"', 'start = "computed.levy_yuan"', "clocks[comments].start", "no date computed.levy_yuan"),
    (CLOCKS, 'start = "data.filed_on"', 'start = "case.closed_on"', "clocks[comments].start", "match"),
    (CLOCKS, 'computed = "comment_due_on"', 'computed = "levy_yuan"', "clocks[comments].computed", "no computed date levy_yuan"),
    (CLOCKS, 'until = ["decision"]', 'until = ["never"]', "clocks[comments].until", "no stage never"),
    (CLOCKS, 'end = "data.publicity_end"\n', "", "clocks[publicity].end", "go together"),
    (CLOCKS, 'unit = "given"', 'unit = "days"', "clocks[publicity].end", "go together"),
    (CLOCKS, 'unit = "workdays"', 'unit = "months"', "clocks[comments].paused", "binds the office"),
    (CLOCKS, 'binds = "office"', 'binds = "applicant"', "clocks[comments].paused", "binds the office"),
    (CLOCKS, 'binds = "office"', 'binds = "everybody"', "clocks[comments].binds", "office"),
    (CLOCKS, 'id = "trade"', 'id = "comments"', "clocks[comments]", "twice"),
    (CLOCKS, 'id = "survey"', 'id = "hearing"', "pauses[hearing]", "twice"),
    (CLOCKS, 'by = "return"', 'by = "advance"', "pauses[correction].by", "return"),
    (APPROVAL, 'follow_up = "start"', 'follow_up = "never"', "clocks[start].follow_up", "no follow-up never"),
    (APPROVAL, 'unit = "workdays"', 'unit = "years"\npaused = false', "-", "Cannot overwrite"),
    (APPROVAL, 'length = "decision_extension_workdays"', 'length = "luck"', "clocks[decision].length", "no regulation sets luck"),
    (APPROVAL, 'article = "45"', 'article = "450"', "pauses[survey].citations", "no article 450"),
    ("forms/building_certification/clocks.toml", 'unit = "workdays"', 'unit = "months"\nextension = { length = "publicity_workdays", citations = [{ regulation = "logic", article = "x" }] }', "clocks[publicity].extension", "only a period of days"),
    ("forms/building_reward/clocks.toml", 'unit = "year_ends"', 'unit = "days"\npaused = true', "clocks[instalment].paused", "says why"),
]  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: f"{b[0]} {b[3]} {b[4]}")
def test_a_broken_clock_is_refused_with_file_key_and_reason(installation, broken):
    refused(installation, broken)
