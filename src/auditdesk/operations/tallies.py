"""What figures count of a case: its town, its sums, the day on which it was decided.

They are columns of the case, written with it. What is a town and what is added up is declared by
the case type as it is now (as in the city's workbook), not by the law that a case is pinned to:
where a declaration has changed, or an office is older than figures, `catch_up` works them out
anew for the cases concerned.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypedDict

from auditdesk.operations import bodies, clocks, laws
from auditdesk.operations.sheet_cells import cell_of
from auditdesk.regulations.suggestions import suggestions
from auditdesk.regulations.values import read_values
from auditdesk.store.tallies import DECIMALS, SCALE, OwnTally
from auditdesk.util.faults import Fault, RefusedError
from auditdesk.util.hashing import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from auditdesk.domain.declaration import CaseType, ExportColumn
    from auditdesk.exchange.content import Value
    from auditdesk.operations.desk import Desk
    from auditdesk.store.records import CaseRecord, Opinion
    from auditdesk.util.progress import Progress

_LONGEST = 200
_DIGITS = 12  # of the digest that names a declaration
_DECIDING = frozenset({"approve", "refuse"})
_STEP = 100


class TallyColumns(TypedDict):
    """What is written with a case for figures to count."""

    town: str
    sums: dict[str, int]
    tallied: str


def tally(
    desk: Desk, case_type: str, district: str, data: Mapping[str, Any], report: Mapping[str, Any]
) -> TallyColumns:
    """Town and sums of a case.

    Args:
        desk: who and where.
        case_type: its id; one whose pack is gone is left untallied.
        district: the case's.
        data: the case's data as the office keeps them.
        report: the case's report as the office keeps it.
    """
    law = desk.library.laws.get(case_type)
    if law is None:
        return {"town": "", "sums": {}, "tallied": ""}
    return {
        "town": _town(desk, law.case_type, district, data),
        "sums": dict(_sums(law.case_type, data, report)),
        "tallied": declaration(law.case_type),
    }


def summed(case_type: CaseType) -> tuple[ExportColumn, ...]:
    """The columns that the city's workbook adds up."""
    return tuple(column for column in case_type.export_columns if column.total)


def declaration(case_type: CaseType) -> str:
    """A short digest of what a case type declares for figures."""
    kinds = {field.id: str(field.kind) for field in case_type.fields}
    kinds |= {computed.id: computed.kind for computed in case_type.computed}
    columns = [(c.id, c.source, kinds.get(c.source.partition(".")[2])) for c in summed(case_type)]
    summary = case_type.summary
    return sha256_hex(repr((summary.town, summary.town_among, columns)).encode())[:_DIGITS]


def _town(desk: Desk, case_type: CaseType, district: str, data: Mapping[str, Any]) -> str:
    summary, link = case_type.summary, case_type.register
    source, _, name = summary.town.partition(".")
    found = data.get(name)
    if source == "register" and link is not None:
        code = data.get(link.key)
        row = desk.office.registers.find(link.register, str(code).strip())
        found = row.body["data"].get(name) if row else None
    if not isinstance(found, str):
        return ""
    text = found.strip()[:_LONGEST]
    return _named_in(desk, summary.town_among, district, text) if summary.town_among else text


def _named_in(desk: Desk, table: str, district: str, text: str) -> str:
    """The name of the table that stands first in a text; of two there, the longer one."""
    names = {s.name for s in suggestions(desk.library, table, district) if s.name in text}
    return min(names, key=lambda name: (text.index(name), -len(name)), default="")


def _sums(
    case_type: CaseType, data: Mapping[str, Any], report: Mapping[str, Any]
) -> Iterator[tuple[str, int]]:
    columns = summed(case_type)
    wanted = {column.source.partition(".")[2] for column in columns}
    values = read_values((f for f in case_type.fields if f.id in wanted), data)
    for column in columns:
        value = cell_of(case_type, column, values, report.get("computed", {}))
        if (number := _number(value)) is not None:
            yield column.id, number


def _number(value: Value) -> int | None:
    """A value as the store adds it up; no value of a case has more decimals than that."""
    if isinstance(value, Decimal):
        return int(value.scaleb(DECIMALS).to_integral_value())
    return value * SCALE if isinstance(value, int) else None


def catch_up(desk: Desk, progress: Progress) -> None:
    """Tally the cases that the present declarations have not tallied yet, if there are any.

    Raises:
        RefusedError: there are some, and the office cannot be written.
        CancelledError: by `progress`; nothing was written.
    """
    if desk.tallied:
        return
    marks = {name: declaration(law.case_type) for name, law in desk.library.laws.items()}
    there = desk.office.tallies.tallied()
    total = sum(cases for (name, mark), cases in there.items() if marks.get(name, mark) != mark)
    if total:
        _require_writable(desk)
        with desk.office.write("figures.tally", None, {"tallied": total}) as writer:
            for done, record in enumerate(_each_behind(desk, marks)):
                if done % _STEP == 0:
                    progress.step(done, total)
                writer.tally_case(record.id, _own(desk, record))
    desk.tallied.append(True)


def _each_behind(desk: Desk, marks: Mapping[str, str]) -> Iterator[CaseRecord]:
    for name, mark in marks.items():
        yield from desk.office.tallies.each_behind(name, mark)


def _require_writable(desk: Desk) -> None:
    if desk.read_only:
        raise RefusedError(
            "这个办公单元的案件还没有按本版程序整理过统计数据，而所在介质只读。"
            "请把它放到可写的磁盘上，打开一次“统计”。",
            "The cases of this office have not been prepared for figures by this version, and the "
            "medium is read-only. Put the office on a disk that can be written and open the "
            "figures once.",
        )


def _own(desk: Desk, record: CaseRecord) -> OwnTally:
    case_type = desk.library.law(record.case_type).case_type
    data = record.body.get("data", {})
    made = tally(desk, case_type.id, record.district, data, record.report)
    opinions = desk.office.cases.opinions(record.no)
    decided = next((o for o in opinions if o.action in _DECIDING), None)
    return OwnTally(
        **made,
        decided_on=decided.at.date() if decided else None,
        decided_due=_due_then(desk, record, opinions, decided) if decided else None,
    )


def _due_then(
    desk: Desk, record: CaseRecord, opinions: tuple[Opinion, ...], decided: Opinion
) -> date | None:
    """By when a case had to be decided, on the facts that were frozen into the decision."""
    before = opinions[: opinions.index(decided)]
    try:
        law = laws.pinned(desk, record)
        case_file = bodies.case_file_from_json(decided.extra["case"])
        events = desk.office.clocks.events(record.no)
        return clocks.decided_due(
            desk, law, case_file, before, events, decided_on=decided.at.date()
        )
    except (Fault, KeyError):  # a law or an opinion that this version cannot read tells no day
        return None
