"""Writing the periods that follow from cases; every step is recorded and stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.store import codec
from auditdesk.store.conformity import (
    FOLLOW_UP_COLUMNS,
    FOLLOW_UP_EVENT_COLUMNS,
    FOLLOW_UP_EVENTS,
    FOLLOW_UPS,
    row_note,
)
from auditdesk.store.write_base import WriteBase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from auditdesk.store.follow_ups import FollowUpDeed, FollowUpState, NewFollowUp

_STATE_AFTER: Mapping[FollowUpDeed, FollowUpState] = {
    "opened": "open",
    "moved": "open",
    "settled": "settled",
    "reopened": "open",
    "dropped": "dropped",
}


class FollowUpWrites(WriteBase):
    """The part of `Writer` that writes follow-ups."""

    def open_follow_up(self, case_no: str, new: NewFollowUp) -> int:
        """Keep a period that has begun; its number.

        Raises:
            RefusedError: no such case.
        """
        case_id = self._case_id(case_no)
        follow_up_id = self._session.insert(
            "follow_up",
            {
                "case_id": case_id,
                "kind": new.kind,
                "turn": new.turn,
                "number": new.number,
                "first_day": codec.day_in(new.first_day),
                "last_day": codec.day_in(new.last_day),
                "state": "open",
            },
        )
        self.put_follow_up_keys(follow_up_id, new.keys)
        self._record(follow_up_id, "opened", "", case_id)
        return follow_up_id

    def step_follow_up(
        self,
        follow_up_id: int,
        deed: FollowUpDeed,
        *,
        reason: str = "",
        case_no: str | None = None,
        days: tuple[date, date] | None = None,
    ) -> None:
        """Take a period to its next state.

        Args:
            follow_up_id: which.
            deed: `moved`, `settled`, `reopened` or `dropped`.
            reason: in the person's own words.
            case_no: the case whose writing brings it about; None: the person's own deed.
            days: first and last day, where they change.
        """
        case_id = self._case_id(case_no) if case_no else None
        settled_case = case_id if deed == "settled" else None
        self._session.execute(
            "UPDATE follow_up SET state = ?, settled_case = ? WHERE id = ?",
            (_STATE_AFTER[deed], settled_case, follow_up_id),
        )
        if days is not None:
            self._session.execute(
                "UPDATE follow_up SET first_day = ?, last_day = ? WHERE id = ?",
                (*map(codec.day_in, days), follow_up_id),
            )
        self._record(follow_up_id, deed, reason, case_id)

    def put_follow_up_keys(self, follow_up_id: int, keys: Iterable[str]) -> None:
        """Keep by which keys later cases are found that may settle it."""
        self._session.execute("DELETE FROM follow_up_key WHERE follow_up = ?", (follow_up_id,))
        for key in sorted(set(keys)):
            self._session.insert("follow_up_key", {"key": key, "follow_up": follow_up_id})

    def _record(
        self, follow_up_id: int, deed: FollowUpDeed, reason: str, case_id: int | None
    ) -> None:
        row = self._session.row("SELECT * FROM follow_up WHERE id = ?", (follow_up_id,))
        if row is None:
            raise KeyError(follow_up_id)
        user = self._context.user
        event = {
            "follow_up": follow_up_id,
            "deed": deed,
            "first_day": row["first_day"],
            "last_day": row["last_day"],
            "by_user": user.name,
            "full_name": user.full_name,
            "at": self._at,
            "reason": reason,
            "case_id": case_id,
        }
        event_id = self._session.insert("follow_up_event", event)
        self._note_item(FOLLOW_UPS, row_note(follow_up_id, row, FOLLOW_UP_COLUMNS))
        self._note_item(FOLLOW_UP_EVENTS, row_note(event_id, event, FOLLOW_UP_EVENT_COLUMNS))
