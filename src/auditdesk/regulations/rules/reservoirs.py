"""What the rules and computed values of reservoirs share (济政办字〔2021〕42号, 鉴定办法)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.domain.money import FEN_PER_YUAN, share_of
from auditdesk.domain.workdays import add_years

if TYPE_CHECKING:
    from datetime import date

    from auditdesk.regulations.facts import Facts

_SMALL = frozenset({"small_1", "small_2"})
_SUBSIDIES = ("central_subsidy_yuan", "provincial_subsidy_yuan", "other_funds_yuan")
FIRST, PERIODIC, SPECIAL = "first", "periodic", "special"
REINFORCEMENT = "reinforcement"
FUNDED = frozenset({REINFORCEMENT, "rainfall_monitoring", "safety_monitoring"})
# The stage from which on a source of money that is left empty counts as 0.
PLANNED = "planned"


def is_small(f: Facts) -> bool | None:
    """Whether the reservoir is small; None while its scale is empty."""
    scale = f.text("scale")
    return None if scale is None else scale in _SMALL


def is_defective(f: Facts) -> bool | None:
    """Whether the dam is of the class that makes a reservoir 病险; None while it is empty."""
    dam_class = f.integer("dam_class")
    return None if dam_class is None else dam_class == f.number_of("defective_dam_class")


def first_due_on(f: Facts) -> date | None:
    """The last day for a first appraisal: 5 years after completion was accepted (art. 5)."""
    accepted = f.day("completion_accepted_on")
    return None if accepted is None else add_years(accepted, f.number_of("first_appraisal_years"))


def periodic_due_on(f: Facts) -> date | None:
    """The last day for a periodic appraisal: 10 years after the one before (art. 5)."""
    previous = f.day("previous_appraisal_on")
    return None if previous is None else add_years(previous, f.number_of("appraisal_cycle_years"))


def appraisal_due_on(f: Facts) -> date | None:
    """The day by which this appraisal fell due; None for a special one, which has none."""
    kind = f.text("appraisal_kind")
    if kind == FIRST:
        return first_due_on(f)
    return periodic_due_on(f) if kind == PERIODIC else None


def funds(f: Facts, name: str) -> int | None:
    """A source of money in 分; from the yearly plan on an empty one counts as 0."""
    given = f.fen(name)
    return 0 if given is None and f.reached(PLANNED) else given


def given_funds(f: Facts, *names: str) -> tuple[int, bool]:
    """The sum of these sources in 分, and whether each of them is settled."""
    amounts = [funds(f, name) for name in names]
    return sum(amount or 0 for amount in amounts), None not in amounts


def most_shortfall(f: Facts) -> tuple[int | None, bool]:
    """What total cost less central, provincial and other money leaves, never below 0, in 分.

    Source: 42号 part 二(二).

    Returns:
        The shortfall, and whether it is final; while a source is open it is the most that
        the shortfall can be. None while the total cost is empty.
    """
    total = f.fen("total_cost_yuan")
    subsidies, settled = given_funds(f, *_SUBSIDIES)
    return (None if total is None else max(total - subsidies, 0)), settled and total is not None


def city_share(f: Facts, shortfall: int) -> int:
    """The city's share of a shortfall in 分, half-up; the district bears the rest."""
    return share_of(shortfall, f.share_of("city_share"))


def floor_of(f: Facts, scale: str) -> int:
    """The province's least subsidy for a small reservoir of this scale, in 分."""
    return f.table_of("provincial_floor_yuan")[scale] * FEN_PER_YUAN
