"""Signature fields: made before anybody signs, on the places that the layout kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, String

from auditdesk.documents.furniture import place_name

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

PRINT, LOCKED = 4, 128  # annotation flags (ISO 32000-1, table 165)
SIGNATURES_EXIST, APPEND_ONLY = 1, 2  # ISO 32000-1, table 219


def add_fields(paper: Pdf, roles: tuple[str, ...]) -> None:
    """Put an empty signature field for each role on its place; the last one locks the paper.

    Raises:
        ValueError: the layout kept no place for a role.
    """
    places = paper.Root.get("/Dests", Dictionary())
    fields = [_field(paper, role, places) for role in roles]
    if fields:
        fields[-1].Lock = Dictionary(Type=Name.SigFieldLock, Action=Name.All)
    paper.Root.AcroForm = Dictionary(Fields=Array(fields), SigFlags=SIGNATURES_EXIST | APPEND_ONLY)
    if "/Dests" in paper.Root:
        del paper.Root["/Dests"]


def _field(paper: Pdf, role: str, places: Object) -> Object:
    place = places.get(f"/{place_name(role)}")
    if place is None:
        raise ValueError(f"the layout kept no place for a signature of {role}")
    page, box = place[0], [place[i] for i in range(2, 6)]
    width, height = box[2] - box[0], box[3] - box[1]
    empty = paper.make_stream(
        b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, width, height])
    )
    field = paper.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(role),
            F=PRINT | LOCKED,
            Rect=Array(box),
            P=page,
            AP=Dictionary(N=empty),
        )
    )
    if "/Annots" not in page:
        page.Annots = paper.make_indirect(Array())
    page.Annots.append(field)
    return field
