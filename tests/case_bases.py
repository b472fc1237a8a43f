"""The whole cases of tests/rules, by case type and name; and their way through the office."""

from __future__ import annotations

import copy
import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from auditdesk.operations import cases
from auditdesk.regulations.casefile import read_case
from desk_samples import hand_on

RULES = Path(__file__).parent / "rules"
# who takes a case on from a stage of this kind
HANDS = {"intake": "li", "review": "zhao", "decision": "wang", "progress": "li"}


class Bases:
    """Whole cases by name; those that are `like` another take over what they do not change."""

    def __init__(self, path: Path) -> None:
        self._declared = tomllib.loads(path.read_text(encoding="utf-8"))

    def names(self) -> list[str]:
        return list(self._declared)

    def case(self, name: str) -> dict[str, Any]:
        declared = self._declared[name]
        if "like" not in declared:
            return copy.deepcopy(declared)
        case = self.case(declared["like"])
        change(case, declared)
        for material in declared.get("without", ()):
            del case["materials"][material]
        return case


def change(case: dict[str, Any], test: dict[str, Any]) -> None:
    if "keep" in test:
        case["data"] = {name: value for name, value in case["data"].items() if name in test["keep"]}
    if "all_materials" in test:
        case["materials"] = dict.fromkeys(case["materials"], test["all_materials"])
    case["data"] |= copy.deepcopy(test.get("set", {}))
    for name in test.get("drop", ()):
        case["data"].pop(name, None)
    case["materials"] |= test.get("materials", {})


def whole_case(case_type: str, base: str, **changes: Any) -> dict[str, Any]:
    """A whole case as the content of a case file; `drop` and `set` as in the rule tests."""
    case = Bases(RULES / f"{case_type}.bases.toml").case(base)
    test = {"set": changes.pop("data", {}), "drop": changes.pop("drop", ())}
    change(case, test)
    return case | {"format": "auditdesk.case/1"} | changes


def content_text(content: dict[str, Any]) -> str:
    """The case file as a file holds it."""
    return json.dumps(content, ensure_ascii=False, default=str)


def enter(at_desk, content):
    """Enter a case as clerk li; its view."""
    desk = at_desk("li")
    parsed = json.loads(content_text(content), parse_float=Decimal)
    return cases.import_case(desk, read_case(parsed, desk.library))[0]


def lead(at_desk, view, to):
    """Lead a case on to a stage, each step by the person whose it is."""
    while view.stage.id != to:
        desk = at_desk(HANDS[view.stage.kind])
        view = hand_on(desk, cases.view(desk, view.no), "同意")
    return view
