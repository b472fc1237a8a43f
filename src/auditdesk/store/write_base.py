"""What every kind of write in a transaction shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditdesk.store import codec
from auditdesk.store.cases import no_such_case
from auditdesk.store.journal import private_note

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from auditdesk.store.attachments import ContentFiles
    from auditdesk.store.keys import Secrets
    from auditdesk.store.records import UserRecord
    from auditdesk.store.session import Session


@dataclass(frozen=True, slots=True)
class WriteContext:
    """What a transaction works with.

    Attributes:
        user: who writes.
        now: the moment of the whole operation: its rows and its journal entry carry it.
    """

    session: Session
    files: ContentFiles
    office_id: str
    secrets: Secrets
    user: UserRecord
    now: datetime


class WriteBase:
    """The journal entry in the making, and small helpers."""

    def __init__(self, context: WriteContext, case_no: str | None, body: Mapping[str, Any]) -> None:
        self._context = context
        self._session = context.session
        self._at = codec.moment_in(context.now)
        self.case_no = case_no
        self.body: dict[str, Any] = dict(body)
        self.slots_changed = False

    def note(self, key: str, value: Any) -> None:
        """Add a public fact to the journal entry's body (no floats, nothing personal)."""
        self.body[key] = value

    def note_private(self, key: str, value: Any) -> None:
        """Add personal data to the journal entry's body as a salted hash."""
        self.body[key] = private_note(value)

    def _note_item(self, key: str, value: Any) -> None:
        self.body[key] = [*self.body.get(key, ()), value]

    def _case_id(self, no: str) -> int:
        found = self._session.value("SELECT id FROM case_ WHERE no = ?", (no,))
        if found is None:
            raise no_such_case(no)
        return int(found)

    def _next_serial(self, scope: str, year: int) -> int:
        """The next number of a series; taken back when the transaction is rolled back."""
        self._session.execute(
            "INSERT INTO serial (scope, year, last) VALUES (?, ?, 1)"
            " ON CONFLICT (scope, year) DO UPDATE SET last = last + 1",
            (scope, year),
        )
        sql = "SELECT last FROM serial WHERE scope = ? AND year = ?"
        return int(self._session.value(sql, (scope, year)))
