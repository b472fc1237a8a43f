"""Scans that are at the wrong place, and scans that an earlier case has already."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from auditdesk.operations import viewing
from auditdesk.operations.bodies import body_of
from auditdesk.operations.changes import Changes
from auditdesk.operations.materials import (
    PRESENT,
    put_body,
    require_attachable,
    require_known,
    verdict_before,
    verdicts_without,
)
from auditdesk.operations.situation import situation
from auditdesk.store.records import CaseFilter, KeptContent, ScanWay
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditdesk.operations.desk import Desk
    from auditdesk.operations.situation import Situation
    from auditdesk.operations.views import CaseView
    from auditdesk.store.records import Attachment, CaseRecord, CaseRow
    from auditdesk.store.writer import Writer

LONGEST_REASON = 500
_MOST_CASES = 200  # that one value is looked for in


@dataclass(frozen=True, slots=True)
class ReusableScan:
    """A scan of an earlier case that is about the same applicant, parcel or object.

    Attributes:
        material: what it shows there.
        same_material: it shows the very material that is wanted.
        shared: the fields whose value both cases have.
    """

    scan: Attachment
    case: CaseRow
    case_type: Label
    material: Label
    same_material: bool
    shared: tuple[Label, ...]


def move(
    desk: Desk, attachment_id: int, to_no: str, to_material: str, reason: str
) -> tuple[CaseView, Changes]:
    """Move a scan that was attached wrongly to another material, or to another case.

    It leaves an entry where it was; both cases tell of it.

    Args:
        desk: who and where.
        attachment_id: the scan.
        to_no: the case where it belongs.
        to_material: the material that it shows there.
        reason: why it was wrong where it was.

    Returns:
        The case where the scan is now.

    Raises:
        RefusedError: no such scan or case, one of them may not be changed by this person now, or
            the scan is there already.
        UnusableInputError: no such material, or no reason.
    """
    scan = _on_its_case(desk, attachment_id)
    source = situation(desk, scan.case_no)
    target = source if to_no == scan.case_no else situation(desk, to_no)
    require_attachable(source, scan.material)
    require_attachable(target, to_material)
    _refuse_twice(target, to_material, scan)
    why = _reason(reason)
    told = {"attachment": scan.id, "material": scan.material, "to_material": to_material}
    if target is not source:
        told["to_case"] = to_no
    way = ScanWay("moved", scan.id, why, verdict_before(target, to_material))
    with desk.office.write("material.move", scan.case_no, told) as writer:
        writer.remove_attachment(scan.id)
        _put_both(writer, source, target, scan, to_material)
        writer.note("moved_to", _again(writer, to_no, to_material, scan, way).id)
    label = target.case_type.material(to_material).label
    summary = Label(
        f"“{scan.file_name}”已移到 {to_no} 的“{label.zh}”",
        f"“{scan.file_name}” is now with {to_no}, {label.en}",
    )
    return viewing.view(desk, to_no), Changes(summary, frozenset({to_no, scan.case_no}))


def _put_both(
    writer: Writer, source: Situation, target: Situation, scan: Attachment, to_material: str
) -> None:
    """The verdicts of what the scan leaves and of what it comes to."""
    left = verdicts_without(source, scan)
    if target is source:
        put_body(writer, source, replace(source.body, materials={**left, to_material: PRESENT}))
        return
    put_body(writer, source, replace(source.body, materials=left))
    come = {**target.body.materials, to_material: PRESENT}
    put_body(writer, target, replace(target.body, materials=come), "to_body")


def reuse(desk: Desk, no: str, material: str, attachment_id: int) -> tuple[CaseView, Changes]:
    """Take a scan over from an earlier case: the same content, an entry of its own.

    Raises:
        RefusedError: no such scan or case, it may not be changed by this person now, or the
            material has the content already.
        UnusableInputError: no such material.
        OfficeFaultError: the content is missing or damaged.
    """
    case = situation(desk, no)
    require_attachable(case, material)
    scan = _on_its_case(desk, attachment_id)
    _refuse_twice(case, material, scan)
    desk.office.attachments.require_sound(scan.id)
    told = {"material": material, "from": scan.id, "from_case": scan.case_no}
    way = ScanWay("reused", scan.id, "", verdict_before(case, material))
    body = replace(case.body, materials={**case.body.materials, material: PRESENT})
    with desk.office.write("material.reuse", no, told) as writer:
        put_body(writer, case, body)
        writer.note("attachment", _again(writer, no, material, scan, way).id)
    summary = Label(
        f"已从 {scan.case_no} 取用“{scan.file_name}”", f"Taken over from {scan.case_no}"
    )
    return viewing.view(desk, no), Changes(summary, frozenset({no}))


def _again(writer: Writer, no: str, material: str, scan: Attachment, way: ScanWay) -> Attachment:
    """The same content with a material of a case; what it is goes with it."""
    return writer.add_attachment(
        no,
        material,
        KeptContent(scan.digest, scan.size),
        file_name=scan.file_name,
        media_type=scan.media_type,
        pages=scan.pages,
        original=scan.original,
        way=way,
    )


def _on_its_case(desk: Desk, attachment_id: int) -> Attachment:
    scan = desk.office.attachments.get(attachment_id)
    if scan.removed_at is not None:
        raise RefusedError(
            f"“{scan.file_name}”已不在案件 {scan.case_no} 中。请刷新后重试。",
            f"“{scan.file_name}” is not with {scan.case_no} any more. Refresh and try again.",
        )
    return scan


def _refuse_twice(case: Situation, material: str, scan: Attachment) -> None:
    same = case.desk.office.attachments.of_content(scan.digest)
    if any(s.case_no == case.record.no and s.material == material for s in same):
        label = case.case_type.material(material).label
        raise RefusedError(
            f"“{label.zh}”已有这个扫描件。", f"{label.en} has this very scan already."
        )


def _reason(text: str) -> str:
    reason = text.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise UnusableInputError(
            f"请写明移动的理由（最多 {LONGEST_REASON} 字）。",
            f"Say why the scan is moved, in at most {LONGEST_REASON} characters.",
        )
    return reason


def reusable(desk: Desk, no: str, material: str) -> tuple[ReusableScan, ...]:
    """Scans of other cases that are about the same applicant, parcel or object.

    Those of the very material come first, then the latest cases. Which fields tell is declared by
    the case types: what names a case, and what tells duplicates.

    Raises:
        RefusedError: there is no such case.
        UnusableInputError: the case type has no such material.
    """
    case = situation(desk, no)
    require_known(case.case_type, material)
    there = {s.digest for s in desk.office.attachments.of_case(no) if s.material == material}
    found = [
        ReusableScan(
            scan,
            row,
            viewing.case_type_label(desk, row.case_type),
            _material_label(desk, row, scan.material),
            scan.material == material,
            shared,
        )
        for row, shared in _related(desk, case.record)
        for scan in desk.office.attachments.of_case(row.no)
        if scan.digest not in there
    ]
    return tuple(sorted(found, key=lambda r: (not r.same_material, -r.case.id, r.scan.id)))


def _related(desk: Desk, record: CaseRecord) -> Iterator[tuple[CaseRecord, tuple[Label, ...]]]:
    """Other cases that hold one of the values that tell this one, and the names of its fields."""
    own = _telling(desk, record)
    seen = {record.no}
    for value in own:
        for row in desk.office.cases.search(value, CaseFilter(), limit=_MOST_CASES):
            if row.no not in seen:
                seen.add(row.no)
                other = desk.office.cases.get(row.no)
                shared = own.keys() & _telling(desk, other).keys()
                if shared:
                    yield other, tuple(own[v] for v in own if v in shared)


def _telling(desk: Desk, record: CaseRecord) -> dict[str, Label]:
    """The values of a case that tell what it is about, with the names of their fields."""
    law = desk.library.laws.get(record.case_type)
    if law is None:
        return {}  # its pack is gone
    summary, data = law.case_type.summary, body_of(record).data
    telling = {*summary.title, *summary.duplicate, *(_duplicate(desk) & set(summary.search))}
    texts = {f.id: str(data.get(f.id, "")).strip() for f in law.case_type.fields}
    return {texts[f.id]: f.label for f in law.case_type.fields if f.id in telling and texts[f.id]}


def _duplicate(desk: Desk) -> frozenset[str]:
    """The fields that tell duplicates in any case type."""
    types = (law.case_type for law in desk.library.laws.values())
    return frozenset(name for case_type in types for name in case_type.summary.duplicate)


def _material_label(desk: Desk, row: CaseRow, material: str) -> Label:
    law = desk.library.laws.get(row.case_type)
    declared = law.case_type.materials if law else ()
    return next((m.label for m in declared if m.id == material), Label(material, material))
