"""Signing a paper by two people: the first certifies it, the last locks it (PAdES)."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Protocol

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import ExtensionNotFound, KeyUsage
from pikepdf import Pdf
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields

from auditdesk.documents.archive import save
from auditdesk.documents.chain import path_up
from auditdesk.documents.container import open_container
from auditdesk.documents.fields import add_fields
from auditdesk.documents.pades import DIGEST, PaperWriter, sign_field
from auditdesk.documents.timestamps import StampFailedError, StampingSigner
from auditdesk.util.clock import CHINA
from auditdesk.util.faults import RefusedError, UnusableInputError

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography.x509 import Certificate

    from auditdesk.documents.container import Key, OpenedContainers
    from auditdesk.documents.fonts import Fonts


class Signer(Protocol):
    """A person's key, wherever it is kept: a container file or a token."""

    @property
    def certificate(self) -> bytes:
        """The person's certificate (DER)."""
        ...

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The certificates above it, up to the root (DER)."""
        ...

    @property
    def algorithm(self) -> str:
        """Signature algorithm by its CMS name, as `sha256_rsa` or `sha256_ecdsa`."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The signature of some bytes by that algorithm."""
        ...


@dataclass(frozen=True, slots=True)
class ContainerSigner:
    """A key out of a PKCS#12 container, held in memory."""

    key: Key
    certificate: bytes
    chain: tuple[bytes, ...]

    @property
    def algorithm(self) -> str:
        """Signature algorithm by its CMS name."""
        return f"{DIGEST}_rsa" if isinstance(self.key, rsa.RSAPrivateKey) else f"{DIGEST}_ecdsa"

    def sign(self, data: bytes) -> bytes:
        """The signature of some bytes by that algorithm."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(data, ec.ECDSA(hashes.SHA256()))


@dataclass(frozen=True, slots=True)
class SignatureText:
    """What the visible stamp says.

    Attributes:
        name: the person's name.
        role: the role's name as printed, as 经办人 or 审批人.
        at: moment of signing, with its zone.
        reason: what the signature means, as 同意; may be empty.
    """

    name: str
    role: str
    at: datetime
    reason: str = ""


def load_pkcs12(
    content: bytes, passphrase: str, *, at: datetime, opened: OpenedContainers | None = None
) -> Signer:
    """Load a person's key once, for any number of signatures.

    Of the other certificates, those go into signatures that lead from the person's to a root
    in the container; the others would be bytes that nothing protects.

    Args:
        content: the container.
        passphrase: of the container.
        at: moment at which it is to sign.
        opened: what was opened before; whether it may sign is asked every time.

    Raises:
        UnusableInputError: not a PKCS#12 container, or no key or certificate in it.
        RefusedError: wrong passphrase, a certificate not yet or no longer in force at `at`,
            or one that is not for signing.
    """
    open_it = opened.open if opened else open_container
    container = open_it(content, passphrase)
    check_usable(container.certificate, at)
    chain = tuple(map(_der, path_up(container.certificate, container.others)))
    return ContainerSigner(container.key, _der(container.certificate), chain)


def prepare_fields(pdf: bytes, roles: tuple[str, ...]) -> bytes:
    """Put an empty signature field for each role on the places that the layout kept.

    All fields exist before the first signature: adding one to a certified paper is illegal.
    The last role's field carries a lock: its signature forbids every later change.

    Raises:
        ValueError: the layout kept no place for a role.
    """
    with Pdf.open(BytesIO(pdf)) as paper:
        add_fields(paper, roles)
        return save(paper)


def certify(pdf: bytes, signer: Signer, text: SignatureText, *, role: str, fonts: Fonts) -> bytes:
    """Sign the first field; from then on only the other fields may be filled.

    Raises:
        UnusableInputError: the PDF has no such field, or somebody has signed it already.
        RefusedError: the key's signatures have to be stamped, and no stamp was to be had.
    """
    signed, empty = _fields(pdf)
    if signed or role not in empty:
        raise _not_to_be_signed()
    # With no other field to fill, nothing at all may change any more.
    allowed = MDPPerm.FILL_FORMS if len(empty) > 1 else MDPPerm.NO_CHANGES
    return _sign(pdf, signer, text, role, fonts, allowed)


def countersign(
    pdf: bytes, signer: Signer, text: SignatureText, *, role: str, fonts: Fonts
) -> bytes:
    """Sign a later field; the last one locks the paper against every change.

    Raises:
        UnusableInputError: the PDF has no such field, it is signed already, or the paper was
            never certified.
        RefusedError: as `certify`.
    """
    signed, empty = _fields(pdf)
    if not signed or role not in empty:
        raise _not_to_be_signed()
    return _sign(pdf, signer, text, role, fonts, None)


def _sign(  # noqa: PLR0913, PLR0917 – one signature's parts
    pdf: bytes,
    signer: Signer,
    text: SignatureText,
    role: str,
    fonts: Fonts,
    certified: MDPPerm | None,
) -> bytes:
    """Sign; without a stamp where none is to be had and the office lets that be.

    Such a signature is made anew: the room for a stamp says that there has to be one.
    """
    try:
        return sign_field(PaperWriter(BytesIO(pdf)), signer, text, role, fonts, certified)
    except StampFailedError as error:
        if not isinstance(signer, StampingSigner):
            raise
        plain = signer.without_stamp(error)
    return sign_field(PaperWriter(BytesIO(pdf)), plain, text, role, fonts, certified)


def check_usable(certificate: Certificate, at: datetime) -> None:
    """Whether a certificate may sign at a moment, as far as it says so itself.

    Raises:
        RefusedError: not yet or no longer in force, or not for signing.
    """
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if at < first:
        raise RefusedError(
            f"证书尚未生效（自 {_moment(first)} 起有效），现在不能用来签名。",
            f"The certificate is not in force yet (from {_moment(first)}); it cannot sign now.",
        )
    if at > last:
        raise RefusedError(
            f"证书已于 {_moment(last)} 过期，不能再签名。请管理员换发证书。",
            f"The certificate ran out on {_moment(last)} and is not in force any more. "
            "Ask an administrator for a new one.",
        )
    try:
        usage = certificate.extensions.get_extension_for_class(KeyUsage).value
    except ExtensionNotFound:
        usage = None
    if usage is None or not usage.content_commitment:
        raise RefusedError(
            "该证书不是签名证书（缺少“抗抵赖”用途），请选择个人签名证书。",
            "This certificate is not meant for signing (no non-repudiation); "
            "please choose a personal signing certificate.",
        )


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _der(certificate: Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def _fields(pdf: bytes) -> tuple[set[str], set[str]]:
    """The signed and the empty fields of a PDF."""
    try:
        reader = PdfFileReader(BytesIO(pdf))
        fields = [(name, value) for name, value, _ in enumerate_sig_fields(reader)]
    except (PdfError, ValueError, KeyError) as error:
        raise _not_to_be_signed() from error
    signed = {name for name, value in fields if value is not None}
    return signed, {name for name, value in fields if value is None}


def _not_to_be_signed() -> UnusableInputError:
    return UnusableInputError(
        "该 PDF 不能这样签名：没有为此角色预留签名位置，或者已经签过。请从案件重新生成文书。",
        "This PDF cannot be signed so: it has no place for this role, or it is signed already. "
        "Please make the document anew from its case.",
    )
