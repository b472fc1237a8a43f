"""The rules of 水库台账 (济政办字〔2021〕42号, 鉴定办法); articles are in the register's pack.

A pond (塘坝) and a downgraded reservoir are asked for nothing. The day for which a row is
judged stands where a case has its day of acceptance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.domain.workdays import add_years
from auditdesk.regulations.facts import NOT_APPLICABLE, Answer, Facts
from auditdesk.regulations.logic import both, on_occasion
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from auditdesk.regulations.law import RuleFunction

POND = "pond"
_SMALL = frozenset({"small_1", "small_2"})
_DOWNGRADED = "downgraded"
_OFFICERS: Mapping[str, Label] = {
    "administrative_officer": Label("行政责任人", "administrative officer"),
    "technical_officer": Label("技术责任人", "technical officer"),
    "patrol_officer": Label("巡查责任人", "patrol officer"),
    "dam_safety_officer": Label("大坝安全责任人", "dam safety officer"),
}
_FACILITIES: Mapping[str, Label] = {
    "rainfall_monitoring": Label("雨水情测报", "rainfall monitoring"),
    "safety_monitoring": Label("大坝安全监测", "safety monitoring"),
}
_MODES: Mapping[str | None, Label] = {
    None: Label("空白", "not filled in"),
    "own_staff": Label("专管", "own staff"),
    "regional": Label("区域集中管护", "regional"),
    "purchased": Label("政府购买服务", "purchased"),
    "large_leads_small": Label("以大带小", "large leads small"),
}


def scale_of(f: Facts) -> str | None:
    """The scale by capacity (SL 252 art. 3.0.1), `pond` below the least; None while open."""
    capacity = f.decimal("capacity_wan_m3")
    if capacity is None or not f.has("scale_least_wan_m3"):
        return None
    least = f.table_of("scale_least_wan_m3")
    reached = [scale for scale, bound in least.items() if capacity >= bound]
    return max(reached, key=least.__getitem__, default=POND)


def is_downgraded(f: Facts) -> bool:
    """Whether the reservoir was downgraded or given up; an empty state is in operation."""
    return f.text("operating_state") == _DOWNGRADED


def is_watched(f: Facts) -> bool | None:
    """Whether anything is asked for: a reservoir in operation; None while that is open."""
    scale = scale_of(f)
    return both(not is_downgraded(f), None if scale is None else scale != POND)


def is_small(f: Facts) -> bool | None:
    """Whether it is a small reservoir; None while its capacity is empty."""
    scale = scale_of(f)
    return None if scale is None else scale in _SMALL


def due_on(f: Facts) -> date | None:
    """The last day for the next appraisal: 10 years after the last, or 5 after completion.

    Source: 鉴定办法 art. 5.
    """
    last, accepted = f.day("last_appraisal_on"), f.day("completion_accepted_on")
    if last is not None:
        return add_years(last, f.number_of("appraisal_cycle_years"))
    return None if accepted is None else add_years(accepted, f.number_of("first_appraisal_years"))


def responsible_three(f: Facts) -> Answer:
    """A small reservoir has all three officers (42号 part 二(四)); an empty name is the failure."""
    return _all_named(f, both(is_watched(f), is_small(f)), "small_reservoir_officers")


def responsible_dam_safety(f: Facts) -> Answer:
    """Somebody answers for the dam's safety (42号 part 二(四)); an empty name is the failure."""
    return _all_named(f, is_watched(f), "dam_safety_officers")


def _all_named(f: Facts, occasion: bool | None, parameter: str) -> Answer:
    if occasion is False:
        return NOT_APPLICABLE
    lacking = [o for o in f.codes_of(parameter) if not f.given(f"{o}.name")]
    return Answer(on_occasion(occasion, bool(lacking)), {"lacking": _labels(_OFFICERS, lacking)})


def management_mode(f: Facts) -> Answer:
    """A small reservoir is managed in one of the pooled modes (42号 part 一(二))."""
    occasion, mode = both(is_watched(f), is_small(f)), f.text("management_mode")
    if occasion is False:
        return NOT_APPLICABLE
    alone = mode not in f.codes_of("pooled_management_modes")
    return Answer(on_occasion(occasion, alone), {"mode": _MODES[mode]})


def monitoring(f: Facts) -> Answer:
    """There are rainfall and safety monitoring (42号 part 一(二)); empty counts as none."""
    occasion = is_watched(f)
    if occasion is False:
        return NOT_APPLICABLE
    lacking = [name for name in f.codes_of("monitoring_facilities") if not f.flag(name)]
    return Answer(on_occasion(occasion, bool(lacking)), {"lacking": _labels(_FACILITIES, lacking)})


def appraisal_due(f: Facts) -> Answer:
    """No appraisal is overdue on the day, or falls due in its year (art. 5, 42号 part 一(一))."""
    occasion, day = is_watched(f), f.accepted_on
    if occasion is not True:
        return NOT_APPLICABLE if occasion is False else Answer(None)
    due = due_on(f)
    if due is None:
        return Answer(True, variant="fail_open")
    figures = {"due": due, "day": day}
    if day > due:
        return Answer(True, figures)
    return Answer(due.year == day.year, figures, variant="fail_year")


def _labels(labels: Mapping[str, Label], names: Iterable[str]) -> tuple[Label, ...]:
    return tuple(labels[name] for name in names)


RULES: Mapping[str, RuleFunction] = {
    "responsible.three": responsible_three,
    "responsible.dam_safety": responsible_dam_safety,
    "management.mode": management_mode,
    "monitoring": monitoring,
    "appraisal.due": appraisal_due,
}
