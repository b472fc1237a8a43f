"""Filling the sentences of one paper: names in braces, conditions, phrases, lists."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

from auditdesk.domain.numerals import chinese_numeral
from auditdesk.regulations.conditions import holds
from auditdesk.regulations.grounds import lacking, received
from auditdesk.regulations.packs import PackError
from auditdesk.regulations.parts import condition
from auditdesk.regulations.unfilled import MissingValueError
from auditdesk.regulations.wording import ELSE, FORMS, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from auditdesk.regulations.phrases import (
        BasisModel,
        ConditionalModel,
        Lines,
        ParagraphKind,
        ParagraphModel,
        PhraseModel,
    )
    from auditdesk.regulations.schema import ConditionModel
    from auditdesk.regulations.subject import Subject

PHRASE = "phrase"
NUMBER = "list.number"  # （一）, （二）, … of the requirements under a heading
LACKING, RECEIVED = "list.lacking", "list.received"
_EMPTY = "—"
# A fact that is written in another way says so: 奖补金额（大写）.
_FACT_LABELS = {"capital": "（大写）", "mu": "（亩）", "hectares": "（公顷）"}
_DEEPEST = 4  # phrases within phrases


class Filling:
    """Fills the sentences of one paper, from its title to its end."""

    def __init__(
        self, subject: Subject, basis: Iterable[str | BasisModel], phrases: Iterable[PhraseModel]
    ) -> None:
        """Keep what the paper is about; its own phrases come before the shared ones."""
        self.subject = subject
        self._wording = Wording(subject)
        self._typed = self._wording.values.typed
        self._phrases = (*phrases, *subject.standing.phrases)
        self._numbered = 0
        if basis := tuple(basis):
            self._wording.law.rest_on(self._resting(basis))

    def filled(self, template: str, depth: int = 0) -> str:
        """A sentence with its values."""
        parts = []
        for literal, name, form in parsed(template):
            parts.append(literal)
            if name is not None:
                parts.append(self._value(name, form, depth))
        return "".join(parts)

    def _value(self, name: str, form: str, depth: int) -> str:
        kind, _, rest = name.partition(".")
        if kind == PHRASE and rest:
            return self._phrase(rest, depth + 1)
        if name == NUMBER:
            self._numbered += 1
            return f"（{chinese_numeral(self._numbered)}）"
        if name == RECEIVED:
            return received(self.subject)
        return self._wording.value(name, form)

    def _phrase(self, name: str, depth: int) -> str:
        ways = self._ways(name, depth)
        for way in ways:
            if self._printed(way):
                return self.filled(way.text, depth)
        for way in ways:
            self._require_decided(way)
        raise PackError("-", f"{{phrase.{name}}}", "says nothing for this case")

    def require(self, template: str, depth: int = 0) -> None:
        """Refuse a sentence that names what there is not, whatever the case has.

        Raises:
            PackError: no such value, phrase, list, or way of writing.
        """
        for _, name, _ in parsed(template):
            if name is not None:
                self._require_name(name, depth)

    def _require_name(self, name: str, depth: int = 0) -> None:
        kind, _, rest = name.partition(".")
        if kind == PHRASE and rest:
            for way in self._ways(rest, depth + 1):
                self.require(way.text, depth + 1)
        elif name != NUMBER:
            self._given(name)

    def require_conditions(self, model: ConditionalModel) -> None:
        """Refuse conditions that name what there is not.

        Raises:
            PackError: no such value, list, regulation or article.
        """
        for name in model.given:
            self._require_name(name)
        for source in (*_listed(model.in_force), *_listed(model.out_of_force)):
            self.require_source(source)

    def require_source(self, source: str) -> None:
        """Refuse a regulation or an article that there is not.

        Raises:
            PackError: names it.
        """
        self._wording.law.applies(source)

    def _ways(self, name: str, depth: int) -> list[PhraseModel]:
        ways = [phrase for phrase in self._phrases if phrase.id == name]
        if not ways or depth > _DEEPEST:
            reason = "phrases within phrases, too deep" if ways else "no such phrase"
            raise PackError("-", f"{{phrase.{name}}}", reason)
        return ways

    def _resting(self, basis: Iterable[str | BasisModel]) -> Iterator[str]:
        for model in basis:
            if isinstance(model, str):
                yield model
            elif self._printed(model):
                yield model.source

    def lines(self, models: Lines) -> Iterator[str]:
        """The lines of a list whose conditions hold."""
        for model in models:
            if isinstance(model, str):
                yield self.filled(model)
            elif self._printed(model):
                yield self.filled(model.text)

    def facts(self, names: Iterable[str], optional: frozenset[str]) -> Iterable[tuple[str, str]]:
        """Labels and values; what is empty is shown as a dash, or left out where optional."""
        for name in names:
            label, value = self._fact(name)
            if value != _EMPTY or name not in optional:
                yield label, value

    def _fact(self, name: str) -> tuple[str, str]:
        base, _, form = name.partition(":")
        label = self._wording.label(base).zh + _FACT_LABELS.get(form, "")
        unit = "" if form else self._wording.unit(base)
        try:
            return label, self._wording.value(base, form) + unit
        except MissingValueError:
            return label, _EMPTY

    def paragraphs(self, models: Iterable[ParagraphModel]) -> Iterable[tuple[ParagraphKind, str]]:
        """The paragraphs whose conditions hold.

        Raises:
            MissingValueError: a field that decides about a paragraph is empty.
        """
        for model in models:
            self._require_decided(model)
            if not self._printed(model):
                continue
            if model.kind == "heading1":
                self._numbered = 0
            if model.each:
                points = enumerate(lacking(self.subject), start=1)
                yield from ((model.kind, f"{n}.{text}") for n, text in points)
            elif text := self.filled(model.text):
                yield model.kind, text

    def holds(self, when: ConditionModel) -> bool:
        """Whether a condition holds for the case."""
        return holds(condition(when), self._typed)

    def _require_decided(self, model: ConditionalModel) -> None:
        """A paper must not drop a sentence because nobody said which way the case goes."""
        for name in model.when.equals:
            if name not in self._typed:
                raise MissingValueError(self._wording.label(name))

    def _printed(self, model: ConditionalModel) -> bool:
        law = self._wording.law
        if not all(law.applies(source) for source in _listed(model.in_force)):
            return False
        sources = _listed(model.out_of_force)
        if sources and all(law.applies(source) for source in sources):
            return False
        return self.holds(model.when) and all(map(self._given, model.given))

    def _given(self, name: str) -> bool:
        if name == LACKING:
            return any(True for _ in lacking(self.subject))
        if name == RECEIVED:
            return bool(received(self.subject))
        return self._wording.has(name)


def _listed(sources: str | list[str]) -> Sequence[str]:
    return [sources] if isinstance(sources, str) else sources


def parsed(template: str) -> Iterator[tuple[str, str | None, str]]:
    """A sentence's literal parts, each with the name and the form of the value behind it.

    Raises:
        PackError: the braces do not fit, or there is no such form.
    """
    try:
        found = list(Formatter().parse(template))
    except ValueError as error:
        raise PackError("-", template[:40], str(error)) from None
    for literal, name, spec, _ in found:
        form = spec or ""
        if name is not None and form not in FORMS and not form.startswith(ELSE):
            raise PackError("-", f"{{{name}:{form}}}", "no such way of writing")
        yield literal, name, form
