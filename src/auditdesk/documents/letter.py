"""Papers with a red head, on the grid of GB/T 9704-2012."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditdesk.documents.content import Letter
    from auditdesk.documents.fonts import Fonts


def render_letter(letter: Letter, fonts: Fonts) -> bytes:
    """Lay out a letter and return it as PDF; equal letters give equal bytes.

    Raises:
        UnusableInputError: a character that no font has, or a seal image that is no image.
    """
    raise NotImplementedError(letter, fonts)
