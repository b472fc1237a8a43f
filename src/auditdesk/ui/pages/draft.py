"""A case while it is on the page: what the operations know of it, and what was typed since."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from auditdesk.domain.case import FIRST_STAGE, CaseFile
from auditdesk.operations.rights import verdict_against
from auditdesk.operations.views import Action
from auditdesk.regulations.needs import own_route
from auditdesk.regulations.values import read_values
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from datetime import date

    from auditdesk.domain.declaration import CaseType, Stage
    from auditdesk.domain.report import CheckReport, Verdict
    from auditdesk.operations.views import CaseView
    from auditdesk.regulations.law import Law


# What can be done with a case that nobody has saved yet.
_FIRST_ACTIONS = (
    Action("enter_next", Label("接收并新增", "Accept and begin another"), enabled=True),
    Action("enter", Label("接收", "Accept"), enabled=True),
)


def _by_verdict(action: Action, verdict: Verdict) -> Action:
    """Handing on as the present verdict has it; it is asked again once all is on disk."""
    reason = verdict_against(verdict)
    return replace(action, enabled=reason is None, why_not=reason)


@dataclass(slots=True)
class Draft:
    """The case on the page; `view` is None until it has been saved for the first time."""

    law: Law
    accepted_on: date
    district: str
    view: CaseView | None = None
    data: dict[str, Any] = field(default_factory=dict)
    materials: dict[str, str] = field(default_factory=dict)
    justifications: dict[str, str] = field(default_factory=dict)
    dirty: bool = False

    @classmethod
    def of_view(cls, law: Law, view: CaseView) -> Draft:
        """The draft of a case as it was read."""
        case = view.case_file
        return cls(
            law,
            case.accepted_on,
            case.district,
            view,
            dict(case.data),
            {name: str(verdict) for name, verdict in case.materials.items()},
            {rule: str(text) for rule, text in case.justifications.items()},
        )

    @property
    def case_type(self) -> CaseType:
        """The declaration that the page is made from."""
        return self.law.case_type

    @property
    def stage(self) -> str:
        """The stage that the case is at."""
        return self.view.record.stage if self.view else FIRST_STAGE

    def case_file(self) -> CaseFile:
        """The case as it stands on the page."""
        return CaseFile(
            self.case_type.id,
            self.accepted_on,
            self.district,
            self.stage,
            self.data,
            self.materials,
            self.justifications,
        )

    def stages(self) -> tuple[Stage, ...]:
        """The stages of the route that the data on the page lead to."""
        try:
            route = own_route(
                self.case_type, read_values(self.case_type.fields, self.data), self.stage
            )
        except UnusableInputError:
            return (self.case_type.stage(self.stage),)
        return tuple(self.case_type.stage(stage) for stage in route.stages)

    def actions(self, report: CheckReport) -> tuple[Action, ...]:
        """What can be done, handing on by what stands on the page and not by what is on disk."""
        if self.view is None:
            return _FIRST_ACTIONS
        save = self.view.action("save")
        if not self.dirty or save is None or not save.enabled:
            return self.view.actions
        return tuple(
            _by_verdict(action, report.verdict) if action.id == "advance" else action
            for action in self.view.actions
        )

    def later_fields(self) -> frozenset[str]:
        """Fields that are asked for, but by no stage that the case has reached."""
        reached = {self.stage}
        for stage in self.stages():
            if stage.id == self.stage:
                break
            reached.add(stage.id)
        return frozenset(
            field.id
            for field in self.case_type.fields
            if field.needs and not any(need.stage in reached for need in field.needs)
        )
