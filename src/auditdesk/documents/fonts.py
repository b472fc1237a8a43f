"""The fonts of official papers, and which of them prints a character."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of one folder, loaded and ready for the layout."""

    folder: Path


def load_fonts(folder: Path) -> Fonts:
    """Load the fonts of `resources/fonts`; the same folder is loaded once a process (0.2 s).

    Raises:
        OfficeFaultError: a font file is missing or damaged.
    """
    raise NotImplementedError(folder)
