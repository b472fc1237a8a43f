"""Texts in the two languages of the product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Label:
    """One text in Chinese (the source) and in English."""

    zh: str
    en: str

    def text(self, language: Language) -> str:
        """The text in the language asked for."""
        return self.en if language == "en" else self.zh
