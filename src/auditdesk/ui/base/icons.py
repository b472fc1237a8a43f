"""Icons: SVG files into which the colour is written before Qt sees them.

The files are drawn with `currentColor`, which Qt's SVG renderer takes for black.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from pathlib import Path

# several sizes, of which Qt takes the next larger one: sharp at every text size and screen
_SIZES = (20, 40, 80)


class Icons:
    """The icons of one folder, drawn in a colour and kept."""

    def __init__(self, folder: Path) -> None:
        """Draw icons from `folder`."""
        self._folder = folder
        self._kept: dict[tuple[str, str], QIcon] = {}

    def icon(self, name: str, colour: str) -> QIcon:
        """One icon in one colour."""
        key = (name, colour)
        if key not in self._kept:
            self._kept[key] = self._draw(name, colour)
        return self._kept[key]

    def _draw(self, name: str, colour: str) -> QIcon:
        source = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
        icon = QIcon()
        for size in _SIZES:
            icon.addPixmap(self._pixmap(renderer, size))
        return icon

    def _pixmap(self, renderer: QSvgRenderer, size: int) -> QPixmap:
        pixmap = QPixmap(QSize(size, size))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(pixmap.rect()))
        painter.end()
        return pixmap
