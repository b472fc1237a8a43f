"""Reading the rows of registers and what each held from version to version."""

# ruff: noqa: S608 – the texts put into statements are constants; values are always bound

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditdesk.store import codec, search
from auditdesk.util.faults import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from auditdesk.store.session import Row, Session

IMPORTED = "import"


@dataclass(frozen=True, slots=True)
class RowContent:
    """What a row is to hold.

    Attributes:
        body: the JSON object of its data; empty fields are left out.
        search: texts that answer a search.
    """

    code: str
    title: str
    place: str
    body: Mapping[str, Any]
    search: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterRecord:
    """One version of a row; of a row without more ado the present one.

    Attributes:
        row: the row's own number, the same through all versions.
        version: counts its writings, beginning with 1.
        source: what wrote it: empty – by hand, `import`, or a case's number.
    """

    row: int
    register: str
    code: str
    title: str
    place: str
    version: int
    body: Mapping[str, Any]
    by: str
    full_name: str
    at: datetime
    source: str


_COLUMNS = (
    "v.row_id, r.register, v.code, v.title, v.place, v.version, v.body, v.by_user, v.full_name,"
    " v.at, v.source"
)
_PRESENT = (
    "FROM register_row AS r JOIN register_version AS v ON v.row_id = r.id AND v.version = r.version"
)
_LONGEST_SEARCH = 100


class RegisterReader:
    """Reading registers of an open office."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, register: str, code: str) -> RegisterRecord | None:
        """The row of that code as it is now, if there is one."""
        row = self._session.row(
            f"SELECT {_COLUMNS} {_PRESENT} WHERE r.register = ? AND r.code = ?", (register, code)
        )
        return register_out(row) if row else None

    def get(self, register: str, code: str) -> RegisterRecord:
        """The row of that code as it is now.

        Raises:
            RefusedError: there is none.
        """
        record = self.find(register, code)
        if record is None:
            raise no_such_row(code)
        return record

    def rows(self, register: str, text: str = "") -> tuple[RegisterRecord, ...]:
        """The rows in which every typed word is found, by code; initials of pinyin find, too."""
        words = search.plain([text[:_LONGEST_SEARCH]]).split()
        terms = "".join(" AND (instr(r.words, ?) OR instr(r.initials, ?))" for _ in words)
        values = [word for word in words for _ in range(2)]
        rows = self._session.rows(
            f"SELECT {_COLUMNS} {_PRESENT} WHERE r.register = ?{terms} ORDER BY r.code",
            (register, *values),
        )
        return tuple(map(register_out, rows))

    def versions(self, row: int) -> tuple[RegisterRecord, ...]:
        """Everything that a row has held, newest first."""
        rows = self._session.rows(
            f"SELECT {_COLUMNS} FROM register_version AS v JOIN register_row AS r"
            " ON r.id = v.row_id WHERE v.row_id = ? ORDER BY v.version DESC",
            (row,),
        )
        return tuple(map(register_out, rows))

    def former(self, register: str) -> dict[int, list[Mapping[str, Any]]]:
        """The bodies that rows held before the present one, newest first, by the row's number."""
        found: dict[int, list[Mapping[str, Any]]] = {}
        for row in self._session.rows(
            "SELECT v.row_id, v.body FROM register_version AS v JOIN register_row AS r"
            " ON r.id = v.row_id WHERE r.register = ? AND v.version < r.version"
            " ORDER BY v.row_id, v.version DESC",
            (register,),
        ):
            found.setdefault(row["row_id"], []).append(codec.json_out(row["body"]))
        return found

    def stamp(self, register: str) -> int:
        """A number that grows with every writing into the register; 0 while it is empty."""
        return int(
            self._session.value(
                "SELECT coalesce(max(v.id), 0) FROM register_version AS v"
                " JOIN register_row AS r ON r.id = v.row_id WHERE r.register = ?",
                (register,),
            )
        )


def register_out(row: Row) -> RegisterRecord:
    """A version of a row from its columns."""
    return RegisterRecord(
        row=row["row_id"],
        register=row["register"],
        code=row["code"],
        title=row["title"],
        place=row["place"],
        version=row["version"],
        body=codec.json_out(row["body"]),
        by=row["by_user"],
        full_name=row["full_name"],
        at=codec.moment_out(row["at"]),
        source=row["source"],
    )


def no_such_row(code: str) -> RefusedError:
    """A code that the register does not have."""
    return RefusedError(
        f"台账中没有编码为 {code[:60]} 的记录。请检查编码。",
        f"The register has no row {code[:60]}. Check the code.",
    )
