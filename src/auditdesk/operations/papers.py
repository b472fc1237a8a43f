"""What a document of a case says, and which step it waits for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from auditdesk.domain.declaration import StageKind
from auditdesk.domain.roles import ROLES
from auditdesk.operations import bodies, handed_in, kept, rights
from auditdesk.operations.settings import NUMBER_PREFIX
from auditdesk.operations.views import DocumentOffer
from auditdesk.operations.words import ACTIONS, UNSTAMPED, VERDICTS, word
from auditdesk.regulations.conditions import holds
from auditdesk.regulations.labels import field_label
from auditdesk.regulations.standing import standing_on
from auditdesk.regulations.subject import OpinionLine, Subject
from auditdesk.regulations.templates import FilledLetter, fill_template
from auditdesk.regulations.wording import long_date
from auditdesk.util.clock import CHINA
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditdesk.domain.case import CaseFile
    from auditdesk.domain.declaration import CaseType, DocumentKind
    from auditdesk.domain.report import CheckReport
    from auditdesk.operations.situation import Situation
    from auditdesk.regulations.templates import FilledSheet
    from auditdesk.store.records import IssuedDocument, Opinion

CERTIFY, COUNTERSIGN, FETCH = "certify", "countersign", "fetch"
_NOT_YET = {
    "accepted": Label("案件通过受理后才能制作。", "Not before the case has passed intake."),
    "approved": Label("案件批准后才能制作。", "Not before the case is approved."),
    "returned": Label("案件退回补正时才能制作。", "Only while the case is returned."),
    "refused": Label("案件不予批准后才能制作。", "Not before the case is refused."),
    "closed": Label("案件办结后才能制作。", "Not before the case is closed."),
    "reached": Label("案件到达相应环节后才能制作。", "Not before the case has come to its stage."),
}
_AS_LISTED = "见所列各项。"
_NOT_HERE = Label("本案不涉及这种文书。", "This case has no such document.")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document's words before it is numbered, with what it was made from."""

    kind: DocumentKind
    filled: FilledLetter | FilledSheet
    case_file: CaseFile
    report: CheckReport


def occasion(case: Situation, kind: DocumentKind) -> Opinion | None:
    """The opinion that a document of this kind follows; None: its occasion has not come."""
    last = case.opinions[-1] if case.opinions else None
    if kind.after == "refused":
        return case.last_opinion("refuse") if case.record.status == "refused" else None
    if kind.after == "returned":
        return last if case.record.status == "returned" else None
    if kind.after == "closed":
        return last if case.record.status == "closed" else None
    index = next((i for i, o in enumerate(reversed(case.opinions)) if o.action == "return"), None)
    since = case.opinions if index is None else case.opinions[len(case.opinions) - index :]
    if kind.after == "reached":
        return next((o for o in reversed(since) if _led_to(case, o, kind.stage)), None)
    if kind.after == "approved":
        return next((o for o in reversed(since) if o.action == "approve"), None)
    return next((o for o in since if _passed_intake(case, o)), None)


def _passed_intake(case: Situation, opinion: Opinion) -> bool:
    stage = case.case_type.stage(opinion.stage)
    return opinion.action == "advance" and stage.kind is StageKind.INTAKE


def _led_to(case: Situation, opinion: Opinion, stage: str) -> bool:
    """Whether an opinion handed the case on to a stage of its route."""
    stages = case.route.stages
    if opinion.action not in ("advance", "approve") or opinion.stage not in stages[:-1]:
        return False
    return stages[stages.index(opinion.stage) + 1] == stage


def current(case: Situation, kind: DocumentKind) -> IssuedDocument | None:
    """The document of this kind for its present occasion, else the last one there was."""
    found = [
        d
        for d in case.desk.office.documents.of_case(case.record.no)
        if d.kind == kind.id and d.state != "void"
    ]
    since = occasion(case, kind)
    if since is not None:
        found = [d for d in found if d.created_at >= since.at]
    return found[-1] if found else None


def concerns(case: Situation, kind: DocumentKind) -> bool:
    """Whether cases like this one have documents of this kind at all."""
    in_force = case.law.on(case.case_file.accepted_on)
    if not holds(kind.when, case.values.typed, in_force.parameters):
        return False
    return all(in_force.citations((source,)) for source in kind.in_force)


def offers(case: Situation) -> tuple[DocumentOffer, ...]:
    """Every kind of document that the case has and its next step for the person at the desk."""
    made = (offer(case, kind) for kind in case.case_type.documents)
    return tuple(o for o in made if o.issued is not None or concerns(case, o.kind))


def offer(case: Situation, kind: DocumentKind) -> DocumentOffer:
    """One kind of document and its next step."""
    document = current(case, kind)
    found = _offer(case, kind, document)
    if document is None:
        return found
    return replace(found, unstamped=tuple(_unstamped(case, kind, document)))


def _unstamped(case: Situation, kind: DocumentKind, document: IssuedDocument) -> Iterator[Label]:
    """Which of a document's signatures have no time stamp, by the journal's word."""
    for entry in case.entries:
        reason = entry.body.get(UNSTAMPED)
        if reason is not None and entry.body["number"] == document.number:
            first = entry.kind == "document.certify"
            role = ROLES[kind.signers[0 if first else 1]]
            yield Label(
                f"{role.zh}的签名没有时间戳：{reason['zh']}",
                f"The signature of the {role.en} has no time stamp: {reason['en']}",
            )


def _offer(case: Situation, kind: DocumentKind, document: IssuedDocument | None) -> DocumentOffer:
    if document is not None and document.state == "issued":
        return DocumentOffer(kind, document, FETCH, enabled=True)
    if not concerns(case, kind):
        return DocumentOffer(kind, document, "", enabled=False, why_not=_NOT_HERE)
    if occasion(case, kind) is None:
        return DocumentOffer(kind, document, "", enabled=False, why_not=_NOT_YET[kind.after])
    step = CERTIFY if document is None else COUNTERSIGN
    reason = _why_not(case, kind, document)
    return DocumentOffer(kind, document, step, reason is None, reason)


def _why_not(case: Situation, kind: DocumentKind, document: IssuedDocument | None) -> Label | None:
    """Why the person at the desk may not sign next."""
    desk, role = case.desk, kind.signers[0 if document is None else 1]
    if desk.read_only:
        return Label("办公单元在只读介质上，只能查看。", "The office can be read only.")
    if case.record.status == "withdrawn" and kind.after in {"approved", "reached"}:
        return Label("申请已撤回，不再签发。", "The application was withdrawn; nothing is issued.")
    if desk.user.role != role:
        name = ROLES[role]
        return Label(f"这一步由{name.zh}签名。", f"This step is signed by a {name.en}.")
    if document is not None and document.created_by == desk.user.name:
        return Label("您已签过名，须由另一人复签。", "You signed already; somebody else has to.")
    return rights.four_eyes(case) if role == "supervisor" else None


def paper(case: Situation, kind: DocumentKind) -> Paper:
    """The words of a document, from the facts that its occasion's opinion was given on.

    Raises:
        UnusableInputError: the template is broken, or the case lacks a value that it needs.
    """
    opinion = _basis(case, kind)
    if opinion is None:
        case_file, report, paper_of = case.case_file, case.report, case.handed_in()
    else:
        # opinions from before it was noted know nothing of it
        paper_of = handed_in.from_json(opinion.extra.get("handed_in", {}))
        case_file = bodies.case_file_from_json(opinion.extra["case"])
        report = kept.read_report(opinion.extra["report"], opinion.extra.get("english"))
    subject = Subject(
        law=case.law,
        case=case_file,
        report=report,
        office=case.desk.profile.settings,
        more=_more(case, kind, case_file, report, opinion),
        opinions=tuple(_line(case, o) for o in case.opinions),
        standing=standing_on(case.desk.library, case.desk.today()),
        handed_in=paper_of,
    )
    text = case.desk.library.template(case.case_type.id, kind.template)
    return Paper(kind, fill_template(kind.template, text, subject), case_file, report)


def _basis(case: Situation, kind: DocumentKind) -> Opinion | None:
    """The opinion whose facts a document states; None: the facts as they are now.

    What accompanies the review states the facts of the decision once there is one; what a later
    stage issues states those that were entered there.
    """
    if kind.after == "reached":
        return case.opinions[-1] if case.final else None
    if kind.after != "accepted":
        return occasion(case, kind)
    if case.past_decision:
        return case.last_opinion("approve")
    return case.opinions[-1] if case.final else None


def _more(
    case: Situation,
    kind: DocumentKind,
    case_file: CaseFile,
    report: CheckReport,
    opinion: Opinion | None,
) -> dict[str, str]:
    """Values that templates name besides the case's fields."""
    return {
        "case.no": case.record.no,
        "case.accepted_on": long_date(case_file.accepted_on),
        "case.district": _district(case, case_file),
        "case.stage": case.case_type.stage(case_file.stage).label.zh,
        "case.verdict": word(VERDICTS, str(report.verdict)).zh,
        "opinion.reason": (opinion.reason or _AS_LISTED) if opinion else "",
        "opinion.about": _ticked(case.case_type, opinion),
        "occasion.words": _said(occasion(case, kind)),
    }


def _district(case: Situation, case_file: CaseFile) -> str:
    """The district's name; nothing for the code of a functional area that the table lacks."""
    label = case.desk.library.districts.get(case_file.district)
    return label.zh if label else ""


def _said(opinion: Opinion | None) -> str:
    """What was written when the document's occasion came; nothing where nothing was."""
    return opinion.reason if opinion else ""


def _ticked(case_type: CaseType, opinion: Opinion | None) -> str:
    """What was ticked when a case was returned or refused, by its name."""
    reasons = opinion.extra.get("reasons", {}) if opinion else {}
    labels = [case_type.rule(rule).title for rule in reasons.get("rules", ())]
    labels += [case_type.material(name).label for name in reasons.get("materials", ())]
    labels += [field_label(case_type, name) for name in reasons.get("fields", ())]
    return "、".join(label.zh for label in labels)


def _line(case: Situation, opinion: Opinion) -> OpinionLine:
    return OpinionLine(
        stage=case.case_type.stage(opinion.stage).label.zh,
        action=word(ACTIONS, opinion.action).zh,
        name=opinion.full_name,
        on=opinion.at.astimezone(CHINA).date(),
        reason=opinion.reason,
    )


def number_of(case: Situation, kind: DocumentKind, year: int, serial: int) -> str:
    """A document number, as 章政土批〔2026〕1号."""
    prefix = case.desk.profile.settings.get(NUMBER_PREFIX, "")
    return f"{prefix}{kind.mark}〔{year}〕{serial}号"
