"""Tables that show lists: whole lines are chosen, cells are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView

from auditdesk.ui.base.context import named

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView


def make_list(table: QTableView, name: str, *, several: bool = False) -> None:
    """Give a table what all lists of the window share.

    Args:
        table: any; its model may come later.
        name: by which a screen reader calls it.
        several: more than one line may be chosen, as for copying.
    """
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    if not several:
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    # the Tab key leads out of a list, the arrow keys move in it
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    head = table.horizontalHeader()
    head.setHighlightSections(False)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    named(table, name)
