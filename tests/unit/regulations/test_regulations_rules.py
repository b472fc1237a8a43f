"""Runs the rule tests of tests/rules, which are data that a lawyer can read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

RULES = Path(__file__).parents[2] / "rules"
FILES = sorted(path for path in RULES.glob("*.toml") if ".bases" not in path.name)
KEYS = {
    "name", "article", "base", "stage", "accepted_on", "district", "set", "drop", "materials",
    "justify", "verdict", "expect", "computed", "missing_fields", "missing_materials", "invalid",
    "unknown_fields", "message", "not_computed", "cites", "keep", "all_materials",
}  # fmt: skip


def rule_tests() -> list[Any]:
    found = []
    for path in FILES:
        for test in tomllib.loads(path.read_text(encoding="utf-8"))["test"]:
            assert set(test) <= KEYS, f"{path.name}: {test['name']}: {set(test) - KEYS}"
            case_type = path.name.split(".")[0]
            found.append(pytest.param(case_type, test, id=f"{path.stem}: {test['name']}"))
    return found


@pytest.mark.parametrize(("case_type", "test"), rule_tests())
def test_rule(case_type, test, make_report):
    report = make_report(test, case_type)
    outcomes = {f.rule.removeprefix(f"{case_type}."): str(f.outcome) for f in report.findings}
    messages = {f.rule.removeprefix(f"{case_type}."): f.message.zh for f in report.findings}
    expect = test.get("expect", {})
    assert {rule: outcomes[rule] for rule in expect} == expect
    assert {rule: messages[rule] for rule in test.get("message", {})} == test.get("message", {})
    cited = {
        f.rule.removeprefix(f"{case_type}."): [f"{c.regulation} {c.article}" for c in f.citations]
        for f in report.findings
    }
    assert {rule: cited[rule] for rule in test.get("cites", {})} == test.get("cites", {})
    computed = test.get("computed", {}) | dict.fromkeys(test.get("not_computed", ()))
    assert {name: report.computed[name] for name in computed} == computed
    if "verdict" in test:
        assert report.verdict == test["verdict"]
    assert list(report.missing_fields) == test.get("missing_fields", list(report.missing_fields))
    assert [i.field for i in report.invalid_fields] == test.get("invalid", [])
    assert list(report.unknown_fields) == test.get("unknown_fields", [])
    if "missing_materials" in test:
        assert list(report.missing_materials) == test["missing_materials"]


def test_every_rule_is_seen_to_pass_and_to_fail_or_be_passed_over(make_report, library):
    """A rule that no test lets fail could be wrong for ever."""
    seen: dict[str, set[str]] = {}
    for parameter in rule_tests():
        case_type, test = parameter.values
        expect = test.get("expect", {})
        for rule, outcome in expect.items():
            seen.setdefault(f"{case_type}.{rule}", set()).add(outcome)
    for law in library.laws.values():
        for rule in law.case_type.rules:
            assert "fail" in seen.get(rule.id, set()), f"{rule.id} is never expected to fail"
            assert seen[rule.id] & {"pass", "not_applicable"}, f"{rule.id} never passes"
