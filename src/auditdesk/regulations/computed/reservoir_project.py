"""The computed values of 水库除险加固及监测设施项目; sources beside each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.regulations.rules.reservoirs import FUNDED, city_share, is_small, most_shortfall

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.regulations.facts import Facts
    from auditdesk.regulations.law import ComputedFunction, FollowUpFunction


def shortfall_yuan(f: Facts) -> int | None:
    """Total cost less central, provincial and other money, in 分 (42号 part 二(二))."""
    shortfall, settled = most_shortfall(f)
    return shortfall if settled else None


def city_share_due_yuan(f: Facts) -> int | None:
    """The city's 40 percent of the shortfall in 分, half-up (42号 part 二(二))."""
    shortfall = _split(f)
    return None if shortfall is None else city_share(f, shortfall)


def district_share_due_yuan(f: Facts) -> int | None:
    """What the city's share leaves to the district, in 分 (42号 part 二(二))."""
    shortfall = _split(f)
    return None if shortfall is None else shortfall - city_share(f, shortfall)


def _split(f: Facts) -> int | None:
    """The shortfall where the text splits it: small reservoirs, but no downgrade."""
    split = is_small(f) and f.text("project_kind") in FUNDED and f.has("city_share")
    return shortfall_yuan(f) if split else None


FOLLOW_UPS: Mapping[str, FollowUpFunction] = {}
COMPUTED: Mapping[str, ComputedFunction] = {
    "shortfall_yuan": shortfall_yuan,
    "city_share_due_yuan": city_share_due_yuan,
    "district_share_due_yuan": district_share_due_yuan,
}
