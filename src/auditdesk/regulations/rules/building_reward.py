"""The rules of 楼宇奖补 (济政办发〔2021〕22号 part 一(一) and 三).

Every figure comes from the regulations' dated parameters; articles are cited in the pack.
A rule of one kind of reward is not applicable for the others.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from auditdesk.regulations.facts import NOT_APPLICABLE, Answer, Facts
from auditdesk.regulations.logic import both, either
from auditdesk.regulations.rules.common import regulation_in_force

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from auditdesk.regulations.law import RuleFunction

OPERATION, CLUSTERING, ATTRACTION = "operation", "clustering", "attraction"
PURCHASE, RENT = "purchase", "rent"
SUBSIDIES = frozenset({PURCHASE, RENT})
_YEARLY = frozenset({OPERATION, CLUSTERING})
# Kind to the field that is compared with the kind's steps.
STEPPED: Mapping[str, str] = {OPERATION: "self_held_percent", CLUSTERING: "leading_share_percent"}
YEARS: Mapping[str, str] = {PURCHASE: "self_use_years", RENT: "lease_years"}
CONTRIBUTION: Mapping[str, str] = {
    PURCHASE: "prior_year_contribution_wan",
    RENT: "year_contribution_wan",
}
_OTHER: Mapping[str, str] = {PURCHASE: "also_rent_subsidy", RENT: "also_purchase_subsidy"}


def step_of(steps: Mapping[str, int], value: Decimal) -> int:
    """The amount of the highest step that a value reaches; 0 below the lowest."""
    return max((wan for least, wan in steps.items() if value >= int(least)), default=0)


def refused_firms(rows: tuple[Mapping[str, Any], ...]) -> tuple[bool | None, ...]:
    """Row by row, whether the firm was rewarded before or is named twice; None: left open."""
    codes = Counter(row.get("uscc") for row in rows)
    unnamed = codes.pop(None, 0)
    found = []
    for row in rows:
        code = row.get("uscc")
        # a row without a code may name any firm a second time
        twice = True if codes[code] > 1 else None if code is None or unnamed else False
        found.append(either(row.get("previously_rewarded"), twice))
    return tuple(found)


def _of_kinds(
    kinds: frozenset[str], rule: Callable[[Facts, str], Answer]
) -> Callable[[Facts], Answer]:
    """A rule of some kinds of reward only."""

    def judged(f: Facts) -> Answer:
        kind = f.text("reward_kind")
        if kind is None:
            return Answer(None)
        return rule(f, kind) if kind in kinds else NOT_APPLICABLE

    return judged


def _threshold(f: Facts, kind: str) -> Answer:
    """The lowest step is reached, itself included (一(一)1–3)."""
    lowest = min(int(least) for least in f.table_of(f"{kind}_steps"))
    if kind == ATTRACTION:
        return _attraction_threshold(f, lowest)
    value = f.decimal(STEPPED[kind])
    return Answer(None if value is None else value < lowest, {"value": value, "lowest": lowest})


def _attraction_threshold(f: Facts, lowest: int) -> Answer:
    """One firm that reaches it will do."""
    rows = f.rows("new_firms")
    if rows is None:
        return Answer(None)
    given = [row.get("contribution_wan") for row in rows]
    largest = max((value for value in given if value is not None), default=0)
    figures = {"value": largest, "lowest": lowest}
    if largest >= lowest:
        return Answer(False, figures)
    return Answer(None if None in given else True, figures, variant="fail_firms")


def _building_status(f: Facts, _kind: str) -> Answer:
    """Operation and clustering are rewarded for certified buildings only (一(一)1, 2)."""
    status = f.text("building_status")
    return Answer(None if status is None else status == "reserve")


def reevaluated(f: Facts) -> Answer:
    """A building certified in an earlier year is evaluated anew; empty counts as no (三(三))."""
    certified, applied = f.integer("certified_year"), f.integer("apply_year")
    earlier = None if certified is None or applied is None else certified < applied
    figures = {"certified": certified, "applied": applied}
    return Answer(both(earlier, not f.flag("reevaluated")), figures)


def _no_double(f: Facts, kind: str) -> Answer:
    """Purchase or rent, not both (一(一)4)."""
    return Answer(f.flag(_OTHER[kind]))


def _area_minimum(f: Facts, _kind: str) -> Answer:
    """500 m², themselves included (一(一)4)."""
    area, least = f.decimal("area_m2"), f.number_of("subsidy_minimum_area_m2")
    return Answer(None if area is None else area < least, {"area": area, "least": least})


def _years_minimum(f: Facts, kind: str) -> Answer:
    """3 years of own use or lease, themselves included (一(一)4)."""
    years, least = f.decimal(YEARS[kind]), f.number_of("subsidy_minimum_years")
    return Answer(None if years is None else years < least, {"years": years, "least": least})


def _instalments(f: Facts, _kind: str) -> Answer:
    """At most 3 yearly instalments (一(一)4)."""
    count, most = f.integer("instalments"), f.number_of("instalments_maximum")
    return Answer(None if count is None else count > most, {"count": count, "most": most})


def _new_firm_once(f: Facts, _kind: str) -> Answer:
    """Each new firm is rewarded once (一(一)3)."""
    rows = f.rows("new_firms")
    if rows is None:
        return Answer(None)
    refused = refused_firms(rows)
    names = [
        str(row.get("name") or row.get("uscc") or f"#{number}")
        for number, (row, no) in enumerate(zip(rows, refused, strict=True), start=1)
        if no
    ]
    return Answer(either(*refused), {"firms": tuple(dict.fromkeys(names))})


RULES: Mapping[str, RuleFunction] = {
    "threshold": _of_kinds(frozenset({*STEPPED, ATTRACTION}), _threshold),
    "building_status": _of_kinds(_YEARLY, _building_status),
    "reevaluated": reevaluated,
    "no_double": _of_kinds(SUBSIDIES, _no_double),
    "area.minimum": _of_kinds(SUBSIDIES, _area_minimum),
    "years.minimum": _of_kinds(SUBSIDIES, _years_minimum),
    "instalments": _of_kinds(frozenset({PURCHASE}), _instalments),
    "new_firm.once": _of_kinds(frozenset({ATTRACTION}), _new_firm_once),
    "regulation.in_force": regulation_in_force,
}
