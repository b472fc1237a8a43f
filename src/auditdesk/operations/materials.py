"""Scans of what the applicant handed in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from auditdesk.operations import bodies, cases, laws, rights, scan_files, viewing
from auditdesk.operations.changes import Changes
from auditdesk.operations.columns import columns
from auditdesk.operations.situation import situation
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from pathlib import Path

    from auditdesk.operations.desk import Desk
    from auditdesk.operations.scan_files import Pasted
    from auditdesk.operations.situation import Situation
    from auditdesk.operations.views import CaseView
    from auditdesk.util.progress import Progress


def attach(  # noqa: PLR0913 – which scan of what
    desk: Desk,
    no: str,
    material: str,
    source: Path | Pasted,
    *,
    original: bool = False,
    progress: Progress | None = None,
) -> tuple[CaseView, Changes]:
    """Keep a scan (PDF, JPEG, PNG, TIFF) with the case and mark the material present.

    Args:
        desk: who and where.
        no: the case number.
        material: id of the material that the scan shows.
        source: the file, or what was pasted; it is copied, encrypted, into the office.
        original: the original was seen, not a copy.
        progress: told of the bytes that were looked at, then of those that are safe; may cancel.

    Raises:
        UnusableInputError: no such material; no scan, not whole, too large, or harmful.
        RefusedError: no such case, or it may not be changed by this person now.
        OfficeFaultError: disk full or broken; nothing was kept.
    """
    case = situation(desk, no)
    rights.require(case, "attach")
    _require_material(case, material)
    scan = scan_files.look_at(source, progress)
    kept = scan_files.keep(desk, scan, progress)
    body = replace(case.body, materials={**case.body.materials, material: "present"})
    case_file = bodies.case_file_of(case.record, body)
    report = laws.judged(desk, case.law, case_file)
    with desk.office.write("material.attach", no, {"material": material}) as writer:
        writer.save_case(
            no,
            case.record.version,
            body=body.as_json(),
            **columns(case.case_type, case_file, report),
        )
        attachment = writer.add_attachment(
            no,
            material,
            kept,
            file_name=scan.name,
            media_type=scan.facts.media_type,
            pages=scan.facts.pages,
            original=original,
        )
        writer.note("attachment", attachment.id)
        writer.note("digest", kept.digest)
        cases.note_body(writer, body)
    summary = Label(f"扫描件已存入案件 {no}", f"The scan is kept with case {no}")
    return viewing.view(desk, no), Changes(summary, frozenset({no}))


def _require_material(case: Situation, material: str) -> None:
    known = [m.id for m in case.case_type.materials]
    if material not in known:
        raise UnusableInputError(
            f"本事项没有材料 {material}；可用：{'、'.join(known)}",
            f"The case type has no material {material}; there are: {', '.join(known)}",
        )
    if material not in rights.editable_materials(case):
        raise RefusedError(
            "案件已批准，批准时的材料不能再改。",
            "The case is approved; the materials that were approved stay as they are.",
        )


def remove(desk: Desk, no: str, attachment_id: int) -> tuple[CaseView, Changes]:
    """Take a scan off its case; row and content stay, the material's verdict too.

    Raises:
        RefusedError: no such scan on the case, or it may not be changed by this person now.
    """
    case = situation(desk, no)
    rights.require(case, "attach")
    attachment = next(
        (a for a in desk.office.attachments.of_case(no) if a.id == attachment_id), None
    )
    if attachment is None:
        raise RefusedError("本案没有这个扫描件。", "The case has no such scan.")
    _require_material(case, attachment.material)
    body = {"attachment": attachment_id, "material": attachment.material}
    with desk.office.write("material.remove", no, body) as writer:
        writer.remove_attachment(attachment_id)
    summary = Label(f"扫描件已从案件 {no} 移除", f"The scan was taken off case {no}")
    return viewing.view(desk, no), Changes(summary, frozenset({no}))


def open_attachment(desk: Desk, attachment_id: int) -> bytes:
    """The scan's bytes, decrypted and compared with its digest.

    Raises:
        RefusedError: there is no such scan.
        OfficeFaultError: its file is missing or damaged.
    """
    return desk.office.attachments.content(attachment_id)
