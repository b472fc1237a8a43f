"""Writing rows of registers: each writing is a new version, nothing is taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.store import codec, search
from auditdesk.store.conformity import REGISTER_COLUMNS, REGISTER_ROWS, row_note
from auditdesk.store.registers import no_such_row
from auditdesk.store.write_base import WriteBase
from auditdesk.util.faults import RefusedError

if TYPE_CHECKING:
    from auditdesk.store.registers import RowContent
    from auditdesk.store.session import Row


class RegisterWrites(WriteBase):
    """The part of `Writer` that writes registers."""

    def insert_register_row(self, register: str, content: RowContent, *, source: str = "") -> int:
        """Keep a new row as version 1; its number.

        Raises:
            RefusedError: the register has a row of that code.
        """
        self._require_free(register, content.code, None)
        row_id = self._session.insert(
            "register_row", {"register": register, "version": 1, **_listed(content)}
        )
        self._add_version(row_id, register, 1, content, source)
        return row_id

    def save_register_row(
        self,
        register: str,
        code: str,
        expected_version: int,
        content: RowContent,
        *,
        source: str = "",
    ) -> None:
        """Write the next version of a row that nobody else wrote since it was read.

        Args:
            register: the register's id.
            code: of the row as it is now; `content.code` may be another.
            expected_version: the version that was read.
            content: what the row holds from now on.
            source: what writes it, as in `RegisterRecord.source`.

        Raises:
            RefusedError: no such row, its version has moved on, or the new code is taken.
        """
        row = self._session.row(
            "SELECT id, version FROM register_row WHERE register = ? AND code = ?",
            (register, code),
        )
        if row is None:
            raise no_such_row(code)
        if row["version"] != expected_version:
            raise _moved_on(code)
        self._require_free(register, content.code, row["id"])
        listed = _listed(content)
        assignments = ", ".join(f"{column} = ?" for column in listed)
        self._session.execute(
            f"UPDATE register_row SET version = ?, {assignments} WHERE id = ?",  # noqa: S608 – names of this file
            (expected_version + 1, *listed.values(), row["id"]),
        )
        self._add_version(row["id"], register, expected_version + 1, content, source)

    def _require_free(self, register: str, code: str, row_id: int | None) -> None:
        taken = self._session.value(
            "SELECT id FROM register_row WHERE register = ? AND code = ?", (register, code)
        )
        if taken not in (None, row_id):
            raise RefusedError(
                f"台账中已有编码为 {code[:60]} 的记录，没有保存。"
                "请改用另一编码，或打开那条记录修改。",
                f"The register has a row {code[:60]} already; nothing was saved. Choose another"
                " code, or open that row.",
            )

    def _add_version(
        self, row_id: int, register: str, version: int, content: RowContent, source: str
    ) -> None:
        user = self._context.user
        row: Row = {
            "row_id": row_id,
            "version": version,
            "code": content.code,
            "title": content.title,
            "place": content.place,
            "body": codec.json_in(content.body),
            "by_user": user.name,
            "full_name": user.full_name,
            "at": self._at,
            "source": source,
        }
        self._session.insert("register_version", row)
        note = row_note(f"{row_id}.{version}", {**row, "register": register}, REGISTER_COLUMNS)
        self._note_item(REGISTER_ROWS, note)


def _listed(content: RowContent) -> Row:
    texts = (content.code, content.title, content.place, *content.search)
    return {
        "code": content.code,
        "title": content.title,
        "place": content.place,
        "words": search.plain(texts),
        "initials": search.spelled(texts),
    }


def _moved_on(code: str) -> RefusedError:
    return RefusedError(
        f"台账记录 {code} 在您打开之后已被修改，本次没有保存。请刷新后核对，再重新保存。",
        f"The row {code} was changed after you opened it; this was not saved. Refresh, compare,"
        " and save again.",
    )
