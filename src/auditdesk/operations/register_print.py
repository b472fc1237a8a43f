"""A register on paper: the rows that somebody chose, as they stood on a day.

Printing reads; it writes nothing, and so goes with an office on a read-only medium, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from auditdesk.documents.content import Ledger, SheetColumn, SheetTable
from auditdesk.domain.exact import exact_sum
from auditdesk.domain.money import plain_decimal, yuan_grouped
from auditdesk.exchange.content import AsTyped
from auditdesk.operations import registers, rights
from auditdesk.operations.register_cells import column_title, register_cell
from auditdesk.operations.sheet_cells import column_of
from auditdesk.regulations.wording import long_date
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditdesk.documents.content import Align
    from auditdesk.domain.declaration import ExportColumn
    from auditdesk.domain.register import Register
    from auditdesk.exchange.content import Column, Kind, Value
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.register_views import RegisterEntry
    from auditdesk.util.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What of a register is to be printed.

    Attributes:
        day: as of which the rows are judged.
        view: only the rows of this view; empty: all.
        text: only rows in which every typed word is found.
        columns: ids of the columns; none: those that the register has declared for paper.
        sort: id of the column that orders the rows; empty: by their code.
        descending: the largest first; empty cells stay last.
    """

    day: date
    view: str = ""
    text: str = ""
    columns: tuple[str, ...] = ()
    sort: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class PrintedRegister:
    """A finished ledger.

    Attributes:
        turned: whether its pages are wider than high.
    """

    pdf: bytes
    rows: int
    pages: int
    turned: bool


def print_register(
    desk: Desk, register_id: str, choice: Choice, progress: Progress
) -> PrintedRegister:
    """Lay out a register as a ledger of as many pages as it needs.

    Raises:
        UnusableInputError: there is no such register, view or column, or a character that no
            font has.
        RefusedError: the person at the desk is an administrator, who sees to no cases.
        CancelledError: by `progress`.
    """
    from auditdesk.documents.fonts import load_fonts  # noqa: PLC0415 – the layout is heavy
    from auditdesk.documents.ledger import render_ledger  # noqa: PLC0415 – as above

    rights.require_role(desk, "clerk", "supervisor")
    progress.step(0, 1)
    content = ledger(desk, register_id, choice)
    made = render_ledger(content, load_fonts(desk.resources / "fonts"), progress)
    return PrintedRegister(made.pdf, len(content.table.rows), made.pages, made.turned)


def ledger(desk: Desk, register_id: str, choice: Choice) -> Ledger:
    """The words of the ledger.

    Raises:
        UnusableInputError: there is no such register, view or column.
    """
    register = desk.library.register(register_id).register
    columns = _columns(register, choice.columns)
    found = registers.entries(desk, register_id, choice.day, view=choice.view, text=choice.text)
    rows = [
        [register_cell(register, column, entry) for column in columns]
        for entry in _in_order(register, found, choice)
    ]
    made = [column_of(register.row, column) for column in columns]
    table = SheetTable(
        "",
        tuple(_head(register, column) for column in columns),
        tuple(
            tuple(_text(value, one.kind) for value, one in zip(row, made, strict=True))
            for row in rows
        ),
        _sums(made, rows),
    )
    return Ledger(
        title=register.label.zh,
        table=table,
        naming=_naming(register, columns),
        scope=_scope(register, choice),
        count=f"共{len(rows)}条",
        made=f"制表人：{desk.user.full_name}　　制表日期：{long_date(desk.today())}",
        office=desk.profile.name,
        sample=desk.profile.sample,
    )


def _columns(register: Register, wanted: Sequence[str]) -> tuple[ExportColumn, ...]:
    """The columns in the order of the declaration, each once."""
    chosen = [_column(register, name) for name in wanted or register.printed]
    return tuple(column for column in register.columns if column in chosen)


def _column(register: Register, name: str) -> ExportColumn:
    for column in register.columns:
        if column.id == name:
            return column
    known = [column.id for column in register.columns]
    raise UnusableInputError(
        f"{register.label.zh}没有栏目 {name!r}；可用：{'、'.join(known)}",
        f"{register.label.en} has no column {name!r}; there are: {', '.join(known)}",
    )


def _in_order(
    register: Register, entries: Sequence[RegisterEntry], choice: Choice
) -> Sequence[RegisterEntry]:
    """The rows by code, or by what a column means; those that lack it come last either way."""
    if not choice.sort:
        return entries
    source = _column(register, choice.sort).source
    given = [entry for entry in entries if entry.value(source) is not None]
    given.sort(key=lambda entry: _comparable(entry.value(source)), reverse=choice.descending)
    return [*given, *(entry for entry in entries if entry.value(source) is None)]


def _comparable(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _head(register: Register, column: ExportColumn) -> SheetColumn:
    share, align = _MANNERS.get(column_of(register.row, column).kind, _TEXT)
    return SheetColumn(column_title(register, column), share, align)


_TEXT: tuple[int, Align] = (5, "left")
_MANNERS: dict[Kind, tuple[int, Align]] = {
    "integer": (3, "right"),
    "decimal": (3, "right"),
    "money": (3, "right"),
    "percent": (3, "right"),
    "date": (2, "centre"),
}


def _text(value: Value, kind: Kind) -> str:
    """A value as papers write it; nothing where the row has none."""
    match value:
        case None:
            return ""
        case AsTyped():
            return value.text
        case date():
            return long_date(value)
        case Decimal():
            return plain_decimal(value)
        case int() if kind == "money":
            return yuan_grouped(value)
        case _:
            return str(value)


def _sums(columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> tuple[str, ...]:
    """What the columns add up to that have a sum; none where no column or no row is there."""
    if not rows or not any(column.total for column in columns):
        return ()
    return tuple(
        _text(_sum([row[place] for row in rows]), column.kind) if column.total else ""
        for place, column in enumerate(columns)
    )


def _sum(values: Sequence[Value]) -> Value:
    """The sum of the numbers; what was typed and is none is left out."""
    whole = [value for value in values if isinstance(value, int)]
    parts = [value for value in values if isinstance(value, Decimal)]
    return exact_sum(parts) if parts else sum(whole)


def _naming(register: Register, columns: Sequence[ExportColumn]) -> int:
    """How many columns from the left say which row it is."""
    known = register.naming
    return next((n for n, c in enumerate(columns) if c.source not in known), len(columns))


def _scope(register: Register, choice: Choice) -> str:
    """The day and the filter: 截至2026年3月2日　范围：鉴定逾期　检索：“柳溪”."""
    view = register.view(choice.view).label.zh if choice.view else "全部"
    words = f"　检索：“{choice.text.strip()}”" if choice.text.strip() else ""
    return f"截至{long_date(choice.day)}　范围：{view}{words}"
