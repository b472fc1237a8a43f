"""Whether everything about a paper of ours fits together: pages, data inside, stamps, signers."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from asn1crypto import pem

from auditdesk.documents.archive import CASE_FILE, REPORT_FILE
from auditdesk.documents.drawncode import code_drawn
from auditdesk.documents.enclosed import as_object
from auditdesk.documents.figures import (
    code_problem,
    compared,
    contradictions,
    figures_on,
    order_problem,
)
from auditdesk.documents.ownform import form_of
from auditdesk.documents.papercode import code_of
from auditdesk.documents.printed import printed_text, text_at
from auditdesk.documents.revocation import read_list
from auditdesk.domain.roles import role_label
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    from auditdesk.documents.examine import Known, SignatureFacts
    from auditdesk.documents.figures import ComparedFigure
    from auditdesk.documents.ink import Rect
    from auditdesk.documents.ownform import OwnForm
    from auditdesk.documents.papercode import PaperCode
    from auditdesk.documents.printed import PrintedText

NO_PAGES = Label(
    "页面上的文字无法读取，不能与内含数据核对。",
    "The pages' text cannot be read and compared with the data inside.",
)
NO_FIGURES = Label(
    "文书没有记下页面上印了哪些数据，不能逐项核对。",
    "The document does not say which of its data its pages print; they cannot be compared.",
)
OTHER_CODE = Label(
    "末页的二维码不是这份文书的：换成了别的，被遮盖，或被去掉。",
    "The QR code on the last page is not this document's: exchanged, covered or taken away.",
)


def with_enclosed_list(
    known: Known, content: bytes | None, signatures: Sequence[EmbeddedPdfSignature]
) -> Known:
    """The list of revocations that lies in the paper besides, if its own authority signed it."""
    if content is None:
        return known
    roots = {c.dump() for s in signatures for c in s.other_embedded_certs} | {
        c.dump() for c in known.roots
    }
    with suppress(UnusableInputError):
        texts = tuple(pem.armor("CERTIFICATE", der).decode() for der in roots)
        return replace(known, lists=(*known.lists, read_list(content, texts)))
    return known


@dataclass(frozen=True, slots=True)
class Differences:
    """What was found.

    Attributes:
        contradictions: what pages, data, code and stamps say otherwise than each other.
        foreign: what no paper of this program has in it.
        figures: the values that the pages print, one by one.
        code: what the QR code and the 核验码 of the data inside are.
    """

    contradictions: tuple[Label, ...]
    foreign: tuple[Label, ...]
    figures: tuple[ComparedFigure, ...]
    code: PaperCode


def differences(
    pdf: bytes,
    files: Mapping[str, bytes],
    document: Mapping[str, Any],
    signatures: Sequence[SignatureFacts],
) -> Differences:
    """What does not fit together, in sentences; none for a paper of one piece."""
    form = form_of(pdf, document, len(signatures))
    case, report = files.get(CASE_FILE, b""), files.get(REPORT_FILE, b"")
    sources = {"case": as_object(case) or {}, "check": as_object(report) or {}}
    number, office = (str(document.get(key, "")) for key in ("number", "office"))
    code = code_of(number, office, case, report)
    try:
        printed = printed_text(pdf)
        found = (
            *_data(printed, document, sources),
            *_pages(pdf, printed, document, code, case + report),
            *(label for one in signatures for label in _signer(pdf, document, one, form)),
        )
    except UnusableInputError:
        return Differences((NO_PAGES,), form.problems, (), code)
    return Differences(found, form.problems, compared(printed, document, sources), code)


def _data(
    printed: PrintedText, document: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]]
) -> Iterator[Label]:
    """Whether the pages print what the data inside say."""
    yield from contradictions(printed, document, sources)
    if not document.get("figures") and figures_on(printed, sources, {}):
        yield NO_FIGURES


def _pages(
    pdf: bytes, printed: PrintedText, document: Mapping[str, Any], code: PaperCode, data: bytes
) -> Iterator[Label]:
    """Whether pages and codes are those of this paper."""
    drawn = None if code_drawn(pdf, code.text) else OTHER_CODE
    for problem in (order_problem(printed, document), code_problem(printed, data), drawn):
        if problem is not None:
            yield problem


def _signer(
    pdf: bytes, document: Mapping[str, Any], one: SignatureFacts, form: OwnForm
) -> Iterator[Label]:
    yield from _stamp(pdf, one, form.stamps.get(one.role))
    yield from _office(document, one)


def _stamp(pdf: bytes, one: SignatureFacts, place: tuple[int, Rect] | None) -> Iterator[Label]:
    """Whether the visible stamp says who really signed, in which role, and when."""
    role = role_label(one.role)
    moment = f"{one.at:%Y-%m-%d %H:%M:%S}" if one.at else ""
    shown = text_at(pdf, *place) if place else ""
    if all("".join(text.split()) in shown for text in (role.zh, one.name, moment)):
        return
    yield Label(
        f"签名（{role.zh}）是 {one.name} 于 {moment or '—'} 作出的，签名章上却不是这样印的。",
        f"The signature ({role.en}) is by {one.name}, {moment or '—'}; its visible stamp says "
        "otherwise.",
    )


def _office(document: Mapping[str, Any], one: SignatureFacts) -> Iterator[Label]:
    office = document.get("office")
    if office != one.organisation:
        yield Label(
            f"文书是{office}的，{one.name} 的证书却是{one.organisation or '—'}的。",
            f"The document is of {office}, but the certificate of {one.name} is of "
            f"{one.organisation or '—'}.",
        )
