"""The law that one case is judged by: its case type and regulations, as texts and loaded.

A case keeps the digest of its law for ever; the texts are stored once by digest, so that the
case can be judged again exactly as it was, whatever packs come later.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from auditdesk.domain.declaration import CaseType, Citation
    from auditdesk.domain.follow_up import Period
    from auditdesk.domain.regulation import Regulation
    from auditdesk.regulations.facts import Answer, Facts

    RuleFunction = Callable[[Facts], Answer]
    ComputedFunction = Callable[[Facts], Any]
    FollowUpFunction = Callable[[Facts], tuple[Period, ...]]

# Sources that are no regulation: arithmetic and the order of dates, and office custom.
ALWAYS_IN_FORCE = frozenset({"logic", "practice"})


@dataclass(frozen=True, slots=True)
class Law:
    """One case type with the regulations behind it, in the order in which they speak.

    Attributes:
        texts: path under `forms/` or `regulations/` to the text that was loaded.
        digest: SHA-256 over the texts; names this version of the law.
        functions: rule id to the function that judges it.
        computing: computed value's id to the function that works it out.
        readable: rule id to the fields and materials that its function may look at.
        following: follow-up's id to the function that works out its days.
    """

    case_type: CaseType
    regulations: tuple[Regulation, ...]
    texts: Mapping[str, str]
    digest: str
    functions: Mapping[str, RuleFunction]
    computing: Mapping[str, ComputedFunction]
    readable: Mapping[str, frozenset[str]]
    following: Mapping[str, FollowUpFunction] = field(default_factory=dict)

    def regulation(self, regulation_id: str) -> Regulation | None:
        """The regulation of that id, if the case type names it."""
        return next((r for r in self.regulations if r.id == regulation_id), None)

    def in_force(self, citations: tuple[Citation, ...], day: date) -> tuple[Citation, ...]:
        """Those of the citations by which cases of that day are judged."""
        applying = self.applying(day)
        return tuple(c for c in citations if c.regulation in applying)

    def applying(self, day: date) -> frozenset[str]:
        """The sources by which cases of that day are judged, `logic` and `practice` included."""
        return ALWAYS_IN_FORCE.union(r.id for r in self.regulations if r.applies(day))
