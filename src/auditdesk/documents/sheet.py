"""Papers in form style: facts, tables that break over pages, lines to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditdesk.documents.content import Sheet
    from auditdesk.documents.fonts import Fonts


def render_sheet(sheet: Sheet, fonts: Fonts) -> bytes:
    """Lay out a sheet and return it as PDF; equal sheets give equal bytes.

    Raises:
        UnusableInputError: a character that no font has.
    """
    raise NotImplementedError(sheet, fonts)
