"""The list of the form's sections with the state of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from auditdesk.ui.base.context import named
from auditdesk.ui.forms.sections import SectionState
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.domain.declaration import Section
    from auditdesk.ui.base.context import Context

_LOOKS = {
    SectionState.EMPTY: ("circle-dashed", "muted", Label("未填", "empty")),
    SectionState.WORK: ("pencil", "justify", Label("在填", "in work")),
    SectionState.COMPLETE: ("circle-check", "good", Label("齐全", "complete")),
    SectionState.FINDING: ("circle-x", "block", Label("有问题", "has a finding")),
}


class SectionList(QListWidget):
    """Sections in order; picking one leads to it."""

    picked = Signal(str)

    def __init__(self, ctx: Context, sections: tuple[Section, ...]) -> None:
        super().__init__()
        self._ctx = ctx
        self._entries: dict[str, QListWidgetItem] = {}
        self._states: dict[str, SectionState] = {}
        self.setProperty("look", "bare")
        self.setFixedWidth(ctx.px(176))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        named(self, ctx.say("章节", "Sections"))
        for section in sections:
            item = QListWidgetItem(ctx.text(section.label))
            item.setData(Qt.ItemDataRole.UserRole, section.id)
            self.addItem(item)
            self._entries[section.id] = item
        self.itemClicked.connect(self._pick)
        self.itemActivated.connect(self._pick)
        self.show_states({section.id: SectionState.EMPTY for section in sections})

    def show_states(self, states: Mapping[str, SectionState]) -> None:
        """Show the state of each section by sign, colour and word."""
        for section, state in states.items():
            if self._states.get(section) is state:
                continue
            self._states[section] = state
            icon, tone, word = _LOOKS[state]
            item = self._entries[section]
            item.setIcon(self._ctx.icon(icon, getattr(self._ctx.colours, tone)))
            item.setToolTip(self._ctx.text(word))
            said = f"{item.text()}: {self._ctx.text(word)}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)

    def shown_state(self, section: str) -> SectionState:
        """The state that is shown for a section."""
        return self._states[section]

    def show_section(self, section: str, shown: bool) -> None:
        """Show or hide a section that the case has no use for."""
        self._entries[section].setHidden(not shown)

    def _pick(self, item: QListWidgetItem) -> None:
        self.picked.emit(item.data(Qt.ItemDataRole.UserRole))
