"""Many documents in one file to print: as they would be, and as they were issued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.operations import numbering, papers
from auditdesk.operations.situation import situation
from auditdesk.util.faults import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from auditdesk.documents.content import Letter, Sheet
    from auditdesk.operations.desk import Desk
    from auditdesk.util.progress import Progress


def proofs(desk: Desk, wanted: Sequence[tuple[str, str]], progress: Progress) -> bytes:
    """Previews of many documents in one PDF, to be read on paper before anything is signed.

    Args:
        desk: of anybody in the office.
        wanted: case number and kind of each document.
        progress: told after each document.

    Raises:
        UnusableInputError: a case lacks a value that its document needs; it is named.
        CancelledError: by `progress`.
    """
    from auditdesk.documents.fonts import load_fonts  # noqa: PLC0415 – the layout is heavy
    from auditdesk.documents.issuing import print_file  # noqa: PLC0415 – as above
    from auditdesk.operations import freezing  # noqa: PLC0415 – as above

    def contents() -> Iterator[Letter | Sheet]:
        for no, kind in _told(wanted, progress):
            case = situation(desk, no)
            made = papers.paper(case, numbering.kind_of(case, kind))
            yield freezing.content(case, made, "", "")

    return print_file(contents(), load_fonts(desk.resources / "fonts"), desk.profile.name)


def copies(desk: Desk, wanted: Sequence[tuple[str, str]], progress: Progress) -> bytes:
    """Issued documents in one PDF to print, stamps and seals visible.

    A print of an electronic document: the signatures stay in the documents' own files.

    Raises:
        RefusedError: one of them is not issued yet, or nothing was asked for.
        CancelledError: by `progress`.
    """
    from auditdesk.documents.merging import merged  # noqa: PLC0415 – the PDF library is heavy

    if not wanted:
        raise RefusedError("没有可打印的文书。", "There are no documents to print.")

    def contents() -> Iterator[bytes]:
        for no, kind in _told(wanted, progress):
            yield desk.office.documents.content(_issued(desk, no, kind))

    return merged(contents())


def issued(desk: Desk, numbers: Iterable[str], kind: str) -> tuple[tuple[str, str], ...]:
    """Of these cases those that have an issued document of the kind, as `copies` wants them."""
    return tuple((no, kind) for no in numbers if _last_issued(desk, no, kind) is not None)


def _last_issued(desk: Desk, no: str, kind: str) -> int | None:
    found = [
        document.id
        for document in desk.office.documents.of_case(no)
        if document.kind == kind and document.state == "issued"
    ]
    return found[-1] if found else None


def _issued(desk: Desk, no: str, kind: str) -> int:
    found = _last_issued(desk, no, kind)
    if found is None:
        raise RefusedError(
            f"案件 {no} 的文书尚未签发，不能打印正本。请先签发，或打印校样。",
            f"The document of case {no} is not issued yet; issue it first, or print proofs.",
        )
    return found


def _told(wanted: Sequence[tuple[str, str]], progress: Progress) -> Iterator[tuple[str, str]]:
    for done, one in enumerate(wanted):
        progress.step(done, len(wanted))
        yield one
    progress.step(len(wanted), len(wanted))
