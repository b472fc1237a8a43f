"""The table of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.ui.base.signs import sign_of_verdict
from auditdesk.ui.models.cases import COLUMNS, CaseListModel
from auditdesk.ui.pages.line_table import LineTable

if TYPE_CHECKING:
    from auditdesk.operations.views import CaseRow
    from auditdesk.ui.base.context import Context

_SOON = 5


class CaseTable(LineTable):
    """The list; Enter or a double click opens a case."""

    def __init__(self, ctx: Context, model: CaseListModel) -> None:
        super().__init__(ctx, model, ctx.say("案件列表", "List of cases"))
        self.cases = model
        self.set_columns(COLUMNS, {"title", "place"})

    def key_of(self, row: CaseRow) -> str:
        return row.no

    def colour_of(self, row: CaseRow, place: int) -> str:
        colours, column = self._ctx.colours, COLUMNS[place][0]
        if column == "verdict":
            return sign_of_verdict(row.verdict).colour(colours)
        if column == "due" and row.days_left is not None:
            if row.days_left < 0:
                return colours.block
            return colours.justify if row.days_left <= _SOON else colours.text
        if column == "status" and row.status == "returned":
            return colours.justify
        return colours.text if column in ("no", "title") else colours.muted
