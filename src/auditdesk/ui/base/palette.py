"""The colours of the windows, light and dark, and nothing of Qt.

Every pair of text and ground that is used keeps a contrast of at least 4.5 : 1
(WCAG 2.1, 1.4.3); a test computes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ThemeName = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Colours:
    """One set of colours, each as #rrggbb, and the icon that ticks a box in them."""

    window: str
    base: str
    raised: str
    hover: str
    line: str
    field_line: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    block: str
    block_soft: str
    justify: str
    justify_soft: str
    notice: str
    notice_soft: str
    good: str
    good_soft: str
    tick: str


LIGHT = Colours(
    window="#f3f5f8",
    base="#ffffff",
    raised="#f8fafc",
    hover="#e9eef5",
    line="#dce2ea",
    field_line="#8b97a8",
    text="#1b2430",
    muted="#566273",
    accent="#1f5fae",
    accent_hover="#174b8b",
    on_accent="#ffffff",
    accent_soft="#e3edf9",
    block="#b42318",
    block_soft="#fdecea",
    justify="#8a5200",
    justify_soft="#fdf1dc",
    notice="#1f5fae",
    notice_soft="#e8f0fa",
    good="#1d6b3f",
    good_soft="#e5f4ea",
    tick="tick-light",
)

DARK = Colours(
    window="#171b21",
    base="#1e242c",
    raised="#242b35",
    hover="#2d3643",
    line="#343e4c",
    field_line="#6f7d91",
    text="#e6eaf0",
    muted="#a3afbf",
    accent="#7fb2f2",
    accent_hover="#a2c8f7",
    on_accent="#10161d",
    accent_soft="#243a55",
    block="#ff9488",
    block_soft="#45211f",
    justify="#f0b45a",
    justify_soft="#40311a",
    notice="#8fbcf5",
    notice_soft="#22344b",
    good="#79cf9a",
    good_soft="#1c3a29",
    tick="tick-dark",
)


def colours(name: ThemeName) -> Colours:
    """The colours of a theme."""
    return DARK if name == "dark" else LIGHT


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, from 1 to 21.

    Source: WCAG 2.1, relative luminance and contrast ratio.
    """
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 – sRGB's figures
