"""Who signed a paper, and whether anything in it was changed since."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from auditdesk.documents.archive import CASE_FILE, DOCUMENT_FILE, DOCUMENT_FORMAT, REPORT_FILE
from auditdesk.documents.comparing import differences, with_enclosed_list
from auditdesk.documents.enclosed import as_object, enclosed_files
from auditdesk.documents.examine import Examined, Known, SignatureFacts, examine, load_roots
from auditdesk.documents.revocation import LIST_FILE
from auditdesk.documents.standing import shown
from auditdesk.domain.roles import role_label
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from auditdesk.documents.figures import ComparedFigure
    from auditdesk.documents.papercode import PaperCode
    from auditdesk.documents.revocation import RevocationList

MOST_BYTES = 64 * 1024 * 1024
MOST_REVISIONS = 16
MOST_SIGNATURES = 8

# The library tells its log what it finds wrong with a file. Here that is a result, told by
# `Verification`, and no event for the log.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
    logging.getLogger(_name).propagate = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What can be said of a file.

    Attributes:
        intact: it is signed, nothing signed was changed, and nothing was added afterwards.
        complete: everyone who has to sign has signed.
        trust_checked: trusted roots were given.
        trusted: every signer is known to one of the trusted roots, in the role signed for.
        problems: what is wrong, worst first; empty for a good file.
        remarks: what the reader should know besides, as an authority that is not known.
        signatures: in the order of signing.
        case: the case file inside, if there is one.
        report: the check report inside, if there is one.
        in_force: no certificate is known to have been revoked when it signed.
        consistent: the pages print what the data inside say.
        clean: it holds nothing but what this program writes, and shows all that it says.
        own: it says that this program made it; of others the signatures alone are judged.
        checkpoint: the journal's checkpoint when the paper was made.
        number: document number.
        title: its title.
        office: who issued it, by its own word.
        figures: values that the pages print, each against the data inside.
        code: what its QR code and 核验码 are; None: it is none of this program's.
    """

    intact: bool
    complete: bool
    trust_checked: bool
    trusted: bool
    in_force: bool = True
    consistent: bool = True
    clean: bool = True
    own: bool = False
    problems: tuple[Label, ...] = ()
    remarks: tuple[Label, ...] = ()
    signatures: tuple[SignatureFacts, ...] = ()
    case: dict[str, Any] | None = None
    report: dict[str, Any] | None = None
    checkpoint: str | None = None
    number: str | None = None
    title: str | None = None
    office: str | None = None
    figures: tuple[ComparedFigure, ...] = ()
    code: PaperCode | None = None

    @property
    def good(self) -> bool:
        """Intact, complete, of one piece, signed by known people as far as could be checked."""
        known = self.trusted or not self.trust_checked
        whole = self.intact and self.complete and self.in_force
        return whole and self.consistent and self.clean and known


NOT_PDF = Label("这不是 PDF 文件。", "This is not a PDF file.")
TOO_BIG = Label(
    "文件超过 64 MB，不是本程序签发的文书，未作检验。",
    "The file is larger than 64 MB; this program issues no such document. It was not examined.",
)
DAMAGED = Label(
    "文件已损坏或被改动，无法作为 PDF 读取。",
    "The file is damaged or altered and cannot be read as a PDF.",
)
ENCRYPTED = Label(
    "文件已加密，不是本程序签发的文书，未作检验。",
    "The file is encrypted; this program issues no such document. It was not examined.",
)
TOO_MANY = Label(
    "文件的修订或签名过多，不是本程序签发的文书，未作检验。",
    "The file has too many revisions or signatures; this program issues no such document. "
    "It was not examined.",
)
UNSIGNED = Label("文件没有签名，或签名已被去除。", "The file is not signed, or was stripped.")
SAME_PERSON = Label(
    "两处签名出自同一证书，经办人和审批人须为不同的人。",
    "Two signatures were made with one certificate; they must be of different people.",
)
NOT_OURS = Label(
    "文件里没有文书信息（document.json），不是本程序签发的文书：只检验了签名，没有核对页面和数据。",
    "The file holds no document.json and is none of this program's documents: only its signatures "
    "were examined, not its pages and data.",
)
UNKNOWN_AUTHORITY = Label(
    "未提供签发机构的根证书：只检验了文件是否完整，没有核实签名人身份。",
    "No authority's certificate was given: the file was examined for changes only; "
    "who the signers are was not checked against a known authority.",
)


def verify(
    pdf: bytes,
    trusted: tuple[str, ...] = (),
    *,
    lists: tuple[RevocationList, ...] = (),
    stamps: tuple[str, ...] = (),
) -> Verification:
    """Examine a file, whatever it is; hostile and damaged files are told as problems.

    Args:
        pdf: the file's bytes.
        trusted: certificates of known authorities (PEM), as the office's own.
        lists: what is known to be revoked; the list inside the file is read besides.
        stamps: certificates of known time stamping authorities (PEM).

    Raises:
        UnusableInputError: one of the certificates is none.
    """
    known = Known(load_roots(trusted), load_roots(stamps), lists)
    if b"%PDF-" not in pdf[:1024]:
        return _unreadable(NOT_PDF, known)
    if len(pdf) > MOST_BYTES:
        return _unreadable(TOO_BIG, known)
    try:
        return _verify(pdf, known)
    except Exception:  # noqa: BLE001 – the file is hostile until shown otherwise, and the
        # libraries answer broken files with every kind of exception; each means the same.
        return _unreadable(DAMAGED, known)


def check_certificate(content: bytes) -> str:
    """The text of a certificate (PEM) that somebody brought along.

    Raises:
        UnusableInputError: it is none.
    """
    text = content.decode("ascii", errors="replace")
    load_roots((text,))
    return text


def _unreadable(problem: Label, known: Known) -> Verification:
    return Verification(
        intact=False,
        complete=False,
        trust_checked=bool(known.roots),
        trusted=False,
        problems=(problem,),
    )


def _verify(pdf: bytes, known: Known) -> Verification:
    reader = PdfFileReader(BytesIO(pdf))
    if reader.encrypted:
        return _unreadable(ENCRYPTED, known)
    signatures = reader.embedded_signatures
    if reader.xrefs.total_revisions > MOST_REVISIONS or len(signatures) > MOST_SIGNATURES:
        return _unreadable(TOO_MANY, known)
    files = enclosed_files(reader, (CASE_FILE, REPORT_FILE, DOCUMENT_FILE, LIST_FILE))
    document = as_object(files.get(DOCUMENT_FILE)) or {}
    own = document.get("format") == DOCUMENT_FORMAT
    known = with_enclosed_list(known, files.get(LIST_FILE), signatures)
    found = [
        examine(pdf, signature, known, last=signature is signatures[-1], own=own)
        for signature in signatures
    ]
    fields = [(str(name), value is not None) for name, value, _ in enumerate_sig_fields(reader)]
    judged = _judged(found, _missing(fields, document), files, known)
    if not found:
        return judged
    if not own:
        return _of_others(judged)
    other = differences(pdf, files, document, judged.signatures)
    return replace(
        judged,
        own=True,
        consistent=not other.contradictions,
        clean=not other.foreign,
        figures=other.figures,
        code=other.code,
        problems=(*judged.problems, *other.foreign, *other.contradictions),
    )


def _of_others(judged: Verification) -> Verification:
    """A file that is no paper of this program; a known office's people sign no other."""
    if judged.trusted:
        return replace(judged, clean=False, problems=(*judged.problems, NOT_OURS))
    return replace(judged, remarks=(NOT_OURS, *judged.remarks))


def _missing(fields: Iterable[tuple[str, bool]], document: dict[str, Any]) -> tuple[str, ...]:
    """Roles that have to sign and did not: empty fields, and signers that the paper names."""
    fields = tuple(fields)
    signed = {name for name, filled in fields if filled}
    declared = document.get("signers")
    named = [str(role) for role in declared] if isinstance(declared, list) else []
    wanted = [*named, *(name for name, _ in fields)]
    return tuple(dict.fromkeys(role for role in wanted if role not in signed))


def _judged(
    found: Sequence[Examined],
    missing: tuple[str, ...],
    files: dict[str, bytes],
    known: Known,
) -> Verification:
    problems = [problem for one in found for problem in one.problems]
    distinct = _distinct(found)
    problems += [] if distinct else [SAME_PERSON]
    problems += [] if found else [UNSIGNED]
    problems += [_not_signed(role) for role in missing]
    document = as_object(files.get(DOCUMENT_FILE)) or {}
    return Verification(
        intact=bool(found) and all(one.facts.intact for one in found),
        complete=bool(found) and not missing and distinct,
        trust_checked=bool(known.roots),
        trusted=bool(found) and distinct and all(one.facts.trusted for one in found),
        in_force=all(one.facts.in_force for one in found),
        problems=tuple(problems),
        remarks=(
            *(() if known.roots else (UNKNOWN_AUTHORITY,)),
            *(remark for one in found for remark in one.remarks),
            *(_how_far(known) if found else ()),
        ),
        signatures=tuple(one.facts for one in found),
        case=as_object(files.get(CASE_FILE)),
        report=as_object(files.get(REPORT_FILE)),
        checkpoint=_text(document.get("checkpoint")),
        number=_text(document.get("number")),
        title=_text(document.get("title")),
        office=_text(document.get("office")),
    )


def _distinct(found: Sequence[Examined]) -> bool:
    """Different keys, and different people: one may have a file and a token."""
    accounts = [one.facts.account for one in found if one.facts.account]
    keys = {one.key for one in found}
    return len(keys) == len(found) and len(set(accounts)) == len(accounts)


def _how_far(known: Known) -> tuple[Label, ...]:
    """Up to when it is known what was revoked."""
    if not known.lists:
        return (
            Label(
                "没有吊销列表：证书是否曾被吊销，未能核实。",
                "No revocation list was at hand: whether a certificate was revoked is not known.",
            ),
        )
    day = shown(max(made.at for made in known.lists))
    return (
        Label(
            f"吊销情况以 {day} 的记载为准；此后的吊销未能核实。",
            f"Revocations are known up to {day}; later ones are not.",
        ),
    )


def _not_signed(role: str) -> Label:
    label = role_label(role)
    return Label(
        f"缺少签名：{label.zh}。文件尚未签完，或该签名已被去除。",
        f"A signature is missing: {label.en}. The paper is not finished, or it was stripped.",
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
