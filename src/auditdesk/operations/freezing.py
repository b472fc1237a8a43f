"""From a document's words to its frozen, signed bytes; imported only where one is made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from auditdesk.documents.archive import CASE_FILE, REPORT_FILE, ArchiveInfo, EmbeddedFile
from auditdesk.documents.fonts import load_fonts
from auditdesk.documents.issuing import Draft, prepared, render
from auditdesk.documents.papercode import code_of
from auditdesk.documents.revocation import LIST_FILE, LIST_TYPE
from auditdesk.documents.signing import SignatureText, certify, countersign
from auditdesk.domain.roles import ROLES
from auditdesk.operations.layouts import Marks, content_of, justifications
from auditdesk.operations.settings import REVOCATION_LIST

if TYPE_CHECKING:
    from auditdesk.documents.content import Letter, Sheet
    from auditdesk.documents.papercode import PaperCode
    from auditdesk.documents.signing import Signer
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.papers import Paper
    from auditdesk.operations.situation import Situation

_REASONS = {"clerk": "经办", "supervisor": "同意"}


def draft(case: Situation, made: Paper, number: str, checkpoint: str) -> Draft:
    """All that the numbered document is made of."""
    return Draft(
        content(case, made, number, checkpoint, code(case, made, number)),
        _archive_info(case, made, number, checkpoint),
        (*_embedded(made), *_revocations(case.desk)),
        _names(case),
    )


def code(case: Situation, made: Paper, number: str = "") -> PaperCode:
    """The short code of the paper; its hash does not depend on the number."""
    return code_of(number, case.desk.profile.name, *(file.content for file in _embedded(made)))


def _names(case: Situation) -> dict[str, str]:
    """What the values of case and report are called, for the paper's key figures."""
    names = {f"case.{field.id}": field.label.zh for field in case.case_type.fields}
    return names | {f"check.{value.id}": value.label.zh for value in case.case_type.computed}


def _revocations(desk: Desk) -> tuple[EmbeddedFile, ...]:
    """What is revoked on this day, for readers who have nothing but the paper."""
    made = desk.profile.settings.get(REVOCATION_LIST)
    if not made:
        return ()
    return (EmbeddedFile(LIST_FILE, LIST_TYPE, "签发机构的证书吊销列表", made.encode()),)


def frozen(case: Situation, made: Paper, number: str, checkpoint: str, signer: Signer) -> bytes:
    """The numbered document in its archive form, with all fields and the first signature."""
    fonts = load_fonts(case.desk.resources / "fonts")
    waiting = prepared(draft(case, made, number, checkpoint), fonts)
    return certified(case.desk, waiting, signer, made.kind.signers[0])


def content(
    case: Situation,
    made: Paper,
    number: str,
    checkpoint: str,
    own_code: PaperCode | None = None,
) -> Letter | Sheet:
    """The document's content for the layout; without a number it is a preview."""
    marks = Marks(
        signers=made.kind.signers,
        issued_on=case.desk.today(),
        number=number,
        checkpoint=checkpoint,
        code=own_code,
        justifications=justifications(case),
    )
    return content_of(case.desk.profile, made.filled, marks)


def preview(case: Situation, made: Paper) -> bytes:
    """The laid-out document as it would be frozen now, without a number and marked 预览."""
    return render(content(case, made, "", ""), load_fonts(case.desk.resources / "fonts"))


def certified(desk: Desk, waiting: bytes, signer: Signer, role: str) -> bytes:
    """A document with empty fields with its first signature."""
    fonts = load_fonts(desk.resources / "fonts")
    return certify(waiting, signer, _signature_text(desk, role), role=role, fonts=fonts)


def _archive_info(case: Situation, made: Paper, number: str, checkpoint: str) -> ArchiveInfo:
    return ArchiveInfo(
        title=made.filled.title,
        author=case.desk.profile.name,
        subject=f"{made.kind.label.zh} {case.record.no}",
        created_at=case.desk.now(),
        keywords=(case.record.no, made.kind.label.zh),
        number=number,
        checkpoint=checkpoint,
        signers=made.kind.signers,
    )


def _embedded(made: Paper) -> tuple[EmbeddedFile, ...]:
    return (
        _json_file(CASE_FILE, "案件文件 auditdesk.case/1", made.case_file.as_json()),
        _json_file(REPORT_FILE, "审查报告 auditdesk.check/1", made.report.as_json("zh")),
    )


def _json_file(name: str, description: str, content: dict[str, object]) -> EmbeddedFile:
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return EmbeddedFile(name, "application/json", description, text.encode())


def countersigned(desk: Desk, waiting: bytes, signer: Signer, role: str) -> bytes:
    """The document with its second signature, which locks it."""
    fonts = load_fonts(desk.resources / "fonts")
    return countersign(waiting, signer, _signature_text(desk, role), role=role, fonts=fonts)


def _signature_text(desk: Desk, role: str) -> SignatureText:
    return SignatureText(
        name=desk.user.full_name, role=ROLES[role].zh, at=desk.now(), reason=_REASONS[role]
    )
