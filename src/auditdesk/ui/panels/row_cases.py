"""The cases about a row of a register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from auditdesk.ui.base.context import named
from auditdesk.ui.pages.parts import label

if TYPE_CHECKING:
    from auditdesk.operations.register_views import RegisterCase
    from auditdesk.ui.base.context import Context


class RowCasesPanel(QWidget):
    """A line a case; Enter or a click opens it."""

    opened = Signal(str)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.empty = label(ctx.say("还没有相关案件。", "There is no case about it yet."), "muted")
        self.empty.setContentsMargins(*(ctx.px(n) for n in (10, 8, 10, 8)))
        self.list = QListWidget()
        self.list.setProperty("look", "bare")
        self.list.setWordWrap(True)
        named(self.list, ctx.say("相关案件", "Cases about it"))
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.list, 1)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)

    def show_cases(self, cases: tuple[RegisterCase, ...]) -> None:
        """Show these cases."""
        self.list.clear()
        for case in cases:
            text = self._ctx.text
            words = (text(case.case_type_label), text(case.stage_label), text(case.status_label))
            item = QListWidgetItem(f"{case.no}　{case.accepted_on}\n{' · '.join(words)}")
            item.setData(Qt.ItemDataRole.UserRole, case.no)
            self.list.addItem(item)
        self.empty.setVisible(not cases)
        self.list.setVisible(bool(cases))

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(Qt.ItemDataRole.UserRole))
