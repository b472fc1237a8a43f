"""A register's rows as a table: the verdict, then the columns that the register lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from auditdesk.ui.base.signs import NOTICE, Sign, sign_of_verdict
from auditdesk.ui.forms.showing import show_value
from auditdesk.ui.models.listing import ROW_ROLE, SORT_ROLE, Index, ListingModel
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditdesk.domain.declaration import ExportColumn
    from auditdesk.domain.register import Register
    from auditdesk.operations.register_views import RegisterEntry
    from auditdesk.ui.base.context import Context
    from auditdesk.util.label import Language

VERDICT = Label("审查", "Check")
VERDICT_WIDTH = 104
_LETTER = 8  # pixels of a column's width for each letter of a workbook's


def sign_of_entry(entry: RegisterEntry) -> Sign:
    """The verdict's sign; a notice's where nothing is wrong, but something is to be noted."""
    return NOTICE if entry.noted else sign_of_verdict(entry.report.verdict)


class RegisterModel(ListingModel["RegisterEntry"]):
    """The rows of a register as they stood on a day."""

    def __init__(self, ctx: Context, register: Register) -> None:
        self._register = register
        by_id = {column.id: column for column in register.columns}
        self._columns = [by_id[name] for name in register.listed]
        super().__init__(ctx, [VERDICT, *(column.label for column in self._columns)])

    def show_entries(self, entries: Sequence[RegisterEntry]) -> None:
        """Show these rows."""
        self._begin_with(entries)

    def entry(self, place: int) -> RegisterEntry:
        """The row at a place."""
        return self._lines[place]

    def place_of(self, code: str) -> int | None:
        """Where a row is, if it is shown."""
        return next((i for i, entry in enumerate(self._lines) if entry.code == code), None)

    def column_at(self, place: int) -> str:
        """The id of a column of the register; empty for the verdict, and for none."""
        return self._columns[place - 1].id if place > 0 else ""

    def widths(self) -> list[int]:
        """How wide the columns are at 100 % text size, in pixels."""
        return [VERDICT_WIDTH, *(max(column.width * _LETTER, 84) for column in self._columns)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry, place = self._lines[index.row()], index.column()
        if role == ROW_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(entry, place)
        if role == SORT_ROLE:
            return self._native(entry, place)
        return None

    def _shown(self, entry: RegisterEntry, place: int) -> str:
        if place == 0:
            sign = sign_of_entry(entry)
            return f"{sign.mark} {self._ctx.text(sign.word)}"
        return shown_in(self._register, entry, self._columns[place - 1], self._ctx.language)

    def _native(self, entry: RegisterEntry, place: int) -> Any:
        if place == 0:
            return "noted" if entry.noted else str(entry.report.verdict)
        return entry.value(self._columns[place - 1].source)


def shown_in(
    register: Register, entry: RegisterEntry, column: ExportColumn, language: Language
) -> str:
    """What a column shows of a row; a value that is wrong as it was typed."""
    origin, _, name = column.source.partition(".")
    if origin == "data":
        field = next(f for f in register.fields if f.id == name)
        return show_value(field, entry.raw.get(name), language)
    value = entry.computed.get(name)
    if value is None:
        return ""
    computed = next(c for c in register.computed if c.id == name)
    return computed.shown(value).text(language)
