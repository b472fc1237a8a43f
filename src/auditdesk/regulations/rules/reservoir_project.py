"""The rules of 水库除险加固及监测设施项目 (济政办字〔2021〕42号); articles are in the pack."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from auditdesk.domain.money import yuan_grouped
from auditdesk.regulations.facts import NOT_APPLICABLE, Answer, Facts
from auditdesk.regulations.logic import both, either, on_occasion, opposite
from auditdesk.regulations.rules.common import in_order, regulation_in_force
from auditdesk.regulations.rules.reservoirs import (
    FUNDED,
    REINFORCEMENT,
    city_share,
    floor_of,
    funds,
    given_funds,
    is_defective,
    is_small,
    most_shortfall,
)
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.regulations.law import RuleFunction

_SOURCES = (
    "central_subsidy_yuan",
    "provincial_subsidy_yuan",
    "other_funds_yuan",
    "city_share_yuan",
    "district_share_yuan",
)


def _of_kind(f: Facts, *kinds: str) -> bool | None:
    kind = f.text("project_kind")
    return None if kind is None else kind in kinds


def class_third(f: Facts) -> Answer:
    """Only a dam of the third class is reinforced (part 一(一))."""
    occasion = _of_kind(f, REINFORCEMENT)
    if occasion is False:
        return NOT_APPLICABLE
    figures = {"given": f.integer("dam_class"), "wanted": f.number_of("defective_dam_class")}
    return Answer(on_occasion(occasion, opposite(is_defective(f))), figures)


def funding_provincial_floor(f: Facts) -> Answer:
    """The province's subsidy reaches its least amount for newly found defects (part 二(二))."""
    identified, scale = f.day("defect_identified_on"), f.text("scale")
    after = f.number_of("floor_after_year")
    late = None if identified is None else identified.year > after
    occasion = both(_of_kind(f, REINFORCEMENT), is_small(f), late)
    if occasion is False:
        return NOT_APPLICABLE
    subsidy = funds(f, "provincial_subsidy_yuan")
    if occasion is None or scale is None or subsidy is None:
        return Answer(None)
    floor = floor_of(f, scale)
    return Answer(subsidy < floor, {"subsidy": yuan_grouped(subsidy), "floor": yuan_grouped(floor)})


def funding_split(f: Facts) -> Answer:
    """City and district bear their shares of the shortfall, to the 分 (part 二(二))."""
    occasion = both(_of_kind(f, *FUNDED), is_small(f))
    if occasion is False:
        return NOT_APPLICABLE
    if occasion is None:
        return Answer(None)
    city, district = funds(f, "city_share_yuan"), funds(f, "district_share_yuan")
    most, settled = most_shortfall(f)
    settled = settled or most == 0
    if not settled and city is not None and district is not None:
        together = city + district
        if city != city_share(f, together):
            return Answer(True, _split_figures(f, together), variant="fail_ratio")
    if most is None:
        return Answer(None)
    due = city_share(f, most)
    wrong = either(_off(city, due, final=settled), _off(district, most - due, final=settled))
    return Answer(wrong, _split_figures(f, most), variant="fail" if settled else "fail_open")


def _off(given: int | None, due: int, *, final: bool) -> bool | None:
    """Whether a share differs from what is due; while the shortfall is open `due` is the most."""
    if given is None:
        return None
    if final:
        return given != due
    return True if given > due else None


def _split_figures(f: Facts, shortfall: int) -> dict[str, str]:
    due = city_share(f, shortfall)
    amounts = {"shortfall": shortfall, "city_due": due, "district_due": shortfall - due}
    amounts |= {
        "city": f.fen("city_share_yuan") or 0,
        "district": f.fen("district_share_yuan") or 0,
    }
    return {name: yuan_grouped(fen) for name, fen in amounts.items()}


def funding_balance(f: Facts) -> Answer:
    """The five sources add up to the total cost; those given may show already that they cannot."""
    total = f.fen("total_cost_yuan")
    sources, settled = given_funds(f, *_SOURCES)
    if total is None:
        return Answer(None)
    figures = {"sources": sources, "total": total, "gap": abs(total - sources)}
    wrong = True if sources > total else (sources != total if settled else None)
    return Answer(wrong, {name: yuan_grouped(fen) for name, fen in figures.items()})


def schedule_next_year(f: Facts) -> Answer:
    """A small reservoir is reinforced at the latest in the year after its appraisal (一(一))."""
    occasion = both(_of_kind(f, REINFORCEMENT), is_small(f))
    appraised, started = f.day("appraised_on"), f.day("started_on")
    if occasion is False:
        return NOT_APPLICABLE
    if occasion is None or appraised is None or started is None:
        return Answer(None)
    last = appraised.year + f.number_of("reinforcement_lag_years")
    return Answer(started.year > last, {"started": started, "appraised": appraised, "last": last})


def schedule_large_2025(f: Facts) -> Answer:
    """Large and medium reservoirs are reinforced by the end of 2025 (part 一(一))."""
    occasion = both(_of_kind(f, REINFORCEMENT), opposite(is_small(f)))
    planned = f.day("planned_completion_on")
    if occasion is False:
        return NOT_APPLICABLE
    if occasion is None or planned is None:
        return Answer(None)
    last = f.number_of("large_completion_year")
    return Answer(planned.year > last, {"planned": planned, "last": last})


def downgrade_ecology(f: Facts) -> Answer:
    """A downgrade comes with a plan for ecology (part 二(三)); its absence is the failure."""
    occasion = _of_kind(f, "downgrade")
    if occasion is False:
        return NOT_APPLICABLE
    return Answer(on_occasion(occasion, not f.present("ecology_plan")))


def dates_order(f: Facts) -> Answer:
    """Design after the appraisal; start not before the planned year; acceptance after start."""
    year = f.integer("plan_year")
    design = {name: f.day(name) for name in ("appraised_on", "design_approved_on")}
    work = {
        "plan_year": None if year is None else date(year, 1, 1),
        "started_on": f.day("started_on"),
        "completion_accepted_on": f.day("completion_accepted_on"),
    }
    return in_order(f, (design, work), _DATES)


_DATES: Mapping[str, Label] = {
    "appraised_on": Label("鉴定日期", "the appraisal"),
    "design_approved_on": Label("初步设计批复日期", "the approval of the design"),
    "plan_year": Label("计划年度首日", "the first day of the planned year"),
    "started_on": Label("开工日期", "the start"),
    "completion_accepted_on": Label("竣工验收日期", "the acceptance"),
}


RULES: Mapping[str, RuleFunction] = {
    "class.third": class_third,
    "funding.provincial_floor": funding_provincial_floor,
    "funding.split": funding_split,
    "funding.balance": funding_balance,
    "schedule.next_year": schedule_next_year,
    "schedule.large_2025": schedule_large_2025,
    "downgrade.ecology": downgrade_ecology,
    "dates.order": dates_order,
    "regulation.in_force": regulation_in_force,
}
