"""The rules of 集体建设用地使用权审批 (济政办发〔2021〕21号 ch. 2); articles are in the pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.regulations.facts import NOT_APPLICABLE, Answer, Facts
from auditdesk.regulations.rules.common import all_true, district_reference, regulation_in_force
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.regulations.law import RuleFunction

_PRINCIPLES = (
    "within_plan",
    "within_quota",
    "meets_control_standard",
    "industry_policy_ok",
    "environment_ok",
)


def purpose_not_operating(f: Facts) -> Answer:
    """Land for operating use goes to market entry, not to use approval (art. 8)."""
    purpose = f.text("purpose")
    return Answer(None if purpose is None else purpose == "operating")


def principles(f: Facts) -> Answer:
    """Plans, control standard, industrial policy and environment are complied with (art. 4)."""
    return all_true(f, *_PRINCIPLES)


def dates_order(f: Facts) -> Answer:
    """Completion comes after the start; the same day is too early."""
    start, complete = f.day("start_on"), f.day("complete_on")
    if start is None or complete is None:
        return NOT_APPLICABLE
    return Answer(complete <= start, {"start": start, "complete": complete})


def approval_contents(f: Facts) -> Answer:
    """At the decision the first five contents of art. 11 are there; emptiness is the failure."""
    if not f.reached("decision"):
        return NOT_APPLICABLE
    empty = tuple(label for name, label in _CONTENTS.items() if not f.given(name))
    return Answer(bool(empty), {"empty": empty})


# The first five contents of art. 11 in its order; the sixth, other matters, may be empty.
_CONTENTS: Mapping[str, Label] = {
    "parcel_location": Label("土地位置", "location"),
    "parcel_area_m2": Label("面积", "area"),
    "land_class": Label("类别", "class of land"),
    "purpose": Label("用途", "purpose"),
    "delivery_and_fees": Label("交付与费用", "delivery and fees"),
    "development_requirements": Label("开发利用要求", "development requirements"),
    "term_years": Label("使用年限", "term"),
    "start_on": Label("开工日期", "start"),
    "complete_on": Label("竣工日期", "completion"),
}


RULES: Mapping[str, RuleFunction] = {
    "purpose.not_operating": purpose_not_operating,
    "principles": principles,
    "dates.order": dates_order,
    "approval.contents": approval_contents,
    "district.reference": district_reference,
    "regulation.in_force": regulation_in_force,
}
