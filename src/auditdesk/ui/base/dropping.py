"""What somebody drops on a window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QDropEvent


def dropped_pdfs(event: QDropEvent) -> list[Path]:
    """The PDFs among the files that are dropped; others are left out."""
    names = (url.toLocalFile() for url in event.mimeData().urls())
    return [Path(name) for name in names if name.lower().endswith(".pdf")]
