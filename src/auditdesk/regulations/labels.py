"""What the parts of a case are called, for sentences about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.util.label import Label

if TYPE_CHECKING:
    from auditdesk.domain.declaration import CaseType, Field


def field_of(case_type: CaseType, name: str) -> tuple[Field | None, Field | None]:
    """The field of a name, and the column where it is that of a cell, `rows[0].column`."""
    own, _, rest = name.partition("[")
    _, _, column = rest.partition("].")
    field = next((f for f in case_type.fields if f.id == own), None)
    cells = field.columns if field else ()
    return field, next((c for c in cells if c.id == column), None)


def field_label(case_type: CaseType, name: str) -> Label:
    """The label of a field, or of a cell written `rows[0].column`; else the name itself."""
    field, cell = field_of(case_type, name)
    if field is None:
        return Label(name, name)
    index = name.partition("[")[2].partition("]")[0]
    if cell is None or not index.isdigit():
        return field.label
    row = int(index) + 1
    return Label(
        f"{field.label.zh}第 {row} 行{cell.label.zh}",
        f"{field.label.en}, row {row}, {cell.label.en}",
    )
