"""Whether a file is built as this program builds its papers, with nothing besides.

Signatures say that nothing was changed since. They do not say what somebody with the keys put
into a file before signing it: hidden layers, scripts, a second case file, a page that shows
something else than its text says. What no paper of ours has is told here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import unescape

from pikepdf import Pdf

from auditdesk.documents import grid
from auditdesk.documents.archive import CASE_FILE, DOCUMENT_FILE, REPORT_FILE
from auditdesk.documents.furniture import STAMP_HEIGHT, STAMP_WIDTH
from auditdesk.documents.ink import ForeignInkError, Ground, check_ink, last_page
from auditdesk.documents.revocation import LIST_FILE
from auditdesk.domain.roles import role_label
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from auditdesk.documents.ink import Rect

_CATALOG = {
    *("/Type", "/Pages", "/PageMode", "/Lang", "/Metadata", "/OutputIntents"),
    *("/ViewerPreferences", "/Names", "/AF", "/AcroForm", "/Perms", "/Extensions"),
}
_NEEDED_PARTS = {"/OutputIntents", "/Metadata", "/Names", "/AF", "/AcroForm"}
_EXTENSIONS = {"/ESIC"}  # of PAdES (ETSI EN 319 142-1, 5.6)
_PAGE = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents", "/Rotate", "/Annots"}
_FIELD = {
    *("/Type", "/Subtype", "/FT", "/T", "/F", "/Rect", "/P", "/AP", "/V", "/Lock"),
}
_FORM = {"/Type", "/Subtype", "/BBox", "/Resources", "/Length", "/Filter"}
_FILES = {CASE_FILE, REPORT_FILE, DOCUMENT_FILE, LIST_FILE}
_NEEDED = {CASE_FILE, REPORT_FILE, DOCUMENT_FILE}
_FRAME = {"q", "Q", "gs", "cm", "Do"}  # how the library sets a stamp into its field
_PRINTED = 132  # flags of a field: printed and locked
_TOLERANCE = 1.0  # point
_OBJECT = re.compile(rb"[\r\n](\d+ \d+) obj\b")
_END = b"%%EOF"


@dataclass(frozen=True, slots=True)
class OwnForm:
    """What was found.

    Attributes:
        problems: what is not as this program writes it.
        stamps: page and place of each role's stamp.
    """

    problems: tuple[Label, ...]
    stamps: Mapping[str, tuple[int, Rect]] = field(default_factory=dict)


def form_of(pdf: bytes, document: Mapping[str, Any], signatures: int) -> OwnForm:
    """Look at every part of a file that says it is a paper of ours.

    Args:
        pdf: the file.
        document: its `document.json`.
        signatures: how many it has.
    """
    problems = list(_writing(pdf, signatures))
    with Pdf.open(BytesIO(pdf)) as paper:
        root: Any = paper.Root
        pages = [page.obj for page in paper.pages]  # what pages have in common is in each now
        fields = list(root.get("/AcroForm", {}).get("/Fields", []))
        stamps = _stamps(fields, [page.objgen for page in pages])
        problems += [
            *_catalog(root, set(paper.trailer.keys())),
            *_files(root),
            *_metadata(root, document),
            *_fields(root, fields, _signers(document)),
            *_pages(pages, {one.objgen for one in fields}),
        ]
    return OwnForm(tuple(problems), stamps)


def _writing(pdf: bytes, signatures: int) -> Iterator[Label]:
    """One revision as laid out and one for each signature; each object once in each."""
    parts = pdf.split(_END)
    if len(parts) != signatures + 2 or b"/ObjStm" in pdf or b"/XRefStm" in pdf:
        yield Label(
            "文件在定稿和签名之外还被另存或追加过。",
            "The file was saved or added to besides being made and signed.",
        )
    for part in parts:
        found = _OBJECT.findall(part)
        if len(found) != len(set(found)):
            yield Label(
                "文件里同一部分写了两遍，不同的程序会看到不同的内容。",
                "A part of the file is there twice; programs may show one or the other.",
            )
            return


def _catalog(root: Any, trailer: set[str]) -> Iterator[Label]:
    extra = set(root.keys()) - _CATALOG
    extra |= set(root.get("/Extensions", {}).keys()) - _EXTENSIONS
    extra |= set(root.get("/Names", {}).keys()) - {"/EmbeddedFiles"}
    extra |= set(root.get("/AcroForm", {}).keys()) - {"/Fields", "/SigFlags"}
    extra |= {"/Info"} & trailer
    missing = _NEEDED_PARTS - set(root.keys())
    if extra:
        names = "、".join(sorted(extra))
        yield Label(
            f"文件带有文书没有的部分（{names}），如脚本、图层或附页。",
            f"The file has parts that no document has ({names}), as scripts or hidden layers.",
        )
    if missing:
        names = "、".join(sorted(missing))
        yield Label(f"文件缺少文书应有的部分（{names}）。", f"The file lacks parts ({names}).")


def _files(root: Any) -> Iterator[Label]:
    """The files inside: those of a paper, each once, and the same for every reader."""
    listed = list(root.get("/AF", []))
    tree = list(root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", []))
    names = [str(spec.get("/UF", "")) for spec in listed]
    odd = [n for n in names if n not in _FILES] + [n for n in _NEEDED if n not in names]
    doubled = len(set(names)) != len(names) or any(_two_faced(spec) for spec in listed)
    pairs = {str(name): spec.objgen for name, spec in zip(tree[::2], tree[1::2], strict=False)}
    other = pairs != {n: spec.objgen for n, spec in zip(names, listed, strict=True)}
    if odd or doubled or other:
        shown = "、".join(sorted(odd)) or "、".join(names)
        yield Label(
            f"内含的文件不是一份文书应有的（{shown}）：多出、缺少，或同名而内容不同。",
            f"The files inside are not those of a document ({shown}): too many, too few, or two "
            "of one name.",
        )


def _two_faced(spec: Any) -> bool:
    """Whether a file inside has other contents for other readers."""
    inside = spec.get("/EF", {})
    return str(spec.get("/F", "")) != str(spec.get("/UF", "")) or (
        len({entry.objgen for _, entry in inside.items()}) != 1
    )


def _metadata(root: Any, document: Mapping[str, Any]) -> Iterator[Label]:
    """Title, number, office and moment of the metadata are those of `document.json`."""
    content = root.Metadata.read_bytes() if "/Metadata" in root else b""
    packet = content.decode("utf-8", errors="replace")
    for tag, name, value in (
        ("dc:identifier", Label("文号", "number"), document.get("number")),
        ("dc:title", Label("标题", "title"), document.get("title")),
        ("dc:creator", Label("签发单位", "office"), document.get("office")),
        (
            "xmp:CreateDate",
            Label("制作时间", "moment of making"),
            _seconds(document.get("created_at")),
        ),
    ):
        found = re.findall(rf"<{tag}>(.*?)</{tag}>", packet, re.DOTALL)
        said = [unescape(re.sub(r"<[^>]*>", "", one)) for one in found]
        if said != [value]:
            told = "、".join(said)[:60] or "—"
            yield Label(
                f"文件属性里的{name.zh}（{told}）与文书信息里的（{value}）不同。",
                f"The file's metadata say {told} for the {name.en}, the document itself {value}.",
            )


def _seconds(moment: object) -> str:
    try:
        return datetime.fromisoformat(str(moment)).isoformat(timespec="seconds")
    except ValueError:
        return ""


def _signers(document: Mapping[str, Any]) -> list[str]:
    declared = document.get("signers")
    return [str(role) for role in declared] if isinstance(declared, list) else []


def _stamps(fields: Sequence[Any], pages: Sequence[tuple[int, int]]) -> dict[str, tuple[int, Rect]]:
    """On which page and where each field lies."""
    return {
        str(one.get("/T", "")): (pages.index(one.P.objgen), _corners(one.Rect))
        for one in fields
        if "/P" in one and "/Rect" in one and one.P.objgen in pages
    }


def _corners(box: Any) -> Rect:
    left, bottom, right, top = (float(part) for part in box)
    return left, bottom, right, top


def _fields(root: Any, fields: Sequence[Any], signers: Sequence[str]) -> Iterator[Label]:
    """The places to sign: those of the signers in their order, each with its stamp."""
    if [str(one.get("/T", "")) for one in fields] != list(signers):
        yield Label(
            "签名栏不是文书信息所列的签名人，或次序不同。",
            "The places to sign are not those of the signers that the document names.",
        )
    if fields and str(fields[-1].get("/Lock", {}).get("/Action", "")) != "/All":
        yield Label(
            "最后一个签名栏没有锁定文件，签名后还能改动。",
            "The last place to sign does not lock the file against changes.",
        )
    if signers and not _certified(root, fields):
        yield Label(
            "第一个签名没有声明此后不得改动（缺少 DocMDP）。",
            "The first signature does not forbid later changes (no DocMDP).",
        )
    for one in fields:
        yield from _stamp(one)


def _certified(root: Any, fields: Sequence[Any]) -> bool:
    """Whether the first signature certifies, and lets nobody do more than sign."""
    first = fields[0].get("/V") if fields else None
    named = root.get("/Perms", {}).get("/DocMDP")
    if first is None or named is None or first.objgen != named.objgen:
        return False
    most = 2 if len(fields) > 1 else 1
    rules = [r.get("/TransformParams", {}) for r in first.get("/Reference", [])]
    return any(int(rule.get("/P", 3)) <= most for rule in rules)


def _stamp(one: Any) -> Iterator[Label]:
    """A stamp shows only what the program draws there, at its own size."""
    role = role_label(str(one.get("/T", "")))
    left, bottom, right, top = _corners(one.Rect)
    right_size = _near(right - left, STAMP_WIDTH) and _near(top - bottom, STAMP_HEIGHT)
    plain = not set(one.keys()) - _FIELD and int(one.get("/F", 0)) == _PRINTED
    drawn = right_size and plain and set(one.AP.keys()) == {"/N"}
    why = Label("大小或属性不同", "its size or its flags")
    if drawn and "/V" in one:
        try:
            _check_appearance(one.AP.N)
        except ForeignInkError as error:
            drawn, why = False, error.label
        except (AttributeError, KeyError):  # it has not the parts of ours
            drawn, why = False, Label("换成了别的", "it was exchanged")
    if not drawn:
        yield Label(
            f"签名章（{role.zh}）不是本程序画的：{why.zh}。",
            f"The stamp of the signature ({role.en}) is not this program's: {why.en}.",
        )


def _check_appearance(drawing: Any) -> None:
    inner = drawing.Resources.XObject.get("/Stamp")
    frame = re.sub(rb"/\w+|[-+.\d]+", b"", drawing.read_bytes()).split()
    steady = all(
        float(value) == 1
        for _, state in drawing.Resources.get("/ExtGState", {}).items()
        for _, value in state.items()
    )
    alone = set(drawing.Resources.XObject.keys()) == {"/Stamp"}
    if {part.decode() for part in frame} - _FRAME or not steady or not alone:
        raise ForeignInkError("另有内容", "there is more than the stamp")
    if set(drawing.keys()) - _FORM or set(inner.keys()) - _FORM:
        raise ForeignInkError("另有设置", "it is drawn in another way")
    for box in (drawing.BBox, inner.BBox):
        across, up = (abs(float(box[n + 2]) - float(box[n])) for n in (0, 1))
        if not (_near(across, STAMP_WIDTH) and _near(up, STAMP_HEIGHT)):
            raise ForeignInkError("大小不同", "its size")
    check_ink(inner, inner.Resources, Ground(STAMP_WIDTH, STAMP_HEIGHT, stamp=True))


def _pages(pages: Sequence[Any], own: set[tuple[int, int]]) -> Iterator[Label]:
    for number, page in enumerate(pages, 1):
        reason = _page(page, own, last=number == len(pages))
        if reason is not None:
            yield Label(f"第 {number} 页：{reason.zh}。", f"Page {number}: {reason.en}.")


def _page(page: Any, own: set[tuple[int, int]], *, last: bool) -> Label | None:
    """What a page has that none of ours has."""
    extra = set(page.keys()) - _PAGE
    if extra:
        names = "、".join(sorted(extra))
        return Label(f"带有文书没有的设置（{names}）", f"it has settings of its own ({names})")
    left, bottom, width, height = _corners(page.MediaBox)
    short, long = sorted((width, height))
    a4 = _near(short, grid.PAPER_WIDTH) and _near(long, grid.PAPER_HEIGHT)
    if not a4 or left or bottom or int(page.get("/Rotate", 0)):
        return Label(
            "被转动或裁切，不是整张的 A4", "it was turned or cropped; it is no whole sheet of A4"
        )
    if any(one.objgen not in own for one in page.get("/Annots", [])):
        return Label("上面贴有批注或其他内容", "a note or something else lies on top of it")
    ground = last_page(width, height) if last else Ground(width, height)
    try:
        check_ink(page, page.Resources, ground)
    except ForeignInkError as error:
        return error.label
    return None


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _TOLERANCE
