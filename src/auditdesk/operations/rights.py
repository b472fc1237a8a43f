"""Who may do what with a case at which stage, and why not; four eyes for decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.domain.declaration import Severity, StageKind
from auditdesk.domain.report import Outcome, Verdict
from auditdesk.domain.roles import ROLES
from auditdesk.operations.views import Action
from auditdesk.operations.words import ACTIONS, STATUSES, VERDICTS
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditdesk.domain.declaration import Field, Material
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.situation import Situation

_CLERK = frozenset({"clerk"})
_SUPERVISOR = frozenset({"supervisor"})
_EITHER = _CLERK | _SUPERVISOR
_ALL_WAY = {
    StageKind.INTAKE: _CLERK,
    StageKind.REVIEW: _CLERK,
    StageKind.DECISION: _CLERK,
    StageKind.PROGRESS: _CLERK,
}
# Action to stage kind to roles; a kind that is not named does not have the action.
WHO: Mapping[str, Mapping[StageKind, frozenset[str]]] = {
    "save": _ALL_WAY,
    "attach": _ALL_WAY,
    "justify": _ALL_WAY | {StageKind.REVIEW: _EITHER, StageKind.DECISION: _EITHER},
    "advance": _ALL_WAY | {StageKind.REVIEW: _EITHER, StageKind.DECISION: _SUPERVISOR},
    "return": {
        StageKind.INTAKE: _CLERK,
        StageKind.REVIEW: _EITHER,
        StageKind.DECISION: _SUPERVISOR,
    },
    "refuse": {StageKind.REVIEW: _SUPERVISOR, StageKind.DECISION: _SUPERVISOR},
    "withdraw": _ALL_WAY,
    "resume": {StageKind.PROGRESS: _CLERK},
}
READ_ONLY = Label(
    "办公单元在只读介质上，只能查看。",
    "The office lies on a read-only medium; it can be read only.",
)


def actions(situation: Situation) -> tuple[Action, ...]:
    """All actions of the case at its stage for the person at the desk, in a fixed order."""
    found = []
    for action, kinds in WHO.items():
        if situation.stage.kind in kinds and _has(situation, action):
            shown = "approve" if _is_approval(situation, action) else action
            reason = why_not(situation, action)
            if action == "advance":
                reason = reason or verdict_against(situation.report.verdict)
            found.append(Action(shown, _named(situation, shown), reason is None, reason))
    return tuple(found)


def _has(situation: Situation, action: str) -> bool:
    """Whether the stage itself has the action: going back needs a stage to go back to."""
    return action != "resume" or bool(situation.stage.back_to)


def _named(situation: Situation, action: str) -> Label:
    label = ACTIONS[action]
    if action != "resume":
        return label
    target = situation.case_type.stage(situation.stage.back_to).label
    return Label(f"{label.zh}到“{target.zh}”", f"{label.en}: {target.en}")


def _is_approval(situation: Situation, action: str) -> bool:
    return action == "advance" and situation.stage.kind is StageKind.DECISION


def require(situation: Situation, action: str) -> None:
    """Refuse an action that the person at the desk may not take now.

    Raises:
        RefusedError: says why.
    """
    reason = why_not(situation, action)
    if reason is not None:
        raise RefusedError(reason.zh, reason.en)


def why_not(situation: Situation, action: str) -> Label | None:
    """Why the person at the desk may not do it, whatever the verdict; None: they may."""
    reason = _why_not_now(situation, action) or _why_not_role(situation, action)
    if reason is None and (_is_approval(situation, action) or action == "refuse"):
        reason = four_eyes(situation)
    return reason


def _why_not_now(situation: Situation, action: str) -> Label | None:
    if situation.desk.read_only:
        return READ_ONLY
    status = situation.record.status
    if situation.final or situation.stage.kind is StageKind.END:
        word = STATUSES[status]
        return Label(f"案件{word.zh}，不能再改动。", f"The case is {word.en}; nothing can change.")
    if action == "return" and status == "returned":
        return Label("案件已经退回补正。", "The case has been returned already.")
    if situation.stage.kind not in WHO[action] or not _has(situation, action):
        stage, name = situation.stage.label, ACTIONS[action]
        return Label(
            f"“{stage.zh}”环节不能{name.zh}。", f"Not possible at the stage {stage.en}: {name.en}."
        )
    return None


def _why_not_role(situation: Situation, action: str) -> Label | None:
    roles = WHO[action][situation.stage.kind]
    if situation.desk.user.role in roles:
        return None
    zh = "或".join(ROLES[r].zh for r in sorted(roles))
    en = " or ".join(ROLES[r].en for r in sorted(roles))
    stage = situation.stage.label
    return Label(f"“{stage.zh}”环节须由{zh}办理。", f"At the stage {stage.en} this is for a {en}.")


def four_eyes(situation: Situation) -> Label | None:
    """Why the person at the desk may not decide: they entered or first-reviewed the case."""
    name = situation.desk.user.name
    if name in situation.authors():
        return Label(
            "您录入或修改过本案，须由另一位审批人决定（四眼原则）。",
            "You entered or edited this case; another supervisor has to decide (four eyes).",
        )
    if name in situation.reviewers():
        return Label(
            "您初审过本案，须由另一位审批人决定（四眼原则）。",
            "You reviewed this case first; another supervisor has to decide (four eyes).",
        )
    return None


def verdict_against(verdict: Verdict) -> Label | None:
    """Why a case with this verdict cannot be handed on; None: it can."""
    if verdict is Verdict.PASS:
        return None
    word = VERDICTS[str(verdict)]
    return Label(
        f"审查结论为“{word.zh}”，见审查结论栏。", f"The verdict is {word.en}; see the findings."
    )


def editable_fields(situation: Situation) -> frozenset[str]:
    """Fields that the person at the desk may change now.

    Once a case is approved, the facts that were approved stay as they are; what the later
    stages ask for can still be entered.
    """
    if why_not(situation, "save"):
        return frozenset()
    if not situation.past_decision:
        return frozenset(f.id for f in situation.case_type.fields)
    return frozenset(f.id for f in situation.case_type.fields if _is_later(situation, f))


def editable_materials(situation: Situation) -> frozenset[str]:
    """Materials whose verdict the person at the desk may change now; see `editable_fields`."""
    if why_not(situation, "save"):
        return frozenset()
    if not situation.past_decision:
        return frozenset(m.id for m in situation.case_type.materials)
    return frozenset(m.id for m in situation.case_type.materials if _is_later(situation, m))


def _is_later(situation: Situation, thing: Field | Material) -> bool:
    """Whether the case's own route asks for it only after the decision."""
    stages = situation.route.stages
    kinds = [situation.case_type.stage(s).kind for s in stages]
    return _is_asked_after(situation, thing, stages[kinds.index(StageKind.DECISION)])


def _is_asked_after(situation: Situation, thing: Field | Material, stage: str) -> bool:
    stages = situation.route.stages
    later = stages[stages.index(stage) + 1 :]
    own = [need.stage for need in thing.needs if need.stage in stages]
    return bool(own) and all(stage in later for stage in own)


def asked_after(situation: Situation, stage: str) -> frozenset[str]:
    """Fields and materials that the case's own route asks for only after a stage."""
    case_type = situation.case_type
    things: tuple[Field | Material, ...] = (*case_type.fields, *case_type.materials)
    return frozenset(x.id for x in things if _is_asked_after(situation, x, stage))


def require_role(desk: Desk, *roles: str) -> None:
    """Refuse what is for other roles.

    Raises:
        RefusedError: says for whom it is.
    """
    reason = why_not_role(desk, *roles)
    if reason is not None:
        raise RefusedError(reason.zh, reason.en)


def why_not_role(desk: Desk, *roles: str) -> Label | None:
    """Why the person at the desk may not do what these roles do; None: they may."""
    if desk.user.role in roles:
        return None
    zh = "或".join(ROLES[r].zh for r in roles)
    en = " or ".join(ROLES[r].en for r in roles)
    return Label(f"只有{zh}可以这样做。", f"Only a {en} may do this.")


def require_justifiable(situation: Situation, rule: str) -> None:
    """Refuse a justification of what cannot be justified, or of what is decided already.

    Raises:
        UnusableInputError: no such rule, or not one that a justification lifts.
        RefusedError: the case was approved with this finding.
    """
    known = {r.id: r for r in situation.case_type.rules}
    if rule not in known or known[rule].severity is not Severity.JUSTIFY:
        names = [r.id for r in known.values() if r.severity is Severity.JUSTIFY]
        raise UnusableInputError(
            f"{rule} 不是可以说明的规则；可以说明的有：{'、'.join(names)}",
            f"{rule} cannot be justified; these can: {', '.join(names)}",
        )
    if situation.past_decision and situation.report.finding(rule).outcome is not Outcome.FAIL:
        raise RefusedError(
            "案件已批准，批准时的说明不能再改。",
            "The case is approved; its justifications stay as they are.",
        )
