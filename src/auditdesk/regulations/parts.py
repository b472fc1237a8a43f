"""The small parts of a pack, from their models to declarations: fields, rules, needs and so on."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from auditdesk.domain import declaration as d
from auditdesk.domain.follow_up import FollowUp, Settler
from auditdesk.domain.legal_clock import Binds, Effect, Extension, LegalClock, PauseGround, Unit
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from auditdesk.regulations import schema as s


def label_of(words: s.Words) -> Label:
    """A text in both languages."""
    return Label(words.zh, words.en)


def maybe_label(words: s.Words | None) -> Label | None:
    """A text in both languages, where there is one."""
    return label_of(words) if words else None


def condition(model: s.ConditionModel) -> d.Condition:
    """A condition as the declarations hold it."""
    equals = {name: tuple(scalar(v) for v in values) for name, values in model.equals.items()}
    counts = {name: tuple(numbers) for name, numbers in model.counts.items()}
    return d.Condition(equals, tuple(model.any_given), dict(model.above), counts)


def scalar(value: s.Scalar) -> str:
    """A value of a condition as conditions compare it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def choices_of(models: list[s.ChoiceModel]) -> tuple[d.Choice, ...]:
    """The values of a list."""
    return tuple(d.Choice(x.id, label_of(x.label)) for x in models)


def needs_of(models: list[s.NeedModel]) -> tuple[d.Need, ...]:
    """From which stages on, and on what conditions."""
    return tuple(d.Need(x.stage, condition(x.when)) for x in models)


def citations_of(models: list[s.CitationModel]) -> tuple[d.Citation, ...]:
    """The sources cited."""
    return tuple(d.Citation(x.regulation, x.article) for x in models)


def field_of(model: s.FieldModel) -> d.Field:
    """A field with its columns."""
    columns = tuple(_column(c, "", () if c.optional else (d.Need("*"),)) for c in model.columns)
    field = _column(model, model.section, needs_of(model.needs), columns)
    return replace(field, citations=citations_of(model.citations))


def _column(
    model: s.ColumnModel,
    section: str,
    needs: tuple[d.Need, ...],
    columns: tuple[d.Field, ...] = (),
) -> d.Field:
    return d.Field(
        id=model.id,
        label=label_of(model.label),
        kind=d.FieldKind(model.kind),
        section=section,
        unit=maybe_label(model.unit),
        needs=needs,
        choices=choices_of(model.choices),
        columns=columns,
        format=model.format,
        minimum=_bound(model.minimum),
        maximum=_bound(model.maximum),
        above_zero=model.above_zero,
        length=model.length,
        personal=model.personal,
        hint=maybe_label(model.hint),
        decimals=model.decimals,
        optional_when=condition(model.optional_when) if model.optional_when else None,
        suggest=model.suggest,
    )


def _bound(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def material_of(model: s.MaterialModel) -> d.Material:
    """A material."""
    return d.Material(
        model.id,
        label_of(model.label),
        d.MaterialKind(model.kind),
        needs_of(model.needs),
        citations_of(model.citations),
    )


def rule_of(model: s.RuleModel) -> d.Rule:
    """A rule apart from its function."""
    return d.Rule(
        id=model.id,
        title=label_of(model.title),
        severity=d.Severity(model.severity),
        citations=citations_of(model.citations),
        reads=tuple(model.reads),
        messages={key: label_of(words) for key, words in model.messages.items()},
        parameters=tuple(model.parameters),
        materials=tuple(model.materials),
        always=model.always,
    )


def follow_up_of(model: s.FollowUpModel) -> FollowUp:
    """A period that follows from a case."""
    return FollowUp(
        id=model.id,
        label=label_of(model.label),
        stage=model.stage,
        citations=citations_of(model.citations),
        when=condition(model.when),
        ends=tuple(model.ends),
        settled_by=tuple(_settler(x) for x in model.settled_by),
        lead_days=model.lead_days,
    )


def _settler(model: s.SettlerModel) -> Settler:
    ((key, own),) = model.same.items()
    ((later, than),) = model.later.items() or (("", ""),)
    return Settler(
        model.case_type, key, own, model.stage, condition(model.when), later, than, model.year
    )


def clock_of(model: s.ClockModel) -> LegalClock:
    """A legal period."""
    longer = model.extension
    return LegalClock(
        id=model.id,
        label=label_of(model.label),
        effect=Effect(model.effect),
        binds=Binds(model.binds),
        unit=Unit(model.unit),
        citations=citations_of(model.citations),
        start=model.start,
        first_counts=model.first_counts,
        length=model.length,
        end=model.end,
        stage=model.stage,
        when=condition(model.when),
        until=tuple(model.until),
        done_on=model.done_on,
        paused=model.paused,
        listed=model.listed,
        extension=Extension(longer.length, citations_of(longer.citations)) if longer else None,
        computed=model.computed,
        follow_up=model.follow_up,
    )


def pause_ground_of(model: s.PauseGroundModel) -> PauseGround:
    """Why periods may stand still."""
    return PauseGround(model.id, label_of(model.label), citations_of(model.citations), model.by)


def document_of(model: s.DocumentModel) -> d.DocumentKind:
    """A kind of document."""
    return d.DocumentKind(
        model.id,
        label_of(model.label),
        model.template,
        model.after,
        tuple(model.signers),
        model.mark,
        model.stage,
        condition(model.when),
        citations_of(model.in_force),
    )


def register_link_of(model: s.RegisterLinkModel) -> d.RegisterLink:
    """The register that cases are about."""
    writes = tuple(d.RegisterWrite(condition(w.when), dict(w.values)) for w in model.writes)
    return d.RegisterLink(model.id, model.key, dict(model.takes), writes)


def totals_by_of(model: s.TotalsByModel) -> d.TotalsBy:
    """What the workbook adds up, and by what."""
    return d.TotalsBy(label_of(model.label), tuple(model.groups), model.progress)
