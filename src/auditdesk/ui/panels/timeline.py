"""The history of a case: who did what when."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from auditdesk.ui.base.context import named

if TYPE_CHECKING:
    from auditdesk.operations.views import TimelineEntry
    from auditdesk.ui.base.context import Context


class TimelinePanel(QWidget):
    """The timeline, newest first."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.text = QTextBrowser()
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        named(self.text, ctx.say("办理经过", "History"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)

    def show_timeline(self, entries: tuple[TimelineEntry, ...]) -> None:
        """Show the entries."""
        self.text.setHtml("".join(self._entry(e) for e in reversed(entries)))

    def _entry(self, entry: TimelineEntry) -> str:
        muted = self._ctx.colours.muted
        at = f"{entry.at:%Y-%m-%d %H:%M}"
        head = (
            f"<p style='margin:6px 4px'><span style='color:{muted}'>{at}</span>"
            f" <b>{escape(entry.full_name)}</b> {escape(self._ctx.text(entry.label))}"
        )
        detail = escape(self._ctx.text(entry.detail)) if entry.detail else ""
        return f"{head}<br>{detail}</p>" if detail else f"{head}</p>"
