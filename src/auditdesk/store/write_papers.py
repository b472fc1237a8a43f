"""Writing scans and issued documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.store import attachments, conformity, documents
from auditdesk.store.records import ScanWay
from auditdesk.store.write_base import WriteBase
from auditdesk.util.faults import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.store.records import Attachment, IssuedDocument, KeptContent

ATTACHED = ScanWay()


class PaperWrites(WriteBase):
    """The part of `Writer` that writes scans and documents."""

    def add_attachment(  # noqa: PLR0913 – the facts of a scan, by name
        self,
        case_no: str,
        material: str,
        kept: KeptContent,
        *,
        file_name: str,
        media_type: str,
        pages: int | None = None,
        original: bool = False,
        way: ScanWay = ATTACHED,
    ) -> Attachment:
        """Attach kept content (`office.attachments.keep`) to a material of a case.

        Raises:
            RefusedError: no such case.
        """
        row = {
            "case_id": self._case_id(case_no),
            "material": material,
            "file_name": file_name,
            "media_type": media_type,
            "size": kept.size,
            "pages": pages,
            "original": int(original),
            "digest": kept.digest,
            "added_by": self._context.user.name,
            "added_at": self._at,
            "came": way.came,
            "taken_from": way.taken_from,
            "reason": way.reason,
            "verdict_before": way.verdict_before,
        }
        attachment_id = self._session.insert("attachment", row)
        return self._noted_attachment(attachment_id)

    def remove_attachment(self, attachment_id: int) -> Attachment:
        """Take a scan off its case; row and content stay, with who and when.

        Raises:
            RefusedError: there is none of that id, or it was taken off before.
        """
        found = self._attachment(attachment_id)
        if found.removed_at is not None:
            raise RefusedError(
                f"附件“{found.file_name}”已经移除。请刷新列表。",
                f"The attachment “{found.file_name}” was removed before. Refresh the list.",
            )
        self._session.execute(
            "UPDATE attachment SET removed_by = ?, removed_at = ? WHERE id = ?",
            (self._context.user.name, self._at, attachment_id),
        )
        return self._noted_attachment(attachment_id)

    def insert_document(
        self,
        case_no: str,
        kind: str,
        *,
        year: int,
        number_of: Callable[[int], str],
        content: Callable[[str], bytes],
    ) -> IssuedDocument:
        """Number a document (no gaps per kind and year) and keep its bytes.

        Args:
            case_no: the case it is for.
            kind: of document, as the case type declares it.
            year: of the number.
            number_of: makes the number of the serial, as 章政土批〔2026〕1号.
            content: makes the bytes of the number; called once, inside the transaction, so
                that a failure gives the number back.

        Raises:
            RefusedError: no such case, or another document has the number.
            OfficeFaultError: the disk is full or failed.
        """
        case_id = self._case_id(case_no)
        serial = self._next_serial(f"document.{kind}", year)
        number = number_of(serial)
        self._refuse_taken(number)
        digest = self._keep(content(number))
        row = {
            "case_id": case_id,
            "kind": kind,
            "number": number,
            "year": year,
            "serial": serial,
            "state": "certified",
            "digest": digest,
            "created_by": self._context.user.name,
            "created_at": self._at,
        }
        return self._noted(self._session.insert("document", row))

    def finish_document(self, document_id: int, content: bytes) -> IssuedDocument:
        """Replace a certified document by the countersigned one, issued by the user.

        Raises:
            RefusedError: there is none of that id, or it is not `certified`.
            OfficeFaultError: the disk is full or failed.
        """
        found = self._documents().get(document_id)
        if found.state != "certified":
            raise RefusedError(
                f"文书 {found.number} 不在待签发状态，不能签发。请刷新后查看。",
                f"The document {found.number} is not waiting for its second signature. Refresh"
                " and look at it again.",
            )
        self._session.execute(
            "UPDATE document SET state = 'issued', digest = ?, issued_by = ?, issued_at = ?"
            " WHERE id = ?",
            (self._keep(content), self._context.user.name, self._at, document_id),
        )
        return self._noted(document_id)

    def void_document(self, document_id: int, reason: str) -> IssuedDocument:
        """Declare a document void; number and bytes stay.

        Raises:
            RefusedError: there is none of that id, or it is void already.
        """
        found = self._documents().get(document_id)
        if found.state == "void":
            raise RefusedError(
                f"文书 {found.number} 已经作废。",
                f"The document {found.number} is void already.",
            )
        self._session.execute(
            "UPDATE document SET state = 'void', void_reason = ? WHERE id = ?",
            (reason, document_id),
        )
        return self._noted(document_id)

    def _keep(self, content: bytes) -> str:
        # On the disk before COMMIT, as everything that a transaction mentions.
        return self._context.files.keep((content,)).digest

    def _attachment(self, attachment_id: int) -> Attachment:
        reader = attachments.AttachmentReader(self._session, self._context.files)
        return reader.get(attachment_id)

    def _noted_attachment(self, attachment_id: int) -> Attachment:
        (row,) = self._session.rows(f"{conformity.ATTACHMENT_ROWS} LIMIT 1", (attachment_id - 1,))
        self._note_item(conformity.ATTACHMENTS, conformity.attachment_note(row))
        (row,) = self._session.rows("SELECT * FROM attachment WHERE id = ?", (attachment_id,))
        if row["came"] is not None:
            self._note_item(conformity.SCANS, conformity.scan_note(row))
        return self._attachment(attachment_id)

    def _documents(self) -> documents.DocumentReader:
        return documents.DocumentReader(self._session, self._context.files)

    def _noted(self, document_id: int) -> IssuedDocument:
        (row,) = self._session.rows(f"{conformity.DOCUMENT_ROWS} LIMIT 1", (document_id - 1,))
        self._note_item(conformity.DOCUMENTS, conformity.document_note(row))
        return self._documents().get(document_id)

    def _refuse_taken(self, number: str) -> None:
        if self._session.row("SELECT 1 FROM document WHERE number = ?", (number,)):
            raise RefusedError(
                f"文号 {number} 已被使用，没有编号。请管理员检查文号前缀设置。",
                f"The number {number} is taken; none was given. Ask an administrator to check the"
                " number prefix in the settings.",
            )
