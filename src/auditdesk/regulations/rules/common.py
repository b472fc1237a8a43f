"""Rules and parts of rules that several case types have, each cited in the case type's own pack."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from auditdesk.regulations.facts import NOT_APPLICABLE, Answer
from auditdesk.regulations.logic import either, opposite
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from auditdesk.regulations.facts import Facts

_NO_END = Label("未定期限", "no end given")
_PROVISIONAL = Label(
    "（所涉年份的放假调休安排尚未公布，暂按周一至周五计）",
    " (the holidays of a year concerned are not known yet: Monday to Friday counted)",
)
_SETTLED = Label("", "")


def provisional_note(f: Facts, first: date, last: date) -> Label:
    """What a finding adds where a year's calendar is not known; else nothing."""
    return _PROVISIONAL if f.calendar.is_provisional(first, last) else _SETTLED


def district_reference(f: Facts) -> Answer:
    """Two counties apply the measure by reference (21号 art. 3)."""
    return Answer(f.district in f.codes_of("reference_districts") if f.district else None)


def regulation_in_force(f: Facts) -> Answer:
    """Whether the case was accepted within the days of the case type's first regulation."""
    measure, day = f.regulations[0], f.accepted_on
    others = tuple(
        Label(f"《{r.title.zh}》", r.title.en)
        for r in f.regulations[1:]
        if r.in_force(day) and not r.procedural
    )
    figures: dict[str, object] = {"number": measure.number, "day": day, "others": others}
    figures |= {"first": measure.first_day, "last": measure.last_day or _NO_END}
    if day < measure.first_day:
        return Answer(True, figures, variant="fail_before")
    return Answer(not measure.in_force(day), figures)


def all_true(f: Facts, *names: str) -> Answer:
    """Fails when any of these yes-or-no fields says no."""
    return Answer(either(*(opposite(f.flag(name)) for name in names)))


def in_order(
    f: Facts, chains: tuple[Mapping[str, date | None], ...], labels: Mapping[str, Label]
) -> Answer:
    """Fails when two days of a chain stand in the wrong order; the same day will do.

    Every pair of a chain is compared, so that a gap in the middle hides nothing. With fewer
    than two days, or none of one chain to compare, the rule does not apply. A chain leads
    from field id to day in the order in which the days must come; labels name the days.
    """
    pairs = [pair for chain in chains for pair in combinations(_given(chain), 2)]
    for (earlier, first), (later, second) in pairs:
        if first > second:
            figures = {"earlier": labels[earlier], "first": first}
            return Answer(True, {**figures, "later": labels[later], "second": second})
    several = sum(len(_given(chain)) for chain in chains) > 1
    if several and any(f.awaits(name) for chain in chains for name in chain):
        return Answer(None)
    return Answer(False) if pairs else NOT_APPLICABLE


def _given(chain: Mapping[str, date | None]) -> list[tuple[str, date]]:
    return [(name, day) for name, day in chain.items() if day is not None]
