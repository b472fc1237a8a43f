"""Handing a case on, approving, returning, refusing, withdrawing; who may, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditdesk.operations.changes import Changes
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.views import Action, CaseView


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a case is returned, refused or withdrawn.

    Attributes:
        text: in the person's own words; may be empty where something is ticked.
        rules: findings ticked into the notice.
        materials: materials ticked into the notice.
        fields: missing or invalid fields ticked into the notice.
    """

    text: str = ""
    rules: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    def given(self) -> bool:
        """Whether there is any reason at all."""
        return bool(self.text.strip() or self.rules or self.materials or self.fields)


def allowed(desk: Desk, no: str) -> tuple[Action, ...]:
    """What the signed-in person may do with the case now, and why not the rest."""
    raise NotImplementedError


def advance(desk: Desk, no: str, version: int, opinion: str = "") -> tuple[CaseView, Changes]:
    """Hand the case on to its next stage; at the decision stage that is the approval.

    The judgement at the present stage is frozen into the opinion together with the facts.

    Raises:
        FallsShortError: the verdict is not `pass`; says everything that is wrong.
        RefusedError: not this person, not now, or the version moved.
    """
    raise NotImplementedError


def return_case(desk: Desk, no: str, version: int, reasons: Reasons) -> tuple[CaseView, Changes]:
    """Return the case to intake for correction.

    Raises:
        UnusableInputError: no reason was given.
        RefusedError: not this person, not now, or the version moved.
    """
    raise NotImplementedError


def refuse(desk: Desk, no: str, version: int, reasons: Reasons) -> tuple[CaseView, Changes]:
    """Refuse the case for good; a supervisor's decision under four eyes."""
    raise NotImplementedError


def withdraw(desk: Desk, no: str, version: int, reasons: Reasons) -> tuple[CaseView, Changes]:
    """Note that the applicant withdrew; the case is over."""
    raise NotImplementedError


def justify(desk: Desk, no: str, version: int, rule: str, text: str) -> tuple[CaseView, Changes]:
    """Write down why a `justify` finding may stand; a blank text takes it back.

    Raises:
        UnusableInputError: the case type has no such rule, or it is not a `justify` rule.
        RefusedError: not this person, not now, or the version moved.
    """
    raise NotImplementedError
