"""Names that a field suggests while it is being typed into; any other may be typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_SUGGESTED = 12


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One name.

    Attributes:
        district: code of the district that it belongs to.
        name: as it is written into the field.
        initials: of its pinyin, in small letters.
    """

    district: str
    name: str
    initials: str


def matching(suggestions: Iterable[Suggestion], typed: str) -> tuple[str, ...]:
    """The names that may be meant by what was typed: those that begin so come first.

    Args:
        suggestions: the names in the order of their codes.
        typed: some characters of a name, or the first of its pinyin initials.
    """
    wanted = typed.strip().lower()
    if not wanted:
        return ()
    by_initials = wanted.isascii()
    first, later = [], []
    for suggestion in suggestions:
        told = suggestion.initials if by_initials else suggestion.name
        if told.startswith(wanted):
            first.append(suggestion.name)
        elif wanted in told and not by_initials:
            later.append(suggestion.name)
    return tuple((first + later)[:MOST_SUGGESTED])
