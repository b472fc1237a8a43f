"""A file on its way into the office: looked at, then kept; what is kept is what was looked at."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditdesk.store.attachments import MAX_BYTES, too_large
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from pathlib import Path

    from auditdesk.documents.scans import ScanFacts
    from auditdesk.operations.desk import Desk
    from auditdesk.store.records import KeptContent
    from auditdesk.util.progress import Progress

LONGEST_NAME = 255
_SHOWN = 60
# Control characters, invisible ones that turn the direction of writing, line ends, half characters.
_UNFIT = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Pasted:
    """A picture that comes from the clipboard, under the name that it is to have."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A file that may be kept as a scan."""

    source: Path | Pasted
    facts: ScanFacts

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.source.name


def look_at(source: Path | Pasted, progress: Progress) -> LookedAt:
    """Look at a file in a process of its own, before anything of it is kept.

    Raises:
        UnusableInputError: it is no scan, not whole, too large, or could do harm.
        CancelledError: by `progress`.
    """
    from auditdesk.documents.scans import check_scan  # noqa: PLC0415 – an attached scan only

    try:
        _require_name(source.name)
        if _size(source) > MAX_BYTES:
            raise too_large(MAX_BYTES)
        content = source.content if isinstance(source, Pasted) else source
        return LookedAt(source, check_scan(content, progress))
    except UnusableInputError as fault:
        raise _about(source, fault) from fault


def keep(desk: Desk, scan: LookedAt, progress: Progress) -> KeptContent:
    """Keep the content of a file that was looked at, before the transaction that mentions it.

    Raises:
        UnusableInputError: the file is another one by now.
        OfficeFaultError: disk full or broken; nothing was kept.
        CancelledError: by `progress`.
    """
    from auditdesk.documents.scan_refusals import changed  # noqa: PLC0415 – as above

    source = scan.source
    content = source.content if isinstance(source, Pasted) else source
    try:
        kept = desk.office.attachments.keep(content, progress=progress)
        if kept.digest != scan.facts.digest:
            raise changed()  # nothing mentions what was kept: the sweep takes it
    except UnusableInputError as fault:
        raise _about(source, fault) from fault
    return kept


def _size(source: Path | Pasted) -> int:
    from auditdesk.documents.scans import open_plainly  # noqa: PLC0415 – as above

    if isinstance(source, Pasted):
        return len(source.content)
    with open_plainly(source) as file:
        return file.seek(0, os.SEEK_END)


def _require_name(name: str) -> None:
    if len(name) > LONGEST_NAME:
        raise UnusableInputError(
            f"文件名太长（最多 {LONGEST_NAME} 个字符）。请改个短些的名字再试。",
            f"The file's name is too long (at most {LONGEST_NAME} characters). Give it a shorter "
            "one and try again.",
        )
    if any(unicodedata.category(letter) in _UNFIT for letter in name):
        raise UnusableInputError(
            "文件名里有换行、控制字符或看不见的字符，可能冒充别的文件。请改名后再试。",
            "The file's name holds line ends, control characters or invisible ones; it may pass "
            "for another. Rename it and try again.",
        )


def _about(source: Path | Pasted, fault: UnusableInputError) -> UnusableInputError:
    """The sentence with the name of the file."""
    name = shown(source.name)
    zh, en = fault.message.zh, fault.message.en
    return UnusableInputError(f"“{name}”没有添加：{zh}", f"“{name}” was not attached: {en}")


def shown(name: str) -> str:
    """A file's name as it can stand in a sentence: short, in letters that do no harm."""
    harmless = "".join(x if unicodedata.category(x) not in _UNFIT else "�" for x in name)
    return harmless if len(harmless) <= _SHOWN else f"{harmless[:_SHOWN]}…"
