"""The short code of a paper in somebody's hand: against a file, and among our documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditdesk.operations.words import DOCUMENT_STATES, word
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from auditdesk.documents.papercode import PaperCode, TypedCode
    from auditdesk.operations.desk import Desk
    from auditdesk.store.records import IssuedDocument

DIGITS = 32


@dataclass(frozen=True, slots=True)
class FoundPaper:
    """A document of this office that a paper's code is of.

    Attributes:
        label: what kind of document it is.
        told: its state, and of a void one why, in words.
    """

    document: IssuedDocument
    label: Label
    told: Label


def read(text: str) -> TypedCode:
    """What was scanned or typed.

    Raises:
        UnusableInputError: it holds no code of a paper; says what one looks like.
    """
    from auditdesk.documents.papercode import typed_code  # noqa: PLC0415 – loads the layout

    found = typed_code(text)
    if found is None:
        count = sum(character.isalnum() for character in text)
        raise UnusableInputError(
            f"这不是文书的二维码或核验码：核验码是 {DIGITS} 位 0–9、a–f（空格、大小写不论），"
            f"这里有 {count} 位。请重新扫描，或对照纸面再输一次。",
            f"This is no code of a document: it has {DIGITS} digits 0–9, a–f, blanks and case do "
            f"not matter; there are {count} here. Scan it again, or type it once more.",
        )
    return found


def compare(typed: TypedCode, code: PaperCode | None) -> tuple[bool, Label]:
    """Whether a paper's code is that of a file (None: the file carries none)."""
    if code is None:
        return False, Label(
            "文件里没有核验码，不能与纸质文书核对。",
            "The file has no such code; a paper cannot be compared with it.",
        )
    problem = typed.problem(code)
    if problem is not None:
        return False, problem
    return True, Label(
        "纸上的码与这个文件一致：纸上印的就是这些数据。",
        "The paper's code is this file's: the paper was printed from these data.",
    )


def find(desk: Desk, text: str) -> tuple[FoundPaper, ...]:
    """The documents of this office that a paper's code is of.

    A QR code names one document; the 核验码 alone may stand on several papers of one case that
    were made from the same facts.

    Raises:
        UnusableInputError: no code of a paper.
        RefusedError: the office issued no document with this code; says so.
    """
    from auditdesk.documents.papercode import PaperCode  # noqa: PLC0415 – as above

    typed = read(text)
    kept = [
        document
        for number in desk.office.journal.numbers_with_code(typed.digest)
        if (document := desk.office.documents.find(number)) is not None
    ]
    office = desk.profile.name
    named = [d for d in kept if typed.problem(PaperCode(d.number, office, typed.digest)) is None]
    if not named:
        raise RefusedError(
            f"本单元没有签发过带这个码（{typed.digest[:8]}…）的文书：纸是别的单元的，或是伪造的。",
            f"This office issued no document with this code ({typed.digest[:8]}…): the paper is "
            "another office's, or it was forged.",
        )
    return tuple(_found(desk, document) for document in named)


def _found(desk: Desk, document: IssuedDocument) -> FoundPaper:
    record = desk.office.cases.get(document.case_no)
    kinds = desk.library.law(record.case_type).case_type.documents
    label = next((k.label for k in kinds if k.id == document.kind), None)
    state = word(DOCUMENT_STATES, document.state)
    if document.void_reason:
        reason = document.void_reason
        state = Label(f"{state.zh}：{reason}", f"{state.en}: {reason}")
    return FoundPaper(document, label or Label(document.kind, document.kind), state)


def may_be_code(text: str) -> bool:
    """Whether a search could be for a code; quick, for it is asked with every key."""
    return sum(character in "0123456789abcdefABCDEF" for character in text) >= DIGITS
