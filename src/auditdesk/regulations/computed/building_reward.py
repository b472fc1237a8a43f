"""The computed values of 楼宇奖补: the award, what capped it, and who pays which part.

Amounts are exact fractions of 万元 until they are rounded half-up to the 分 at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from fractions import Fraction
from typing import TYPE_CHECKING

from auditdesk.domain.follow_up import Period
from auditdesk.domain.money import FEN_PER_YUAN, round_half_up, split
from auditdesk.regulations.rules.building_reward import (
    ATTRACTION,
    CONTRIBUTION,
    STEPPED,
    YEARS,
    refused_firms,
    step_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from auditdesk.regulations.facts import Facts
    from auditdesk.regulations.law import ComputedFunction, FollowUpFunction

_FEN_PER_WAN = 10_000 * FEN_PER_YUAN
_NONE, _CONTRIBUTION, _CEILING = "none", "contribution", "ceiling"


@dataclass(frozen=True, slots=True)
class _Award:
    """An award in 万元, and what held it down."""

    wan: Fraction
    capped_by: str = _NONE


_NO_AWARD = _Award(Fraction(0))


def _award(f: Facts) -> _Award | None:
    """The award; None while an input is empty or the measure was not in force."""
    kind = f.text("reward_kind")
    if kind is None or not f.has("city_share"):
        return None
    if kind == ATTRACTION:
        return _attraction(f)
    if kind in STEPPED:
        value = f.decimal(STEPPED[kind])
        steps = f.table_of(f"{kind}_steps")
        return None if value is None else _Award(Fraction(step_of(steps, value)))
    return _subsidy(f, kind)


def _attraction(f: Facts) -> _Award | None:
    """Each firm that was not refused by its own step (一(一)3)."""
    rows = f.rows("new_firms")
    if rows is None:
        return None
    refused, given = refused_firms(rows), [row.get("contribution_wan") for row in rows]
    if None in refused or None in given:
        return None
    steps = f.table_of("attraction_steps")
    firms = zip(given, refused, strict=True)
    return _Award(Fraction(sum(step_of(steps, wan) for wan, no in firms if wan and not no)))


def _subsidy(f: Facts, kind: str) -> _Award | None:
    """By area, at most the firm's contribution and the ceiling (一(一)4)."""
    area, years = f.decimal("area_m2"), f.decimal(YEARS[kind])
    contribution = f.decimal(CONTRIBUTION[kind])
    if area is None or years is None or contribution is None:
        return None
    least_area = f.number_of("subsidy_minimum_area_m2")
    if area < least_area or years < f.number_of("subsidy_minimum_years"):
        return _NO_AWARD
    wan = _units(f, area) * f.table_of("subsidy_wan_per_unit")[kind]
    ceiling = Fraction(f.table_of("subsidy_ceiling_wan")[kind])
    most = min(Fraction(contribution), ceiling)
    if wan <= most:
        return _Award(wan)
    return _Award(most, _CEILING if most == ceiling else _CONTRIBUTION)


def _units(f: Facts, area: Decimal) -> Fraction:
    """The area in units of 100 m², in proportion or whole ones only: a reading of the text."""
    units = Fraction(area) / f.number_of("subsidy_unit_m2")
    if f.word_of("subsidy_unit_counting") == "whole_units":
        return Fraction(units.numerator // units.denominator)
    return units


def _award_fen(f: Facts) -> int | None:
    award = _award(f)
    return None if award is None else round_half_up(award.wan * _FEN_PER_WAN)


def _shares(f: Facts) -> tuple[int, int] | None:
    """The city's part, half-up to the 分, and the district's, which is the rest (一(二)3)."""
    fen = _award_fen(f)
    return None if fen is None else split(fen, f.share_of("city_share"))


def city_share_yuan(f: Facts) -> int | None:
    """What the city pays, in 分 (一(二)3)."""
    shares = _shares(f)
    return None if shares is None else shares[0]


def district_share_yuan(f: Facts) -> int | None:
    """What the district pays, in 分 (一(二)3)."""
    shares = _shares(f)
    return None if shares is None else shares[1]


def capped_by(f: Facts) -> str | None:
    """What held the award down: nothing, the firm's contribution, or the ceiling."""
    award = _award(f)
    return None if award is None else award.capped_by


def instalment(f: Facts) -> tuple[Period, ...]:
    """The yearly instalments after the first, each through its calendar year (一(一)4).

    The first is paid in the case itself, in the year applied for. More than the measure allows
    are refused by a rule of their own and not waited for.
    """
    year, wanted = f.integer("apply_year"), f.integer("instalments")
    if year is None or wanted is None or not f.has("instalments_maximum"):
        return ()
    most = min(wanted, f.number_of("instalments_maximum"))
    if not MINYEAR < year <= MAXYEAR - most:
        return ()
    return tuple(_instalment(year + number - 1, number) for number in range(2, most + 1))


def _instalment(year: int, number: int) -> Period:
    return Period(date(year, 12, 31), date(year, 1, 1), number)


FOLLOW_UPS: Mapping[str, FollowUpFunction] = {"instalment": instalment}
COMPUTED: Mapping[str, ComputedFunction] = {
    "award_yuan": _award_fen,
    "city_share_yuan": city_share_yuan,
    "district_share_yuan": district_share_yuan,
    "capped_by": capped_by,
}
