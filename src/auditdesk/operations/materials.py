"""Scans of what the applicant handed in: attached one by one or many at once, taken off, read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from auditdesk.operations import bodies, cases, laws, rights, scan_files, scan_folder, viewing
from auditdesk.operations.changes import Changes
from auditdesk.operations.columns import columns
from auditdesk.operations.situation import situation
from auditdesk.store.records import ScanWay
from auditdesk.util.faults import Fault, OfficeFaultError, RefusedError, UnusableInputError
from auditdesk.util.label import Label
from auditdesk.util.progress import CancelledError, NoProgress, Part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from auditdesk.domain.declaration import CaseType
    from auditdesk.operations.bodies import Body
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.scan_files import LookedAt, Pasted
    from auditdesk.operations.scan_folder import FileStamp
    from auditdesk.operations.situation import Situation
    from auditdesk.operations.views import CaseView
    from auditdesk.store.records import Attachment
    from auditdesk.store.writer import Writer
    from auditdesk.util.progress import Progress

PRESENT = "present"


@dataclass(frozen=True, slots=True)
class WantedScan:
    """A file that is to be attached to a material; `original`: the original was seen."""

    material: str
    source: Path | Pasted
    original: bool = False


@dataclass(frozen=True, slots=True)
class AttachedScan:
    """A scan that was attached, and where else in the office the same content is."""

    scan: Attachment
    elsewhere: tuple[Attachment, ...] = ()


@dataclass(slots=True)
class AttachReport:
    """How attaching many files ended.

    Attributes:
        wanted: how many there were.
        attached: those that are in the office, in order.
        refused: why each of the others was not; the sentences name the files.
        left: sentences on files that were attached but could not be put away.
        cancelled: the person stopped it; what is in no list was not begun.
    """

    wanted: int
    attached: list[AttachedScan] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    left: list[Label] = field(default_factory=list)
    cancelled: bool = False


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
        progress: told of the looking, then of the keeping, in thousandths; may cancel.

    Raises:
        UnusableInputError: no such material; no scan, not whole, too large, or harmful.
        RefusedError: no such case, it may not be changed by this person now, or the material
            has a scan of the same content.
        OfficeFaultError: disk full or broken; nothing was kept.
    """
    case = situation(desk, no)
    require_attachable(case, material)
    progress = progress or NoProgress()
    scan = scan_files.look_at(source, Part(progress, 0, 2))
    _refuse_same(case, material, scan)
    kept = scan_files.keep(desk, scan, Part(progress, 1, 2))
    body = replace(case.body, materials={**case.body.materials, material: PRESENT})
    with desk.office.write("material.attach", no, {"material": material}) as writer:
        put_body(writer, case, body)
        attachment = writer.add_attachment(
            no,
            material,
            kept,
            file_name=scan.name,
            media_type=scan.facts.media_type,
            pages=scan.facts.pages,
            original=original,
            way=ScanWay(verdict_before=verdict_before(case, material)),
        )
        writer.note("attachment", attachment.id)
        writer.note("digest", kept.digest)
    summary = Label(f"扫描件已存入案件 {no}", f"The scan is kept with case {no}")
    return viewing.view(desk, no), Changes(summary, frozenset({no}))


def require_attachable(case: Situation, material: str) -> None:
    """Refuse to change a material's scans where that cannot be done by this person now.

    Raises:
        UnusableInputError: the case type has no such material.
        RefusedError: not this person, not now, or the material was approved.
    """
    rights.require(case, "attach")
    require_known(case.case_type, material)
    if material not in rights.editable_materials(case):
        raise RefusedError(
            "案件已批准，批准时的材料不能再改。",
            "The case is approved; the materials that were approved stay as they are.",
        )


def require_known(case_type: CaseType, material: str) -> None:
    """Refuse a material that the case type does not have.

    Raises:
        UnusableInputError: names those that it has.
    """
    known = [m.id for m in case_type.materials]
    if material not in known:
        raise UnusableInputError(
            f"本事项没有材料 {material}；可用：{'、'.join(known)}",
            f"The case type has no material {material}; there are: {', '.join(known)}",
        )


def _refuse_same(case: Situation, material: str, scan: LookedAt) -> None:
    same = case.desk.office.attachments.of_content(scan.facts.digest)
    if any(s.case_no == case.record.no and s.material == material for s in same):
        label = case.case_type.material(material).label
        name = scan_files.shown(scan.name)
        raise RefusedError(
            f"“{name}”没有添加：“{label.zh}”已有内容完全相同的扫描件。",
            f"“{name}” was not attached: {label.en} has a scan of the very same content.",
        )


def verdict_before(case: Situation, material: str) -> str:
    """The verdict that a material had before its first scan came; empty: none was given."""
    first = next((s for s in _scans(case) if s.material == material), None)
    if first is not None:
        return first.verdict_before if first.came else PRESENT
    return str(case.body.materials.get(material, ""))


def verdicts_without(case: Situation, scan: Attachment) -> dict[str, object]:
    """The verdicts once a scan is off its case: the last one takes with it what it brought."""
    verdicts = dict(case.body.materials)
    others = [s for s in _scans(case) if s.material == scan.material and s.id != scan.id]
    if others or scan.came is None or verdicts.get(scan.material) != PRESENT:
        return verdicts
    del verdicts[scan.material]
    return verdicts | ({scan.material: scan.verdict_before} if scan.verdict_before else {})


def _scans(case: Situation) -> tuple[Attachment, ...]:
    return case.desk.office.attachments.of_case(case.record.no)


def put_body(writer: Writer, case: Situation, body: Body, key: str = "body") -> None:
    """Write a case's verdicts and what follows from them; `key` names it in the journal."""
    case_file = bodies.case_file_of(case.record, body)
    report = laws.judged(case.desk, case.law, case_file)
    writer.save_case(
        case.record.no,
        case.record.version,
        body=body.as_json(),
        **columns(case.case_type, case_file, report),
    )
    cases.note_body(writer, body, key)


def attach_all(
    desk: Desk,
    no: str,
    wanted: Sequence[WantedScan],
    progress: Progress,
    *,
    put_away: bool = False,
) -> tuple[CaseView, AttachReport, Changes]:
    """Attach many files, each an operation of its own; those that cannot be are told, and why.

    On cancel what was attached stays. An office or a disk at fault ends it.

    Args:
        desk: who and where.
        no: the case number.
        wanted: the files and their materials.
        progress: told in thousandths of a file.
        put_away: move each file, once it is safe in the office, into a folder beside it.

    Raises:
        RefusedError: no such case, or it may not be changed by this person now.
    """
    rights.require(situation(desk, no), "attach")
    report = AttachReport(len(wanted))
    for place, scan in enumerate(wanted):
        stamp = scan_folder.stamp(scan.source)
        try:
            share = Part(progress, place, len(wanted))
            report.attached.append(_attached(desk, no, scan, share))
        except CancelledError:
            report.cancelled = True
            break
        except Fault as fault:
            report.refused.append(fault)
            if isinstance(fault, OfficeFaultError):
                break
        else:
            report.left += _put_away(stamp) if put_away and stamp else []
    return viewing.view(desk, no), report, Changes(_summary(no, report), frozenset({no}))


def _attached(desk: Desk, no: str, scan: WantedScan, progress: Progress) -> AttachedScan:
    view, _ = attach(
        desk, no, scan.material, scan.source, original=scan.original, progress=progress
    )
    added = view.attachments[-1]
    same = desk.office.attachments.of_content(added.digest)
    return AttachedScan(added, tuple(other for other in same if other.id != added.id))


def _put_away(stamp: FileStamp) -> list[Label]:
    try:
        scan_folder.put_away(stamp)
    except Fault as fault:
        return [fault.message]
    return []


def _summary(no: str, report: AttachReport) -> Label:
    done, wanted = len(report.attached), report.wanted
    if done == wanted == 1:
        return Label(f"扫描件已存入案件 {no}", f"The scan is kept with case {no}")
    return Label(
        f"案件 {no}：{wanted} 个文件中已存入 {done} 个",
        f"Case {no}: {done} of {wanted} files are kept",
    )


def remove(desk: Desk, no: str, attachment_id: int) -> tuple[CaseView, Changes]:
    """Take a scan off its case; row and content stay.

    The last scan of a material takes the verdict with it that it brought.

    Raises:
        RefusedError: no such scan on the case, or it may not be changed by this person now.
    """
    case = situation(desk, no)
    rights.require(case, "attach")
    scan = next((a for a in _scans(case) if a.id == attachment_id), None)
    if scan is None:
        raise RefusedError("本案没有这个扫描件。", "The case has no such scan.")
    require_attachable(case, scan.material)
    verdicts = verdicts_without(case, scan)
    body = {"attachment": attachment_id, "material": scan.material}
    with desk.office.write("material.remove", no, body) as writer:
        put_body(writer, case, replace(case.body, materials=verdicts))
        writer.remove_attachment(attachment_id)
    summary = Label(f"扫描件已从案件 {no} 移除", f"The scan was taken off case {no}")
    return viewing.view(desk, no), Changes(summary, frozenset({no}))


def facts(desk: Desk, attachment_id: int) -> Attachment:
    """What is known of a scan, also of one that was taken off its case.

    Raises:
        RefusedError: there is no such scan.
    """
    return desk.office.attachments.get(attachment_id)


def open_attachment(desk: Desk, attachment_id: int) -> bytes:
    """The scan's bytes, decrypted and compared with its digest.

    Raises:
        RefusedError: there is no such scan.
        OfficeFaultError: its file is missing or damaged.
    """
    return desk.office.attachments.content(attachment_id)
