"""Scans and issued documents: encrypted files under names that only the key can tell.

A content lies at `attachments/ab/abcd…`, the name being a keyed hash of its digest. It is on
the disk, with its folders, before any transaction mentions it.
"""

# ruff: noqa: S608 – the texts put into statements are constants; values are always bound

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from auditdesk.store import codec, faults
from auditdesk.store.crypto import CHUNK_BYTES, SealError, decrypt_content, encrypt_content
from auditdesk.store.records import Attachment, KeptContent
from auditdesk.util.atomic import disk_fault, fsync_folder, put_in_place, temporary_file
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.os_reasons import os_reason
from auditdesk.util.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from auditdesk.store.crypto import OfficeKey
    from auditdesk.store.session import Row, Session
    from auditdesk.util.progress import Progress

ATTACHMENTS = "attachments"
MAX_BYTES = 200 * 1024 * 1024

COLUMNS = (
    "attachment.id, no, material, file_name, media_type, size, pages, original, digest,"
    " added_by, added_at, removed_by, removed_at, came, taken_from, reason, verdict_before"
)


class ContentFiles:
    """The encrypted files of one office (or of one backup of it)."""

    def __init__(self, folder: Path, key: OfficeKey) -> None:
        """Know the folder that holds them; nothing is made."""
        self._folder = folder
        self._key = key

    def path(self, digest: str) -> Path:
        """Where a content lies, or would lie."""
        address = self._key.address(digest)
        return self._folder / address[:2] / address

    def keep(self, chunks: Iterable[bytes]) -> KeptContent:
        """Encrypt a content onto the disk, or find it there and make sure that it stays.

        Raises:
            OfficeFaultError: the disk is full or failed; nothing of the content is left.
        """
        try:
            return self._keep(chunks)
        except OSError as error:
            raise disk_fault(error, self._folder) from error

    def _keep(self, chunks: Iterable[bytes]) -> KeptContent:
        digest, size = hashlib.sha256(), 0

        def watched() -> Iterator[bytes]:
            nonlocal size
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                yield chunk

        with temporary_file(self._folder) as (temporary, file):
            for piece in encrypt_content(self._key, watched()):
                file.write(piece)
            self._settle(temporary, file, digest.hexdigest())
        return KeptContent(digest.hexdigest(), size)

    def _settle(self, temporary: Path, file: BinaryIO, digest: str) -> None:
        target = self.path(digest)
        target.parent.mkdir(exist_ok=True)
        if self.is_sound(digest):
            # It may have been written a moment ago by a program that died before its fsync,
            # or be old enough for the trash: it is as new from now on.
            with target.open("rb+") as existing:
                os.utime(target)
                os.fsync(existing.fileno())
            fsync_folder(target.parent)
        else:
            put_in_place(temporary, file, target)
        fsync_folder(self._folder)

    def is_sound(self, digest: str) -> bool:
        """Whether a content is there and still what its digest says."""
        try:
            content = hashlib.sha256()
            for chunk in self._chunks(digest):
                content.update(chunk)
        except (OSError, SealError):
            return False
        return content.hexdigest() == digest

    def read(self, digest: str) -> bytes:
        """A content, decrypted and compared with its digest.

        Raises:
            OfficeFaultError: the file is missing, unreadable or damaged.
        """
        path = self.path(digest)
        try:
            content = b"".join(self._chunks(digest))
        except FileNotFoundError:
            raise faults.file_missing(path) from None
        except OSError as error:
            raise faults.file_unreadable(path, error) from error
        except SealError:
            raise faults.file_damaged(path) from None
        if hashlib.sha256(content).hexdigest() != digest:
            raise faults.file_damaged(path)
        return content

    def _chunks(self, digest: str) -> Iterator[bytes]:
        with self.path(digest).open("rb") as file:
            yield from decrypt_content(self._key, file)


class AttachmentReader:
    """Reading scans of an open office, and keeping the content of new ones."""

    def __init__(self, session: Session, files: ContentFiles) -> None:
        self._session = session
        self._files = files

    def keep(
        self, source: Path | bytes, *, progress: Progress | None = None, limit: int = MAX_BYTES
    ) -> KeptContent:
        """Lay a content safely into the office, before the transaction that mentions it.

        Args:
            source: a file, or the bytes themselves.
            progress: told in bytes; a cancel leaves nothing behind.
            limit: the most bytes a content may have.

        Raises:
            UnusableInputError: the file is missing, unreadable, empty or too large.
            OfficeFaultError: read-only office, disk full or failed; nothing is left behind.
            CancelledError: the user cancelled.
        """
        if self._session.read_only:
            raise faults.read_only_office()
        self._session.check_place()
        total = len(source) if isinstance(source, bytes) else _size(source)
        if total > limit:
            raise too_large(limit)  # before a long copy is begun
        chunks = _of_bytes(source) if isinstance(source, bytes) else _of_file(source)
        return self._files.keep(_watched(chunks, total, limit, progress or NoProgress()))

    def get(self, attachment_id: int) -> Attachment:
        """One scan's facts.

        Raises:
            RefusedError: there is none of that id.
        """
        row = self._session.row(f"{_SELECT} WHERE attachment.id = ?", (attachment_id,))
        if row is None:
            raise RefusedError(
                f"没有编号为 {attachment_id} 的附件。请刷新后重试。",
                f"There is no attachment {attachment_id}. Refresh and try again.",
            )
        return attachment_out(row)

    def of_case(self, no: str, *, removed: bool = False) -> tuple[Attachment, ...]:
        """A case's scans in the order of adding; with `removed` those taken off, too."""
        which = "" if removed else "AND removed_at IS NULL"
        rows = self._session.rows(f"{_SELECT} WHERE no = ? {which} ORDER BY attachment.id", (no,))
        return tuple(map(attachment_out, rows))

    def of_content(self, digest: str) -> tuple[Attachment, ...]:
        """All scans of one content that are on their cases, oldest first."""
        rows = self._session.rows(
            f"{_SELECT} WHERE digest = ? AND removed_at IS NULL ORDER BY attachment.id", (digest,)
        )
        return tuple(map(attachment_out, rows))

    def require_sound(self, attachment_id: int) -> None:
        """Make sure that a scan's content is there and whole.

        Raises:
            RefusedError: there is no scan of that id.
            OfficeFaultError: its file is missing or damaged.
        """
        digest = self.get(attachment_id).digest
        if not self._files.is_sound(digest):
            raise faults.file_damaged(self._files.path(digest))

    def content(self, attachment_id: int) -> bytes:
        """A scan, decrypted and verified.

        Raises:
            RefusedError: there is none of that id.
            OfficeFaultError: its file is missing or damaged.
        """
        return self._files.read(self.get(attachment_id).digest)


_SELECT = f"SELECT {COLUMNS} FROM attachment JOIN case_ ON case_.id = case_id"


def attachment_out(row: Row) -> Attachment:
    """A scan's facts from its columns."""
    return Attachment(
        id=row["id"],
        case_no=row["no"],
        material=row["material"],
        file_name=row["file_name"],
        media_type=row["media_type"],
        size=row["size"],
        pages=row["pages"],
        original=bool(row["original"]),
        digest=row["digest"],
        added_by=row["added_by"],
        added_at=codec.moment_out(row["added_at"]),
        removed_by=row["removed_by"],
        removed_at=codec.maybe_moment_out(row["removed_at"]),
        came=row["came"],
        taken_from=row["taken_from"],
        reason=row["reason"],
        verdict_before=row["verdict_before"],
    )


def _of_bytes(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), CHUNK_BYTES):
        yield content[start : start + CHUNK_BYTES]


def _size(path: Path) -> int:
    with _reading(path):
        facts = path.stat()
    if not stat.S_ISREG(facts.st_mode):
        raise UnusableInputError(
            f"{path} 不是文件。请选择一个扫描件文件。",
            f"{path} is not a file. Choose the file of a scan.",
        )
    return facts.st_size


def _of_file(path: Path) -> Iterator[bytes]:
    with _reading(path):
        file = path.open("rb")
    with file:
        while True:
            with _reading(path):
                chunk = file.read(CHUNK_BYTES)
            if not chunk:
                return
            yield chunk


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = os_reason(error)
        raise UnusableInputError(
            f"无法读取文件 {path}（{why.zh}）。请检查文件是否存在、是否被其他程序占用。",
            f"The file {path} cannot be read ({why.en}). Check whether it exists and is"
            " not in use by another program.",
        ) from error


def _watched(
    chunks: Iterator[bytes], total: int, limit: int, progress: Progress
) -> Iterator[bytes]:
    done = 0
    for chunk in chunks:
        done += len(chunk)
        if done > limit:
            raise too_large(limit)  # the file grew while it was read
        yield chunk
        progress.step(done, max(total, done))
    if not done:
        raise UnusableInputError(
            "文件是空的（0 字节），没有保存。请重新扫描或选择正确的文件。",
            "The file is empty (0 bytes); it was not kept. Scan it again or choose the right one.",
        )


def too_large(limit: int) -> UnusableInputError:
    """A file of more bytes than are kept."""
    most = limit // (1024 * 1024)
    return UnusableInputError(
        f"文件太大，单个文件最多 {most} MB。请降低扫描分辨率或分成几个文件。",
        f"The file is too large: at most {most} MB. Scan at a lower resolution or split it.",
    )
