"""Made-up case files for the benchmarks: one believable case, varied by its number."""

from __future__ import annotations

import copy
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

BASE = json.loads((Path(__file__).parent / "case.json").read_text(encoding="utf-8"))
FIRST_DAY = date(2022, 1, 4)


def case_file(number: int) -> dict[str, Any]:
    """Case file `number`: another parcel, price, vote and day; about one in seven falls short."""
    case = copy.deepcopy(BASE)
    data = case["data"]
    day = FIRST_DAY + timedelta(days=number % 500)
    case["accepted_on"] = day.isoformat()
    data["vote_date"] = (day - timedelta(days=20)).isoformat()
    data["appraisal_date"] = (day - timedelta(days=40)).isoformat()
    data["filed_on"] = (day - timedelta(days=1)).isoformat()
    data["village"] = f"样例{number % 97}村"
    data["parcel_area_m2"] = f"{5000 + number % 20000}.50"
    data["entry_price_yuan"] = f"{4200000 + number}.00"
    data["vote_agree"] = 50 if number % 7 == 0 else 70
    data["vote_against"] = 80 - data["vote_agree"] - data["vote_abstain"]
    return case


def write_case_files(folder: Path, count: int) -> list[Path]:
    """So many case files on disk."""
    paths = [folder / f"{number:05d}.json" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(json.dumps(case_file(number), ensure_ascii=False), encoding="utf-8")
    return paths


def approvable(number: int) -> dict[str, Any]:
    """Case file `number` with all that it needs up to the decision: a lease of twenty years."""
    case = case_file(1)
    case["accepted_on"] = "2022-03-01"
    case["data"] |= {
        "vote_date": "2022-02-10",
        "appraisal_date": "2022-01-20",
        "filed_on": "2022-02-28",
        "entry_method": "lease",
        "term_years": "20",
        "appraisal_value_yuan": "200000.00",
        "entry_price_yuan": f"{210000 + number}.00",
        "town_reviewed_on": "2022-03-02",
        "planned_trade_on": "2022-04-01",
        "district_reviewed_on": "2022-03-03",
        "government_approved_on": "2022-03-10",
    }
    case["materials"]["town_opinion"] = "present"
    return case
