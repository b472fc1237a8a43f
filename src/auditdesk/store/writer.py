"""What a transaction can do (given by `Office.write`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Unpack

    from auditdesk.store.records import (
        Attachment,
        CaseChanges,
        CaseRecord,
        IssuedDocument,
        KeptContent,
        NewCase,
        NewUser,
        Opinion,
        UserRecord,
    )


class Writer:
    """The only way to change an office. Valid inside its `with` block only."""

    def note(self, key: str, value: Any) -> None:
        """Add a public fact to the journal entry's body."""

    def note_private(self, key: str, value: Any) -> None:
        """Add personal data to the journal entry's body as a salted hash."""

    # cases
    def insert_case(self, case: NewCase) -> CaseRecord:
        """Keep a new case under the next number of its type and year (no gaps).

        The number is `f"{code}-{accepted_on.year}-{serial:04d}"`; the journal entry is
        about it from here on.
        """

    def save_case(
        self, case_no: str, expected_version: int, **changes: Unpack[CaseChanges]
    ) -> CaseRecord:
        """Change a case that nobody else changed since `expected_version` was read.

        Raises:
            RefusedError: no such case, or its version has moved on.
        """

    def add_opinion(
        self,
        case_no: str,
        *,
        stage: str,
        action: str,
        reason: str,
        extra: Mapping[str, Any] | None = None,
    ) -> Opinion:
        """Record what the signed-in user decided."""

    def put_law(self, digest: str, text: str) -> None:
        """Keep a law snapshot under its digest; one that is there already stays."""

    # scans: keep the content first, outside the transaction:
    #   kept = office.attachments.keep(path_or_bytes, progress=…)
    def add_attachment(
        self,
        case_no: str,
        material: str,
        kept: KeptContent,
        *,
        file_name: str,
        media_type: str,
        pages: int | None = None,
        original: bool = False,
    ) -> Attachment:
        """Attach kept content to a material of a case."""

    def remove_attachment(self, attachment_id: int) -> Attachment:
        """Take a scan off its case; row and content stay, with who and when."""

    # documents
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
            number_of: makes the number of the serial, as 章政土批〔2026〕1号.
            content: makes the bytes of the number; called once, inside the transaction, so
                that a failure gives the number back.
        """

    def finish_document(self, document_id: int, content: bytes) -> IssuedDocument:
        """Replace a certified document by the countersigned one, issued by the user.

        Raises:
            RefusedError: the document is not `certified`.
        """

    def void_document(self, document_id: int, reason: str) -> IssuedDocument:
        """Declare a document void; number and bytes stay.

        Raises:
            RefusedError: it is void already.
        """

    # people (the store does not ask for rights: operations do)
    def add_user(self, user: NewUser) -> UserRecord:
        """Make an account; takes about a second (key derivation).

        Raises:
            UnusableInputError: the name is taken or cannot be used, the password too short.
        """

    def set_user_active(self, name: str, active: bool) -> UserRecord:
        """Enable or disable an account."""

    def change_password(self, old: str, new: str) -> None:
        """Set the signed-in user's own password; the journal key stays.

        Raises:
            RefusedError: `old` is wrong. UnusableInputError: `new` cannot be used.
        """

    def set_password(self, name: str, new: str) -> None:
        """Give somebody (an administrator's doing) a new password and a new journal key."""

    def set_certificate(self, name: str, *, pkcs12: bytes, certificate_pem: str) -> UserRecord:
        """Keep a person's signing container and certificate."""

    def put_setting(self, key: str, value: str) -> None:
        """Set one of the office's settings; an empty value removes it."""

    def put_authority(self, pkcs12: bytes) -> None:
        """Keep the office's certificate authority (encrypted under its passphrase)."""
