"""Document templates: wording as data, filled with one case's values.

A template under `forms/<case_type>/documents/` holds the words; offices may adapt them
without code. Every value is plain text for the layout, which prints it as it is. A value that
a sentence needs and the case does not have stops the printing and is named.

Names in braces are fields of the case; `computed.x`, `case.x`, `office.x` and `opinion.x` name
the rest. What is law follows the day of acceptance, from successor to successor: `law.x` is a
regulation's title and number, `article.x 5` an article of it, `figure.x` a figure. After a
colon stands how the value is written: `{entry_price_yuan:capital}`, `{parcel_area_m2:mu}`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from string import Formatter
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field as Constrained

from auditdesk.domain.declaration import Citation
from auditdesk.regulations.conditions import holds
from auditdesk.regulations.packs import PackError, read_toml, validated
from auditdesk.regulations.parts import condition
from auditdesk.regulations.schema import ConditionModel, Strict, Text
from auditdesk.regulations.tables import TableSource, table
from auditdesk.regulations.wording import FORMS, MissingValueError, Wording
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from auditdesk.regulations.law import Law
    from auditdesk.regulations.subject import Subject
    from auditdesk.regulations.tables import FilledTable

# Regulations, each with an article where it matters: "jinan-land-2021 24".
Sources = Text | list[Text]
ParagraphKind = Literal["body", "heading1", "heading2", "heading3", "heading4", "list"]


class ParagraphModel(Strict):
    """A paragraph, printed where its conditions hold."""

    kind: ParagraphKind = "body"
    text: Text
    when: ConditionModel = ConditionModel()
    in_force: Sources = Constrained(default_factory=list)
    out_of_force: Sources = Constrained(default_factory=list)
    each: Literal["", "lacking"] = ""


class LetterModel(Strict):
    """A paper with a red head."""

    form: Literal["letter"]
    title: Text
    recipient: Text | None = None
    paragraphs: Annotated[list[ParagraphModel], Constrained(min_length=1)]
    attachments: list[Text] = Constrained(default_factory=list)
    remark: str = ""
    copies_to: list[Text] = Constrained(default_factory=list)


class TableModel(Strict):
    """A table of a form, by what it lists; `amounts` lists the fields that it names."""

    title: Text
    source: TableSource
    fields: list[Text] = Constrained(default_factory=list)
    totals: list[Text] = Constrained(default_factory=list)
    when: ConditionModel = ConditionModel()


class SheetModel(Strict):
    """A paper in form style; of its facts, those `only_if_given` are left out where empty."""

    form: Literal["sheet"]
    title: Text
    facts: list[Text]
    only_if_given: list[Text] = Constrained(default_factory=list)
    tables: list[TableModel] = Constrained(default_factory=list)
    notes: list[ParagraphModel] = Constrained(default_factory=list)
    signature_lines: list[Text] = Constrained(default_factory=list)


@dataclass(frozen=True, slots=True)
class FilledLetter:
    """A letter's words; paragraphs are kind and text."""

    title: str
    recipient: str | None
    paragraphs: tuple[tuple[ParagraphKind, str], ...]
    attachments: tuple[str, ...]
    remark: str
    copies_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A form's words."""

    title: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[FilledTable, ...]
    notes: tuple[str, ...]
    signature_lines: tuple[str, ...]


def fill_template(name: str, text: str, subject: Subject) -> FilledLetter | FilledSheet:
    """The words of a document for one case.

    Args:
        name: the template's file name, for errors.
        text: its TOML text.
        subject: the case and what the office knows of it.

    Raises:
        UnusableInputError: the template is broken, or the case lacks a value that it needs.
    """
    try:
        model = _model(name, text)
        if isinstance(model, SheetModel):
            return _sheet(model, subject)
        return _letter(model, subject)
    except PackError as error:
        raise UnusableInputError(
            f"文书模板有误：{error}", f"The document template is broken: {error}"
        ) from None
    except MissingValueError as error:
        raise UnusableInputError(
            f"无法制作文书：案件缺少“{error.label.zh}”，请先补填。",
            f"The document cannot be made: the case has no “{error.label.en}”. Fill it in first.",
        ) from None


@lru_cache(maxsize=64)  # hundreds of papers are filled from the same words
def _model(name: str, text: str) -> LetterModel | SheetModel:
    content = read_toml(name, text)
    if content.get("form") == "sheet":
        return validated(SheetModel, name, content)
    return validated(LetterModel, name, content)


def _letter(model: LetterModel, subject: Subject) -> FilledLetter:
    words = _Filling(subject)
    return FilledLetter(
        title=words.filled(model.title),
        recipient=None if model.recipient is None else words.filled(model.recipient),
        paragraphs=tuple(words.paragraphs(model.paragraphs)),
        attachments=tuple(words.filled(text) for text in model.attachments),
        remark=words.filled(model.remark),
        copies_to=tuple(words.filled(text) for text in model.copies_to),
    )


def _sheet(model: SheetModel, subject: Subject) -> FilledSheet:
    words = _Filling(subject)
    return FilledSheet(
        title=words.filled(model.title),
        facts=tuple(words.facts(model.facts, frozenset(model.only_if_given))),
        tables=tuple(
            table(t.source, t.title, subject, fields=t.fields, totals=t.totals)
            for t in model.tables
            if words.holds(t.when)
        ),
        notes=tuple(text for _, text in words.paragraphs(model.notes)),
        signature_lines=tuple(model.signature_lines),
    )


_EMPTY = "—"
# A fact that is written in another way says so: 奖补金额（大写）.
_FACT_LABELS = {"capital": "（大写）", "mu": "（亩）", "hectares": "（公顷）"}


class _Filling:
    """Fills sentences for one subject."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._values = subject.values()
        self._wording = Wording(
            subject.law, self._values, subject.report, subject.office, subject.more
        )

    def filled(self, template: str) -> str:
        """A sentence with its values."""
        parts = []
        for literal, name, form, _ in _parsed(template):
            parts.append(literal)
            if name is not None:
                parts.append(self._wording.value(name, form or ""))
        return "".join(parts)

    def facts(self, names: Iterable[str], optional: frozenset[str]) -> Iterable[tuple[str, str]]:
        """Labels and values; what is empty is shown as a dash, or left out where optional."""
        for name in names:
            label, value = self._fact(name)
            if value != _EMPTY or name not in optional:
                yield label, value

    def holds(self, when: ConditionModel) -> bool:
        """Whether a condition holds for the case."""
        return holds(condition(when), self._values.typed)

    def _fact(self, name: str) -> tuple[str, str]:
        base, _, form = name.partition(":")
        label = self._wording.label(base).zh + _FACT_LABELS.get(form, "")
        unit = "" if form else self._wording.unit(base)
        try:
            return label, self._wording.value(base, form) + unit
        except MissingValueError:
            return label, _EMPTY

    def paragraphs(self, models: Iterable[ParagraphModel]) -> Iterable[tuple[ParagraphKind, str]]:
        """The paragraphs whose conditions hold."""
        for model in models:
            if not self._printed(model):
                continue
            if model.each:
                lacking = enumerate(self._wording.lacking(), start=1)
                yield from ((model.kind, f"{n}.{text}") for n, text in lacking)
            else:
                yield model.kind, self.filled(model.text)

    def _printed(self, model: ParagraphModel) -> bool:
        day, law = self._subject.case.accepted_on, self._subject.law
        if model.in_force and not _apply(law, model.in_force, day):
            return False
        if model.out_of_force and _apply(law, model.out_of_force, day):
            return False
        return self.holds(model.when)


def _apply(law: Law, sources: Sources, day: date) -> bool:
    """Whether all of them held for cases of that day, themselves or in a successor."""
    names = [sources] if isinstance(sources, str) else sources
    return all(_applies(law, name, day) for name in names)


def _applies(law: Law, name: str, day: date) -> bool:
    regulation_id, _, number = name.partition(" ")
    regulation, in_force = law.regulation(regulation_id), law.on(day)
    if regulation is None or (number and regulation.article(number) is None):
        raise PackError("-", "in_force", f"no {name}")
    if not number:
        return in_force.applies(regulation_id)
    return bool(in_force.citations((Citation(regulation_id, number),)))


def _parsed(template: str) -> Iterable[tuple[str, str | None, str | None, str | None]]:
    try:
        parsed = list(Formatter().parse(template))
    except ValueError as error:
        raise PackError("-", template[:40], str(error)) from None
    for _, name, form, _ in parsed:
        if name is not None and (form or "") not in FORMS:
            raise PackError("-", f"{{{name}:{form}}}", "no such way of writing")
    return parsed
