"""The office's own seal: a setting of the administrator, checked before it is kept.

A seal drawn by the program would have no legal force; this one is the office's image of its
own. Without it the place on a paper stays blank for ink.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from auditdesk.operations import rights
from auditdesk.operations.changes import Changes
from auditdesk.util.faults import RefusedError, UnusableInputError
from auditdesk.util.hashing import sha256_hex
from auditdesk.util.label import Label

if TYPE_CHECKING:
    from auditdesk.operations.desk import Desk
    from auditdesk.store.records import OfficeProfile

SEAL = "seal_image"
ACROSS = "seal_across"
MOST_BYTES = 400_000  # goes into every paper; 42 mm at 600 dpi are 1,000 × 1,000 dots
LEAST_DOTS = 300  # 180 dpi: a coarser one would look forged
_PNG = b"\x89PNG\r\n\x1a\n"


def seal_of(profile: OfficeProfile) -> bytes | None:
    """The office's seal as PNG; None: the place stays blank for ink."""
    kept = profile.settings.get(SEAL, "")
    return base64.b64decode(kept) if kept else None


def goes_across(profile: OfficeProfile) -> bool:
    """Whether papers of several pages carry the seal across their edges, too (骑缝章)."""
    return profile.settings.get(ACROSS, "") == "yes"


def put_seal(desk: Desk, content: bytes) -> Changes:
    """Keep the image of the office's seal; papers made from now on carry it.

    The journal notes the image's hash.

    Raises:
        RefusedError: the person is no administrator, or the office is a sample.
        UnusableInputError: no PNG, or too large, too coarse, not square, without a
            transparent ground.
    """
    rights.require_role(desk, "administrator")
    if desk.profile.sample:
        raise RefusedError(
            "样例单元的文书只印“样例”，不能设印章。",
            "Papers of a sample office say 样例 in place of a seal; it cannot have one.",
        )
    check_seal(content)
    with desk.office.write("settings.change", None, {}) as writer:
        writer.put_setting(SEAL, base64.b64encode(content).decode())
        writer.note("seal", sha256_hex(content))
    return Changes(Label("印章图片已保存", "The seal is saved"), settings=True)


def remove_seal(desk: Desk) -> Changes:
    """Leave the place blank for ink from now on; papers that were issued keep their seal.

    Raises:
        RefusedError: the person is no administrator.
    """
    rights.require_role(desk, "administrator")
    with desk.office.write("settings.change", None, {}) as writer:
        writer.put_setting(SEAL, "")
        writer.note("seal", "")
    return Changes(Label("已去掉印章图片", "The seal is removed"), settings=True)


def put_across(desk: Desk, across: bool) -> Changes:
    """Whether papers of several pages carry the seal across their edges.

    Raises:
        RefusedError: the person is no administrator.
    """
    rights.require_role(desk, "administrator")
    with desk.office.write("settings.change", None, {}) as writer:
        writer.put_setting(ACROSS, "yes" if across else "")
        writer.note(ACROSS, across)
    summary = (
        ("多页文书加盖骑缝章", "Seal across the pages' edges")
        if across
        else (
            "多页文书不加盖骑缝章",
            "No seal across the pages' edges",
        )
    )
    return Changes(Label(*summary), settings=True)


def check_seal(content: bytes) -> None:
    """Refuse what would spoil a paper.

    Raises:
        UnusableInputError: says what is wrong and what the image should be.
    """
    from io import BytesIO  # noqa: PLC0415 – with the image library, which is heavy

    from PIL import Image  # noqa: PLC0415 – heavy

    from auditdesk.documents.seal import seal_image  # noqa: PLC0415 – the layout is heavy

    if not content.startswith(_PNG) or len(content) > MOST_BYTES:
        raise _wrong("须为 PNG 图片，不超过 400 KB", "it must be a PNG of at most 400 KB")
    image = Image.open(BytesIO(seal_image(content)))
    width, height = image.size
    if min(width, height) < LEAST_DOTS or max(width, height) > 1.02 * min(width, height):
        raise _wrong(
            f"须为正方形，边长不少于 {LEAST_DOTS} 点，现为 {width} × {height}",
            f"it must be square, {LEAST_DOTS} dots or more; this one is {width} × {height}",
        )
    corners = [image.getpixel(at) for at in ((0, 0), (width - 1, 0), (0, height - 1))]
    if any(isinstance(dot, tuple) and dot[3] for dot in corners):
        raise _wrong(
            "底色须透明，否则会遮住署名和日期",
            "its ground must be transparent, or it hides the text",
        )


def _wrong(zh: str, en: str) -> UnusableInputError:
    return UnusableInputError(
        f"印章图片不能使用：{zh}。请换一张。", f"The seal cannot be used: {en}. Choose another."
    )
