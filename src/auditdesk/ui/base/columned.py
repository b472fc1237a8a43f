"""Cards in two columns where there is room for two, else under each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent


class Columned(QWidget):
    """Each card has its column; below a width they all stand in one, in their own order."""

    def __init__(self, cards: Sequence[tuple[QWidget, int]], least: int, apart: int) -> None:
        """Take cards with the number of their column (0 or 1).

        Args:
            cards: in the order in which they stand under each other.
            least: pixels of width from which on there are two columns.
            apart: pixels between cards.
        """
        super().__init__()
        self._cards, self._least, self._two = cards, least, False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(apart)
        self._columns = (QVBoxLayout(), QVBoxLayout())
        for column in self._columns:
            column.setSpacing(apart)
            column.setAlignment(Qt.AlignmentFlag.AlignTop)
            row.addLayout(column, 1)
        self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (self.width() >= self._least) != self._two:
            self._two = not self._two
            self._share_out()

    def _share_out(self) -> None:
        for card, column in self._cards:
            for other in self._columns:
                other.removeWidget(card)
            self._columns[column if self._two else 0].addWidget(card)
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.setStretch(1, int(self._two))
