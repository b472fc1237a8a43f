"""Rules that several case types have, each cited in the case type's own pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.regulations.facts import Answer
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from auditdesk.regulations.facts import Facts


def district_reference(f: Facts) -> Answer:
    """Two counties apply the measure by reference (21号 art. 3)."""
    return Answer(f.district in f.codes_of("reference_districts") if f.district else None)


def regulation_in_force(f: Facts) -> Answer:
    """Whether the case was accepted within the days of the case type's first regulation."""
    measure = f.regulations[0]
    day = f.accepted_on
    figures: dict[str, object] = {"number": measure.number, "day": day}
    figures |= {"first": measure.first_day}
    if day < measure.first_day:
        return Answer(True, figures, variant="fail_before")
    others = tuple(
        Label(f"《{r.title.zh}》", r.title.en) for r in f.regulations[1:] if r.in_force(day)
    )
    figures |= {"last": measure.last_day or "—", "others": others}
    return Answer(not measure.in_force(day), figures)
