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

# drawn large and scaled down: the sharpest for every text size and screen
_DENSITIES = (1, 2, 4)
_SIZE = 20


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
        for density in _DENSITIES:
            icon.addPixmap(self._pixmap(renderer, density))
        return icon

    def _pixmap(self, renderer: QSvgRenderer, density: int) -> QPixmap:
        pixmap = QPixmap(QSize(_SIZE, _SIZE) * density)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(density)
        return pixmap
