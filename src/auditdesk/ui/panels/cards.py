"""Cards under each other: what the panels of documents and of follow-ups share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from auditdesk.ui.base.context import Context


class CardColumn(QScrollArea):
    """A column of cards that scrolls; `below` stands under the last one."""

    def __init__(self, ctx: Context, below: QWidget | None = None) -> None:
        super().__init__()
        self._shown: list[QWidget] = []
        page = QWidget()
        page.setProperty("look", "plain")
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(*(ctx.px(n) for n in (10, 8, 10, 8)))
        self._column.setSpacing(ctx.px(8))
        if below is not None:
            self._column.addWidget(below)
        self._column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard goes to what is on the cards
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)

    def show_cards(self, cards: Iterable[QWidget]) -> None:
        """Show these cards; those shown before are thrown away."""
        for card in self._shown:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._shown = list(cards)
        for place, card in enumerate(self._shown):
            self._column.insertWidget(place, card)
