"""The working-day calendar: the State Council's years, and one of an office's as a TOML file.

A file has the lists `holidays` (days off, weekends among them or not) and `workdays` (Saturdays
and Sundays that are worked), and says its `year`, or is named by it, as 2027.toml.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from chinese_calendar.constants import holidays, workdays

from auditdesk.domain.workdays import SATURDAY, WorkCalendar, YearDays
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_FILE = 256 * 1024
_FIRST_YEAR, _LAST_YEAR = 2004, 2100
_LISTS = ("holidays", "workdays")
_PLACE = re.compile(r"\(at line (\d+), column \d+\)")
_DAY_LIKE = re.compile(r"\d{1,4}-\d{1,2}-\d{1,2}")
_WEEKDAYS = "一二三四五六日"


def load_calendar() -> WorkCalendar:
    """The calendar of all years that the program knows."""
    years = frozenset(day.year for day in holidays)
    return WorkCalendar(frozenset(holidays), frozenset(workdays), years)


def read_year(name: str, content: bytes) -> YearDays:
    """One year's calendar from a file.

    Args:
        name: of the file, for errors; may say the year.
        content: of the file.

    Raises:
        UnusableInputError: it does not have the form; names line and day.
    """
    text = _text(name, content)
    reading = _Reading(name, text, _table(name, text))
    year = reading.year()
    lists = {key: reading.days(key, year) for key in _LISTS}
    if not lists["holidays"]:
        raise reading.wrong(0, "没有一天放假，请核对", "there is not one day off; check it")
    for day in sorted(lists["holidays"] & lists["workdays"]):
        raise reading.wrong(
            reading.line_of(str(day), 1), f"{day} 既放假又上班", f"{day} is both off and worked"
        )
    return YearDays(year, lists["holidays"], lists["workdays"])


def _text(name: str, content: bytes) -> str:
    try:
        if len(content) <= LARGEST_FILE:
            return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        pass
    raise UnusableInputError(
        f"工作日历文件 {name} 过大，或不是 UTF-8 文字，没有导入。",
        f"The working-day calendar {name} is too large or no UTF-8 text; nothing was imported.",
    )


def _table(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        number = int(place[1]) if place else text.count("\n") + 1
        days = _DAY_LIKE.findall(_line(text, number))
        wrong = next((day for day in days if not _is_day(day)), "")
        zh = f"没有 {wrong} 这一天" if wrong else "不是有效的 TOML"
        en = f"there is no day {wrong}" if wrong else "not TOML"
        raise _unusable(name, number, zh, en) from None


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number - 1] if number <= len(lines) else ""


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


class _Reading:
    """A file's content, with the lines that its values stand in."""

    def __init__(self, name: str, text: str, table: dict[str, Any]) -> None:
        self._name, self._table = name, table
        self._lines = text.split("\n")
        for key in table:
            if key not in (*_LISTS, "year"):
                raise self.wrong(self.line_of(key), f"没有 {key} 这一项", f"there is no item {key}")

    def wrong(self, line: int, zh: str, en: str) -> UnusableInputError:
        return _unusable(self._name, line, zh, en)

    def line_of(self, text: str, time: int = 0) -> int:
        """The line in which a text stands for the first or a later time; 0 where it does not."""
        found = [
            number
            for number, line in enumerate(self._lines, start=1)
            for _ in range(line.partition("#")[0].count(text))
        ]
        return found[min(time, len(found) - 1)] if found else 0

    def year(self) -> int:
        year = self._table.get("year")
        if year is None and re.fullmatch(r"\d{4}\.toml", self._name):
            year = int(self._name[:4])
        if type(year) is not int or not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise self.wrong(
                self.line_of("year"),
                f"应写明年份，如 year = 2027（{_FIRST_YEAR}–{_LAST_YEAR}）",
                f"must say its year, as year = 2027 ({_FIRST_YEAR} to {_LAST_YEAR})",
            )
        return year

    def days(self, key: str, year: int) -> frozenset[date]:
        listed = self._table.get(key)
        if not isinstance(listed, list):
            raise self.wrong(
                self.line_of(key),
                f"应有 {key} = [日期, …]",
                f"must have {key} = [days, …]",
            )
        for time, item in self._told_apart(listed):
            self._check(key, year, item, time)
        return frozenset(listed)

    @staticmethod
    def _told_apart(listed: list[Any]) -> Iterator[tuple[int, Any]]:
        """Each item with how many equal ones stand before it."""
        seen: list[Any] = []
        for item in listed:
            yield seen.count(item), item
            seen.append(item)

    def _check(self, key: str, year: int, item: Any, time: int) -> None:
        line = self.line_of(_written(item), time)
        if not isinstance(item, date) or isinstance(item, datetime):
            raise self.wrong(
                line,
                f"{_written(item)} 应为不带引号的日期，如 {year}-10-01",
                f"{_written(item)} must be a day without quotes, as {year}-10-01",
            )
        if item.year != year:
            raise self.wrong(line, f"{item} 不在 {year} 年", f"{item} does not lie in {year}")
        if time:
            raise self.wrong(line, f"{item} 重复", f"{item} is there twice")
        if key == "workdays" and item.weekday() < SATURDAY:
            weekday = _WEEKDAYS[item.weekday()]
            raise self.wrong(
                line,
                f"{item} 是星期{weekday}，本来就上班，不必列入 workdays",
                f"{item} is a {item:%A}, worked anyway; it does not belong among workdays",
            )


def _written(item: Any) -> str:
    """How a value stands in the file."""
    return item.isoformat() if isinstance(item, date) else str(item)[:40]


def _unusable(name: str, line: int, zh: str, en: str) -> UnusableInputError:
    place_zh, place_en = (f"第 {line} 行：", f"line {line}: ") if line else ("", "")
    return UnusableInputError(
        f"工作日历文件 {name} 没有导入，{place_zh}{zh}。",
        f"The working-day calendar {name} was not imported, {place_en}{en}.",
    )
