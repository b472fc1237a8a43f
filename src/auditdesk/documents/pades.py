"""One signature in a PDF by the library: the container, the stamp, the moment."""

from __future__ import annotations

import asyncio
from io import BytesIO
from typing import TYPE_CHECKING, Any

from asn1crypto import algos, cms, x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from auditdesk.documents.cmsform import room_for, smaller
from auditdesk.documents.furniture import STAMP_HEIGHT, STAMP_WIDTH
from auditdesk.documents.stamp import stamp_page
from auditdesk.documents.stamped import TOKEN
from auditdesk.documents.timestamps import StampingSigner

if TYPE_CHECKING:
    from datetime import datetime

    from auditdesk.documents.fonts import Fonts
    from auditdesk.documents.signing import SignatureText, Signer

DIGEST = "sha256"


class PaperWriter(IncrementalPdfFileWriter):
    """Adds a revision to a paper and leaves its metadata alone.

    The library would write them anew with the computer's clock; what the archive form says
    of the paper would then differ from what was certified.
    """

    def _update_meta(self) -> None:
        """Nothing: the metadata are those of the archive form."""


def sign_field(  # noqa: PLR0913, PLR0917 – one signature's parts
    writer: PaperWriter,
    signer: Signer,
    text: SignatureText,
    role: str,
    fonts: Fonts,
    certified: MDPPerm | None,
) -> bytes:
    """Fill an empty signature field; with `certified`, say what may change afterwards.

    Raises:
        StampFailedError: the key's signatures get a time stamp, and none was to be had.
    """
    meta = signers.PdfSignatureMetadata(
        field_name=role,
        md_algorithm=DIGEST,
        name=text.name,
        reason=text.reason or None,
        subfilter=SigSeedSubFilter.PADES,
        certify=certified is not None,
        docmdp_permissions=certified or MDPPerm.FILL_FORMS,
    )
    pdf_signer = signers.PdfSigner(meta, _CmsSigner(signer), stamp_style=_style(text, fonts))
    key = load_der_x509_certificate(signer.certificate).public_key()
    certificates = signer.certificate, *signer.chain
    room = room_for(certificates, key, stamp=isinstance(signer, StampingSigner))
    return asyncio.run(_complete(pdf_signer, writer, text.at, 2 * room))  # in hexadecimal


async def _complete(
    pdf_signer: signers.PdfSigner, writer: PaperWriter, at: datetime, reserved: int
) -> bytes:
    """Sign at a given moment; the library's own shorthand takes the computer's clock."""
    session = pdf_signer.init_signing_session(writer, existing_fields_only=True)
    session.system_time = at
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=reserved)
    prepared, output = document.digest_tbs_document()
    done = await document.perform_signature(
        document_digest=prepared.document_digest,
        pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=at),
    )
    await done.post_signature_processing(output)
    output.seek(0)
    return bytes(output.read())


class _CmsSigner(signers.Signer):
    """A `Signer` of ours as the library wants it."""

    def __init__(self, signer: Signer) -> None:
        registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # the library's
        registry.register_multiple(x509.Certificate.load(der) for der in signer.chain)
        super().__init__(
            signing_cert=x509.Certificate.load(signer.certificate),
            cert_registry=registry,
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": signer.algorithm}),
            embed_roots=True,
        )
        self._signer = signer

    async def unsigned_attrs(
        self,
        digest_algorithm: str,  # noqa: ARG002 – the library's
        signature: bytes,
        signed_attrs: cms.CMSAttributes,  # noqa: ARG002 – the library's
        timestamper: object = None,  # noqa: ARG002 – the library's
        dry_run: bool = False,  # noqa: ARG002 – the library's
    ) -> cms.CMSAttributes | None:
        """The time stamp, where the key's signatures get one."""
        if not isinstance(self._signer, StampingSigner):
            return None
        # beside the library's event loop: the answer is examined in a loop of its own
        token = await asyncio.to_thread(self._signer.stamp, signature)
        return cms.CMSAttributes([cms.CMSAttribute({"type": TOKEN, "values": [token]})])

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: ARG002 – the library's; it is never asked for here
    ) -> bytes:
        if digest_algorithm != DIGEST:
            raise ValueError(f"signed with {DIGEST} only, not {digest_algorithm}")
        made = self._signer.sign(data)
        key = load_der_x509_certificate(self._signer.certificate).public_key()
        return smaller(made, key.curve) if isinstance(key, ec.EllipticCurvePublicKey) else made


class _StampContent(PdfContent):
    """The stamp's page, drawn beforehand, as the appearance of the signature."""

    def __init__(self, page: bytes) -> None:
        super().__init__(box=BoxConstraints(width=STAMP_WIDTH, height=STAMP_HEIGHT))
        self._page = page

    def render(self) -> bytes:
        stamp: Any = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self._page)))
        self.resources.xobject[generic.pdf_name("/Stamp")] = stamp
        return b"/Stamp Do"


def _style(text: SignatureText, fonts: Fonts) -> StaticStampStyle:
    return StaticStampStyle(
        border_width=0,
        background=_StampContent(stamp_page(text, fonts)),
        background_layout=SimpleBoxLayoutRule(
            x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID
        ),
        background_opacity=1.0,
    )
