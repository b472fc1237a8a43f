"""Document templates: wording as data, filled with one case's values.

A template under `forms/<case_type>/documents/` holds the words; offices may adapt them
without code. Every value is plain text for the layout, which prints it as it is. A value that
a sentence needs and the case does not have stops the printing and is named.

Names in braces are fields of the case; `computed.x`, `case.x`, `office.x` and `opinion.x` name
the rest, `phrase.x` a phrase of the template or one that papers share. What is law follows the
day of acceptance, from successor to successor: `law.x` is a regulation's title and number,
`article.x 5 6` articles of it, `figure.x` a figure, and `law.basis` all of the template's
`basis` that held on the day. After a colon stands how the value is written:
`{entry_price_yuan:capital}`, `{parcel_area_m2:mu}`, `{figure.x:chinese}`, `{town:authority}` for
the body that governs a place, and what is written where there is none:
`{reservoir_name:else 水库}`.

A letter has the form of a document (`form = "letter"`, 文件) or of correspondence
(`form = "correspondence"`, 信函). `issuer` names the body that speaks where it is not the office.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field as Constrained

from auditdesk.regulations.filling import Filling
from auditdesk.regulations.packs import PackError, read_toml, validated
from auditdesk.regulations.phrases import (  # noqa: TC001 – pydantic reads the annotations
    Basis,
    Lines,
    ParagraphKind,
    ParagraphModel,
    PhraseModel,
)
from auditdesk.regulations.schema import ConditionModel, Strict, Text
from auditdesk.regulations.standing import broken
from auditdesk.regulations.tables import TableSource, table
from auditdesk.regulations.unfilled import MissingValueError
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from auditdesk.regulations.subject import Subject
    from auditdesk.regulations.tables import FilledTable


LetterForm = Literal["letter", "correspondence"]


class LetterModel(Strict):
    """A paper with a red head; without an issuer the office itself speaks."""

    form: LetterForm
    title: Text
    issuer: Text | None = None
    recipient: Text | None = None
    basis: Basis = Constrained(default_factory=list)
    phrases: list[PhraseModel] = Constrained(default_factory=list)
    paragraphs: Annotated[list[ParagraphModel], Constrained(min_length=1)]
    attachments: Lines = Constrained(default_factory=list)
    remark: str = ""
    copies_to: Lines = Constrained(default_factory=list)


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
    basis: Basis = Constrained(default_factory=list)
    phrases: list[PhraseModel] = Constrained(default_factory=list)
    facts: list[Text]
    only_if_given: list[Text] = Constrained(default_factory=list)
    tables: list[TableModel] = Constrained(default_factory=list)
    notes: list[ParagraphModel] = Constrained(default_factory=list)
    signature_lines: list[Text] = Constrained(default_factory=list)


@dataclass(frozen=True, slots=True)
class FilledLetter:
    """A letter's words; paragraphs are kind and text; without an issuer the office speaks."""

    form: LetterForm
    title: str
    issuer: str | None
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
        model = template_model(name, text)
        words = Filling(subject, model.basis, model.phrases)
        return _sheet(model, words) if isinstance(model, SheetModel) else _letter(model, words)
    except PackError as error:
        raise broken(error) from None
    except MissingValueError as error:
        raise UnusableInputError(error.message.zh, error.message.en) from None


@lru_cache(maxsize=64)  # hundreds of papers are filled from the same words
def template_model(name: str, text: str) -> LetterModel | SheetModel:
    """A template's form, from its text.

    Raises:
        PackError: it does not have the form; names file, key and reason.
    """
    content = read_toml(name, text)
    if content.get("form") == "sheet":
        return validated(SheetModel, name, content)
    return validated(LetterModel, name, content)


def _letter(model: LetterModel, words: Filling) -> FilledLetter:
    return FilledLetter(
        form=model.form,
        title=words.filled(model.title),
        issuer=None if model.issuer is None else words.filled(model.issuer),
        recipient=None if model.recipient is None else words.filled(model.recipient),
        paragraphs=tuple(words.paragraphs(model.paragraphs)),
        attachments=tuple(words.lines(model.attachments)),
        remark=words.filled(model.remark),
        copies_to=tuple(words.lines(model.copies_to)),
    )


def _sheet(model: SheetModel, words: Filling) -> FilledSheet:
    return FilledSheet(
        title=words.filled(model.title),
        facts=tuple(words.facts(model.facts, frozenset(model.only_if_given))),
        tables=tuple(
            table(t.source, t.title, words.subject, fields=t.fields, totals=t.totals)
            for t in model.tables
            if words.holds(t.when)
        ),
        notes=tuple(text for _, text in words.paragraphs(model.notes)),
        signature_lines=tuple(model.signature_lines),
    )
