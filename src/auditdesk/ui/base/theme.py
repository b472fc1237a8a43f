"""The look: Fusion under the project's own palette and a short style sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from auditdesk.ui.base.sheet import style_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from auditdesk.ui.base.palette import Colours

BASE_PIXELS = 14
_WANTED_FONTS = "NotoSansSC*.ttf"


def load_fonts(folder: Path) -> str | None:
    """Give Qt the program's own fonts; the family's name, or None where there are none."""
    families: list[str] = []
    for path in sorted(folder.glob(_WANTED_FONTS)):
        families += QFontDatabase.applicationFontFamilies(
            QFontDatabase.addApplicationFont(str(path))
        )
    return families[0] if families else None


def dress(app: QApplication, colours: Colours, text_size: int, family: str | None) -> None:
    """Give the whole program its colours and its text size (per cent of 14 px)."""
    app.setStyle("Fusion")
    app.setPalette(palette(colours))
    font = QFont(app.font())
    if family is not None:
        font.setFamily(family)
    font.setPixelSize(round(BASE_PIXELS * text_size / 100))
    app.setFont(font)
    app.setStyleSheet(style_sheet(colours, text_size))


def palette(colours: Colours) -> QPalette:
    """The colours as Qt's palette, for everything the style sheet does not name."""
    roles = QPalette.ColorRole
    result = QPalette()
    for role, colour in (
        (roles.Window, colours.window),
        (roles.WindowText, colours.text),
        (roles.Base, colours.base),
        (roles.AlternateBase, colours.raised),
        (roles.Text, colours.text),
        (roles.PlaceholderText, colours.muted),
        (roles.Button, colours.raised),
        (roles.ButtonText, colours.text),
        (roles.BrightText, colours.block),
        (roles.Highlight, colours.accent),
        (roles.HighlightedText, colours.on_accent),
        (roles.Link, colours.accent),
        (roles.ToolTipBase, colours.raised),
        (roles.ToolTipText, colours.text),
        (roles.Light, colours.raised),
        (roles.Midlight, colours.line),
        (roles.Mid, colours.line),
        (roles.Dark, colours.field_line),
        (roles.Shadow, colours.line),
    ):
        result.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return result
