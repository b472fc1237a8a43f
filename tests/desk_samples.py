"""A real office on disk, made once and copied for each test; keys at the lowest cost.

Fixtures for the tests of the operations and of the commands.
"""

from __future__ import annotations

import json
import shutil
from contextlib import ExitStack
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from auditdesk.operations import cases, offices, people, reviews, sample
from auditdesk.regulations.casefile import read_case
from auditdesk.regulations.shipped import shipped_calendar, shipped_library
from auditdesk.store.keys import KdfCost
from auditdesk.util.clock import CHINA, FixedClock
from auditdesk.util.paths import shipped
from auditdesk.util.progress import NoProgress

CHEAP = KdfCost(memory_kib=64, iterations=1, lanes=1)
PASSWORD = "Mima-12345"
PEOPLE = (
    ("li", "李晓彤", "clerk"),
    ("zhao", "赵文博", "clerk"),
    ("wang", "王建国", "supervisor"),
    ("sun", "孙丽华", "supervisor"),
)
# behind the long holidays of spring
SAMPLE_DAY = datetime(2026, 2, 24, 9, 30, tzinfo=CHINA)
CASES = Path(__file__).parent / "desk_cases"


@pytest.fixture(scope="session")
def shipped_law():
    return shipped_library(), shipped_calendar(), shipped("resources")


@pytest.fixture
def surroundings(shipped_law, clock):
    library, calendar, resources = shipped_law
    return offices.Surroundings(library, calendar, clock, CHEAP, resources)


@pytest.fixture(scope="session")
def office_template(tmp_path_factory, shipped_law):
    """An office with two clerks and two supervisors."""
    library, calendar, resources = shipped_law
    clock = FixedClock(datetime(2026, 3, 2, 8, 0, tzinfo=CHINA))
    surroundings = offices.Surroundings(library, calendar, clock, CHEAP, resources)
    folder = tmp_path_factory.mktemp("template") / "office"
    new = offices.NewOffice(
        "章丘区集体土地审查处",
        "370114",
        "admin",
        "周管理",
        PASSWORD,
        {"number_prefix": "章政土"},
    )
    offices.create(folder, new, surroundings)
    desk = offices.sign_in(folder, "admin", PASSWORD, surroundings)
    for name, full_name, role in PEOPLE:
        people.add_user(desk, name, full_name, role, PASSWORD)
    desk.close()
    return folder


@pytest.fixture(scope="session")
def sample_office(tmp_path_factory, shipped_law):
    """The sample office as `demo` makes it: what was built, its folder, its surroundings."""
    library, calendar, resources = shipped_law
    clock = FixedClock(SAMPLE_DAY)
    surroundings = offices.Surroundings(library, calendar, clock, sample.SAMPLE_COST, resources)
    folder = tmp_path_factory.mktemp("sample") / "office"
    return sample.build(folder, surroundings, NoProgress()), folder, surroundings


@pytest.fixture
def office_folder(office_template, tmp_path):
    return Path(shutil.copytree(office_template, tmp_path / "office"))


@pytest.fixture
def at_desk(office_folder, surroundings):
    """Signs somebody in and everybody else out: `desk = at_desk("li")`."""
    with ExitStack() as stack:

        def sign_in(name):
            stack.pop_all().close()
            desk = offices.sign_in(office_folder, name, PASSWORD, surroundings)
            stack.callback(desk.close)
            return desk

        yield sign_in


@pytest.fixture
def plan():
    """Makes the content of a case file that passes at intake, with changes."""

    def make(name="lease", **changes):
        text = (CASES / f"{name}.json").read_text(encoding="utf-8")
        content = json.loads(text, parse_float=Decimal)
        content["data"] |= changes.pop("data", {})
        content["materials"] |= changes.pop("materials", {})
        return content | changes

    return make


@pytest.fixture
def entered(at_desk, plan):
    """Enters a case as clerk li; gives its view."""

    def enter(name="lease", **changes):
        desk = at_desk("li")
        return cases.import_case(desk, read_case(plan(name, **changes), desk.library))[0]

    return enter


def save(desk, view, materials=(), **data):
    """Enter further facts and materials as a clerk would."""
    return cases.save_case(
        desk,
        view.no,
        view.record.version,
        data={**view.case_file.data, **data},
        materials={**view.case_file.materials, **dict.fromkeys(materials, "present")},
    )[0]


def hand_on(desk, view, opinion=""):
    """Hand the case on from wherever it is."""
    return reviews.advance(desk, view.no, view.record.version, opinion)[0]


def to_decision(at_desk, view, reviewer="zhao"):
    """Li enters what the reviews ask for, somebody else reviews; the case then waits."""
    desk = at_desk("li")
    view = hand_on(desk, view)
    dates = {"town_reviewed_on": "2022-03-02", "district_reviewed_on": "2022-03-03"}
    more = {"planned_trade_on": "2022-04-01", "government_approved_on": "2022-03-10"}
    if view.route.id == "competitive":
        more["decision_body_agreed_on"] = "2022-03-09"
    save(desk, view, ["town_opinion"], **dates, **more)
    desk = at_desk(reviewer)
    view = hand_on(desk, cases.view(desk, view.no))
    return hand_on(desk, view)


def to_approval(at_desk, view, supervisor="wang"):
    """As `to_decision`, and the supervisor approves."""
    view = to_decision(at_desk, view)
    return hand_on(at_desk(supervisor), view, "同意")
