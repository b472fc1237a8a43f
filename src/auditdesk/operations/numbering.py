"""Steps of a document in the office's books: its number and first signature, its issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditdesk.operations import papers
from auditdesk.operations.words import UNSTAMPED
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.hashing import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditdesk.domain.declaration import DocumentKind
    from auditdesk.operations.desk import Desk
    from auditdesk.operations.situation import Situation
    from auditdesk.operations.views import DocumentOffer
    from auditdesk.store.records import IssuedDocument
    from auditdesk.store.writer import Writer
    from auditdesk.util.label import Label


def kind_of(case: Situation, kind: str) -> DocumentKind:
    """The declaration of one kind of document.

    Raises:
        UnusableInputError: the case type has none of that id.
    """
    known = {d.id: d for d in case.case_type.documents}
    if kind not in known:
        raise UnusableInputError(
            f"本事项没有文书 {kind}；可用：{'、'.join(known)}",
            f"The case type has no document {kind}; there are: {', '.join(known)}",
        )
    return known[kind]


def require_step(offer: DocumentOffer, step: str) -> IssuedDocument:
    """The document that waits for the step.

    Raises:
        RefusedError: the step cannot be taken; says why.
    """
    if offer.why_not is not None:
        raise RefusedError(offer.why_not.zh, offer.why_not.en)
    if offer.next_step != step:
        label = offer.kind.label
        raise RefusedError(
            f"{label.zh}现在不等待这一步签名。", f"{label.en}: does not wait for this signature."
        )
    return offer.issued  # type: ignore[return-value]  # only a first signature has none yet


def number(
    case: Situation,
    declared: DocumentKind,
    content: Callable[[str], bytes],
    *,
    code: str,
    missing: Callable[[], Label | None],
) -> tuple[IssuedDocument, bytes]:
    """Give a document its number and keep its bytes; one with a single signer is issued.

    Args:
        case: the case that it is for.
        declared: its kind.
        content: makes the signed bytes of the number; a failure gives the number back.
        code: the 核验码 that its paper carries, by which it is found again.
        missing: why the signature has no time stamp, asked once it was made.
    """
    desk, no, year = case.desk, case.record.no, case.desk.today().year
    made: list[bytes] = []

    def kept(of: str) -> bytes:
        made.append(content(of))
        return made[-1]

    body = {"kind": declared.id, **_own_wording(case, declared)}
    with desk.office.write("document.certify", no, body) as writer:
        document = writer.insert_document(
            no,
            declared.id,
            year=year,
            number_of=lambda serial: papers.number_of(case, declared, year, serial),
            content=kept,
        )
        if len(declared.signers) == 1:
            document = writer.finish_document(document.id, made[-1])
        writer.note("code", code)
        _note(writer, document, missing())
    return document, made[-1]


def _own_wording(case: Situation, declared: DocumentKind) -> dict[str, str]:
    """Which words of the office's own a paper has; none for those of the installation."""
    text = case.desk.library.own_template(case.case_type.id, declared.template)
    return {} if text is None else {"template": sha256_hex(text.encode())}


def issue(
    desk: Desk, waiting: IssuedDocument, signed: bytes, unstamped: Label | None
) -> IssuedDocument:
    """Keep the last signature of a document; it is issued by that."""
    with desk.office.write("document.issue", waiting.case_no, {"kind": waiting.kind}) as writer:
        document = writer.finish_document(waiting.id, signed)
        _note(writer, document, unstamped)
    return document


def _note(writer: Writer, document: IssuedDocument, unstamped: Label | None) -> None:
    """What the journal says of a signature; of one without a time stamp also why."""
    writer.note("number", document.number)
    writer.note("digest", document.digest)
    if unstamped is not None:
        writer.note(UNSTAMPED, {"zh": unstamped.zh, "en": unstamped.en})
