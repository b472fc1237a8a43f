"""Suggesting names while somebody types: a short list under the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit

from auditdesk.domain.suggestion import MOST_SUGGESTED, matching

if TYPE_CHECKING:
    from auditdesk.domain.suggestion import Suggestion


class Completion(QCompleter):
    """The names that fit what stands in a line, by characters or by pinyin initials.

    `taken` tells that a person took one of them.
    """

    taken = Signal(str)

    def __init__(self, line: QLineEdit) -> None:
        self._names = QStringListModel()
        super().__init__(self._names, line)
        self._suggestions: tuple[Suggestion, ...] = ()
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(MOST_SUGGESTED)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        line.textEdited.connect(self._typed)
        line.setCompleter(self)
        self.activated.connect(self.taken)

    def offer(self, suggestions: tuple[Suggestion, ...]) -> None:
        """Suggest from these names from now on."""
        self._suggestions = suggestions

    def _typed(self, text: str) -> None:
        found = matching(self._suggestions, text)
        self._names.setStringList([] if found == (text.strip(),) else list(found))
