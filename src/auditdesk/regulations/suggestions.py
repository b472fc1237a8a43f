"""The tables of names that fields suggest: `tables/<name>.csv` of the installation.

`towns` has Jinan's 132 sub-districts and 29 towns with their nine-digit codes of the National
Bureau of Statistics (统计用区划代码, as of 2023-06-30, published 2023-09-11); units that only
statistics know, such as development zones, are left out. No rule reads these tables: they are
no law, and cases are not pinned to them.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from auditdesk.domain.suggestion import Suggestion
from auditdesk.regulations.sources import TABLES

if TYPE_CHECKING:
    from auditdesk.regulations.library import Library


def suggestions(library: Library, table: str, district: str) -> tuple[Suggestion, ...]:
    """The names of a table that are of a district; of all where it has none of that district.

    A district under two codes is one: the table names it by one of them.
    """
    rows = csv.DictReader(library.texts.get(f"{TABLES}{table}.csv", "").splitlines())
    found = tuple(Suggestion(row["district"], row["zh"], row["initials"]) for row in rows)
    codes = _same_place(library, district)
    return tuple(s for s in found if s.district in codes) or found


def _same_place(library: Library, district: str) -> frozenset[str]:
    label = library.districts.get(district)
    return frozenset(code for code, own in library.districts.items() if own == label)
