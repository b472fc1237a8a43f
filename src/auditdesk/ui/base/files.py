"""Files that a person chooses: their names asked for, written whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from auditdesk.util.atomic import disk_fault, write_atomic

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


def ask_pdf(parent: QWidget, title: str, name: str, take: Callable[[Path], None]) -> None:
    """Ask under which name a PDF is to be kept; `take` hears it, unless the person cancels."""
    dialog = QFileDialog(parent, title, name, "PDF (*.pdf)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda chosen: take(Path(chosen)))
    dialog.open()


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole.

    Raises:
        OfficeFaultError: the target cannot be written; what was there before is still there.
    """
    try:
        write_atomic(path, content)
    except OSError as error:
        raise disk_fault(error, path) from None
