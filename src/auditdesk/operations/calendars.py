"""The office's own working-day calendars: a year is taken in from a file, or taken back.

What is open is counted anew in the same transaction; what was decided keeps its judgement.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from auditdesk.operations import bodies, clocks, laws, rights, tallies
from auditdesk.operations.changes import Changes
from auditdesk.regulations.calendars import read_year
from auditdesk.store.records import CaseFilter
from auditdesk.util.faults import Fault, RefusedError, UnusableInputError
from auditdesk.util.hashing import sha256_hex
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditdesk.domain.workdays import WorkCalendar, YearDays
    from auditdesk.operations.desk import Desk
    from auditdesk.store.records import CaseChanges, CaseRecord, CaseStatus
    from auditdesk.store.writer import Writer
    from auditdesk.util.progress import Progress

_ONE_DAY = timedelta(days=1)
_RUNNING: tuple[CaseStatus, ...] = ("open", "returned")


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day that the office's own calendar sees otherwise."""

    day: date
    works: bool


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year by which the office counts.

    Attributes:
        own: the office took it in; else the program knows it.
        shipped: the program knows it, too.
        differs: days that are otherwise than in the program's; where it does not know the year,
            than Monday to Friday.
        source: the file that it was taken in from; empty: it ships.
        by: who took it in, and when; empty: it ships.
    """

    days: YearDays
    own: bool
    shipped: bool
    differs: tuple[DayChange, ...]
    source: str
    by: str

    @property
    def year(self) -> int:
        """Which year."""
        return self.days.year


def years(desk: Desk) -> tuple[CalendarYear, ...]:
    """Every year that is known, the latest first; all others count Monday to Friday."""
    calendar, shipped, own = desk.calendar, desk.days.shipped, desk.office.calendars.present()
    found = []
    for year in sorted(calendar.years, reverse=True):
        days, record = calendar.year(year), own.get(year)
        if days is not None:
            found.append(
                CalendarYear(
                    days=days,
                    own=record is not None,
                    shipped=year in shipped.years,
                    differs=tuple(_differences(shipped, calendar, year)) if record else (),
                    source=record.source if record else "",
                    by=f"{record.at:%Y-%m-%d %H:%M} {record.full_name}" if record else "",
                )
            )
    return tuple(found)


def _differences(before: WorkCalendar, now: WorkCalendar, year: int) -> Iterator[DayChange]:
    day = date(year, 1, 1)
    while day.year == year:
        works = now.is_workday(day)
        if works is not before.is_workday(day):
            yield DayChange(day, works)
        day += _ONE_DAY


def import_year(desk: Desk, name: str, content: bytes, progress: Progress) -> Changes:
    """Take a year's calendar in from a file; it goes before what was known of that year.

    Args:
        desk: an administrator's desk.
        name: of the file.
        content: of the file.
        progress: told of each case that is counted anew.

    Raises:
        RefusedError: the person is no administrator.
        UnusableInputError: the file cannot be used; names line and day.
        CancelledError: by `progress`; nothing was taken in.
    """
    rights.require_role(desk, "administrator")
    days = read_year(name, content)
    note = {"year": days.year, "digest": sha256_hex(content)}
    cases = _put(desk, _Deed("calendar.import", days.year, days, name, note), progress)
    return _changes(
        cases, f"{days.year} 年工作日历已导入", f"The calendar of {days.year} is taken in"
    )


def remove_year(desk: Desk, year: int, reason: str, progress: Progress) -> Changes:
    """Take the office's own calendar of a year back; what was taken in stays on record.

    Raises:
        RefusedError: the person is no administrator, or the office has none of that year.
        UnusableInputError: no reason was given.
        CancelledError: by `progress`; nothing was changed.
    """
    rights.require_role(desk, "administrator")
    if year not in desk.office.calendars.present():
        raise RefusedError(
            f"本单元没有导入过 {year} 年的工作日历。",
            f"The office has no calendar of its own for {year}.",
        )
    if not reason.strip():
        raise UnusableInputError("请写明理由。", "Give a reason.")
    deed = _Deed("calendar.remove", year, None, reason.strip(), {"year": year})
    cases = _put(desk, deed, progress)
    return _changes(
        cases, f"{year} 年工作日历已撤回", f"The office's calendar of {year} is taken back"
    )


@dataclass(frozen=True, slots=True)
class _Deed:
    """What is written of a year, and what the journal notes."""

    kind: str
    year: int
    days: YearDays | None
    source: str
    note: dict[str, object]


def _put(desk: Desk, deed: _Deed, progress: Progress) -> frozenset[str]:
    with _undone_on_failure(desk), desk.office.write(deed.kind, None, deed.note) as writer:
        writer.put_calendar_year(deed.year, deed.days, deed.source)
        desk.days.take(desk.office.calendars.years())
        return frozenset(_count_anew(desk, writer, progress))


@contextmanager
def _undone_on_failure(desk: Desk) -> Iterator[None]:
    """Count as before where the transaction is rolled back."""
    try:
        yield
    except BaseException:
        desk.days.take(desk.office.calendars.years())
        raise


def _count_anew(desk: Desk, writer: Writer, progress: Progress) -> Iterator[str]:
    """Judge what is open by the calendar as it is now; the numbers of the cases that changed."""
    wanted = [CaseFilter(status=status) for status in _RUNNING]
    total, done = sum(desk.office.cases.count(f) for f in wanted), 0
    for case_filter in wanted:
        for record in desk.office.cases.each(case_filter):
            progress.step(done, total)
            done += 1
            changes = _counted(desk, record)
            if changes:
                writer.save_case(record.no, record.version, **changes)
                yield record.no
    progress.step(total, total)


def _counted(desk: Desk, record: CaseRecord) -> CaseChanges:
    """What lists show of a case that is otherwise by the calendar of now."""
    try:
        law = laws.pinned(desk, record)
        case_file = bodies.case_file_of(record, bodies.body_of(record))
        report = laws.judged(desk, law, case_file)
    except Fault:  # a case that this version cannot read does not keep the others waiting
        return {}
    opinions = desk.office.cases.opinions(record.no)
    events = desk.office.clocks.events(record.no)
    due, judged = clocks.due(desk, law, case_file, opinions, events), report.as_json("zh")
    if (due["due_on"], due["paused"], judged) == (record.due_on, record.paused, record.report):
        return {}
    counted = tallies.tally(desk, record.case_type, record.district, case_file.data, judged)
    changes: CaseChanges = {"verdict": str(report.verdict), "report": judged}
    changes |= {"due_on": due["due_on"], "paused": due["paused"]}
    return changes | {"sums": counted["sums"], "tallied": counted["tallied"]}


def _changes(cases: frozenset[str], zh: str, en: str) -> Changes:
    summary = Label(
        f"{zh}，{len(cases)} 件在办案件的期限或结论随之变动",
        f"{en}; periods or verdicts of {len(cases)} open cases changed with it",
    )
    return Changes(summary, cases, settings=True)
