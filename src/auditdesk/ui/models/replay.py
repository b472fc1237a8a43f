"""What a draft of the law would change, as a table: a line a case, or a line a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from auditdesk.operations import replay_book
from auditdesk.operations.words import TITLE
from auditdesk.ui.base.signs import sign_of_verdict
from auditdesk.ui.models.listing import Index, ListingModel
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from auditdesk.operations.replays import Difference, ReplayedCase
    from auditdesk.ui.base.context import Context

HEADS = (
    Label("案号", "Number"),
    TITLE,
    Label("受理日期", "Accepted on"),
    Label("事项", "Case type"),
    Label("原结论", "Verdict now"),
    Label("试算结论", "By the draft"),
    Label("变化", "Changes"),
)
CASE_TYPE_COLUMN = 3
_OLD, _NEW = 4, 5


class ReplayModel(ListingModel["ReplayedCase"]):
    """The cases that would change."""

    def __init__(self, ctx: Context, cases: tuple[ReplayedCase, ...]) -> None:
        super().__init__(ctx, HEADS)
        self._begin_with(cases)

    def case(self, place: int) -> ReplayedCase:
        """The case at a place."""
        return self._lines[place]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        case, column = self._lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                case.no,
                case.title,
                case.accepted_on.isoformat(),
                self._ctx.text(case.case_type_label),
                self._verdict(case.old_verdict),
                self._verdict(case.new_verdict),
                str(len(case.differences)),
            )[column]
        if role == Qt.ItemDataRole.ForegroundRole and column in (_OLD, _NEW):
            verdict = case.old_verdict if column == _OLD else case.new_verdict
            return QColor(sign_of_verdict(verdict or "block").colour(self._ctx.colours))
        return None

    def _verdict(self, verdict: str) -> str:
        if not verdict:
            return self._ctx.say("✕ 无法审查", "✕ cannot be judged")
        sign = sign_of_verdict(verdict)
        return f"{sign.mark} {self._ctx.text(sign.word)}"


def change_in_words(ctx: Context, difference: Difference) -> str:
    """What one difference is called, and both its sides in a word."""
    sides = (replay_book.short(difference, side) for side in (difference.old, difference.new))
    old, new = (ctx.text(side) for side in sides)
    name = ctx.text(difference.label)
    return f"{name}　{old or '—'} → {new or '—'}" if difference.kind != "needs" else name
