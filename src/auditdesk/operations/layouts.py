"""From a document's words to what the layout is given: the office's names, marks and seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from auditdesk.documents.content import Letter, Paragraph, Sheet, SheetColumn, SheetTable
from auditdesk.operations import seals
from auditdesk.regulations.templates import FilledLetter
from auditdesk.regulations.wording import long_date
from auditdesk.util.clock import CHINA

if TYPE_CHECKING:
    from datetime import date

    from auditdesk.documents.papercode import PaperCode
    from auditdesk.operations.situation import Situation
    from auditdesk.regulations.templates import FilledSheet
    from auditdesk.store.records import OfficeProfile


DOCUMENT = "文件"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What a paper carries besides its words.

    Attributes:
        signers: role ids that sign it, in order.
        issued_on: the date under it.
        number: document number; empty for a preview.
        checkpoint: the journal's last checkpoint.
        code: the short code of its last page.
        justifications: sentences that a form prints before its own notes.
    """

    signers: tuple[str, ...]
    issued_on: date
    number: str = ""
    checkpoint: str = ""
    code: PaperCode | None = None
    justifications: tuple[str, ...] = ()


def content_of(
    profile: OfficeProfile, filled: FilledLetter | FilledSheet, marks: Marks
) -> Letter | Sheet:
    """The content for the layout; without a number it is a preview."""
    if isinstance(filled, FilledLetter):
        return _letter(profile, filled, marks)
    return _sheet(profile, filled, marks)


def _letter(profile: OfficeProfile, filled: FilledLetter, marks: Marks) -> Letter:
    speaker = _speaker(profile, filled)
    return Letter(
        form=filled.form,
        office_mark=speaker.mark,
        number=marks.number,
        title=filled.title,
        recipient=filled.recipient,
        paragraphs=tuple(Paragraph(*paragraph) for paragraph in filled.paragraphs),
        attachments_note=filled.attachments,
        signatory=speaker.name,
        issued_on=marks.issued_on,
        remark=filled.remark,
        copies_to=filled.copies_to,
        printed_by=speaker.printed_by,
        signers=marks.signers,
        sample=profile.sample,
        preview=not marks.number,
        checkpoint=marks.checkpoint,
        seal_image=seals.seal_of(profile) if speaker.is_office else None,
        seal_across=speaker.is_office and seals.goes_across(profile),
        code=marks.code,
    )


@dataclass(frozen=True, slots=True)
class _Speaker:
    """The body that issues a letter; the office's seal stands under the office's name only."""

    name: str
    mark: str
    printed_by: str
    is_office: bool


def _speaker(profile: OfficeProfile, filled: FilledLetter) -> _Speaker:
    """Who issues a letter: the office, or the body that its template names.

    The red head of a document ends with 文件, that of correspondence does not (GB/T 9704-2012,
    7.2.4 and 10.1). A body without an office for its papers prints them itself (7.4.3).
    """
    own = (profile.settings.get("signatory", "") or profile.name).strip()
    name = (filled.issuer or "").strip() or own
    is_office = name == own
    if is_office:
        mark = profile.settings.get("office_mark", "") or profile.name
        printed_by = profile.settings.get("handling_body", "")
    else:
        mark, printed_by = f"{name}{DOCUMENT}", name
    if filled.form == "correspondence":
        mark, printed_by = mark.removesuffix(DOCUMENT) or name, ""
    return _Speaker(name, mark, printed_by, is_office)


def _sheet(profile: OfficeProfile, filled: FilledSheet, marks: Marks) -> Sheet:
    return Sheet(
        title=filled.title,
        number=marks.number,
        facts=filled.facts,
        tables=tuple(
            SheetTable(t.title, tuple(SheetColumn(*column) for column in t.columns), t.rows, t.sums)
            for t in filled.tables
        ),
        notes=(*marks.justifications, *filled.notes),
        signature_lines=filled.signature_lines,
        signers=marks.signers,
        office=profile.name,
        sample=profile.sample,
        preview=not marks.number,
        checkpoint=marks.checkpoint,
        seal_image=seals.seal_of(profile),
        seal_across=seals.goes_across(profile),
        code=marks.code,
    )


def justifications(case: Situation) -> tuple[str, ...]:
    """Every justification with its name and date, as the domain text asks for."""
    return tuple(
        f"“{case.case_type.rule(j.rule).title.zh}”的说明：{j.text}"
        f"（{j.full_name}，{long_date(datetime.fromisoformat(j.at).astimezone(CHINA).date())}）"
        for j in case.body.justifications.values()
    )
