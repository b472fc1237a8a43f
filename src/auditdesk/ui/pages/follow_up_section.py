"""What follows from earlier cases, on the desk: groups with their counts, and a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from auditdesk.operations import follow_ups
from auditdesk.operations.words import FOLLOW_UP_GROUPS
from auditdesk.ui.models.follow_ups import COLUMNS, FollowUpModel
from auditdesk.ui.pages.line_table import LineTable
from auditdesk.ui.pages.parts import button, flow, label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.operations.views import FollowUpRow
    from auditdesk.store.follow_ups import FollowUpGroup
    from auditdesk.ui.base.session import Session

_SOON = 20


class FollowUpTable(LineTable):
    """The list of follow-ups; Enter or a double click opens the case."""

    def __init__(self, session: Session, model: FollowUpModel) -> None:
        ctx = session.ctx
        super().__init__(ctx, model, ctx.say("后续期限列表", "List of follow-ups"))
        self.set_columns(COLUMNS, {"label", "title", "case_type"})
        self.group: FollowUpGroup = "overdue"

    def key_of(self, row: FollowUpRow) -> str:
        return row.case_no

    def colour_of(self, row: FollowUpRow, place: int) -> str:
        colours, column = self._ctx.colours, COLUMNS[place][0]
        if column in ("last_day", "left"):
            if self.group == "overdue":
                return colours.block
            if row.days_left is not None and row.days_left <= _SOON:
                return colours.justify
            return colours.text
        return colours.text if column in ("label", "case_no", "title") else colours.muted


class FollowUpSection(QWidget):
    """Tiles with counts over the list of the group chosen; one line where there is nothing."""

    opened = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._ctx = session, session.ctx
        self._counts: Mapping[FollowUpGroup, int] = {}
        self._chosen: FollowUpGroup | None = None
        self.model = FollowUpModel(session)
        self.table = FollowUpTable(session, self.model)
        self.table.opened.connect(self.opened)
        self.tiles: dict[FollowUpGroup, QPushButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, self._ctx.px(4), 0, 0)
        layout.setSpacing(self._ctx.px(8))
        layout.addWidget(self._head())
        layout.addWidget(self.table, 1)
        self.table.hide()

    def _head(self) -> QWidget:
        ctx, say = self._ctx, self._ctx.say
        title = label(say("后续期限", "Follow-ups"), "heading", wrap=False)
        tiles = [self._tile(group) for group in follow_ups.GROUPS]
        self.empty = label(say("没有正在计算的期限。", "Nothing is running."), "muted", wrap=False)
        self.empty.hide()
        return flow(ctx, (title, *tiles, self.empty))

    def _tile(self, group: FollowUpGroup) -> QPushButton:
        tile = button(self._ctx, "", self._words(group), lambda: self.choose(group))
        tile.setCheckable(True)
        self.tiles[group] = tile
        return tile

    def _words(self, group: FollowUpGroup) -> str:
        if group == "coming":
            days = follow_ups.WITHIN_DAYS
            return self._ctx.say(f"{days} 天内开始", f"Coming up in {days} days")
        words = self._ctx.text(FOLLOW_UP_GROUPS[group])
        return words[:1].upper() + words[1:]

    def refresh(self) -> None:
        """Count again, and read the group that is shown."""
        self._session.read(self, follow_ups.counts, self._show)

    def _show(self, counts: Mapping[FollowUpGroup, int]) -> None:
        self._counts = counts
        some = any(counts.values())
        self.empty.setVisible(not some)
        self.table.setVisible(some)
        for group, tile in self.tiles.items():
            tile.setVisible(some)
            tile.setText(f"{self._words(group)}  {counts[group]}")
        if some:
            self.choose(self._still_there())

    def _still_there(self) -> FollowUpGroup:
        """The group chosen while it has something; else the most urgent one that has."""
        if self._chosen is not None and self._counts.get(self._chosen):
            return self._chosen
        return next(group for group in follow_ups.GROUPS if self._counts[group])

    def choose(self, group: FollowUpGroup) -> None:
        """Show one group."""
        self._chosen = self.table.group = group
        for name, tile in self.tiles.items():
            tile.setChecked(name == group)
        self.model.show_group(group)
