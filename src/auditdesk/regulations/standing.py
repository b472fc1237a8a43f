"""What every paper has beside its own template: shared phrases, and the law of the day of issue.

A case is judged by the law of the day on which it was accepted. What may be done against a
decision, and how long, follows the law as it stands on the day on which the decision is
issued (行政复议法, 行政诉讼法): whoever receives it counts from then. `forms/phrases.toml` names
those regulations (`standing`); they belong to no case type and judge nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from auditdesk.regulations.law import in_force_on
from auditdesk.regulations.packs import PackError, read_toml, validated
from auditdesk.regulations.phrases import PhrasesModel
from auditdesk.regulations.succession import line_of
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from auditdesk.domain.regulation import Regulation
    from auditdesk.regulations.law import InForce
    from auditdesk.regulations.library import Library
    from auditdesk.regulations.phrases import PhraseModel

PHRASES = "phrases.toml"


@dataclass(frozen=True, slots=True)
class Standing:
    """The shared phrases and the law that they speak of, on one day.

    Attributes:
        law: what holds on the day of issue; None: nothing is at hand.
        names: the regulations that hold as on that day, also those that are not at hand.
        known: every regulation at hand, by id; a former law may not know all articles yet.
    """

    phrases: tuple[PhraseModel, ...] = ()
    law: InForce | None = None
    names: tuple[str, ...] = ()
    known: Mapping[str, Regulation] = field(default_factory=dict)


def standing_on(library: Library, day: date) -> Standing:
    """What papers issued on a day share.

    Raises:
        UnusableInputError: the file of the phrases is missing or broken.
    """
    model = _model(library)
    there = [name for name in model.standing if name in library.regulations]
    lines = tuple(line_of(name, library.regulations) for name in there)
    law = in_force_on(lines, day)
    return Standing(tuple(model.phrases), law, tuple(model.standing), library.regulations)


def told_in_papers(library: Library) -> frozenset[str]:
    """The regulations that papers tell as on the day of issue, with those that came after them."""
    try:
        names = _model(library).standing
    except UnusableInputError:  # told wherever a paper is to be made
        return frozenset()
    there = (name for name in names if name in library.regulations)
    return frozenset(r.id for name in there for r in line_of(name, library.regulations))


def _model(library: Library) -> PhrasesModel:
    try:
        return _phrases(library.phrases())
    except PackError as error:
        raise broken(error) from None


def broken(error: PackError) -> UnusableInputError:
    """That a template, or the file of the phrases, cannot be used."""
    return UnusableInputError(
        f"文书模板有误：{error.label.zh}", f"The document template is broken: {error}"
    )


@lru_cache(maxsize=8)  # hundreds of papers share the same text
def _phrases(text: str) -> PhrasesModel:
    return validated(PhrasesModel, PHRASES, read_toml(PHRASES, text))
