"""From a laid-out PDF to PDF/A-3b (ISO 19005-3) with the case and its check report inside."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from auditdesk.documents.colour import srgb_profile
from auditdesk.documents.metadata import xmp_packet

if TYPE_CHECKING:
    from datetime import datetime

    from auditdesk.documents.content import PaperForm
    from auditdesk.documents.figures import Figure

CASE_FILE = "case.json"
REPORT_FILE = "check.json"
DOCUMENT_FILE = "document.json"
DOCUMENT_FORMAT = "auditdesk.document/1"
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file inside the PDF, related to it as its data."""

    name: str
    media_type: str
    description: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveInfo:
    """What the archive copy says of itself.

    Attributes:
        title: title of the paper.
        author: the office.
        subject: what it is about, as the kind of paper and the case's number.
        created_at: moment of making, with its zone.
        keywords: words to find it by.
        number: document number; what `verify` reports.
        checkpoint: the journal's last checkpoint; what `verify` reports.
        signers: role ids that must have signed for the paper to be complete.
        form: how it is laid out, as in `content`.
        issuer: the body in whose name a letter speaks; empty for a form of the office's own.
        figures: the values that its pages print, for `verify` to compare.
    """

    title: str
    author: str
    subject: str
    created_at: datetime
    keywords: tuple[str, ...] = ()
    number: str = ""
    checkpoint: str = ""
    signers: tuple[str, ...] = ()
    form: PaperForm = "sheet"
    issuer: str = ""
    figures: tuple[Figure, ...] = ()


def to_archive(pdf: bytes, info: ArchiveInfo, embedded: tuple[EmbeddedFile, ...]) -> bytes:
    """Make PDF/A-3b of a laid-out PDF; equal input gives equal bytes.

    The case goes in as `CASE_FILE`, its check report as `REPORT_FILE` (both
    `application/json`), so that `verify` can hand them back. What `info` says goes in as XMP
    metadata and, for programs, as `DOCUMENT_FILE`.
    """
    with Pdf.open(BytesIO(pdf)) as archive:
        if "/Info" in archive.trailer:
            del archive.trailer["/Info"]  # the metadata are in the XMP packet alone
        for page in archive.pages:
            if "/Trans" in page.obj:
                del page.obj["/Trans"]
        archive.Root.Metadata = _metadata(archive, info)
        archive.Root.OutputIntents = Array([_output_intent(archive)])
        archive.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        _embed(archive, (*embedded, _document_file(info)), info.created_at)
        return save(archive)


def save(pdf: Pdf) -> bytes:
    """A PDF's bytes: plain cross-reference tables, and the same bytes for the same content."""
    target = BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        force_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        fix_metadata_version=False,
    )
    return target.getvalue()


def _metadata(pdf: Pdf, info: ArchiveInfo) -> pikepdf.Stream:
    stream = pdf.make_stream(xmp_packet(info))
    stream.Type = Name.Metadata
    stream.Subtype = Name.XML
    return stream


def _output_intent(pdf: Pdf) -> Dictionary:
    profile = pdf.make_stream(srgb_profile(), N=3, Alternate=Name.DeviceRGB)
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )


def _document_file(info: ArchiveInfo) -> EmbeddedFile:
    content = {
        "format": DOCUMENT_FORMAT,
        "number": info.number,
        "title": info.title,
        "office": info.author,
        "form": info.form,
        "issuer": info.issuer,
        "created_at": info.created_at.isoformat(),
        "checkpoint": info.checkpoint,
        "signers": list(info.signers),
        "figures": [asdict(figure) for figure in info.figures],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    return EmbeddedFile(DOCUMENT_FILE, JSON, "文书信息", text.encode())


def _embed(pdf: Pdf, files: tuple[EmbeddedFile, ...], at: datetime) -> None:
    specs = {file.name: pdf.make_indirect(_file_spec(pdf, file, at)) for file in files}
    names = [part for name in sorted(specs) for part in (String(name), specs[name])]
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(names)))
    pdf.Root.AF = Array([specs[file.name] for file in files])


def _file_spec(pdf: Pdf, file: EmbeddedFile, at: datetime) -> Dictionary:
    stream = pdf.make_stream(file.content)
    stream.Type = Name.EmbeddedFile
    stream.Subtype = Name("/" + file.media_type)
    stream.Params = Dictionary(Size=len(file.content), ModDate=String(_pdf_date(at)))
    return Dictionary(
        Type=Name.Filespec,
        F=String(file.name),
        UF=String(file.name),
        Desc=String(file.description),
        AFRelationship=Name.Data,
        EF=Dictionary(F=stream, UF=stream),
    )


def _pdf_date(at: datetime) -> str:
    zone = at.strftime("%z") or "+0000"
    return f"{at:D:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"
