"""Writing cases, opinions and law snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Unpack

from auditdesk.store import codec, search
from auditdesk.store.cases import ID_SPAN, no_such_case, opinion_out, record_out
from auditdesk.store.conformity import (
    CASE_COLUMNS,
    CASES,
    OPINION_COLUMNS,
    OPINIONS,
    row_note,
)
from auditdesk.store.narrowing import NO_DUE_DAY, PAUSED_DAY
from auditdesk.store.tallies import parts_of
from auditdesk.store.write_base import WriteBase
from auditdesk.util.faults import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from auditdesk.store.records import CaseChanges, CaseRecord, NewCase, Opinion
    from auditdesk.store.session import Row
from auditdesk.store.tallies import OwnTally

_PLAIN_COLUMNS = (*("district", "stage", "status", "title", "place", "verdict", "town", "tallied"),)
_DAY_COLUMNS: tuple[Literal["accepted_on", "decided_on", "decided_due"], ...] = (
    *("accepted_on", "decided_on", "decided_due"),
)


class CaseWrites(WriteBase):
    """The part of `Writer` that writes cases."""

    def insert_case(self, case: NewCase) -> CaseRecord:
        """Keep a new case under the next number of its type and year (no gaps).

        The number is `f"{code}-{accepted_on.year}-{serial:04d}"`; the journal entry is
        about it from here on.
        """
        year = case.accepted_on.year
        no = f"{case.code}-{year}-{self._next_serial(f'case.{case.code}', year):04d}"
        row: Row = {
            "no": no,
            "case_type": case.case_type,
            **{column: getattr(case, column) for column in _PLAIN_COLUMNS},
            **_days(case.accepted_on, case.due_on),
            "created_by": self._context.user.name,
            "created_at": self._at,
            "updated_at": self._at,
            "version": 1,
        }
        case_id = self._session.insert("case_", row)
        content = {
            "law": case.law,
            "body": codec.json_in(case.body),
            "report": codec.json_in(case.report),
            **_tokens(no, case.search),
        }
        self._session.insert("case_content", {"case_id": case_id, **content})
        self._put_keys(case_id, case.keys)
        self._put_sums(case_id, case.sums)
        self._index(case_id, row, content)
        self.case_no = no
        return self._written(case_id)

    def save_case(
        self, case_no: str, expected_version: int, **changes: Unpack[CaseChanges]
    ) -> CaseRecord:
        """Change a case that nobody else changed since `expected_version` was read.

        Raises:
            RefusedError: no such case, or its version has moved on.
        """
        before = self._session.row(
            "SELECT * FROM case_ JOIN case_content ON case_id = id WHERE no = ?", (case_no,)
        )
        if before is None:
            raise no_such_case(case_no)
        if before["version"] != expected_version:
            raise _moved_on(case_no)
        after = {**before, **_changed(case_no, changes)}
        after.update(version=expected_version + 1, updated_at=self._at)
        self._update("case_", "id", before, after, _CASE_COLUMNS)
        self._update("case_content", "case_id", before, after, _CONTENT_COLUMNS)
        if "keys" in changes:
            self._session.execute("DELETE FROM case_key WHERE case_id = ?", (before["id"],))
            self._put_keys(before["id"], changes["keys"])
        if "sums" in changes:
            self._put_sums(before["id"], changes["sums"])
        self._index(before["id"], after, after, before)
        return self._written(before["id"])

    def tally_case(self, case_id: int, own: OwnTally) -> None:
        """Note what figures count of a case that stays as it is; no version of it comes of that."""
        self._session.execute(
            "UPDATE case_ SET town = ?, tallied = ?,"
            " decided_due = iif(decided_on IS NULL, ?, decided_due),"
            " decided_on = coalesce(decided_on, ?) WHERE id = ?",
            (own.town, own.tallied, *map(codec.day_in, (own.decided_due, own.decided_on)), case_id),
        )
        self._put_sums(case_id, own.sums)

    def add_opinion(
        self,
        case_no: str,
        *,
        stage: str,
        action: str,
        reason: str,
        extra: Mapping[str, Any] | None = None,
    ) -> Opinion:
        """Record what the signed-in user decided; it can never be changed.

        Raises:
            RefusedError: no such case.
        """
        user = self._context.user
        row = {
            "case_id": self._case_id(case_no),
            "stage": stage,
            "action": action,
            "by_user": user.name,
            "full_name": user.full_name,
            "at": self._at,
            "reason": reason,
            "extra": codec.json_in(extra or {}),
        }
        opinion_id = self._session.insert("opinion", row)
        self._note_item(OPINIONS, row_note(opinion_id, row, OPINION_COLUMNS))
        return opinion_out({**row, "id": opinion_id, "no": case_no})

    def put_law(self, digest: str, text: str) -> None:
        """Keep a law snapshot under its digest; one that is there already stays."""
        self._session.execute(
            "INSERT INTO law (digest, text, added_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (digest, text, self._at),
        )

    def _update(
        self, table: str, key: str, before: Row, after: Row, columns: tuple[str, ...]
    ) -> None:
        changed = [column for column in columns if after[column] != before[column]]
        if changed:
            assignments = ", ".join(f"{column} = ?" for column in changed)
            self._session.execute(
                f"UPDATE {table} SET {assignments} WHERE {key} = ?",  # noqa: S608 – names of this file
                (*(after[column] for column in changed), before["id"]),
            )

    def _put_keys(self, case_id: int, keys: tuple[str, ...]) -> None:
        for key in sorted(set(keys)):
            self._session.insert("case_key", {"key": key, "case_id": case_id})

    def _put_sums(self, case_id: int, sums: Mapping[str, int]) -> None:
        self._session.execute("DELETE FROM case_sum WHERE case_id = ?", (case_id,))
        for column_id, number in sorted(sums.items()):
            high, low = parts_of(number)
            row = {"case_id": case_id, "column_id": column_id, "high": high, "low": low}
            self._session.insert("case_sum", row)

    def _index(self, case_id: int, row: Row, content: Row, before: Row | None = None) -> None:
        """Put the case into the search index, where anything it is found by has changed."""
        entry = {
            "rowid": row["due_day"] * ID_SPAN + case_id,
            "words": content["words"],
            "initials": content["initials"],
            "filters": search.filters(row),
        }
        if before is not None:
            old = (before["due_day"], before["words"], before["initials"], search.filters(before))
            if old == (row["due_day"], entry["words"], entry["initials"], entry["filters"]):
                return
            self._session.execute(
                "DELETE FROM case_search WHERE rowid = ?", (before["due_day"] * ID_SPAN + case_id,)
            )
        self._session.insert("case_search", entry)

    def _written(self, case_id: int) -> CaseRecord:
        row = self._session.row(
            "SELECT * FROM case_ JOIN case_content ON case_id = id WHERE id = ?", (case_id,)
        )
        assert row is not None  # noqa: S101 – it was written a moment ago
        self._note_item(CASES, row_note(row["no"], row, CASE_COLUMNS))
        return record_out(row)


_CASE_COLUMNS = (*_PLAIN_COLUMNS, *_DAY_COLUMNS, "due_on", "due_day", "version", "updated_at")
_CONTENT_COLUMNS = ("law", "body", "report", "words", "initials")


def _days(accepted_on: date, due_on: date | None) -> Row:
    return {"accepted_on": codec.day_in(accepted_on), **_due(due_on)}


def _due(due_on: date | None, *, paused: bool = False) -> Row:
    unknown = PAUSED_DAY if paused else NO_DUE_DAY
    return {"due_on": codec.day_in(due_on), "due_day": due_on.toordinal() if due_on else unknown}


def _tokens(no: str, texts: tuple[str, ...]) -> Row:
    return {"words": search.words((no, *texts)), "initials": search.initials(texts)}


def _changed(no: str, changes: CaseChanges) -> Row:
    row: Row = {column: value for column, value in changes.items() if column in _PLAIN_COLUMNS}
    if "law" in changes:
        row["law"] = changes["law"]
    for name in _DAY_COLUMNS:
        if name in changes:
            row[name] = codec.day_in(changes[name])
    if "due_on" in changes:
        row.update(_due(changes["due_on"], paused=changes.get("paused", False)))
    if "body" in changes:
        row["body"] = codec.json_in(changes["body"])
    if "report" in changes:
        row["report"] = codec.json_in(changes["report"])
    if "search" in changes:
        row.update(_tokens(no, changes["search"]))
    return row


def _moved_on(no: str) -> RefusedError:
    return RefusedError(
        f"案件 {no} 在您打开之后已被修改，本次没有保存。请刷新后核对，再重新保存。",
        f"The case {no} was changed after you opened it; this was not saved. Refresh, compare,"
        " and save again.",
    )
