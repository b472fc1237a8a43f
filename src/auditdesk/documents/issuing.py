"""From a paper's content to the file that waits for its signatures; and many papers to print."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from auditdesk.documents.archive import (
    CASE_FILE,
    REPORT_FILE,
    ArchiveInfo,
    EmbeddedFile,
    to_archive,
)
from auditdesk.documents.content import Letter, Sheet
from auditdesk.documents.enclosed import as_object
from auditdesk.documents.figures import figures_on
from auditdesk.documents.fonts import plain
from auditdesk.documents.letter import letter_pages, render_letter
from auditdesk.documents.page import Page, paint
from auditdesk.documents.printed import printed_text
from auditdesk.documents.sheet import render_sheet, sheet_pages
from auditdesk.documents.signing import prepare_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from auditdesk.documents.fonts import Fonts


@dataclass(frozen=True, slots=True)
class Draft:
    """All that a paper is made of, as plain values that can go to another process.

    Attributes:
        names: what the values of case and report are called, by `case.…` and `check.…`.
    """

    content: Letter | Sheet
    info: ArchiveInfo
    inside: tuple[EmbeddedFile, ...]
    names: Mapping[str, str] = field(default_factory=dict)


def render(content: Letter | Sheet, fonts: Fonts) -> bytes:
    """Lay a paper out.

    Raises:
        UnusableInputError: a character that no font has, or a seal image that is no image.
    """
    if isinstance(content, Letter):
        return render_letter(content, fonts)
    return render_sheet(content, fonts)


def prepared(draft: Draft, fonts: Fonts) -> bytes:
    """The paper in its archive form, with an empty field for each of its signers.

    It notes which values of its data its pages print, and who issues it, for `verify` to compare.

    Raises:
        UnusableInputError: as `render`.
    """
    pages = render(draft.content, fonts)
    files = {file.name: file.content for file in draft.inside}
    sources = {"case": as_object(files.get(CASE_FILE)), "check": as_object(files.get(REPORT_FILE))}
    found = {name: value for name, value in sources.items() if value is not None}
    figures = figures_on(printed_text(pages), found, draft.names)
    info = replace(draft.info, figures=figures)
    if isinstance(draft.content, Letter):
        issuer = plain(draft.content.signatory)
        info = replace(info, form=draft.content.form, issuer=issuer)
    archived = to_archive(pages, info, draft.inside)
    return prepare_fields(archived, draft.info.signers)


def print_file(contents: Iterable[Letter | Sheet], fonts: Fonts, title: str) -> bytes:
    """Many papers as one PDF to print: neither archive form nor fields, each font once.

    A paper that ends on a front page is followed by an empty one, so that printed on both
    sides each begins on a sheet of its own.

    Raises:
        UnusableInputError: as `render`.
    """
    pages: list[Page] = []
    for content in contents:
        own = (
            letter_pages(content, fonts)
            if isinstance(content, Letter)
            else sheet_pages(content, fonts)
        )
        pages += own + [Page()] * (len(own) % 2)
    return paint(pages, fonts, title, places=False)
