"""The rules of 特色产业楼宇认定 (济政办发〔2021〕22号 part 二).

Every figure comes from the regulations' dated parameters; articles are cited in the pack.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from auditdesk.domain.exact import exact_sum, percent_text
from auditdesk.domain.money import plain_decimal
from auditdesk.regulations import tenants as t
from auditdesk.regulations.facts import NOT_APPLICABLE, Answer, Facts
from auditdesk.regulations.logic import either, opposite
from auditdesk.regulations.rules.common import provisional_note, regulation_in_force
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auditdesk.regulations.law import RuleFunction

CERTIFIED, RESERVE, INELIGIBLE = "certified", "reserve", "ineligible"
_OCCUPIED = "occupied_area"
_PAIR = 2
_EXCLUDED = (
    "area_hotel_m2",
    "area_retail_m2",
    "area_apartment_m2",
    "area_underground_parking_m2",
)
_ELIGIBILITY_PARAMETERS = (
    "area_minimum_m2",
    "industry_classes",
    "leading_firms_minimum",
    "leading_share_base",
    "contribution_minimum_wan",
)


def excluded_area(f: Facts) -> Decimal:
    """Hotel, retail, apartments and underground parking; empty counts as 0 (二(一)2)."""
    return exact_sum(f.decimal(name) or Decimal(0) for name in _EXCLUDED)


def countable_area(f: Facts) -> Decimal | None:
    """The floor area without what is excluded (二(一)2)."""
    total = f.decimal("floor_area_total_m2")
    return None if total is None else exact_sum((total, -excluded_area(f)))


def operator_honest(f: Facts) -> Answer:
    """The operator is not on the list of dishonest parties (二(一)1)."""
    return Answer(f.flag("operator_dishonest"))


def area_minimum(f: Facts) -> Answer:
    """The countable area reaches the least area, itself included (二(一)2)."""
    area, least = countable_area(f), f.number_of("area_minimum_m2")
    if area is None:
        return Answer(None)
    return Answer(area < least, {"area": area, "least": least})


def area_consistent(f: Facts) -> Answer:
    """Neither the exclusions nor the tenants' areas are more than the whole building."""
    total, excluded, rows = f.decimal("floor_area_total_m2"), excluded_area(f), t.tenants(f)
    if total is None:
        return Answer(None)
    figures = {"total": total, "excluded": excluded}
    if excluded > total:
        return Answer(True, figures)
    if rows is None:
        return Answer(None)
    least, most = t.occupied_area(rows)
    figures |= {"used": least}
    if least > total:
        return Answer(True, figures, variant="fail_used")
    return Answer(False if most <= total else None, figures)


def single_building(f: Facts) -> Answer:
    """In principle a single building (二(一)2)."""
    return Answer(opposite(f.flag("single_building")))


def industry_classes(f: Facts) -> Answer:
    """One or two related classes of divisions 51–90 (二(一)3, GB/T 4754-2017)."""
    classes, most = f.several("leading_classes"), f.number_of("classes_maximum")
    if classes is None:
        return Answer(None)
    listing = f.listing_of("industry_classes")
    figures: dict[str, object] = {"count": len(classes), "most": most}
    figures |= {"classes": tuple(f"{c} {listing.get(c, '')}".strip() for c in classes)}
    if not classes:
        return Answer(True, figures, variant="fail_none")
    if len(classes) > most:
        return Answer(True, figures, variant="fail_many")
    strange = tuple(c for c in classes if not _is_class(f, c))
    if strange:
        limits = {"first": f.number_of("division_first"), "last": f.number_of("division_last")}
        return Answer(True, {"strange": strange, **limits}, variant="fail_strange")
    related = f.flag("classes_related") if len(classes) == _PAIR else True
    return Answer(opposite(related), figures)


def _is_class(f: Facts, code: str) -> bool:
    """Whether the standard has a class of that code in the divisions of the measure."""
    divisions = range(f.number_of("division_first"), f.number_of("division_last") + 1)
    division = code[:-1]
    listed = code in f.listing_of("industry_classes") and division.isdecimal()
    return listed and int(division) in divisions


def _by_bounds(bounds: tuple[Decimal, Decimal], wanted: int) -> bool | None:
    """Whether a sum falls short of a figure, as far as its least and its most tell."""
    least, most = bounds
    return False if least >= wanted else True if most < wanted else None


def _tenants_count(f: Facts) -> Answer:
    rows, wanted = t.tenants(f), f.number_of("leading_firms_minimum")
    if rows is None:
        return Answer(None)
    least, most = t.firms(rows)
    fails = _by_bounds((Decimal(least), Decimal(most)), wanted)
    return Answer(fails, {"firms": most if fails else least, "wanted": wanted})


def _tenants_contribution(f: Facts) -> Answer:
    rows, wanted = t.tenants(f), f.number_of("contribution_minimum_wan")
    if rows is None:
        return Answer(None)
    bounds = t.contribution(rows)
    fails = _by_bounds(bounds, wanted)
    return Answer(fails, {"total": bounds[1 if fails else 0], "wanted": wanted})


def _tenants_share(f: Facts) -> Answer:
    """The worst and the best that the open cells allow decide together."""
    rows = t.tenants(f)
    if rows is None:
        return Answer(None)
    least, most = t.leading_area(rows)
    few, many = t.other_area(rows)
    worst, best = (least, share_base(f, least, many)), (most, share_base(f, most, few))
    passes, fails = _reaches_share(f, *worst), opposite(_reaches_share(f, *best))
    area, base = worst if passes else best
    figures: dict[str, object] = {
        "area": area,
        "base": "—" if base is None else base,
        "percent": "—" if base is None else percent_text(area, base),
        "base_name": _BASES[f.word_of("leading_share_base")],
        "wanted": plain_decimal(Decimal(100) * _decimal(f.share_of("leading_share_minimum"))),
        "wanted_area": f.number_of("leading_area_minimum_m2"),
    }
    return Answer(False if passes else True if fails else None, figures)


def _decimal(share: Fraction) -> Decimal:
    return Decimal(share.numerator) / share.denominator


def share_base(f: Facts, leading: Decimal, others: Decimal) -> Decimal | None:
    """What the share of the leading firms is taken of: a reading of the text (二(一)4)."""
    if f.word_of("leading_share_base") == _OCCUPIED:
        return exact_sum((leading, others))
    return countable_area(f)


def _reaches_share(f: Facts, area: Decimal, base: Decimal | None) -> bool | None:
    """Half of the base, or the absolute area (二(一)4); a share of nothing is 0."""
    absolute = area >= f.number_of("leading_area_minimum_m2")
    if base is None:
        return either(absolute, None)
    share = Fraction(area) / Fraction(base) if base > 0 else Fraction(0)
    return absolute or share >= f.share_of("leading_share_minimum")


_BASES: Mapping[str, Label] = {
    _OCCUPIED: Label("已入驻企业使用面积", "the area used by all firms moved in"),
    "countable_area": Label("扣除后的建筑面积", "the countable floor area"),
}


def _reserve_tenants(f: Facts) -> Answer:
    rows = t.tenants(f)
    return Answer(None if rows is None else opposite(t.any_leading(rows)))


def eligible_class(f: Facts) -> str | None:
    """What the data would support, whatever was applied for; None while they leave it open."""
    if not all(f.has(name) for name in _ELIGIBILITY_PARAMETERS):
        return None
    either_class = [r(f).fails for r in (operator_honest, area_minimum, industry_classes)]
    standards = [r(f).fails for r in (_tenants_count, _tenants_share, _tenants_contribution)]
    reserve = _reserve_tenants(f).fails
    if None in (*either_class, *standards, reserve):
        return None
    if any(either_class) or (any(standards) and reserve):
        return INELIGIBLE
    return RESERVE if any(standards) else CERTIFIED


def _of_class(wanted: str, standard: Callable[[Facts], Answer]) -> Callable[[Facts], Answer]:
    """A rule of one class of application; a certified one that supports only reserve is told."""

    def rule(f: Facts) -> Answer:
        chosen = f.text("applied_class")
        if chosen not in (None, wanted):
            return NOT_APPLICABLE
        if chosen is None:
            return Answer(None)
        answer = standard(f)
        if wanted == CERTIFIED and answer.fails:
            only_reserve = eligible_class(f) == RESERVE
            figures = {**answer.figures, "advice": _ONLY_RESERVE if only_reserve else _NO_ADVICE}
            answer = replace(answer, figures=figures)
        return answer

    return rule


_ONLY_RESERVE = Label(
    "；现有数据只符合储备特色产业楼宇的条件，可改按储备申报",
    "; the data support a reserve building only, which may be applied for instead",
)
_NO_ADVICE = Label("", "")


def publicity_working_days(f: Facts) -> Answer:
    """Five working days of publicity, first and last included, and no objection (二(二)3)."""
    start, end = f.day("publicity_start"), f.day("publicity_end")
    objection, wanted = f.flag("publicity_objection"), f.number_of("publicity_workdays")
    if objection:
        return Answer(True, variant="fail_objection")
    if start is None or end is None:
        return Answer(None)
    days = f.calendar.count_within(start, end)
    figures = {"start": start, "end": end, "days": days, "wanted": wanted}
    figures |= {"note": provisional_note(f, start, end)}
    return Answer(either(days < wanted, objection), figures)


def certified_after_publicity(f: Facts) -> Answer:
    """The plaque follows the last day of publicity (二(二)4)."""
    certified, end = f.day("certified_on"), f.day("publicity_end")
    if certified is None or end is None:
        return Answer(None)
    return Answer(certified <= end, {"certified": certified, "end": end})


RULES: Mapping[str, RuleFunction] = {
    "operator.honest": operator_honest,
    "area.minimum": area_minimum,
    "area.consistent": area_consistent,
    "single_building": single_building,
    "industry.classes": industry_classes,
    "tenants.count": _of_class(CERTIFIED, _tenants_count),
    "tenants.share": _of_class(CERTIFIED, _tenants_share),
    "tenants.contribution": _of_class(CERTIFIED, _tenants_contribution),
    "reserve.tenants": _of_class(RESERVE, _reserve_tenants),
    "publicity.working_days": publicity_working_days,
    "certified.after_publicity": certified_after_publicity,
    "regulation.in_force": regulation_in_force,
}
