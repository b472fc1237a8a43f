"""How figures are put into words and bars, the same in the window, on paper and in commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.util.faults import UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditdesk.operations.figure_views import Figures, Group, Line, Part, SumColumn

HEADS = (Label("本期", "Now"), Label("上期", "Before"), Label("增减", "Change"))
SUMS = Label("金额、面积等合计", "Sums")
NOTHING = "—"
THOUSAND = 1000


def measured(read: Figures, measure: str | None) -> SumColumn | None:
    """The column whose sums bars show; None: they show how many cases.

    Raises:
        UnusableInputError: there is no such column; says which there are.
    """
    found = next((column for column in read.columns if column.id == measure), None)
    if measure is not None and found is None:
        zh = "、".join(f"{c.id} {c.label.zh}" for c in read.columns)
        en = ", ".join(f"{c.id} {c.label.en}" for c in read.columns)
        raise UnusableInputError(
            f"没有合计栏 {measure!r}。{f'可用：{zh}' if zh else '请先选定一个有合计栏的事项。'}",
            f"There is no column {measure!r} to add up. "
            f"{f'There are: {en}' if en else 'Choose a case type that has one first.'}",
        )
    return found


def empty(part: Part) -> Label:
    """The words that stand for a part without cases."""
    return (
        Label("本期没有受理案件。", "No case was received in the period.")
        if part.basis == "accepted_on"
        else Label("本期没有决定案件。", "No case was decided in the period.")
    )


def described(read: Figures, part: Part, group: Group | None, line: Line) -> Label:
    """Which cases a figure counts, as it stands over their list."""
    period = read.asked.period
    basis = Label("受理", "accepted") if part.basis == "accepted_on" else Label("决定", "decided")
    days = f"{period.first} – {period.last}"
    zh, en = f"{basis.zh} {days}，{read.about.zh}", f"{basis.en} {days}, {read.about.en}"
    if line is part.total:
        return Label(zh, en)
    if group is None:
        return Label(f"{zh}，有“{line.label.zh}”之数", f"{en}, with a value for {line.label.en}")
    return Label(
        f"{zh}；{group.label.zh}：{line.label.zh}", f"{en}; {group.label.en}: {line.label.en}"
    )


def told(line: Line, column: SumColumn | None) -> tuple[str, str, str]:
    """A figure, that of the period before, and the change, as people read them."""
    if column is None:
        before = NOTHING if line.before is None else f"{line.before:,}"
        return f"{line.cases:,}", before, signed(line.change)
    now, then = line.amounts.get(column.id), line.amounts_before.get(column.id)
    if line.before is None:
        return column.shown(now), NOTHING, NOTHING
    return column.shown(now), column.shown(then), column.shown_change(now, then)


def signed(change: int | None) -> str:
    """A change with its sign; a dash where there is nothing to compare with."""
    if change is None:
        return NOTHING
    return f"{change:+,d}" if change else "0"


def shares(lines: Sequence[Line], column: SumColumn | None) -> tuple[tuple[int, int], ...]:
    """The lengths of the bars, now and before, in thousandths of the longest; none below 0."""
    pairs = [_heights(line, column) for line in lines]
    most = max((height for pair in pairs for height in pair), default=0)
    if not most:
        return tuple((0, 0) for _ in pairs)
    return tuple((now * THOUSAND // most, then * THOUSAND // most) for now, then in pairs)


def _heights(line: Line, column: SumColumn | None) -> tuple[int, int]:
    if column is None:
        return line.cases, line.before or 0
    sums = (line.amounts.get(column.id), line.amounts_before.get(column.id))
    now, then = (max(amount.total, 0) if amount else 0 for amount in sums)
    return now, then
