"""What every window needs and none of them owns: language, colours, icons, worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditdesk.ui.base.palette import colours

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QWidget

    from auditdesk.ui.base.icons import Icons
    from auditdesk.ui.base.palette import Colours
    from auditdesk.ui.base.preferences import PreferencesFile
    from auditdesk.ui.base.worker import Worker
    from auditdesk.util.clock import Clock
    from auditdesk.util.label import Label, Language


@dataclass(slots=True)
class Context:
    """The surroundings of the windows, made once in `app.py` and passed on.

    Attributes:
        listeners: what shows the sentences of `tell`; a main window that is open adds itself.
    """

    preferences: PreferencesFile
    icons: Icons
    worker: Worker
    clock: Clock
    listeners: list[Callable[[str], None]] = field(default_factory=list)

    def tell(self, sentence: str) -> None:
        """Say at the window's foot what has just been done."""
        for listen in self.listeners:
            listen(sentence)

    @property
    def language(self) -> Language:
        """The language of the windows."""
        return self.preferences.now.language

    @property
    def colours(self) -> Colours:
        """The colours of the theme in use."""
        return colours(self.preferences.now.theme)

    def say(self, zh: str, en: str) -> str:
        """A text of the windows in the language in use."""
        return en if self.language == "en" else zh

    def text(self, label: Label) -> str:
        """A declared text in the language in use."""
        return label.text(self.language)

    def px(self, pixels: int) -> int:
        """A length at 100 % text size as one at the size in use."""
        return round(pixels * self.preferences.now.text_size / 100)

    def icon(self, name: str, colour: str | None = None) -> QIcon:
        """An icon in the colour of the text, or in another."""
        return self.icons.icon(name, colour or self.colours.text)


def named(widget: QWidget, name: str) -> None:
    """Give a widget the name by which a screen reader calls it."""
    widget.setAccessibleName(name)
