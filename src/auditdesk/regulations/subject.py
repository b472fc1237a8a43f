"""What a document is about: the case, its law and judgement, and what the office knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditdesk.regulations.standing import Standing
from auditdesk.regulations.values import read_values

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from auditdesk.domain.case import CaseFile
    from auditdesk.domain.material import HandedIn
    from auditdesk.domain.report import CheckReport
    from auditdesk.regulations.law import Law
    from auditdesk.regulations.values import Values


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """What somebody decided, as a form lists it."""

    stage: str
    action: str
    name: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Subject:
    """The case that a document is about.

    Attributes:
        office: names that only the office knows, as `government`.
        more: values under other prefixes, as `case.no` and `opinion.reason`.
        standing: what all papers share, on the day of issue.
        handed_in: what was handed in of the materials on paper, by material.
    """

    law: Law
    case: CaseFile
    report: CheckReport
    office: Mapping[str, str]
    more: Mapping[str, str] = field(default_factory=dict)
    opinions: tuple[OpinionLine, ...] = ()
    standing: Standing = field(default_factory=Standing)
    handed_in: Mapping[str, HandedIn] = field(default_factory=dict)

    def values(self) -> Values:
        """The case's typed values."""
        return read_values(self.law.case_type.fields, self.case.data)
