"""How one value of a case is written in an official paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from auditdesk.domain.area import hectares, mu
from auditdesk.domain.declaration import Citation, FieldKind
from auditdesk.domain.money import capital_amount, fen_from_yuan, plain_decimal, yuan_grouped
from auditdesk.domain.report import Outcome
from auditdesk.regulations.figures import figure_text
from auditdesk.regulations.packs import PackError
from auditdesk.regulations.prose import behind, official
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from auditdesk.domain.declaration import Field
    from auditdesk.domain.report import CheckReport
    from auditdesk.regulations.law import Law
    from auditdesk.regulations.values import Values

_YUAN = "元"
_JOINED = 2  # cells of a row that are understood without their headings
FORMS = frozenset({"", "capital", "mu", "hectares", "articles"})


class MissingValueError(Exception):
    """A sentence needs a value that the case does not have."""

    def __init__(self, label: Label) -> None:
        """Keep what is missing."""
        super().__init__(label.en)
        self.label = label


def long_date(day: date) -> str:
    """A date as official papers write it: 2022年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


_IN_FORCE = Label("受理日有效的依据", "a regulation in force on the day of acceptance")
# What stands in “依据……的有关规定” where nothing that was in force is cited.
_NOTHING_CITED = "现行"


class Wording:
    """The values that a template may name, written out in Chinese."""

    def __init__(
        self,
        law: Law,
        values: Values,
        report: CheckReport,
        office: Mapping[str, str],
        more: Mapping[str, str],
    ) -> None:
        """Keep what values are taken from."""
        self._law = law
        self._values = values
        self._report = report
        self._in_force = law.on(report.accepted_on)
        self._other = {f"office.{k}": v for k, v in office.items()} | dict(more)

    def label(self, name: str) -> Label:
        """What a value is called."""
        kind, _, rest = name.partition(".")
        if kind == "computed" and rest:
            found = [c.label for c in self._law.case_type.computed if c.id == rest]
            return found[0] if found else self._unknown(name)
        if rest:
            return _OTHER_LABELS.get(name, Label(name, name))
        try:
            return self._law.case_type.field(name).label
        except KeyError:
            return self._unknown(name)

    def unit(self, name: str) -> str:
        """What is written behind a value in a form: its unit, or nothing."""
        case_type = self._law.case_type
        units = [f.unit.zh for f in case_type.fields if f.id == name and f.unit]
        units += [_YUAN for c in case_type.computed if f"computed.{c.id}" == name and c.is_money]
        return behind(units[0]) if units else ""

    @staticmethod
    def _unknown(name: str) -> Label:
        raise PackError("-", f"{{{name}}}", "no such value")

    def value(self, name: str, form: str) -> str:
        """A value as text.

        Raises:
            MissingValueError: the case does not have it.
            PackError: there is no such name.
        """
        kind, _, rest = name.partition(".")
        if kind in {"law", "article", "figure"} and rest:
            return self._of_law(kind, rest)
        if kind == "computed" and rest:
            return self._computed(rest, form)
        if rest:
            text = self._other.get(name, "") or _UNNAMED.get(name, "")
            if not text:
                raise MissingValueError(self.label(name))
            return text
        label = self.label(name)
        value = self._values.get(name)
        if value is None:
            raise MissingValueError(label)
        return written(self._law.case_type.field(name), value, form)

    def _of_law(self, kind: str, name: str) -> str:
        written_as = {"law": self._regulation, "article": self._article, "figure": self._figure}
        return written_as[kind](name)

    def _regulation(self, regulation_id: str) -> str:
        if regulation_id == "basis":
            return self._basis()
        if self._law.regulation(regulation_id) is None:
            raise PackError("-", f"{{law.{regulation_id}}}", "no such regulation")
        regulation = self._in_force.speaking.get(regulation_id)
        if regulation is None:
            raise MissingValueError(_IN_FORCE)
        return f"《{regulation.title.zh}》（{regulation.number}）"

    def _article(self, name: str) -> str:
        """An article of a regulation, or what stands in its place on the day: 第5条."""
        regulation_id, _, number = name.partition(" ")
        if self._law.regulation(regulation_id) is None:
            raise PackError("-", f"{{article.{name}}}", "no such regulation")
        citations = self._in_force.citations((Citation(regulation_id, number),))
        regulation = self._in_force.speaking.get(regulation_id)
        if regulation is None or not citations:
            raise MissingValueError(_IN_FORCE)
        return "、".join(regulation.cited(c.article).zh for c in citations)

    def _figure(self, name: str) -> str:
        """A figure of law on the day of acceptance; percentages as 3, not as a fraction."""
        figures = [r.figure(name) for r in self._law.regulations if r.figure(name)]
        if not figures or figures[0] is None:
            raise PackError("-", f"{{figure.{name}}}", "no such figure")
        value = self._in_force.parameters.get(name)
        if value is None:
            raise MissingValueError(figures[0].label)
        return figure_text(figures[0].kind, value).zh

    def _basis(self) -> str:
        """The regulations that judged this case and were in force, in their order."""
        cited = {
            c.regulation
            for f in self._report.findings
            if f.outcome in {Outcome.PASS, Outcome.FAIL, Outcome.JUSTIFIED}
            for c in f.citations
        }
        speaking = {r.id for r in self._in_force.speaking.values()}
        titles = [
            f"《{r.title.zh}》" for r in self._law.regulations if r.id in cited and r.id in speaking
        ]
        return "、".join(titles) or _NOTHING_CITED

    def _computed(self, name: str, form: str) -> str:
        label = self.label(f"computed.{name}")
        value = self._report.computed.get(name)
        if value is None:
            raise MissingValueError(label)
        computed = next(c for c in self._law.case_type.computed if c.id == name)
        if computed.is_money:
            return _money(fen_from_yuan(Decimal(str(value))), form)
        if computed.kind == "date":
            return long_date(date.fromisoformat(str(value)))
        return computed.shown(value).zh

    def lacking(self) -> Iterator[str]:
        """Everything that holds the case up, all at once: materials, fields, failed rules."""
        case_type = self._law.case_type
        for material in self._report.missing_materials:
            yield f"缺少材料：{case_type.material(material).label.zh}。"
        for name in self._report.missing_fields:
            yield f"未填写：{self._field_label(name)}。"
        for invalid in self._report.invalid_fields:
            yield f"填写有误：{self._field_label(invalid.field)}，{invalid.reason.zh}。"
        for finding in self._report.findings:
            if finding.outcome is Outcome.FAIL and str(finding.severity) != "notice":
                sources = citation_text(self._law, finding.citations)
                yield f"{official(finding.message.zh)}（依据：{sources}）。"

    def _field_label(self, name: str) -> str:
        base = name.partition("[")[0]
        labels = [f.label.zh for f in self._law.case_type.fields if f.id == base]
        return labels[0] if labels else name


# What a paper calls those whom an office's settings do not name.
_UNNAMED = {"office.review_body": "行政复议机关", "office.court": "有管辖权的人民法院"}
_OTHER_LABELS = {
    "opinion.reason": Label("决定理由", "reason of the decision"),
    "occasion.words": Label(
        "转入本环节时写的意见（没有写的，先退回上一环节，再写明意见转入）",
        "opinion on handing the case on to this stage (if none was written, go back a stage and "
        "hand it on with one)",
    ),
    "office.government": Label("批准机关名称（设置）", "name of the deciding body (settings)"),
    "office.department": Label("承办部门名称（设置）", "name of the department (settings)"),
    "case.no": Label("案件编号", "case number"),
    "case.accepted_on": Label("受理日期", "day of acceptance"),
    "case.stage": Label("环节", "stage"),
    "case.verdict": Label("审查结论", "verdict"),
}


def written(field: Field, value: Any, form: str = "") -> str:
    """A typed value as an official paper writes it."""
    if form in {"mu", "hectares"} and isinstance(value, Decimal):
        return plain_decimal(mu(value) if form == "mu" else hectares(value))
    if field.kind is FieldKind.MONEY:
        return _money(value, form)
    if field.kind is FieldKind.ROWS:
        return "；".join(_row(field, row) for row in value)
    if field.kind is FieldKind.CHOICE:
        return _choice(field, value)
    if field.kind in {FieldKind.CHOICES, FieldKind.TEXTS}:
        return "、".join(_choice(field, v) for v in value)
    return plain(value)


def _money(fen: int, form: str) -> str:
    return capital_amount(fen) if form == "capital" else yuan_grouped(fen)


def _row(field: Field, row: Mapping[str, Any]) -> str:
    """The cells of a row that are filled, with their units: 集体提留60%, 甲公司（金额：3万元）."""
    filled = [column for column in field.columns if column.id in row]
    cells = [
        f"{written(column, row[column.id])}{column.unit.zh if column.unit else ''}"
        for column in filled
    ]
    if len(cells) <= _JOINED:
        return "".join(cells)
    named = (f"{c.label.zh}：{cell}" for c, cell in zip(filled[1:], cells[1:], strict=True))
    return f"{cells[0]}（{'，'.join(named)}）"


def _choice(field: Field, value: str) -> str:
    label = field.choice_label(value)
    return label.zh if label else value


def plain(value: Any) -> str:
    """A value without a declaration: dates long, decimals exact, yes and no as words."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return str(value)


def citation_text(law: Law, citations: tuple[Any, ...]) -> str:
    """Sources as a form prints them: 济政办发〔2021〕21号第19条；土地管理法第63条."""
    return "；".join(_citation(law, c.regulation, c.article) for c in citations)


def _citation(law: Law, regulation_id: str, article: str) -> str:
    regulation = law.regulation(regulation_id)
    if regulation is None:
        return f"{_NO_REGULATION.get(regulation_id, regulation_id)}：{article}"
    return regulation.short.zh + regulation.cited(article).zh


_NO_REGULATION = {"logic": "逻辑", "practice": "办理惯例"}
