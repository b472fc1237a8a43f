"""Takes the pictures of docs/pictures/documents: one of each kind of paper, signed, a sample.

    python tests/paper_pictures.py [FOLDER]

Each shows the first and the last page side by side, as they are printed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

from auditdesk.documents.archive import to_archive
from auditdesk.documents.preview import page_count, render_page
from auditdesk.documents.signing import certify, countersign, prepare_fields
from paper_kinds import content, kinds, pdf
from paper_samples import INFO, clerk_text, embedded, fonts, office, supervisor_text

FOLDER = Path(__file__).parents[1] / "docs" / "pictures" / "documents"
DPI = 56
COLOURS = 24
GAP = 6


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    for kind in kinds():
        picture = side_by_side(signed(kind))
        picture.quantize(COLOURS).save(folder / f"{kind}.png", optimize=True)


def signed(kind) -> bytes:
    """The paper with the signatures of everybody who signs it."""
    signers = content(kind).signers
    waiting = prepare_fields(to_archive(pdf(kind, sample=True), INFO, embedded()), signers)
    first, *others = signers
    people = {"clerk": clerk_text(), "supervisor": supervisor_text()}
    paper = certify(waiting, office().signer(first), people[first], role=first, fonts=fonts())
    for role in others:
        signer = office().signer(role)
        paper = countersign(paper, signer, people[role], role=role, fonts=fonts())
    return paper


def side_by_side(paper: bytes) -> Image.Image:
    pages = [page_image(paper, at) for at in sorted({0, page_count(paper) - 1})]
    width, height = pages[0].size
    whole = Image.new("RGB", (len(pages) * (width + GAP) + GAP, height + 2 * GAP), "#8a9099")
    for at, page in enumerate(pages):
        whole.paste(page, (GAP + at * (width + GAP), GAP))
    return whole


def page_image(paper: bytes, at: int) -> Image.Image:
    width, height, rows = render_page(paper, at, DPI)
    return Image.frombytes("RGB", (width, height), rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
