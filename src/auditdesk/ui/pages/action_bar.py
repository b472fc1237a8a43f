"""The buttons at the foot of the case page, and why some of them cannot be pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from auditdesk.ui.base.context import named

if TYPE_CHECKING:
    from auditdesk.operations.views import Action
    from auditdesk.ui.base.context import Context

_ICONS = {
    "advance": "arrow-right",
    "approve": "check",
    "return": "arrow-back-up",
    "refuse": "ban",
    "withdraw": "logout",
    "resume": "arrow-back-up",
    "save": "device-floppy",
    "enter": "device-floppy",
    "enter_next": "plus",
}
# One key each; a dialog names what follows before anything is done. Saving has Ctrl+S.
_KEYS = {
    "advance": "F6",
    "approve": "F6",
    "return": "F7",
    "refuse": "F8",
    "enter": "Ctrl+Return",
    "enter_next": "Ctrl+Shift+Return",
}
_PRIMARY = ("advance", "approve", "enter")
_DANGER = ("refuse",)
# what only whoever enters cases does; others need not see it locked
_CLERKS = ("save", "withdraw", "resume")
_ORDER = (
    "withdraw",
    "refuse",
    "return",
    "resume",
    "save",
    "enter_next",
    "enter",
    "advance",
    "approve",
)


class ActionBar(QFrame):
    """One button an action; a button that is off says why beside it and to a screen reader."""

    wanted = Signal(str)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.setProperty("look", "foot")
        self.buttons: dict[str, QPushButton] = {}
        self._shown: tuple[Action, ...] | None = None
        self.why_not = QLabel()
        self.why_not.setWordWrap(True)
        self.why_not.setProperty("look", "small")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(*(ctx.px(n) for n in (14, 7, 14, 8)))
        self._row.setSpacing(ctx.px(8))
        self._row.addWidget(self.why_not, 1)

    def show_actions(self, actions: tuple[Action, ...]) -> None:
        """Show the actions that have a button; nothing moves when they are the same."""
        if actions == self._shown:
            return
        self._shown = actions
        for button in self.buttons.values():
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        known = [a for a in actions if a.id in _ORDER and (a.enabled or a.id not in _CLERKS)]
        for action in sorted(known, key=lambda a: _ORDER.index(a.id)):
            self._row.addWidget(self._button(action))
        self._say_why(known)

    def _button(self, action: Action) -> QPushButton:
        look = "primary" if action.id in _PRIMARY else "danger" if action.id in _DANGER else ""
        button = QPushButton(self._ctx.text(action.label))
        button.setIcon(self._ctx.icon(*self._icon(action, look)))
        button.setProperty("look", look)
        named(button, self._ctx.text(action.label))
        button.clicked.connect(lambda _: self.wanted.emit(action.id))
        self.buttons[action.id] = button
        self._allow(button, action)
        return button

    def _icon(self, action: Action, look: str) -> tuple[str, str]:
        colours = self._ctx.colours
        if not action.enabled:
            return "lock", colours.muted
        colour = {"primary": colours.on_accent, "danger": colours.block}.get(look, colours.text)
        return _ICONS[action.id], colour

    def _allow(self, button: QPushButton, action: Action) -> None:
        keys = QKeySequence(_KEYS.get(action.id, ""))
        shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
        why = self._ctx.text(action.why_not) if action.why_not else shown
        button.setEnabled(action.enabled)
        button.setShortcut(keys)
        button.setToolTip(why)
        button.setAccessibleDescription(why)

    def _say_why(self, actions: list[Action]) -> None:
        """Say each reason once, with the actions that it holds up."""
        reasons: dict[str, list[str]] = {}
        for action in actions:
            if action.why_not is not None:
                words = reasons.setdefault(self._ctx.text(action.why_not), [])
                words.append(self._ctx.text(action.label))
        mark = self._ctx.say("、", ", ")
        colon = self._ctx.say("：", ": ")
        lines = [f"{mark.join(words)}{colon}{why}" for why, words in reasons.items()]
        self.why_not.setText("\n".join(lines))
