"""The journal's last entry as text, printed on whatever leaves the office, and read back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditdesk.util.label import Label

if TYPE_CHECKING:
    from auditdesk.operations.desk import Desk
    from auditdesk.store.records import Checkpoint

_TEXT = re.compile(r"(\d{1,18}) ([0-9a-f]{64}) ([0-9a-f]{128})")


def checkpoint_text(checkpoint: Checkpoint) -> str:
    """Sequence number, hash and signature, as `12 9f… 3c…`."""
    return f"{checkpoint.seq} {checkpoint.hash} {checkpoint.signature}"


def compare(desk: Desk, text: str | None) -> tuple[bool | None, Label]:
    """Whether the office's journal still holds the entry that was printed.

    A journal whose tail was cut off, or that was written anew, does not.
    """
    found = _TEXT.fullmatch(text or "")
    if found is None:
        return None, Label("文件没有日志检查点。", "The file carries no journal checkpoint.")
    seq, digest = int(found[1]), found[2]
    if desk.office.journal.holds(seq, digest):
        return True, Label(
            f"本单元日志第 {seq} 条与文件上的检查点一致。",
            f"Entry {seq} of this office's journal is the one printed on the file.",
        )
    return False, Label(
        f"本单元日志没有文件上的检查点（第 {seq} 条）：文件出自别的单元，或日志被截断、改写。",
        f"This office's journal does not hold the printed checkpoint (entry {seq}): the file is "
        "another office's, or the journal was cut off or rewritten.",
    )
