"""Reading cases: one, a page of a list, a search, counts."""

# ruff: noqa: S608 – the texts put into statements are constants; values are always bound

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from auditdesk.store import codec, search
from auditdesk.store.narrowing import PAUSED_DAY, is_searched, period_index, terms_of, where
from auditdesk.store.records import CaseFilter, CaseRecord, CaseRow, Opinion, Page
from auditdesk.util.faults import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditdesk.store.records import CaseSort, PageKey
    from auditdesk.store.session import Row, Session

CountColumn = Literal["status", "case_type", "stage", "district", "verdict", "created_by"]

ID_SPAN = 10**7  # ids stay below it, so that due day and id make one sortable number

_LIST = (
    "id, no, case_type, district, stage, status, accepted_on, title, place, due_on, due_day,"
    " verdict, created_by, created_at, updated_at, version"
)
# The index is named, so that no statistics ever lead to sorting a million lines.
_ORDERS = {
    "due": ("case_due", "(due_day, id) > (?, ?)", "due_day, id", ("due_day", "id")),
    "no": ("case_no", "no > ?", "no", ("no",)),
    "updated": (
        "case_updated",
        "(updated_at, id) < (?, ?)",
        "updated_at DESC, id DESC",
        ("updated_at", "id"),
    ),
}
_COUNTED = frozenset({"status", "case_type", "stage", "district", "verdict", "created_by"})
_BATCH = 200


def row_out(row: Row) -> CaseRow:
    """A line of a list from its columns."""
    return CaseRow(**_list_values(row))


def record_out(row: Row) -> CaseRecord:
    """A whole case from its columns."""
    return CaseRecord(
        **_list_values(row),
        law=row["law"],
        body=codec.json_out(row["body"]),
        report=codec.json_out(row["report"]),
    )


def _list_values(row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "no": row["no"],
        "case_type": row["case_type"],
        "district": row["district"],
        "stage": row["stage"],
        "status": row["status"],
        "accepted_on": codec.day_out(row["accepted_on"]),
        "title": row["title"],
        "place": row["place"],
        "due_on": codec.day_out(row["due_on"]),
        "verdict": row["verdict"],
        "created_by": row["created_by"],
        "created_at": codec.moment_out(row["created_at"]),
        "updated_at": codec.moment_out(row["updated_at"]),
        "version": row["version"],
        "paused": row["due_day"] == PAUSED_DAY,
    }


def no_such_case(no: str) -> RefusedError:
    """A case number that the office does not have."""
    return RefusedError(
        f"没有案号为 {no} 的案件。请检查案号。",
        f"There is no case {no}. Check the number.",
    )


class CaseReader:
    """Reading cases of an open office."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, no: str) -> CaseRecord | None:
        """The case of that number, if there is one."""
        row = self._session.row(
            f"SELECT {_LIST}, law, body, report FROM case_ JOIN case_content ON case_id = id"
            " WHERE no = ?",
            (no,),
        )
        return record_out(row) if row else None

    def get(self, no: str) -> CaseRecord:
        """The case of that number.

        Raises:
            RefusedError: there is none.
        """
        record = self.find(no)
        if record is None:
            raise no_such_case(no)
        return record

    def page(
        self,
        case_filter: CaseFilter,
        *,
        sort: CaseSort = "due",
        after: PageKey | None = None,
        limit: int = 50,
    ) -> Page:
        """The next lines of a list.

        Args:
            case_filter: which cases.
            sort: `due` – nearest due day first, those without one last; `no` – by number;
                `updated` – latest first.
            after: `next_key` of the page before; None for the first.
            limit: lines a page.
        """
        index, beyond, order, key_columns = _ORDERS[sort]
        if sort == "due" and case_filter.status is not None:
            index = "case_status_due"
        terms, values = terms_of(case_filter)
        if after is not None:
            terms, values = [*terms, beyond], [*values, *after]
        period = period_index(case_filter)
        # Of a period its index finds and sorts the cases; only those shown are read.
        found = (
            f"WHERE id IN (SELECT id FROM case_ INDEXED BY {period} {where(terms)}"
            f" ORDER BY {order} LIMIT ?) ORDER BY {order}"
            if period
            else f"INDEXED BY {index} {where(terms)} ORDER BY {order} LIMIT ?"
        )
        rows = self._session.rows(f"SELECT {_LIST} FROM case_ {found}", (*values, limit + 1))
        shown = rows[:limit]
        more = len(rows) > limit
        next_key = tuple(shown[-1][column] for column in key_columns) if more else None
        return Page(tuple(map(row_out, shown)), next_key)

    def search(self, text: str, case_filter: CaseFilter, *, limit: int = 50) -> tuple[CaseRow, ...]:
        """Cases in which every typed word is found, nearest due day first.

        Chinese words of any length (one character too), beginnings of other words, and
        pinyin initials.
        """
        match = search.query(text, case_filter)
        if match is None:
            return ()
        ids = self._hits(match, case_filter, limit)
        marks = ", ".join("?" * len(ids))
        rows = self._session.rows(
            f"SELECT {_LIST} FROM case_ WHERE id IN ({marks}) ORDER BY due_day, id", ids
        )
        return tuple(map(row_out, rows))

    def _hits(self, match: str, case_filter: CaseFilter, limit: int) -> list[int]:
        """Ids of the cases that a search finds, nearest due day first."""
        terms, values = terms_of(case_filter)
        if is_searched(case_filter):
            terms, values = [], []
        rows = self._session.rows(
            f"SELECT f.rowid % {ID_SPAN} AS id FROM case_search AS f"
            f" {'CROSS JOIN case_ AS c ON c.id = f.rowid % ' + str(ID_SPAN) if terms else ''}"
            f" {where(['case_search MATCH ?', *terms])} ORDER BY f.rowid LIMIT ?",
            (match, *values, limit),
        )
        return [row["id"] for row in rows]

    def count(self, case_filter: CaseFilter) -> int:
        """How many cases."""
        terms, values = terms_of(case_filter)
        return int(self._session.value(f"SELECT count(*) FROM case_ {where(terms)}", values))

    def count_by(self, column: CountColumn, case_filter: CaseFilter) -> dict[str, int]:
        """How many cases for each value of a column."""
        if column not in _COUNTED:
            raise ValueError(column)
        terms, values = terms_of(case_filter)
        rows = self._session.rows(
            f"SELECT {column} AS value, count(*) AS cases FROM case_ {where(terms)} GROUP BY 1",
            values,
        )
        return {row["value"]: row["cases"] for row in rows}

    def each(self, case_filter: CaseFilter) -> Iterator[CaseRecord]:
        """All cases by day of acceptance, read a few at a time, for exports."""
        terms, values = terms_of(case_filter)
        place: tuple[Any, ...] = ("", 0)
        while rows := self._session.rows(
            f"SELECT {_LIST}, law, body, report FROM case_ JOIN case_content ON case_id = id"
            f" {where([*terms, '(accepted_on, id) > (?, ?)'])}"
            " ORDER BY accepted_on, id LIMIT ?",
            (*values, *place, _BATCH),
        ):
            yield from map(record_out, rows)
            place = rows[-1]["accepted_on"], rows[-1]["id"]

    def sharing_keys(self, no: str) -> tuple[CaseRow, ...]:
        """Other cases that share a key with this one: perhaps the same matter twice."""
        rows = self._session.rows(
            f"SELECT {_LIST} FROM case_ WHERE no <> ? AND id IN"
            " (SELECT case_id FROM case_key WHERE key IN"
            " (SELECT key FROM case_key WHERE case_id = (SELECT id FROM case_ WHERE no = ?)))"
            " ORDER BY id",
            (no, no),
        )
        return tuple(map(row_out, rows))

    def with_keys(self, keys: Sequence[str]) -> tuple[CaseRow, ...]:
        """Cases that have one of these keys, latest acceptance first."""
        marks = ", ".join("?" * len(keys))
        rows = self._session.rows(
            f"SELECT {_LIST} FROM case_ WHERE id IN"
            f" (SELECT case_id FROM case_key WHERE key IN ({marks}))"
            " ORDER BY accepted_on DESC, id DESC",
            keys,
        )
        return tuple(map(row_out, rows))

    def opinions(self, no: str) -> tuple[Opinion, ...]:
        """What was decided on a case, oldest first."""
        rows = self._session.rows(
            "SELECT opinion.id, no, opinion.stage, action, by_user, full_name, at, reason, extra"
            " FROM opinion JOIN case_ ON case_.id = case_id WHERE no = ? ORDER BY opinion.id",
            (no,),
        )
        return tuple(map(opinion_out, rows))


def opinion_out(row: Row) -> Opinion:
    """An opinion from its columns."""
    return Opinion(
        id=row["id"],
        case_no=row["no"],
        stage=row["stage"],
        action=row["action"],
        by=row["by_user"],
        full_name=row["full_name"],
        at=codec.moment_out(row["at"]),
        reason=row["reason"],
        extra=codec.ReadLater(row["extra"]),
    )
