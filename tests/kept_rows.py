"""Rows of a register, made up, and an office that keeps them."""

from __future__ import annotations

import pytest

from auditdesk.operations import registers

REGISTER = "reservoir"
OFFICERS = ("administrative_officer", "technical_officer", "patrol_officer", "dam_safety_officer")
WOHU = {
    "reservoir_code": "K-001",
    "name": "卧虎水库",
    "district": "370114",
    "town": "柳溪镇",
    "river": "绣江",
    "capacity_wan_m3": "120.50",
    "dam_height_m": "18.6",
    "built_year": 1972,
    "completion_accepted_on": "1972-10-01",
    "management_mode": "regional",
    "rainfall_monitoring": True,
    "safety_monitoring": True,
    "last_appraisal_on": "2016-05-20",
    "last_appraisal_class": 2,
    **{f"{officer}.name": f"张{n}" for n, officer in enumerate(OFFICERS)},
    **{f"{officer}.phone": f"1390531000{n}" for n, officer in enumerate(OFFICERS)},
}
# In March 2026: K-001 falls due in May, K-002 is overdue, K-003 awaits reinforcement and lacks
# its officers, K-004 is a pond.
ROWS = (
    WOHU,
    WOHU
    | {
        "reservoir_code": "K-002",
        "name": "青石水库",
        "capacity_wan_m3": "35",
        "last_appraisal_on": "2014-02-28",
    },
    WOHU
    | {
        "reservoir_code": "K-003",
        "name": "杏林水库",
        "town": "桃园镇",
        "last_appraisal_on": "2025-06-30",
        "last_appraisal_class": 3,
        **{f"{officer}.name": None for officer in OFFICERS},
    },
    {"reservoir_code": "K-004", "name": "北洼塘坝", "town": "桃园镇", "capacity_wan_m3": "5"},
)


@pytest.fixture
def kept_rows(at_desk):
    """Enters the rows as clerk li and signs out."""
    desk = at_desk("li")
    for row in ROWS:
        registers.save(desk, REGISTER, None, 0, row)
    desk.close()
    return ROWS
