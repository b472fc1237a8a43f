"""How one value of a case is written in an official paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from auditdesk.domain.area import hectares, mu
from auditdesk.domain.bodies import authority
from auditdesk.domain.declaration import FieldKind
from auditdesk.domain.money import (
    capital_amount,
    fen_from_yuan,
    plain_decimal,
    round_half_up,
    yuan_grouped,
)
from auditdesk.domain.numerals import chinese_numeral
from auditdesk.regulations.law_wording import LAW_KINDS, LawWording
from auditdesk.regulations.packs import PackError
from auditdesk.regulations.prose import behind
from auditdesk.regulations.unfilled import MissingValueError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.domain.declaration import Computed, Field
    from auditdesk.regulations.subject import Subject

_YUAN = "元"
_JOINED = 2  # cells of a row that are understood without their headings
_ENDING_MARKS = ("。", "！", "？", "…")
ELSE = "else "
FORMS = frozenset({"", "capital", "mu", "hectares", "chinese", "percent", "sentence", "authority"})


def long_date(day: date) -> str:
    """A date as official papers write it: 2022年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


class Wording:
    """The values that the sentences of one paper name, written out in Chinese."""

    def __init__(self, subject: Subject) -> None:
        """Keep what values are taken from."""
        self.values = subject.values()
        self._report = subject.report
        self._case_type = subject.law.case_type
        self.law = LawWording(subject)
        self._other = {f"office.{k}": v for k, v in subject.office.items()} | dict(subject.more)

    def label(self, name: str) -> Label:
        """What a value is called.

        Raises:
            PackError: there is no such name.
        """
        kind, _, rest = name.partition(".")
        if kind == "computed" and rest:
            return self._computed_value(rest).label
        if rest:
            return OTHER_LABELS.get(name) or self._unknown(name)
        try:
            return self._case_type.field(name).label
        except KeyError:
            return self._unknown(name)

    def unit(self, name: str) -> str:
        """What is written behind a value in a form: its unit, or nothing."""
        units = [f.unit.zh for f in self._case_type.fields if f.id == name and f.unit]
        computed = self._case_type.computed
        units += [_YUAN for c in computed if f"computed.{c.id}" == name and c.is_money]
        return behind(units[0]) if units else ""

    @staticmethod
    def _unknown(name: str) -> Label:
        raise PackError("-", f"{{{name}}}", "no such value")

    def value(self, name: str, form: str) -> str:
        """A value as text.

        Raises:
            MissingValueError: the case does not have it, or the law is silent on the day.
            PackError: there is no such name.
        """
        if form.startswith(ELSE):
            return self._value_or(name, form.removeprefix(ELSE))
        text = self._text(name, form)
        return as_sentence(text) if form == "sentence" else text

    def _value_or(self, name: str, otherwise: str) -> str:
        try:
            return self._text(name, "")
        except MissingValueError:
            return otherwise

    def _text(self, name: str, form: str) -> str:
        kind, _, rest = name.partition(".")
        if kind in LAW_KINDS and rest:
            return self.law.value(kind, rest, form)
        if kind == "computed" and rest:
            return self._computed(rest, form)
        label = self.label(name)
        if rest:
            text = self._other.get(name, "") or _UNNAMED.get(name, "")
            if not text:
                raise MissingValueError(label)
            return text
        value = self.values.get(name)
        if value is None:
            raise MissingValueError(label)
        if form == "authority":
            return authority(str(value), self._other.get("case.district", ""))
        return written(self._case_type.field(name), value, form)

    def has(self, name: str) -> bool:
        """Whether a value is there."""
        kind, _, rest = name.partition(".")
        if kind in LAW_KINDS and rest:
            return self.law.speaks(kind, rest)
        try:
            return bool(self._text(name, ""))
        except MissingValueError:
            return False

    def _computed_value(self, name: str) -> Computed:
        found = next((c for c in self._case_type.computed if c.id == name), None)
        if found is None:
            raise PackError("-", f"{{computed.{name}}}", "no such value")
        return found

    def _computed(self, name: str, form: str) -> str:
        computed = self._computed_value(name)
        value = self._report.computed.get(name)
        if value is None:
            raise MissingValueError(computed.label)
        if computed.is_money:
            return _money(fen_from_yuan(Decimal(str(value))), form)
        if computed.kind == "date":
            return long_date(date.fromisoformat(str(value)))
        if form == "percent":
            return percent(str(value))
        return computed.shown(value).zh


# What a paper calls those whom an office's settings do not name.
_UNNAMED = {
    "office.review_body": "行政复议机关",
    "office.court": "有管辖权的人民法院",
    "office.handling_body": "本机关",
}
OTHER_LABELS: Mapping[str, Label] = {
    "opinion.reason": Label("决定理由", "reason of the decision"),
    "opinion.about": Label("涉及事项", "what the decision concerns"),
    "occasion.words": Label(
        "转入本环节时写的意见（没有写的，先退回上一环节，再写明意见转入）",
        "opinion on handing the case on to this stage (if none was written, go back a stage and "
        "hand it on with one)",
    ),
    "office.review_body": Label("行政复议机关（设置）", "body for review (settings)"),
    "office.court": Label("行政诉讼管辖法院（设置）", "court (settings)"),
    "office.handling_body": Label("承办机构（设置）", "handling body (settings)"),
    "office.signatory": Label("发文机关署名（设置）", "signatory (settings)"),
    "office.contact": Label("联系电话（设置）", "telephone (settings)"),
    "case.no": Label("案件编号", "case number"),
    "case.accepted_on": Label("受理日期", "day of acceptance"),
    "case.district": Label("区县", "district"),
    "case.stage": Label("环节", "stage"),
    "case.verdict": Label("审查结论", "verdict"),
}


def percent(ratio: str) -> str:
    """A ratio of whole numbers as a percentage, and exactly behind it: 77.78%（70/90）.

    The percentage has two decimals, rounded half-up.
    """
    part, _, whole = ratio.partition("/")
    if not int(whole):
        return ratio
    hundredths = round_half_up(Fraction(int(part), int(whole)) * 10_000)
    return f"{plain_decimal(Decimal(hundredths).scaleb(-2))}%（{ratio}）"


def as_sentence(text: str) -> str:
    """A text with a full stop behind it, unless it ends in a mark of its own."""
    stripped = text.rstrip()
    return stripped if stripped.endswith(_ENDING_MARKS) else f"{stripped}。"


def written(field: Field, value: Any, form: str = "") -> str:
    """A typed value as an official paper writes it."""
    match field.kind:
        case FieldKind.MONEY:
            return _money(value, form)
        case FieldKind.ROWS:
            return "；".join(_row(field, row) for row in value)
        case FieldKind.CHOICE:
            return _choice(field, value)
        case FieldKind.CHOICES | FieldKind.TEXTS:
            return "、".join(_choice(field, v) for v in value)
    return _number(value, form) or plain(value)


def _number(value: Any, form: str) -> str:
    """A number in another unit or in Chinese numerals, where that is asked for."""
    if form == "chinese" and isinstance(value, int):
        return chinese_numeral(value)
    if form in {"mu", "hectares"} and isinstance(value, Decimal):
        return plain_decimal(mu(value) if form == "mu" else hectares(value))
    return ""


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
