"""A regulation as data: its days in force, its articles' gist, its dated parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal
    from fractions import Fraction

    ParameterData = (
        int | str | Decimal | Fraction | tuple[str, ...] | Mapping[str, int] | Mapping[str, str]
    )


@dataclass(frozen=True, slots=True)
class Article:
    """One article and what it requires, in our own words.

    Attributes:
        replaces: numbers of the articles of the regulation before that it takes the place of.
    """

    number: str
    gist: Label
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A parameter's value with its article and its days in force (both ends count)."""

    value: ParameterData
    article: str
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure that a regulation sets.

    Attributes:
        kind: how its values are written and read, as `integer` or `listing`.
        words: the words that a value of kind `text` may be; none: any.
    """

    id: str
    label: Label
    unit: Label
    values: tuple[ParameterValue, ...]
    note: Label | None = None
    kind: str = ""
    words: tuple[str, ...] = ()

    def on(self, day: date) -> ParameterValue | None:
        """The value in force on a day, or None."""
        for value in self.values:
            if value.first_day <= day and (value.last_day is None or day <= value.last_day):
                return value
        return None


ARTICLE = Label("条", "art.")


@dataclass(frozen=True, slots=True)
class Regulation:
    """A published document with its days in force.

    Attributes:
        short: what forms and lists call it.
        last_day: the last day in force, or None where no end is given.
        ending: how it ended or will end, written down; None where no end is given.
        by_reference: article that applies it to cases before its first day, or None.
        division: what its numbered pieces are called, as 条 or 部分.
        tables: the files of `tables/` that its parameters are read from.
        succeeds: the regulation whose place it takes, or None.
        repealing_article: the article that ends the regulation before early; empty: none does.
        days_article: the article that sets its days; empty: not written down.
        procedural: it says how offices proceed with any matter, and nothing about the matter.
    """

    id: str
    number: str
    title: Label
    short: Label
    issuer: Label
    first_day: date
    last_day: date | None
    ending: Label | None
    by_reference: str | None
    articles: tuple[Article, ...]
    parameters: tuple[Parameter, ...]
    division: Label = ARTICLE
    tables: tuple[str, ...] = ()
    succeeds: str | None = None
    repealing_article: str = ""
    days_article: str = ""
    procedural: bool = False

    def in_force(self, day: date) -> bool:
        """Whether the day lies within the regulation's own days."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def applies(self, day: date) -> bool:
        """Whether cases of that day are judged by it: in force, or earlier by reference."""
        return self.in_force(day) or (self.by_reference is not None and day < self.first_day)

    def article(self, number: str) -> Article | None:
        """The article of that number, if the data has it.

        An item, as 22(1), that has no entry of its own is found under its article, 22.
        """
        wanted = (number, number.partition("(")[0])
        found = {a.number: a for a in self.articles if a.number in wanted}
        return found.get(number) or found.get(wanted[1])

    def replacing(self, number: str) -> tuple[str, ...]:
        """Its articles that take the place of that article of the regulation before.

        An item, as 22(1), that none replaces by itself follows its article, 22.
        """
        exact = tuple(a.number for a in self.articles if number in a.replaces)
        base = number.partition("(")[0]
        return exact or tuple(a.number for a in self.articles if base in a.replaces)

    def cited(self, number: str) -> Label:
        """How a piece is cited: 第22条第（1）项, art. 22(1).

        A point of an item is written behind it, 第二部分（一）4; what has no number, as 末段,
        stands for itself.
        """
        article, bracket, rest = number.partition("(")
        if not article.isnumeric():
            return Label(number, number)
        zh = f"第{article}{self.division.zh}"
        if bracket:
            item, _, point = rest.partition(")")
            zh += f"（{item}）{point}" if point else f"第（{item}）项"
        return Label(zh, f"{self.division.en} {number}")

    def parameter(self, name: str, day: date) -> ParameterValue | None:
        """A parameter's value for cases of a day; earlier days by reference take the first."""
        parameter = self.figure(name)
        if parameter is None or not self.applies(day):
            return None
        return parameter.on(max(day, self.first_day))

    def figure(self, name: str) -> Parameter | None:
        """The parameter of that id, whatever the day."""
        return next((p for p in self.parameters if p.id == name), None)
