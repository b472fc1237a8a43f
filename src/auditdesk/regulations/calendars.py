"""The working-day calendar: the State Council's years, and corrections as TOML files."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

from chinese_calendar.constants import holidays, workdays

from auditdesk.domain.workdays import WorkCalendar
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def load_calendar(folders: Iterable[Path] = ()) -> WorkCalendar:
    """The calendar of all known years; a file `<year>.toml` in a folder replaces that year.

    A file has the keys `holidays` and `workdays`, lists of dates within its year.

    Raises:
        UnusableInputError: a file does not have that form.
    """
    off, on = set(holidays), set(workdays)
    years = {day.year for day in off}
    for path in sorted(path for folder in folders for path in folder.glob("[12]???.toml")):
        year = int(path.stem)
        off = {day for day in off if day.year != year} | _days(path, "holidays", year)
        on = {day for day in on if day.year != year} | _days(path, "workdays", year)
        years.add(year)
    return WorkCalendar(frozenset(off), frozenset(on), frozenset(years))


def _days(path: Path, key: str, year: int) -> set[date]:
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        days = {day for day in content[key] if type(day) is date and day.year == year}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unusable(path, str(error)) from None
    if len(days) != len(content[key]):
        raise _unusable(path, f"{key}: dates within {year}, each once")
    return days


def _unusable(path: Path, reason: str) -> UnusableInputError:
    return UnusableInputError(
        f"工作日历文件 {path.name} 无法使用：{reason}",
        f"The working-day calendar {path.name} cannot be used: {reason}",
    )
