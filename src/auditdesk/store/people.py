"""Reading accounts and law snapshots."""

# ruff: noqa: S608 – the texts put into statements are constants; values are always bound

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.store import codec
from auditdesk.store.records import UserRecord
from auditdesk.util.faults import RefusedError

if TYPE_CHECKING:
    from auditdesk.store.session import Row, Session

_COLUMNS = "name, full_name, role, active, public_key, certificate_pem, pkcs12, created_at"


class UserReader:
    """Reading accounts of an open office."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, name: str) -> UserRecord | None:
        """The account of that name, if there is one."""
        row = self._session.row(f"SELECT {_COLUMNS} FROM user WHERE name = ?", (name,))
        return user_out(row) if row else None

    def get(self, name: str) -> UserRecord:
        """The account of that name.

        Raises:
            RefusedError: there is none.
        """
        record = self.find(name)
        if record is None:
            raise RefusedError(
                f"没有名为 {name} 的账号。请检查用户名。",
                f"There is no account {name}. Check the name.",
            )
        return record

    def all(self) -> tuple[UserRecord, ...]:
        """All accounts by name, disabled ones too."""
        return tuple(map(user_out, self._session.rows(f"SELECT {_COLUMNS} FROM user ORDER BY 1")))


class LawReader:
    """Reading the law snapshots by which cases were judged."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, digest: str) -> str | None:
        """A snapshot's text, if the office keeps it."""
        text = self._session.value("SELECT text FROM law WHERE digest = ?", (digest,))
        return None if text is None else str(text)

    def all(self) -> tuple[str, ...]:
        """Every snapshot's text, one for each version of a law that a case was pinned to."""
        return tuple(str(row["text"]) for row in self._session.rows("SELECT text FROM law"))

    def get(self, digest: str) -> str:
        """A snapshot's text; KeyError where the office does not keep it."""
        text = self.find(digest)
        if text is None:
            raise KeyError(digest)
        return text


def user_out(row: Row) -> UserRecord:
    """An account from its columns."""
    return UserRecord(
        name=row["name"],
        full_name=row["full_name"],
        role=row["role"],
        active=bool(row["active"]),
        public_key=row["public_key"],
        certificate_pem=row["certificate_pem"],
        pkcs12=row["pkcs12"],
        created_at=codec.moment_out(row["created_at"]),
    )
