"""What the law says, as papers write it: titles, articles, figures, and what a paper rests on.

Regulations of the case type speak as on the day of acceptance, those that the shared phrases
name as on the day of issue. The first mention of one has its title and document number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.domain.declaration import Citation
from auditdesk.domain.numerals import chinese_numeral
from auditdesk.regulations.citing import (
    by_regulation,
    official_articles,
    official_title,
    short_title,
)
from auditdesk.regulations.figures import figure_text
from auditdesk.regulations.packs import PackError
from auditdesk.regulations.unfilled import MissingValueError, no_basis, no_standing_law
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from auditdesk.domain.regulation import Regulation
    from auditdesk.regulations.law import InForce
    from auditdesk.regulations.subject import Subject

LAW_KINDS = frozenset({"law", "article", "figure"})


class LawWording:
    """The law of one paper."""

    def __init__(self, subject: Subject) -> None:
        """Keep the law of both days."""
        self._law, self._standing = subject.law, subject.standing
        self._accepted_on = subject.report.accepted_on
        self._in_force = subject.law.on(self._accepted_on)
        self._basis: tuple[str, ...] | None = None
        self._mentioned: set[str] = set()

    def rest_on(self, sources: Iterable[str]) -> None:
        """Name what the paper rests on: regulations' ids with an article, `national-land-law 63`.

        Raises:
            PackError: there is no such regulation or article.
        """
        self._basis = tuple(sources)
        for source in self._basis:
            self._require(*_parts(source))

    def speaks(self, kind: str, name: str) -> bool:
        """Whether a value is there; looking counts as no mention."""
        mentioned = set(self._mentioned)
        try:
            return bool(self.value(kind, name))
        except MissingValueError:
            return False
        finally:
            self._mentioned = mentioned

    def value(self, kind: str, name: str, form: str = "") -> str:
        """A title, the article of one, or a figure.

        Raises:
            MissingValueError: the law is silent on the day.
            PackError: there is no such name.
        """
        if kind == "figure":
            return self._figure(name, form)
        if kind == "article":
            return self._articles(name)
        return self._resting() if name == "basis" else self._title(name)

    def applies(self, source: str) -> bool:
        """Whether a regulation, or an article of it, holds for the case, or in a successor."""
        regulation_id, number = _parts(source)
        in_force = self._day_of(regulation_id)
        self._require(regulation_id, number)
        if not number:
            return in_force is not None and in_force.applies(regulation_id)
        citation = Citation(regulation_id, number)
        return in_force is not None and bool(in_force.citations((citation,)))

    def _require(self, regulation_id: str, number: str) -> None:
        """Refuse what no regulation at hand has, neither of the case's law nor of today's."""
        at_hand = (self._law.regulation(regulation_id), self._standing.known.get(regulation_id))
        known = [r for r in at_hand if r is not None]
        if not known and regulation_id not in self._standing.names:
            raise PackError("-", f"{{{regulation_id}}}", "no such regulation")
        if number and known and not any(r.article(number) for r in known):
            raise PackError("-", f"{{{regulation_id} {number}}}", "no such article")

    def _day_of(self, regulation_id: str) -> InForce | None:
        if regulation_id in self._standing.names:
            return self._standing.law
        return self._in_force

    def _title(self, regulation_id: str) -> str:
        self._require(regulation_id, "")
        in_force = self._day_of(regulation_id)
        regulation = in_force.speaking.get(regulation_id) if in_force else None
        if regulation is None:
            raise self._silent((regulation_id,))
        return self._called(regulation)

    def _called(self, regulation: Regulation) -> str:
        if regulation.id in self._mentioned:
            return short_title(regulation)
        self._mentioned.add(regulation.id)
        return official_title(regulation)

    def _articles(self, name: str) -> str:
        """Articles of a regulation, or what stands in their place on the day: 第五条."""
        regulation_id, numbers = _parts(name)
        in_force = self._day_of(regulation_id)
        for number in numbers.split():
            self._require(regulation_id, number)
        wanted = tuple(Citation(regulation_id, number) for number in numbers.split())
        citations = in_force.citations(wanted) if in_force else ()
        if not citations:
            raise self._silent((regulation_id,))
        speaking = self._regulation(citations[0].regulation)
        return official_articles(speaking, (c.article for c in citations))

    def _regulation(self, regulation_id: str) -> Regulation:
        return self._law.regulation(regulation_id) or self._standing.known[regulation_id]

    def _resting(self) -> str:
        """The articles that the paper rests on, those that held on the day of acceptance."""
        if self._basis is None:
            raise PackError("-", "{law.basis}", "the template names no basis")
        wanted = tuple(Citation(*_parts(source)) for source in self._basis)
        standing = self._in_force.citations(wanted)
        if not standing:
            raise self._silent(dict.fromkeys(c.regulation for c in wanted))
        resting = ((self._regulation(n), a) for n, a in by_regulation(standing).items())
        return "、".join(
            self._called(r) + official_articles(r, articles) for r, articles in resting
        )

    def _figure(self, name: str, form: str) -> str:
        owners = {r.id: p for r in self._all() if (p := r.figure(name)) is not None}
        lost = [n for n in self._standing.names if n not in self._standing.known]
        if not owners and lost:
            raise self._silent(lost)
        if not owners:
            raise PackError("-", f"{{figure.{name}}}", "no such figure")
        days = (self._in_force, self._standing.law)
        value = next((d.parameters[name] for d in days if d and name in d.parameters), None)
        if value is None:
            raise self._silent(owners)
        if form == "chinese" and isinstance(value, int):
            return chinese_numeral(value)
        return figure_text(next(iter(owners.values())).kind, value).zh

    def _all(self) -> Iterable[Regulation]:
        yield from self._law.regulations
        yield from self._standing.law.regulations if self._standing.law else ()

    def _silent(self, names: Iterable[str]) -> MissingValueError:
        """That none of these speaks on the day that is asked for."""
        wanted = tuple(names)
        if wanted and wanted[0] in self._standing.names:
            known = self._standing.known.get(wanted[0])
            title = Label(f"《{known.title.zh}》", known.title.en) if known else None
            day = self._standing.law.day if self._standing.law else None
            return no_standing_law(title or Label(wanted[0], wanted[0]), day)
        of_case = (self._law.regulation(name) for name in wanted)
        return no_basis([r for r in of_case if r is not None], self._accepted_on)


def _parts(source: str) -> tuple[str, str]:
    regulation_id, _, number = source.partition(" ")
    return regulation_id, number
