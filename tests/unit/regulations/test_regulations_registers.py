"""Registers as data: their rule tests, and packs whose parts do not fit together."""

from __future__ import annotations

import shutil
import tomllib
from datetime import date

import pytest

from auditdesk.domain.case import CaseFile
from auditdesk.regulations.judge import judge
from auditdesk.regulations.library import load_library
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.paths import shipped
from case_bases import RULES, Bases, change

FOLDER = RULES / "registers"
FILES = sorted(path for path in FOLDER.glob("*.toml") if ".bases" not in path.name)
KEYS = {
    *("name", "article", "base", "day", "set", "drop", "verdict", "expect", "message", "cites"),
    *("computed", "not_computed", "missing_fields", "invalid"),
}


class Rows(Bases):
    """Whole rows by name; a row has no materials."""

    def case(self, name):
        declared = self._declared[name]
        if "like" not in declared:
            return {"data": dict(declared["data"]), "materials": {}}
        row = self.case(declared["like"])
        change(row, declared)
        return row


def rule_tests():
    found = []
    for path in FILES:
        for test in tomllib.loads(path.read_text(encoding="utf-8"))["test"]:
            assert set(test) <= KEYS, f"{path.name}: {test['name']}: {set(test) - KEYS}"
            found.append(pytest.param(path.stem, test, id=f"{path.stem}: {test['name']}"))
    return found


def judged(library, calendar, register, test):
    row = Rows(FOLDER / f"{register}.bases.toml").case(test["base"])
    change(row, test)
    district = row["data"].get("district", "")
    case = CaseFile(register, date.fromisoformat(test["day"]), district, data=row["data"])
    return judge(case, library.register(register).law, calendar)


@pytest.mark.parametrize(("register", "test"), rule_tests())
def test_rule(register, test, library, calendar):
    report = judged(library, calendar, register, test)
    by_rule = {f.rule.removeprefix(f"{register}."): f for f in report.findings}
    for rule, outcome in test.get("expect", {}).items():
        assert (rule, str(by_rule[rule].outcome)) == (rule, outcome)
    for rule, message in test.get("message", {}).items():
        assert by_rule[rule].message.zh == message
    for rule, cited in test.get("cites", {}).items():
        assert [f"{c.regulation} {c.article}" for c in by_rule[rule].citations] == cited
    computed = test.get("computed", {}) | dict.fromkeys(test.get("not_computed", ()))
    assert {name: report.computed[name] for name in computed} == computed
    assert test.get("verdict", report.verdict) == report.verdict
    assert list(report.missing_fields) == test.get("missing_fields", [])
    assert [i.field for i in report.invalid_fields] == test.get("invalid", [])


def test_every_rule_is_seen_to_fail_and_to_pass(library):
    for law in library.registers.values():
        name = law.register.id
        seen = [t.values[1].get("expect", {}) for t in rule_tests() if t.values[0] == name]
        for rule in law.register.rules:
            outcomes = {expect.get(rule.id.removeprefix(f"{name}.")) for expect in seen}
            assert {"fail", "pass", "not_applicable"} <= outcomes, rule.id


@pytest.fixture
def packs(tmp_path):
    """A copy of the packs that a test may break."""
    shutil.copytree(shipped("forms"), tmp_path / "forms")
    for name in ("regulations", "tables"):
        shutil.copytree(shipped("resources") / name, tmp_path / "resources" / name)
    return tmp_path


def loaded(packs):
    return load_library(packs / "forms", packs / "resources")


def altered(packs, file, old, new):
    path = packs / "forms" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return loaded(packs)


R, CASE = "reservoir/register.toml", "reservoir_appraisal/case_type.toml"
MISFITS = {
    "key that is no field": (R, 'key = "reservoir_code"', 'key = "code"', "no text field"),
    "key that is no text": (R, 'key = "reservoir_code"', 'key = "built_year"', "no text field"),
    "district that is no field": (R, 'district = "district"', 'district = "x"', "no text field"),
    "listed column": (R, '"code", "name", "town"', '"code", "colour"', "no column colour"),
    "printed column": (R, 'printed = ["code", "name"', 'printed = ["code", "x"', "no column x"),
    "view of no rule": (R, '["reservoir.monitoring"]', '["reservoir.x"]', "no rule reservoir.x"),
    "view of no value": (R, "{ overdue = [true] }", "{ late = [true] }", "no computed value late"),
    "view of nothing": (R, "computed = { overdue = [true] }", "", "names nothing"),
    "group on no date": (R, 'on = "reinforced_on"', 'on = "built_year"', "is no date"),
    "field dated twice": (R, '["operating_state"]', '["last_appraisal_class"]', "dated already"),
    "unknown key": (R, "icon =", "colour =", "icon: Field required"),
    "broken TOML": (R, "icon =", "icon", "Expected"),
    "column of a case": (
        "reservoir/outputs.toml", '"data.reservoir_code"', '"case.no"', "a row has no case",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISFITS)
def test_a_register_that_does_not_fit_disables_itself_and_who_needs_it(packs, name):
    file, old, new, reason = MISFITS[name]
    library = altered(packs, file, old, new)
    assert library.registers == {}
    with pytest.raises(UnusableInputError, match="is disabled, its pack is broken") as told:
        library.register("reservoir")
    assert "forms/reservoir" in str(told.value)
    assert reason in str(told.value)
    assert set(library.laws) & {"reservoir_appraisal", "reservoir_project"} == set()
    assert "land_entry" in library.laws


LINKS = {
    "no such register": ('id = "reservoir"\n', 'id = "lakes"\n', "no usable register lakes"),
    "key that is no field": ('key = "reservoir_code"', 'key = "code"', "no field code"),
    "key by which no case is found": (
        'duplicate = ["reservoir_code"]', 'duplicate = ["organised_by"]', "summary.duplicate",
    ),
    "takes into no field": ("built_year =", "year =", "no field year"),
    "takes what the row lacks": ('"data.built_year"', '"data.year"', "reservoir has no data.year"),
    "takes what is not worked out": ('"computed.scale"', '"computed.size"', "has no computed.size"),
    "writes what the case lacks": ('"data.appraised_on"', '"data.made_on"', "no data.made_on"),
    "writes into no field": ("{ last_appraisal_on =", "{ made_on =", "has no field made_on"),
    "writes the key": ("{ last_appraisal_on =", "{ reservoir_code =", "or it is the key"),
    "writes on a condition of no field": (
        "[[register.writes]]", '[[register.writes]]\nwhen = { any_given = ["x"] }', "no field x",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LINKS)
def test_a_case_type_that_does_not_fit_its_register_is_disabled_alone(packs, name):
    old, new, reason = LINKS[name]
    library = altered(packs, CASE, old, new)
    assert "reservoir_appraisal" not in library.laws
    assert {"reservoir_project", "land_entry"} <= set(library.laws)
    assert list(library.registers) == ["reservoir"]
    (problem,) = [p for p in library.problems if "reservoir_appraisal" in p.file]
    assert reason in str(problem)
    assert problem.file.endswith("case_type.toml")


def test_a_register_is_no_case_type(library):
    assert "reservoir" not in library.laws
    with pytest.raises(UnusableInputError, match="There is no case type 'reservoir'"):
        library.law("reservoir")
    with pytest.raises(UnusableInputError, match="There is no register 'land_entry'"):
        library.register("land_entry")
