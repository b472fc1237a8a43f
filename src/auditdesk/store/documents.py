"""Reading the documents that the office issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditdesk.store import codec
from auditdesk.store.records import IssuedDocument
from auditdesk.util.faults import RefusedError

if TYPE_CHECKING:
    from datetime import datetime

    from auditdesk.store.attachments import ContentFiles
    from auditdesk.store.session import Row, Session

_SELECT = (
    "SELECT document.id, no, kind, number, year, serial, state, digest, document.created_by,"
    " document.created_at, issued_by, issued_at, void_reason"
    " FROM document JOIN case_ ON case_.id = case_id"
)


class DocumentReader:
    """Reading numbered documents of an open office."""

    def __init__(self, session: Session, files: ContentFiles) -> None:
        self._session = session
        self._files = files

    def get(self, document_id: int) -> IssuedDocument:
        """One document's facts.

        Raises:
            RefusedError: there is none of that id.
        """
        found = self._select("WHERE document.id = ?", document_id)
        if not found:
            raise RefusedError(
                f"没有编号为 {document_id} 的文书。请刷新后重试。",
                f"There is no document {document_id}. Refresh and try again.",
            )
        return found[0]

    def find(self, number: str) -> IssuedDocument | None:
        """The document of that number, as 章政土批〔2026〕1号."""
        return next(iter(self._select("WHERE number = ?", number)), None)

    def of_case(self, no: str) -> tuple[IssuedDocument, ...]:
        """A case's documents in the order of numbering."""
        return self._select("WHERE no = ? ORDER BY document.id", no)

    def of_year(self, kind: str, year: int) -> tuple[IssuedDocument, ...]:
        """The register of one kind and year, by serial."""
        return self._select("WHERE kind = ? AND year = ? ORDER BY serial", kind, year)

    def signed_since(self, name: str, moment: datetime) -> tuple[IssuedDocument, ...]:
        """Documents that a person signed after a moment, first or second, and not void."""
        at = codec.moment_in(moment)
        return self._select(
            "WHERE state <> 'void' AND ((document.created_by = ? AND document.created_at > ?)"
            " OR (issued_by = ? AND issued_at > ?)) ORDER BY document.id",
            *(name, at, name, at),
        )

    def content(self, document_id: int) -> bytes:
        """A document's bytes, decrypted and verified.

        Raises:
            RefusedError: there is none of that id.
            OfficeFaultError: its file is missing or damaged.
        """
        return self._files.read(self.get(document_id).digest)

    def _select(self, where: str, *values: Any) -> tuple[IssuedDocument, ...]:
        return tuple(map(_document_out, self._session.rows(f"{_SELECT} {where}", values)))


def _document_out(row: Row) -> IssuedDocument:
    return IssuedDocument(
        id=row["id"],
        case_no=row["no"],
        kind=row["kind"],
        number=row["number"],
        year=row["year"],
        serial=row["serial"],
        state=row["state"],
        digest=row["digest"],
        created_by=row["created_by"],
        created_at=codec.moment_out(row["created_at"]),
        issued_by=row["issued_by"],
        issued_at=codec.maybe_moment_out(row["issued_at"]),
        void_reason=row["void_reason"],
    )
