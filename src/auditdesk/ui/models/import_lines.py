"""What an import would do, line by line, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from auditdesk.ui.base.signs import Sign
from auditdesk.ui.models.listing import ROW_ROLE, Index, ListingModel
from auditdesk.ui.panels.row_history import change_text
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditdesk.domain.register import Register
    from auditdesk.operations.register_views import ImportLine
    from auditdesk.ui.base.context import Context

HEADS = (
    (Label("行", "Row"), 56),
    (Label("处理", "What"), 92),
    (Label("编码", "Code"), 130),
    (Label("名称", "Name"), 130),
    (Label("说明", "Details"), 300),
)
STATES = {
    "new": Sign("+", Label("新增", "New"), "good"),
    "changed": Sign("→", Label("变更", "Changed"), "notice"),
    "same": Sign("=", Label("相同", "Same"), "muted"),
    "refused": Sign("✕", Label("不收", "Refused"), "block"),
}


class ImportLines(ListingModel["ImportLine"]):
    """The lines of an import."""

    def __init__(self, ctx: Context, register: Register) -> None:
        super().__init__(ctx, [head for head, _ in HEADS])
        self._register = register

    def show_lines(self, lines: Sequence[ImportLine]) -> None:
        """Show these lines."""
        self._begin_with(lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self._lines[index.row()]
        if role == ROW_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            sign = STATES[line.state]
            word = f"{sign.mark} {self._ctx.text(sign.word)}"
            shown = (str(line.number), word, line.code, line.title, self.details(line, "；"))
            return shown[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.details(line, "\n")
        return None

    def details(self, line: ImportLine, mark: str) -> str:
        """Why a line is refused, or what it would change and what it would lack."""
        text = self._ctx.text
        if line.reasons:
            return mark.join(text(reason) for reason in line.reasons)
        changes = line.changes if line.state == "changed" else ()
        parts = [change_text(self._ctx, self._register, change) for change in changes]
        parts += [text(remark) for remark in line.remarks]
        return mark.join(parts)
