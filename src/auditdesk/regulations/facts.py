"""What a rule's function may look at, and what it answers.

A function sees only the fields and parameters that its rule declares; reading any other is a
mistake of the pack and raises `KeyError`, so that no rule can decide on something that the
report does not name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

from auditdesk.regulations.needs import PRESENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.domain.regulation import Regulation
    from auditdesk.domain.workdays import WorkCalendar
    from auditdesk.regulations.law import InForce
    from auditdesk.regulations.needs import Needs
    from auditdesk.regulations.values import Values

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Answer:
    """A function's answer on one case.

    Attributes:
        fails: whether the rule fails; None while the fields given decide neither way.
        figures: what the message states, by the names that its template uses.
        applicable: False where the rule's occasion, method or kind is another.
        variant: which message tells the failure, where a rule has several.
    """

    fails: bool | None
    figures: Mapping[str, Any] = field(default_factory=dict)
    applicable: bool = True
    variant: str = "fail"


class NotInForceError(Exception):
    """A figure of law is asked for that no regulation sets for cases of that day."""


NOT_APPLICABLE = Answer(None, applicable=False)


def material_name(material: str) -> str:
    """A material's name among the things that a rule may look at."""
    return f"materials.{material}"


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that one judging of one case may look at.

    Attributes:
        in_force: the law as it holds for cases of that day.
        materials: what was said of each material, as it was entered.
    """

    values: Values
    needs: Needs
    accepted_on: date
    district: str
    calendar: WorkCalendar
    in_force: InForce
    materials: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """One case as one rule, or the computed values, may see it."""

    situation: Situation
    readable: frozenset[str] | None = None

    @property
    def accepted_on(self) -> date:
        """The day of acceptance, which decides the law."""
        return self.situation.accepted_on

    @property
    def district(self) -> str:
        """The district's code, blank where it was left out."""
        return self.situation.district

    @property
    def calendar(self) -> WorkCalendar:
        """The working days."""
        return self.situation.calendar

    @property
    def regulations(self) -> tuple[Regulation, ...]:
        """The regulations behind the case on its day, the first the case type's own.

        Of a regulation and its successors it is the one that speaks on that day; where none
        does, the last that ran out, or the first to come.
        """
        return self.situation.in_force.regulations

    def text(self, name: str) -> str | None:
        """A text or the value of a list field."""
        return self._typed(name, str)

    def integer(self, name: str) -> int | None:
        """A whole number."""
        return self._typed(name, int)

    def fen(self, name: str) -> int | None:
        """An amount in 分."""
        return self._typed(name, int)

    def decimal(self, name: str) -> Decimal | None:
        """An exact decimal."""
        return self._typed(name, Decimal)

    def day(self, name: str) -> date | None:
        """A date."""
        return self._typed(name, date)

    def flag(self, name: str) -> bool | None:
        """True or False as entered, None where it is empty."""
        return self._typed(name, bool)

    def several(self, name: str) -> tuple[str, ...] | None:
        """The values of a list, each once."""
        return self._typed(name, tuple)

    def rows(self, name: str) -> tuple[Mapping[str, Any], ...] | None:
        """The rows of a table, each with its filled cells."""
        return self._typed(name, tuple)

    def given(self, name: str) -> bool:
        """Whether the field holds a valid value."""
        self._check(name)
        return name in self.situation.values.typed

    def awaits(self, name: str) -> bool:
        """Whether the field is needed at this stage and still empty."""
        self._check(name)
        situation = self.situation
        return name in situation.needs.fields and situation.values.incomplete(name)

    def reached(self, stage: str) -> bool:
        """Whether the case is at this stage of its own route, or past it."""
        return stage in self.situation.needs.reached

    def present(self, material: str) -> bool:
        """Whether the material is there."""
        self._check(material_name(material))
        return bool(self.situation.materials.get(material) == PRESENT)

    def number_of(self, parameter: str) -> int:
        """A parameter that is a whole number."""
        return self._parameter(parameter, int)

    def share_of(self, parameter: str) -> Fraction:
        """A parameter that is a share; a percentage comes as its exact fraction."""
        return self._parameter(parameter, Fraction)

    def table_of(self, parameter: str) -> Mapping[str, int]:
        """A parameter that is a table from a value to a whole number."""
        table: Mapping[str, int] = self._parameter(parameter, dict)
        return table

    def codes_of(self, parameter: str) -> tuple[str, ...]:
        """A parameter that is a list of codes."""
        return self._parameter(parameter, tuple)

    def word_of(self, parameter: str) -> str:
        """A parameter that is a word, such as the reading of a text."""
        return self._parameter(parameter, str)

    def listing_of(self, parameter: str) -> Mapping[str, str]:
        """A parameter that is a code table: code to name."""
        listing: Mapping[str, str] = self._parameter(parameter, dict)
        return listing

    def has(self, parameter: str) -> bool:
        """Whether the parameter is in force for this case."""
        return parameter in self.situation.in_force.parameters

    def _typed(self, name: str, kind: type[_T]) -> _T | None:
        self._check(name)
        value = self.situation.values.typed.get(name)
        if value is not None and not isinstance(value, kind):
            raise TypeError(f"{name} is not of kind {kind.__name__}")
        return value

    def _check(self, name: str) -> None:
        if self.readable is not None and name not in self.readable:
            raise KeyError(name)

    def _parameter(self, name: str, kind: type[_T]) -> _T:
        in_force = self.situation.in_force
        value = in_force.parameters.get(name)
        if value is None and name in in_force.known:
            raise NotInForceError(name)
        if not isinstance(value, kind):
            raise KeyError(name)
        return value
