"""A layout that sets widgets in lines, as words are set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget


class FlowLayout(QLayout):
    """Widgets side by side, wrapped into as many lines as the width asks for.

    What a line has left goes to the widgets in it that expand; none is wider than the line.
    """

    def __init__(self, parent: QWidget, across: int, down: int) -> None:
        """Keep `across` pixels between widgets and `down` pixels between lines."""
        super().__init__(parent)
        self._across, self._down = across, down
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = [_height(line) for line in self._lines(width)]
        return sum(lines) + self._down * max(len(lines) - 1, 0)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        y = rect.y()
        for line in self._lines(rect.width()):
            self._place(line, QRect(rect.x(), y, rect.width(), _height(line)))
            y += _height(line) + self._down

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lines(self, width: int) -> Iterator[list[QLayoutItem]]:
        line: list[QLayoutItem] = []
        for item in self._items:
            if item.isEmpty():
                continue
            if line and self._wide([*line, item]) > width:
                yield line
                line = []
            line.append(item)
        if line:
            yield line

    def _wide(self, line: list[QLayoutItem]) -> int:
        return sum(_hint(item).width() for item in line) + self._across * (len(line) - 1)

    def _place(self, line: list[QLayoutItem], rect: QRect) -> None:
        """Set a line from the left, each widget in the middle of its height."""
        growing = [item for item in line if item.expandingDirections() & Qt.Orientation.Horizontal]
        share = max(rect.width() - self._wide(line), 0) // len(growing) if growing else 0
        x = rect.x()
        for item in line:
            size = _hint(item)
            if item in growing:
                size.setWidth(size.width() + share)
            size.setWidth(min(size.width(), rect.width()))
            down = (rect.height() - size.height()) // 2
            item.setGeometry(QRect(QPoint(x, rect.y() + down), size))
            x += size.width() + self._across


def _hint(item: QLayoutItem) -> QSize:
    return item.sizeHint().expandedTo(item.minimumSize())


def _height(line: list[QLayoutItem]) -> int:
    return max(_hint(item).height() for item in line)
