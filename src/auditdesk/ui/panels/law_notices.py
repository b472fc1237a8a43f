"""What has to be known about the law itself: what ends soon, which files could not be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from auditdesk.regulations import law_words, lawbook
from auditdesk.ui.pages.parts import label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from auditdesk.regulations.library import Library
    from auditdesk.ui.base.context import Context


class LawNotices(QWidget):
    """A line for each; takes no room where there is nothing to say."""

    def __init__(self, ctx: Context, library: Library, day: date) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(ctx.px(4))
        self.lines = tuple(_lines(ctx, library, day))
        for line in self.lines:
            column.addWidget(line)
        if not self.lines:
            self.hide()


def _lines(ctx: Context, library: Library, day: date) -> Iterator[QLabel]:
    for problem in library.problems:
        yield label(f"✕ {ctx.text(law_words.not_used(problem))}", "error")
    for entry in lawbook.ending_soon(library, day):
        yield label(f"! {ctx.text(law_words.ending(entry))}", "warning")
