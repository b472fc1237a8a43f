"""Whether everything about a paper of ours fits together: pages, data inside, stamps, signers."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from asn1crypto import pem

from auditdesk.documents.archive import CASE_FILE, REPORT_FILE
from auditdesk.documents.enclosed import as_object
from auditdesk.documents.figures import code_problem, contradictions
from auditdesk.documents.printed import printed_text
from auditdesk.documents.revocation import read_list
from auditdesk.domain.roles import role_label
from auditdesk.util.faults import UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    from auditdesk.documents.examine import Known, SignatureFacts
    from auditdesk.documents.printed import PrintedText

NO_PAGES = Label(
    "页面上的文字无法读取，不能与内含数据核对。",
    "The pages' text cannot be read and compared with the data inside.",
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


def differences(
    pdf: bytes,
    files: Mapping[str, bytes],
    document: Mapping[str, Any],
    signatures: Sequence[SignatureFacts],
) -> tuple[Label, ...]:
    """What does not fit together, in sentences; empty for a paper of one piece."""
    try:
        printed = printed_text(pdf)
    except UnusableInputError:
        return (NO_PAGES,)
    case, report = files.get(CASE_FILE, b""), files.get(REPORT_FILE, b"")
    sources = {"case": as_object(case) or {}, "check": as_object(report) or {}}
    code = code_problem(printed, case, report)
    return (
        *contradictions(printed, document, sources),
        *((code,) if code is not None else ()),
        *_stamps(printed, signatures),
    )


def _stamps(printed: PrintedText, signatures: Sequence[SignatureFacts]) -> Iterator[Label]:
    """Whether the visible stamps say who really signed, and when."""
    for one in signatures:
        role = role_label(one.role)
        moment = f"{one.at:%Y-%m-%d %H:%M:%S}" if one.at else ""
        for text in (one.name, moment):
            if text and not printed.holds(text):
                yield Label(
                    f"签名（{role.zh}）是 {one.name} 于 {moment or '—'} 作出的，"
                    "签名章上却不是这样印的。",
                    f"The signature ({role.en}) is by {one.name}, {moment or '—'}; its visible "
                    "stamp says otherwise.",
                )
                break
