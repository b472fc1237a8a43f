"""Documents: preview, numbering, two signatures, the kept bytes, and verification."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditdesk.operations import numbering, papers, rights
from auditdesk.operations.changes import Changes
from auditdesk.operations.checkpoints import checkpoint_text
from auditdesk.operations.situation import situation
from auditdesk.operations.words import DOCUMENT_STATES, word
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from auditdesk.documents.container import OpenedContainers
    from auditdesk.documents.signing import Signer
    from auditdesk.domain.declaration import DocumentKind
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.situation import Situation
    from auditdesk.operations.views import DocumentOffer
    from auditdesk.store.records import IssuedDocument


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What a person signs with.

    Attributes:
        passphrase: of the certificate file, or the token's PIN; for the office's own
            certificates the password at the time of issue.
        pkcs12: a certificate file of the person's own; None: the one that the office keeps.
        module: PKCS#11 module of the token that holds the key; None: no token.
        token_label: which token; empty: the only one.
        opened: containers that were opened before; None: each signature opens its own.
    """

    passphrase: str = field(repr=False)
    pkcs12: bytes | None = field(default=None, repr=False)
    module: Path | None = None
    token_label: str = ""
    opened: OpenedContainers | None = field(default=None, repr=False)


def offers(desk: Desk, no: str) -> tuple[DocumentOffer, ...]:
    """Every kind of document of the case and its next step for the signed-in person."""
    return papers.offers(situation(desk, no))


def preview(desk: Desk, no: str, kind: str) -> bytes:
    """The document as it would be frozen now: unsigned, unnumbered, marked 预览.

    Also before its occasion has come, so that a supervisor sees what approving would freeze.

    Raises:
        UnusableInputError: no such kind of document, or the case lacks a value it needs.
    """
    from auditdesk.operations import freezing  # noqa: PLC0415 – the layout is heavy

    case = situation(desk, no)
    return freezing.preview(case, papers.paper(case, numbering.kind_of(case, kind)))


def certify(
    desk: Desk, no: str, kind: str, key: SigningKey
) -> tuple[IssuedDocument, bytes, Changes]:
    """Freeze the document: number, archive form, both signature fields, first signature.

    A document with one signer is issued by this; one with two waits for the countersignature.

    Raises:
        RefusedError: role, stage, passphrase or certificate; the case has such a document
            already; or the office wants a time stamp and none was to be had.
        UnusableInputError: the case lacks a value that the document needs.
    """
    from auditdesk.operations import signers, timestamps  # noqa: PLC0415 – signing is heavy

    case = situation(desk, no)
    declared = numbering.kind_of(case, kind)
    numbering.require_step(papers.offer(case, declared), papers.CERTIFY)
    with signers.signing(desk, key) as signer:
        missing = timestamps.missing_stamp(signer)
        document, frozen = _freeze(case, declared, signer, missing)
    return document, frozen, _changes(declared, document, missing())


def _freeze(
    case: Situation,
    declared: DocumentKind,
    signer: Signer,
    missing: Callable[[], Label | None],
) -> tuple[IssuedDocument, bytes]:
    from auditdesk.operations import freezing  # noqa: PLC0415 – as above

    made = papers.paper(case, declared)
    checkpoint = checkpoint_text(case.desk.office.journal.last_checkpoint())
    return numbering.number(
        case,
        declared,
        lambda number: freezing.frozen(case, made, number, checkpoint, signer),
        code=freezing.code(case, made).digest,
        missing=missing,
    )


def countersign(
    desk: Desk, no: str, kind: str, key: SigningKey
) -> tuple[IssuedDocument, bytes, Changes]:
    """Sign the frozen document second, by somebody else than the first; it is issued then.

    Raises:
        RefusedError: role, four eyes, stage, passphrase or certificate; nothing waits for it;
            or no time stamp, as `certify`.
    """
    from auditdesk.operations import freezing, signers, timestamps  # noqa: PLC0415 – heavy

    case = situation(desk, no)
    declared = numbering.kind_of(case, kind)
    waiting = numbering.require_step(papers.offer(case, declared), papers.COUNTERSIGN)
    certified = desk.office.documents.content(waiting.id)
    with signers.signing(desk, key) as signer:
        missing = timestamps.missing_stamp(signer)
        signed = freezing.countersigned(desk, certified, signer, declared.signers[1])
    unstamped = missing()
    document = numbering.issue(desk, waiting, signed, unstamped)
    return document, signed, _changes(declared, document, unstamped)


def void(desk: Desk, no: str, document_id: int, reason: str) -> tuple[IssuedDocument, Changes]:
    """Declare a document void; its number and bytes stay. A supervisor's decision.

    Raises:
        RefusedError: no supervisor at the desk, or no such document of the case.
        UnusableInputError: no reason was given.
    """
    rights.require_role(desk, "supervisor")
    if not reason.strip():
        raise UnusableInputError("请写明作废的理由。", "Say why the document becomes void.")
    if document_id not in {d.id for d in desk.office.documents.of_case(no)}:
        raise RefusedError("本案没有这份文书。", "The case has no such document.")
    with desk.office.write("document.void", no, {}) as writer:
        document = writer.void_document(document_id, reason.strip())
        writer.note("number", document.number)
    summary = Label(f"{document.number} 已作废", f"{document.number} is void")
    return document, Changes(summary, frozenset({no}), documents=True)


def _changes(kind: DocumentKind, document: IssuedDocument, unstamped: Label | None) -> Changes:
    state = word(DOCUMENT_STATES, document.state)
    zh, en = "", ""
    if unstamped is not None:
        zh, en = f"（没有时间戳：{unstamped.zh}）", f" (without a time stamp: {unstamped.en})"
    summary = Label(
        f"{kind.label.zh} {document.number} {state.zh}{zh}",
        f"{kind.label.en} {document.number} {state.en}{en}",
    )
    return Changes(summary, frozenset({document.case_no}), documents=True)


def unstamped(desk: Desk, document: IssuedDocument) -> tuple[Label, ...]:
    """Which signatures of a document have no time stamp, though the office wants one."""
    case = situation(desk, document.case_no)
    return papers.offer(case, numbering.kind_of(case, document.kind)).unstamped


def issued(desk: Desk, no: str) -> tuple[IssuedDocument, ...]:
    """The documents of a case that have a number."""
    return desk.office.documents.of_case(no)


def content(desk: Desk, document_id: int) -> bytes:
    """The kept bytes of a document, compared with their digest.

    Raises:
        OfficeFaultError: the kept file is missing or damaged.
    """
    return desk.office.documents.content(document_id)
