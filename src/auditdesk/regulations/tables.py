"""The tables of forms: findings, materials, opinions, computed values, rows of the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from auditdesk.domain.declaration import FieldKind, MaterialKind, Severity
from auditdesk.domain.exact import exact_sum
from auditdesk.domain.material import COPY, ORIGINAL, HandedIn
from auditdesk.domain.report import Outcome
from auditdesk.regulations.citing import of_law, sources_text
from auditdesk.regulations.packs import PackError
from auditdesk.regulations.prose import official
from auditdesk.regulations.unfilled import MissingValueError
from auditdesk.regulations.wording import Wording, long_date, written

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from auditdesk.domain.declaration import Field, Material
    from auditdesk.domain.report import Finding
    from auditdesk.regulations.subject import Subject

TableSource = str
Columns = tuple[tuple[str, int, Literal["left", "centre", "right"]], ...]
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A table's words; columns are label, share of spare width, alignment.

    Attributes:
        sums: the last row; empty where nothing is added up.
    """

    title: str
    columns: Columns
    rows: Rows
    sums: tuple[str, ...] = ()


_ADDED_UP = frozenset({FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY})
_SEVERITIES = {Severity.BLOCK: "否决 ×", Severity.JUSTIFY: "说明 !", Severity.NOTICE: "提示 i"}
_FORMS = {ORIGINAL: "原件", COPY: "复印件"}
_OUTCOMES = {
    Outcome.PASS: "通过 √",
    Outcome.JUSTIFIED: "已说明 √",
    Outcome.UNKNOWN: "待补",
    Outcome.NOT_APPLICABLE: "不适用",
}


def table(
    source: TableSource,
    title: str,
    subject: Subject,
    *,
    fields: Sequence[str] = (),
    totals: Collection[str] = (),
) -> FilledTable:
    """One table of a form.

    Args:
        source: what it lists.
        title: its heading.
        subject: the case.
        fields: the amounts of money that the source `amounts` lists.
        totals: columns of a row table that are added up in a last row.

    Raises:
        PackError: there is no such source, or no such column.
    """
    if source.startswith("data."):
        return _rows_table(source.removeprefix("data."), title, subject, totals)
    if source == "amounts":
        return _amounts_table(fields, title, subject)
    if source not in _SOURCES:
        raise PackError("-", "tables.source", f"no source {source}")
    columns, rows = _SOURCES[source]
    return FilledTable(title, columns, tuple(rows(subject)))


def _findings(subject: Subject) -> Iterator[tuple[str, ...]]:
    for number, finding in enumerate(subject.report.findings, start=1):
        rule = subject.law.case_type.rule(finding.rule)
        yield (
            str(number),
            rule.title.zh,
            _answer(finding),
            official(finding.message.zh),
            _sources(subject, finding),
        )


def _sources(subject: Subject, finding: Finding) -> str:
    """What a finding rests on; a paper cites only what was in force."""
    in_force = subject.law.on(subject.report.accepted_on)
    holding = tuple(c for c in finding.citations if in_force.holds(c))
    return sources_text(subject.law, holding) or "—"


def _answer(finding: Finding) -> str:
    if finding.outcome is Outcome.FAIL:
        return _SEVERITIES[finding.severity]
    return _OUTCOMES[finding.outcome]


def _materials(subject: Subject) -> Iterator[tuple[str, ...]]:
    report, verdicts = subject.report, subject.case.materials
    shown = [m for m in subject.law.case_type.materials if m.id in report.required_materials]
    for number, material in enumerate(shown, start=1):
        verdict = "缺" if material.id in report.missing_materials else "齐"
        if verdicts.get(material.id) == "not_applicable":
            verdict = "不适用" if material.kind is MaterialKind.CONDITIONAL else "缺"
        handed_in = subject.handed_in.get(material.id, HandedIn())
        yield (
            str(number),
            material.label.zh,
            verdict,
            _FORMS.get(handed_in.form, "—"),
            "—" if handed_in.pages is None else str(handed_in.pages),
            _material_source(subject, material),
        )


def _material_source(subject: Subject, material: Material) -> str:
    """The regulation that asks for a material; custom only where no regulation does."""
    holding = subject.law.on(subject.report.accepted_on).citations(material.citations)
    return sources_text(subject.law, of_law(holding) or holding) or "—"


def _opinions(subject: Subject) -> Iterator[tuple[str, ...]]:
    for opinion in subject.opinions:
        yield opinion.stage, opinion.action, opinion.name, long_date(opinion.on), opinion.reason


def _computed(subject: Subject) -> Iterator[tuple[str, ...]]:
    wording = Wording(subject)
    for computed in subject.law.case_type.computed:
        name = f"computed.{computed.id}"
        yield computed.label.zh, _value(wording, name, wording.unit(name))


def _rows_table(name: str, title: str, subject: Subject, totals: Collection[str]) -> FilledTable:
    try:
        field = subject.law.case_type.field(name)
    except KeyError:
        raise PackError("-", "tables.source", f"no field {name}") from None
    strange = set(totals) - {c.id for c in field.columns if c.kind in _ADDED_UP}
    if not field.columns or strange:
        reason = f"no column of numbers {min(strange)}" if strange else f"{name} is no table"
        raise PackError("-", "tables", reason)
    columns: Columns = tuple(
        (f"{c.label.zh}（{c.unit.zh}）" if c.unit else c.label.zh, *_column_manner(c))
        for c in field.columns
    )
    rows = subject.values().get(name) or ()
    filled = tuple(
        tuple(written(c, row[c.id]) if c.id in row else "—" for c in field.columns) for row in rows
    )
    sums = _totals(field, rows, totals) if totals and filled else ()
    return FilledTable(title, columns, filled, sums)


def _column_manner(column: Field) -> tuple[int, Literal["left", "centre", "right"]]:
    """The share of the width and the alignment of a column, by what stands in it."""
    if column.kind is FieldKind.TEXT:
        return 5, "left"
    return (3, "right") if column.kind in _ADDED_UP else (2, "centre")


def _totals(
    field: Field, rows: Iterable[Mapping[str, Any]], totals: Collection[str]
) -> tuple[str, ...]:
    """The last row: the sums of the columns that have one."""
    cells = [written(c, _sum(c, rows)) if c.id in totals else "" for c in field.columns]
    return ("合计", *cells[1:])


def _sum(column: Field, rows: Iterable[Mapping[str, Any]]) -> Any:
    given = [row[column.id] for row in rows if column.id in row]
    return exact_sum(given) if column.kind is FieldKind.DECIMAL else sum(given)


_AMOUNT_COLUMNS: Columns = (
    ("项目", 30, "left"),
    ("金额（元）", 26, "right"),
    ("大写", 44, "left"),
)


def _amounts_table(fields: Sequence[str], title: str, subject: Subject) -> FilledTable:
    """Amounts of money in figures and in 大写."""
    wording = Wording(subject)
    rows = tuple(
        (wording.label(name).zh, _value(wording, name), _value(wording, name, form="capital"))
        for name in fields
    )
    return FilledTable(title, _AMOUNT_COLUMNS, rows)


def _value(wording: Wording, name: str, unit: str = "", form: str = "") -> str:
    """A value with its unit; a dash where the case does not have it."""
    try:
        return wording.value(name, form) + unit
    except MissingValueError:
        return "—"


_SOURCES: Mapping[str, tuple[Columns, Callable[[Subject], Iterator[tuple[str, ...]]]]] = {
    "findings": (
        (
            ("序号", 6, "centre"),
            ("审查事项", 18, "left"),
            ("结论", 10, "centre"),
            ("说明", 40, "left"),
            ("依据", 26, "left"),
        ),
        _findings,
    ),
    "materials": (
        (
            ("序号", 6, "centre"),
            ("材料", 30, "left"),
            ("齐备", 8, "centre"),
            ("形式", 10, "centre"),
            ("页数", 8, "centre"),
            ("依据", 38, "left"),
        ),
        _materials,
    ),
    "opinions": (
        (
            ("环节", 14, "centre"),
            ("意见", 10, "centre"),
            ("姓名", 12, "centre"),
            ("日期", 20, "centre"),
            ("理由", 44, "left"),
        ),
        _opinions,
    ),
    "computed": ((("计算项目", 60, "left"), ("结果", 40, "right")), _computed),
}
