"""What was handed in of each material on paper: as somebody noted it, else as its scans tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditdesk.domain.material import COPY, MOST_PAGES, ORIGINAL, HandedIn
from auditdesk.util.faults import UnusableInputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from auditdesk.domain.declaration import CaseType
    from auditdesk.store.records import Attachment

_FORMS = frozenset({"", ORIGINAL, COPY})


def checked(case_type: CaseType, given: Mapping[str, HandedIn]) -> dict[str, HandedIn]:
    """What is kept of what was noted: of the case type's materials, those with anything said.

    Raises:
        UnusableInputError: neither original nor copy, or no number of pages.
    """
    for noted in given.values():
        _require_sense(noted)
    return {m.id: given[m.id] for m in case_type.materials if given.get(m.id)}


def _require_sense(noted: HandedIn) -> None:
    if noted.form not in _FORMS:
        raise UnusableInputError(
            f"材料形式应为 original（原件）或 copy（复印件），不是 {noted.form}。",
            f"A material is handed in as original or copy, not as {noted.form}.",
        )
    if noted.pages is not None and not 1 <= noted.pages <= MOST_PAGES:
        raise UnusableInputError(
            f"材料页数应在 1 到 {MOST_PAGES} 之间，不是 {noted.pages}。",
            f"A material has between 1 and {MOST_PAGES} pages, not {noted.pages}.",
        )


def shown(noted: Mapping[str, HandedIn], scans: Iterable[Attachment]) -> dict[str, HandedIn]:
    """What to show and print: what was noted, and where nobody did, what the scans tell."""
    by_material: dict[str, list[Attachment]] = {}
    for scan in scans:
        by_material.setdefault(scan.material, []).append(scan)
    names = {*noted, *by_material}
    found = {
        name: noted.get(name, HandedIn()).or_else(told_by(by_material.get(name, ())))
        for name in names
    }
    return {name: handed_in for name, handed_in in found.items() if handed_in}


def told_by(scans: Sequence[Attachment]) -> HandedIn:
    """What the scans of one material tell: an original if each shows one; their pages added up."""
    if not scans:
        return HandedIn()
    form = ORIGINAL if all(scan.original for scan in scans) else COPY
    pages = [scan.pages for scan in scans if scan.pages is not None]
    return HandedIn(form, sum(pages) if len(pages) == len(scans) else None)


def as_json(handed_in: Mapping[str, HandedIn]) -> dict[str, Any]:
    """What was handed in as the office keeps it."""
    return {name: {"form": h.form, "pages": h.pages} for name, h in handed_in.items()}


def from_json(kept: Mapping[str, Any]) -> dict[str, HandedIn]:
    """What was handed in from what the office keeps."""
    return {name: HandedIn(h["form"], h["pages"]) for name, h in kept.items()}
