"""Who signed a paper, and whether anything in it was changed since."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from auditdesk.util.label import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureFacts:
    """One signature.

    Attributes:
        role: role id that the signature field stands for.
        name: the person's name in the certificate.
        organisation: the office in the certificate.
        at: moment of signing as the signer's computer had it, if given.
        path: subjects of the certificates, from the person's to the root's.
        intact: what it signed is unchanged, and later changes are those it allows.
        covers_file: it covers the file to its last byte.
        trusted: its certificates lead to a trusted root and name the field's role.
        reason: what the signer said the signature means.
    """

    role: str
    name: str
    organisation: str
    at: datetime | None
    path: tuple[str, ...]
    intact: bool
    covers_file: bool
    trusted: bool
    reason: str = ""


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
        checkpoint: the journal's checkpoint when the paper was made.
        number: document number.
    """

    intact: bool
    complete: bool
    trust_checked: bool
    trusted: bool
    problems: tuple[Label, ...] = ()
    remarks: tuple[Label, ...] = ()
    signatures: tuple[SignatureFacts, ...] = ()
    case: dict[str, Any] | None = field(default=None)
    report: dict[str, Any] | None = field(default=None)
    checkpoint: str | None = None
    number: str | None = None

    @property
    def good(self) -> bool:
        """Intact, complete, and signed by known people as far as that could be checked."""
        return self.intact and self.complete and (self.trusted or not self.trust_checked)


def verify(pdf: bytes, trusted: tuple[str, ...] = ()) -> Verification:
    """Examine a file, whatever it is; hostile and damaged files are told as problems.

    Args:
        pdf: the file's bytes.
        trusted: certificates of known authorities (PEM), as the office's own.
    """
    raise NotImplementedError(pdf, trusted)
