"""What a check report says, as lines of a list: findings, missing fields, missing materials."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from auditdesk.domain.declaration import CaseType, Severity
from auditdesk.domain.report import CheckReport, Finding, Outcome
from auditdesk.ui.base import signs
from auditdesk.ui.forms.sections import root_of
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.domain.declaration import Citation
    from auditdesk.ui.base.context import Context
    from auditdesk.ui.base.signs import Sign

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
LINE_ROLE = Qt.ItemDataRole.UserRole

_GROUPS = (
    ("block", signs.BLOCK, Label("否决", "Blocks approval")),
    ("justify", signs.JUSTIFY, Label("需要说明", "To justify")),
    ("missing", signs.MISSING, Label("缺项", "Missing")),
    ("unknown", signs.OPEN, Label("填齐后判断", "Judged once filled in")),
    ("notice", signs.NOTICE, Label("提示", "Notices")),
    ("justified", signs.JUSTIFIED, Label("已说明", "Justified")),
    ("pass", signs.PASS, Label("通过", "Passed")),
    ("not_applicable", signs.UNCONCERNED, Label("不适用", "Not applicable")),
)
_FOLDED = frozenset({"unknown", "pass", "not_applicable"})
_MISSING_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the head of a group, or something said of the case.

    Attributes:
        group: id of its group.
        count: for a head, the number of lines under it.
        open: for a head, whether its lines are shown.
        rule: id of the rule, for a finding.
        fields: where a click leads.
        material: id of a missing material.
    """

    group: str
    sign: Sign
    text: str
    detail: str = ""
    head: bool = False
    count: int = 0
    open: bool = True
    rule: str | None = None
    fields: tuple[str, ...] = ()
    material: str | None = None


class FindingsModel(QAbstractListModel):
    """The lines of a report, worst first; groups can be folded."""

    def __init__(self, ctx: Context, cite: Callable[[Citation], str]) -> None:
        super().__init__()
        self._ctx, self._cite = ctx, cite
        self._folded = set(_FOLDED)
        self._lines: list[Line] = []
        self._grouped: dict[str, list[Line]] = {}

    def show_report(self, case_type: CaseType, report: CheckReport) -> None:
        """Show a new report; nothing moves when it says the same as the one before."""
        grouped = self._group(case_type, report)
        if grouped != self._grouped:
            self._grouped = grouped
            self._renew()

    def toggle(self, group: str) -> None:
        """Fold a group, or unfold it."""
        self._folded ^= {group}
        self._renew()

    def lines(self) -> list[Line]:
        """The lines as they are shown."""
        return list(self._lines)

    def row_of_rule(self, rule: str) -> int | None:
        """Where a rule's line is, unfolding its group if need be."""
        for group, lines in self._grouped.items():
            if group in self._folded and any(line.rule == rule for line in lines):
                self.toggle(group)
        return next((i for i, line in enumerate(self._lines) if line.rule == rule), None)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            word = self._ctx.text(line.sign.word)
            return line.text if line.head else f"{word} {line.text} {line.detail}".strip()
        return None

    def _renew(self) -> None:
        self.beginResetModel()
        self._lines = []
        for group, sign, label in _GROUPS:
            lines = self._grouped.get(group, [])
            if lines:
                is_open = group not in self._folded
                head = Line(group, sign, self._ctx.text(label), head=True)
                self._lines.append(replace(head, count=len(lines), open=is_open))
                self._lines += lines if is_open else []
        self.endResetModel()

    def _group(self, case_type: CaseType, report: CheckReport) -> dict[str, list[Line]]:
        grouped: dict[str, list[Line]] = {"block": self._invalid(case_type, report)}
        grouped["missing"] = self._missing(case_type, report)
        for finding in report.findings:
            grouped.setdefault(_group_of(finding), []).append(self._finding(finding))
        return grouped

    def _finding(self, finding: Finding) -> Line:
        return Line(
            _group_of(finding),
            signs.sign_of_finding(finding),
            self._ctx.text(finding.message),
            self._ctx.say("；", "; ").join(self._cite(c) for c in finding.citations),
            rule=finding.rule,
            fields=finding.fields,
        )

    def _invalid(self, case_type: CaseType, report: CheckReport) -> list[Line]:
        return [
            Line(
                "block",
                signs.INVALID,
                f"{self._label(case_type, i.field)}: {self._ctx.text(i.reason)}",
                fields=(i.field,),
            )
            for i in report.invalid_fields
        ]

    def _missing(self, case_type: CaseType, report: CheckReport) -> list[Line]:
        say = self._ctx.say
        lines = [
            Line("missing", signs.MISSING, self._label(case_type, name), fields=(name,))
            for name in report.missing_fields
        ]
        if len(lines) > _MISSING_SHOWN:
            more = len(lines) - _MISSING_SHOWN
            tail = say(f"还有 {more} 项未填", f"and {more} more")
            lines = [*lines[:_MISSING_SHOWN], Line("missing", signs.MISSING, tail)]
        materials = [
            Line(
                "missing",
                signs.MISSING,
                say("材料：", "Material: ") + self._ctx.text(case_type.material(name).label),
                material=name,
            )
            for name in report.missing_materials
        ]
        return lines + materials

    def _label(self, case_type: CaseType, name: str) -> str:
        """The label of a field, or of a cell with its row."""
        field = case_type.field(root_of(name))
        label = self._ctx.text(field.label)
        if root_of(name) == name:
            return label
        row, _, column = name.removeprefix(f"{field.id}[").partition("].")
        cell = next((c for c in field.columns if c.id == column), None)
        if cell is None or not row.isdigit():
            return f"{label} {name.removeprefix(field.id)}"
        cell_label = self._ctx.text(cell.label)
        place = int(row) + 1
        return self._ctx.say(
            f"{label}第 {place} 行“{cell_label}”", f"{label}, row {place}, {cell_label}"
        )


def _group_of(finding: Finding) -> str:
    if finding.outcome is not Outcome.FAIL:
        return str(finding.outcome)
    return str(Severity(finding.severity))
