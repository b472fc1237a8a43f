"""Checking a template without a case: every name, article and condition that it writes is there.

A paper of a rare kind would else stop with a broken template on the day it is wanted.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from auditdesk.domain.case import CaseFile
from auditdesk.domain.report import CheckReport, Verdict
from auditdesk.regulations.crosscheck import condition_problems
from auditdesk.regulations.filling import Filling
from auditdesk.regulations.packs import PackError
from auditdesk.regulations.parts import condition
from auditdesk.regulations.subject import Subject
from auditdesk.regulations.tables import table
from auditdesk.regulations.templates import SheetModel, template_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditdesk.regulations.law import Law
    from auditdesk.regulations.phrases import ConditionalModel
    from auditdesk.regulations.standing import Standing
    from auditdesk.regulations.templates import LetterModel


def check_template(law: Law, name: str, text: str, standing: Standing) -> LetterModel | SheetModel:
    """Refuse a template that could not be filled for some case.

    Args:
        law: the case type's; names are looked up in it.
        name: the template's file, for errors.
        text: its TOML text.
        standing: the phrases that all papers share, and the law that they speak of.

    Raises:
        PackError: names the file, the place in it, and the reason.
    """
    model = template_model(name, text)
    try:
        subject = _nobody(law, standing)
        words = Filling(subject, model.basis, model.phrases)
        for place, part in _parts(model):
            with _at(place):
                _check_part(part, words, law)
        if isinstance(model, SheetModel):
            _check_sheet(model, words, subject)
    except PackError as error:
        raise error.in_file(name) from None
    return model


def _nobody(law: Law, standing: Standing) -> Subject:
    """A case without any data: names are looked up in it, values are not."""
    day, stage = law.regulations[0].first_day, law.case_type.stages[0].id
    report = CheckReport(
        law.case_type.id, stage, day, Verdict.INCOMPLETE, (), (), (), (), (), (), {}
    )
    return Subject(law, CaseFile(law.case_type.id, day, "", stage), report, {}, standing=standing)


def _parts(model: LetterModel | SheetModel) -> Iterator[tuple[str, str | ConditionalModel]]:
    """Everything that is written, or holds on a condition, with its place in the file."""
    yield "title", model.title
    lists: dict[str, Sequence[str | ConditionalModel]] = {
        "basis": [source for source in model.basis if not isinstance(source, str)],
        "phrases": model.phrases,
    }
    if isinstance(model, SheetModel):
        lists["notes"] = model.notes
    else:
        yield "issuer", model.issuer or ""
        yield "recipient", model.recipient or ""
        yield "remark", model.remark
        lists |= {
            "paragraphs": model.paragraphs,
            "attachments": model.attachments,
            "copies_to": model.copies_to,
        }
    for key, parts in lists.items():
        for number, part in enumerate(parts):
            yield f"{key}[{getattr(part, 'id', number)}]", part


@contextmanager
def _at(place: str) -> Iterator[None]:
    try:
        yield
    except PackError as error:
        raise PackError("-", f"{place} {error.key}", error.reason, error.zh) from None


def _check_part(part: str | ConditionalModel, words: Filling, law: Law) -> None:
    if isinstance(part, str):
        words.require(part)
        return
    figures = {p.id for regulation in law.regulations for p in regulation.parameters}
    fields = law.case_type.fields
    for key, reason in condition_problems("when", fields, condition(part.when), figures):
        raise PackError("-", key, reason)
    words.require_conditions(part)
    words.require(getattr(part, "text", ""))
    if source := getattr(part, "source", ""):
        words.require_source(source)


def _check_sheet(model: SheetModel, words: Filling, subject: Subject) -> None:
    with _at("facts"):
        for _ in words.facts([*model.facts, *model.only_if_given], frozenset()):
            pass
    for number, declared in enumerate(model.tables):
        with _at(f"tables[{number}]"):
            table(
                declared.source,
                declared.title,
                subject,
                fields=declared.fields,
                totals=declared.totals,
            )
