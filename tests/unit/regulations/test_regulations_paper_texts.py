"""What papers say, by day: tests that are data (tests/rules/papers), for lawyers to read."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from auditdesk.regulations.casefile import read_case
from auditdesk.util.faults import UnusableInputError
from paper_subjects import ISSUED_ON, filled_paper, subject_of, words

FOLDER = Path(__file__).parents[2] / "rules" / "papers"
KEYS = {
    *("name", "article", "paper", "base", "stage", "accepted_on", "issued_on"),
    *("set", "drop", "materials", "spoil", "says", "silent", "refused"),
}


def paper_tests() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for test in tomllib.loads(path.read_text(encoding="utf-8"))["test"]:
            assert set(test) <= KEYS, f"{path.name}: {test['name']}"
            assert {"says", "silent", "refused"} & set(test), f"{path.name}: {test['name']}"
            found.append(pytest.param(test, id=f"{path.stem}: {test['name']}"))
    return found


@pytest.fixture
def paper(library, calendar, make_case):
    """The whole text of the paper that a test is about."""

    def made(test):
        case_type, kind = test["paper"].split()
        case = make_case({"stage": "intake"} | test, case_type)
        if "spoil" in test:
            table, row, column = test["spoil"].split()
            del case["data"][table][int(row)][column]
        issued_on = date.fromisoformat(test.get("issued_on", ISSUED_ON.isoformat()))
        subject = subject_of(library, calendar, read_case(case, library), issued_on=issued_on)
        letter = filled_paper(library, subject, kind)
        return "\n".join([letter.title, letter.recipient or "", words(letter)])

    return made


@pytest.mark.parametrize("test", [p for p in paper_tests() if "refused" not in p.values[0]])
def test_a_paper_says(paper, test):
    text = paper(test)
    at = 0
    for wanted in test.get("says", ()):
        assert wanted in text[at:], f"{wanted}\n\nnot in\n\n{text}"
        at = text.index(wanted, at) + len(wanted)
    for unwanted in test.get("silent", ()):
        assert unwanted not in text, f"{unwanted}\n\nin\n\n{text}"


@pytest.mark.parametrize("test", [p for p in paper_tests() if "refused" in p.values[0]])
def test_a_paper_is_refused(paper, test):
    with pytest.raises(UnusableInputError) as caught:
        paper(test)
    for wanted in test["refused"]:
        assert wanted in caught.value.message.zh
