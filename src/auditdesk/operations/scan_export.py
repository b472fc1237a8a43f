"""Scans written out as files, because somebody asked for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.operations.situation import situation
from auditdesk.util.atomic import disk_fault, write_atomic
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from pathlib import Path

    from auditdesk.operations.desk import Desk
    from auditdesk.operations.situation import Situation
    from auditdesk.store.records import Attachment
    from auditdesk.util.progress import Progress

_ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
}
# In the names of materials, but not in those of files everywhere.
_NOT_IN_NAMES = str.maketrans("", "", '\\/:*?"<>|')


def ending(scan: Attachment) -> str:
    """How the name of a file with this scan ends: by its content, whatever it was called."""
    return _ENDINGS.get(scan.media_type, "bin")


def export(desk: Desk, no: str, folder: Path, progress: Progress) -> tuple[Path, ...]:
    """Write all scans of a case into a folder, named by number and material.

    Args:
        desk: who and where.
        no: the case number.
        folder: is there already; nothing in it is replaced.
        progress: told of each scan; what was written when somebody cancels stays.

    Raises:
        RefusedError: there is no such case.
        UnusableInputError: no such folder, no scans, or a file of such a name is there.
        OfficeFaultError: a scan's content is missing or damaged, or the disk.
        CancelledError: by `progress`.
    """
    case = situation(desk, no)
    named = _named(case, folder)
    for done, (path, scan) in enumerate(named.items()):
        progress.step(done, len(named))
        content = desk.office.attachments.content(scan.id)
        try:
            write_atomic(path, content)
        except OSError as error:
            raise disk_fault(error, path) from error
    progress.step(len(named), len(named))
    return tuple(named)


def _named(case: Situation, folder: Path) -> dict[Path, Attachment]:
    """Every scan of a case by the file that it goes into."""
    scans = case.desk.office.attachments.of_case(case.record.no)
    if not folder.is_dir():
        raise UnusableInputError(
            f"没有文件夹 {folder}，请先建立。", f"There is no folder {folder}; make it first."
        )
    if not scans:
        raise UnusableInputError("本案没有扫描件。", "The case has no scans.")
    labels = {m.id: m.label.zh.translate(_NOT_IN_NAMES) for m in case.case_type.materials}
    named = {
        folder / f"{place:02} {labels[scan.material]}.{ending(scan)}": scan
        for place, scan in enumerate(scans, start=1)
    }
    there = next((path for path in named if path.exists()), None)
    if there is not None:
        raise UnusableInputError(
            f"{there} 已存在，没有覆盖。请换一个文件夹。",
            f"{there} exists; it was not replaced. Choose another folder.",
        )
    return named
