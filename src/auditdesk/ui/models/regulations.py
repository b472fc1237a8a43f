"""The regulations as a table: where each stands on the day that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from auditdesk.regulations.law_words import STATES
from auditdesk.regulations.lawbook import State
from auditdesk.ui.base.signs import Sign
from auditdesk.ui.models.listing import SORT_ROLE, Index, ListingModel
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditdesk.regulations.lawbook import Entry
    from auditdesk.ui.base.context import Context

HEADS = (
    Label("状态", "State"),
    Label("依据", "Regulation"),
    Label("首日", "First day"),
    Label("末日", "Last day"),
    Label("来源", "Origin"),
)
REGULATION_COLUMN = 1
_SIGNS = {
    State.IN_FORCE: Sign("✓", STATES[State.IN_FORCE], "good"),
    State.ENDING: Sign("!", STATES[State.ENDING], "justify"),
    State.NOT_YET: Sign("…", STATES[State.NOT_YET], "notice"),
    State.ENDED: Sign("–", STATES[State.ENDED], "muted"),
}


def sign_of_state(state: State) -> Sign:
    """Mark, word and colour of where a regulation stands."""
    return _SIGNS[state]


class RegulationsModel(ListingModel["Entry"]):
    """Regulations, one a line."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx, HEADS)

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these."""
        self._begin_with(entries)

    def entry(self, place: int) -> Entry:
        """The regulation at a place."""
        return self._lines[place]

    def place_of(self, regulation: str) -> int | None:
        """Where a regulation is, among those shown."""
        found = (i for i, entry in enumerate(self._lines) if entry.regulation.id == regulation)
        return next(found, None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(entry)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._ctx.text(entry.regulation.title)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(entry, index.column())
        if role == SORT_ROLE:
            return _native(entry)[index.column()]
        return None

    def _shown(self, entry: Entry) -> tuple[str, ...]:
        regulation, sign = entry.regulation, sign_of_state(entry.state)
        return (
            f"{sign.mark} {self._ctx.text(sign.word)}",
            self._ctx.text(regulation.short),
            regulation.first_day.isoformat(),
            regulation.last_day.isoformat() if regulation.last_day else "—",
            self._ctx.text(origin(entry)),
        )

    def _colour(self, entry: Entry, column: int) -> QColor:
        colours = self._ctx.colours
        if column == 0:
            return QColor(sign_of_state(entry.state).colour(colours))
        return QColor(colours.muted if entry.state is State.ENDED else colours.text)


def origin(entry: Entry) -> Label:
    """Where a regulation came from."""
    return Label("本单元", "office") if entry.own else Label("自带", "shipped")


def _native(entry: Entry) -> tuple[Any, ...]:
    """What a list sorts by."""
    regulation = entry.regulation
    states = list(State)
    return (
        states.index(entry.state),
        regulation.id,
        regulation.first_day,
        regulation.last_day,
        entry.own,
    )
