"""What an operation changed, so that whoever shows it knows what to read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditdesk.util.label import Label


@dataclass(frozen=True, slots=True)
class Changes:
    """The outcome of one operation, which was one transaction and one journal entry.

    Attributes:
        summary: what was done, as a sentence for the status bar or the terminal.
        cases: numbers of the cases that changed.
        users: people, roles or certificates changed.
        documents: issued documents changed.
        settings: the office's settings changed.
        registers: ids of the registers in which a row changed.
    """

    summary: Label
    cases: frozenset[str] = frozenset()
    users: bool = False
    documents: bool = False
    settings: bool = False
    registers: frozenset[str] = frozenset()
