from __future__ import annotations

from typing import Any

import pytest

from auditdesk.regulations.casefile import read_case
from auditdesk.regulations.judge import judge
from auditdesk.regulations.shipped import shipped_calendar, shipped_library
from case_bases import RULES, Bases, change
from pack_samples import copied
from successor_samples import with_successors


@pytest.fixture(scope="session")
def library():
    return shipped_library()


@pytest.fixture(scope="session")
def calendar():
    return shipped_calendar()


@pytest.fixture(scope="session")
def bases():
    return {path.name.split(".")[0]: Bases(path) for path in RULES.glob("*.bases.toml")}


@pytest.fixture(scope="session")
def make_case(bases):
    """Makes the content of a case file from a test that is data."""

    def made(test: dict[str, Any], case_type: str) -> dict[str, Any]:
        case = bases[case_type].case(test["base"])
        change(case, test)
        case |= {"format": "auditdesk.case/1", "stage": test["stage"]}
        return case | {k: test[k] for k in ("accepted_on", "district") if k in test}

    return made


@pytest.fixture(scope="session")
def make_report_of_session(library, calendar, make_case):
    def made(test: dict[str, Any], case_type: str = "land_entry"):
        case = make_case(test, case_type)
        reasons = test.get("justify", {})
        case["justifications"] = {f"{case_type}.{rule}": text for rule, text in reasons.items()}
        return judge(read_case(case, library), library.law(case_type), calendar)

    return made


@pytest.fixture
def make_report(make_report_of_session):
    return make_report_of_session


@pytest.fixture
def installation(tmp_path):
    return copied(tmp_path)


@pytest.fixture
def own(library, tmp_path):
    """The library of an office with these regulations."""

    def made(*texts):
        return with_successors(library, tmp_path, *texts)

    return made


@pytest.fixture
def judged(bases, calendar):
    def made(library, day, base="lease", case_type="land_entry", stage="intake", **data):
        case = bases[case_type].case(base)
        case["data"] |= data
        case |= {"format": "auditdesk.case/1", "stage": stage, "accepted_on": day}
        return judge(read_case(case, library), library.law(case_type), calendar)

    return made
