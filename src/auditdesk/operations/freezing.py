"""From a document's words to its frozen, signed bytes; imported only where one is made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from auditdesk.documents.archive import (
    CASE_FILE,
    REPORT_FILE,
    ArchiveInfo,
    EmbeddedFile,
    to_archive,
)
from auditdesk.documents.content import Letter
from auditdesk.documents.fonts import load_fonts
from auditdesk.documents.letter import render_letter
from auditdesk.documents.papercode import code_of
from auditdesk.documents.sheet import render_sheet
from auditdesk.documents.signing import (
    SignatureText,
    certify,
    countersign,
    prepare_fields,
)
from auditdesk.domain.roles import ROLES
from auditdesk.operations.layouts import Marks, content_of, justifications

if TYPE_CHECKING:
    from auditdesk.documents.papercode import PaperCode
    from auditdesk.documents.signing import Signer
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.papers import Paper
    from auditdesk.operations.situation import Situation

_REASONS = {"clerk": "经办", "supervisor": "同意"}


def frozen(case: Situation, made: Paper, number: str, checkpoint: str, signer: Signer) -> bytes:
    """The numbered document in its archive form, with all fields and the first signature."""
    role = made.kind.signers[0]
    inside = _embedded(made)
    code = code_of(number, case.desk.profile.name, *(file.content for file in inside))
    archived = to_archive(
        rendered(case, made, number, checkpoint, code),
        _archive_info(case, made, number, checkpoint),
        inside,
    )
    prepared = prepare_fields(archived, made.kind.signers)
    fonts = load_fonts(case.desk.resources / "fonts")
    return certify(prepared, signer, _signature_text(case.desk, role), role=role, fonts=fonts)


def rendered(
    case: Situation, made: Paper, number: str, checkpoint: str, code: PaperCode | None = None
) -> bytes:
    """The laid-out document; without a number it is a preview."""
    marks = Marks(
        signers=made.kind.signers,
        issued_on=case.desk.today(),
        number=number,
        checkpoint=checkpoint,
        code=code,
        justifications=justifications(case),
    )
    content = content_of(case.desk.profile, made.filled, marks)
    fonts = load_fonts(case.desk.resources / "fonts")
    if isinstance(content, Letter):
        return render_letter(content, fonts)
    return render_sheet(content, fonts)


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


def countersigned(desk: Desk, certified: bytes, signer: Signer, role: str) -> bytes:
    """The document with its second signature, which locks it."""
    fonts = load_fonts(desk.resources / "fonts")
    return countersign(certified, signer, _signature_text(desk, role), role=role, fonts=fonts)


def _signature_text(desk: Desk, role: str) -> SignatureText:
    return SignatureText(
        name=desk.user.full_name, role=ROLES[role].zh, at=desk.now(), reason=_REASONS[role]
    )
