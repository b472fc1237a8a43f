"""From a laid-out PDF to PDF/A-3b with the case and its check report inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

CASE_FILE = "case.json"
REPORT_FILE = "check.json"


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file inside the PDF, related to it as its data."""

    name: str
    media_type: str
    description: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveInfo:
    """What the archive copy says of itself.

    Attributes:
        title: title of the paper.
        author: the office.
        subject: what it is about, as the kind of paper and the case's number.
        created_at: moment of making, with its zone.
        keywords: words to find it by.
        number: document number; what `verify` reports.
        checkpoint: the journal's last checkpoint; what `verify` reports.
        signers: role ids that must have signed for the paper to be complete.
    """

    title: str
    author: str
    subject: str
    created_at: datetime
    keywords: tuple[str, ...] = ()
    number: str = ""
    checkpoint: str = ""
    signers: tuple[str, ...] = ()


def to_archive(pdf: bytes, info: ArchiveInfo, embedded: tuple[EmbeddedFile, ...]) -> bytes:
    """Make PDF/A-3b of a laid-out PDF; equal input gives equal bytes.

    The case goes in as `CASE_FILE`, its check report as `REPORT_FILE` (both
    `application/json`), so that `verify` can hand them back.
    """
    raise NotImplementedError(pdf, info, embedded)
