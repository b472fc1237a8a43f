"""How large a picture may be."""

from __future__ import annotations

from auditdesk.documents import scan_refusals

MOST_PIXELS = 150_000_000  # A0 at 300 dpi
LONGEST_SIDE = 65_500  # of a JPEG


def require_size(width: int, height: int) -> None:
    """Refuse a picture without an extent, or one that no computer of an office could show.

    Raises:
        UnusableInputError: says so, with its size.
    """
    if width < 1 or height < 1:
        raise scan_refusals.damaged()
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise scan_refusals.too_fine(width, height)
