"""Leaving a case with words that are not saved: save, throw away, or stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from auditdesk.ui.dialogs.base import Dialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from auditdesk.ui.base.context import Context


class LeaveDialog(Dialog):
    """Asks what becomes of words that are not on disk."""

    topic = "case"

    save_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self, ctx: Context, parent: QWidget, title: str) -> None:
        heading = ctx.say("还有内容没有保存", "Something is not saved")
        super().__init__(ctx, parent, heading, ctx.say("保存", "Save"))
        self.add_text(heading, "heading")
        self.add_text(
            ctx.say(
                f"“{title}”有改动还没有存盘。不保存就离开，这些改动会丢失。",
                f"{title} has changes that are not on disk. They are lost if you leave now.",
            )
        )
        self.discard = QPushButton(ctx.say("不保存", "Do not save"))
        self.discard.setProperty("look", "danger")
        self.discard.clicked.connect(self._discard)
        self.buttons.insertWidget(0, self.discard)
        self.dismiss.setText(ctx.say("留在本页", "Stay"))

    def confirmed(self) -> None:
        self.accept()
        self.save_wanted.emit()

    def _discard(self) -> None:
        self.accept()
        self.discard_wanted.emit()
